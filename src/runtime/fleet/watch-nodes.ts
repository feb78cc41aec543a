// Every node says that it lives; whoever sees that one stopped saying so brings its callers to another node. A carrier
// that noticed the dead socket by itself has done so already: then the line is held by somebody else by now.

import type { CallId, NodeId } from "../../domain/ids.ts";
import { after } from "../../domain/time.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Leases } from "../../ports/leases.ts";
import type { Telephony } from "../../ports/telephony.ts";
import type { Log } from "../../telemetry/log.ts";
import type { CaseLoop } from "../case-loop.ts";
import { insist } from "../insist.ts";

type Deps = {
  readonly node: NodeId;
  readonly leases: Leases;
  readonly cases: CaseLoop;
  readonly telephony: Telephony;
  /** The calls whose sockets are here. */
  readonly held: () => readonly CallId[];
  readonly clock: Clock;
  readonly log: Log;
};

/** design §9: a lease of 2 s, renewed well inside it. */
const LEASE_MS = 2_000;
const RENEW_MS = 600;
/** Calls brought over at once: the carrier answers so many requests side by side. */
const AT_ONCE = 20;

/** Starts saying and looking; the result stops it and says goodbye. */
export function watchNodes(deps: Deps): () => Promise<void> {
  let stopped = false;
  let cancel: (() => void) | undefined;
  const takingOver = new Set<NodeId>();
  const beat = async (): Promise<void> => {
    const { node, leases, clock, log } = deps;
    const renewed = await leases.renew(node, after(clock.now(), LEASE_MS));
    if (!renewed.ok) log.warn({ node, reason: renewed.why }, "this node's lease could not be renewed");
    else await holdAgain(deps);
    const seen = await leases.nodes(clock.now());
    for (const gone of seen.ok ? seen.value.lapsed : []) {
      if (gone === node || takingOver.has(gone)) continue;
      takingOver.add(gone);
      // Beside the beat: a slow carrier must not make this node look dead.
      takeOver(deps, gone)
        .catch((err: unknown) => log.error({ node: gone, err }, "a dead node's callers could not be brought over"))
        .finally(() => takingOver.delete(gone));
    }
  };
  const again = (): void => {
    if (!stopped) cancel = deps.clock.at(after(deps.clock.now(), RENEW_MS), run);
  };
  const run = (): void => {
    beat()
      .catch((err: unknown) => deps.log.error({ err }, "the other nodes could not be watched"))
      .finally(again);
  };
  run();
  return async () => {
    stopped = true;
    cancel?.();
    await deps.leases.forget(deps.node);
  };
}

/** A store that lost what it knew (a restart, a failover) learns again who holds which line. */
async function holdAgain({ leases, held, node, clock }: Deps): Promise<void> {
  const mine = held();
  const known = mine.length > 0 ? await leases.calls(node) : undefined;
  if (!known?.ok) return;
  const missing = new Set(mine).difference(new Set(known.value));
  for (const call of missing) {
    const holder = await leases.holder(call, clock.now());
    // Held by another node: the caller was brought over while this one was not heard of.
    if (holder.ok && holder.value === undefined) await leases.hold(call, node);
  }
}

async function takeOver(deps: Deps, gone: NodeId): Promise<void> {
  const { leases, log } = deps;
  const calls = await leases.calls(gone);
  if (!calls.ok) return;
  log.warn({ node: gone, count: calls.value.length }, "a node is gone; its callers are brought to another one");
  const left = [...calls.value];
  const bring = async (): Promise<void> => {
    for (let call = left.shift(); call !== undefined; call = left.shift()) await bringOver(deps, call, gone);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, bring));
  await leases.forget(gone);
}

async function bringOver(deps: Deps, call: CallId, gone: NodeId): Promise<void> {
  const { leases, cases, telephony, clock, log, node } = deps;
  // The first node to claim the line does it, unless the carrier has brought the caller to somebody by now.
  const claimed = await leases.claim(call, gone, node);
  if (!claimed.ok || !claimed.value) return;
  try {
    const caller = (await cases.state(call))?.caller;
    if (!caller || caller.place === "room" || caller.place === "gone") return;
    const { leg, stream } = caller;
    if (stream !== undefined) await cases.deliver(call, { kind: "assistant-lost", stream, down: false }, "node-watch");
    const answer = await insist(clock, () => telephony.refreshLeg({ call, leg, party: "caller" }));
    if (answer.kind === "gone") await cases.deliver(call, { kind: "caller-left" }, "carrier");
    else if (answer.kind !== "done") log.error({ call, raw: answer.raw }, "a caller of a dead node was not redirected");
  } catch (err) {
    // One case that cannot be read must not keep the others silent.
    log.error({ call, err }, "a caller of a dead node could not be brought over");
  } finally {
    await leases.drop(call, node);
  }
}
