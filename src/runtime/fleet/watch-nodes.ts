// Every node says that it lives; whoever sees that one stopped saying so brings its callers to another node. A carrier
// that noticed the dead socket by itself has done so already: then the line is held by somebody else by now.

import type { CallId, NodeId } from "../../domain/ids.ts";
import { after } from "../../domain/time.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Leases } from "../../ports/leases.ts";
import type { Telephony } from "../../ports/telephony.ts";
import type { Log } from "../../telemetry/log.ts";
import type { CaseLoop } from "../case-loop.ts";

type Deps = {
  readonly node: NodeId;
  readonly leases: Leases;
  readonly cases: CaseLoop;
  readonly telephony: Telephony;
  readonly clock: Clock;
  readonly log: Log;
};

/** design §9: a lease of 2 s, renewed well inside it. */
const LEASE_MS = 2_000;
const RENEW_MS = 600;

/** Starts saying and looking; the result stops it and says goodbye. */
export function watchNodes(deps: Deps): () => Promise<void> {
  let stopped = false;
  let cancel: (() => void) | undefined;
  const beat = async (): Promise<void> => {
    const { node, leases, clock } = deps;
    const renewed = await leases.renew(node, after(clock.now(), LEASE_MS));
    if (!renewed.ok) deps.log.warn({ node, reason: renewed.why }, "this node's lease could not be renewed");
    const seen = await leases.nodes(clock.now());
    if (seen.ok) for (const gone of seen.value.lapsed) if (gone !== node) await takeOver(deps, gone);
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

async function takeOver(deps: Deps, gone: NodeId): Promise<void> {
  const { leases, log } = deps;
  const calls = await leases.calls(gone);
  if (!calls.ok) return;
  log.warn({ node: gone, count: calls.value.length }, "a node is gone; its callers are brought to another one");
  await Promise.all(calls.value.map((call) => bringOver(deps, call, gone)));
  await leases.forget(gone);
}

async function bringOver(deps: Deps, call: CallId, gone: NodeId): Promise<void> {
  const { leases, cases, telephony, log, node } = deps;
  // The first node to claim the line does it; the others see that somebody holds it.
  const before = await leases.hold(call, node);
  if (!before.ok || before.value !== gone) return;
  const state = await cases.state(call);
  if (!state?.caller || state.caller.place !== "assistant") return;
  const { leg, stream } = state.caller;
  if (stream !== undefined) await cases.deliver(call, { kind: "assistant-lost", stream, down: false }, "node-watch");
  const answer = await telephony.refreshLeg({ call, leg, party: "caller" });
  if (answer.kind === "gone") await cases.deliver(call, { kind: "caller-left" }, "carrier");
  else if (answer.kind !== "done") log.error({ call, raw: answer.raw }, "a caller of a dead node was not redirected");
  await leases.drop(call, node);
}
