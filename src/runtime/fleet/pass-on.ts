import { randomUUID } from "node:crypto";
import type { CallId, NodeId } from "../../domain/ids.ts";
import { after, type EpochMs } from "../../domain/time.ts";
import type { Bus, Channel } from "../../ports/bus.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Leases } from "../../ports/leases.ts";
import type { Passed, PassOn } from "../../ports/pass-on.ts";
import type { Log } from "../../telemetry/log.ts";
import { pause } from "../insist.ts";

/** Whoever has the call says so within this, or is asked again; a node that does not live any more loses it meanwhile. */
const TAKEN_MS = 250;
/** Who has the call and says nothing for so long will not do it in time. */
const SILENT_MS = 5_000;
/** The shared store may be away for a moment, of which nobody has to hear; a vendor that asks for an assistant waits 7.5 s. */
const AWAY_MS = 1_500;
/** For a call that no lease names: nobody says by then that they have it, and nobody has it. */
const ANYBODY_MS = 2_000;
/** Longer than a tool of ours may take, shorter than a vendor waits. */
const ANSWER_MS = 23_000;

type Asked = { readonly ask: string; readonly body: string };
/** Without either: somebody has it, and the answer follows. */
type Answered = { readonly ask: string; readonly body?: string; readonly failed?: true };
type Waiting = { readonly taken: () => void; readonly over: (passed: Passed) => void };

/** Only nodes of this installation publish here, so what carries a question's mark has its shape. */
const hasMark = (raw: unknown): boolean => typeof raw === "object" && raw !== null && "ask" in raw;

const askedOn = (channel: string): Channel<Asked> => ({
  name: `pass-on-${channel}`,
  read: (raw) => marked(raw, (it): it is Asked => hasMark(it)),
});
const answers: Channel<Answered> = {
  name: "pass-on-answers",
  read: (raw) => marked(raw, (it): it is Answered => hasMark(it)),
};

function marked<T>(raw: unknown, is: (raw: unknown) => raw is T): T {
  if (!is(raw)) throw new Error("what was passed on has no mark");
  return raw;
}

type Deps = {
  readonly node: NodeId;
  readonly bus: Bus;
  readonly leases: Pick<Leases, "own">;
  readonly clock: Clock;
  readonly log: Log;
};

/**
 * Passes on over the bus what a vendor told the wrong node. Whose a call is says its lease: a node that is slow keeps it,
 * and nobody does its work a second time.
 */
export function createPassOn(deps: Deps): PassOn {
  const { bus } = deps;
  const waiting = new Map<string, Waiting>();
  bus.subscribe(answers, ({ ask, body, failed }) => {
    const asking = waiting.get(ask);
    if (failed) asking?.over({ kind: "failed" });
    else if (body === undefined) asking?.taken();
    else asking?.over({ kind: "done", body });
  });
  return {
    serve: (channel, answer) => serve(deps, channel, answer),
    pass: async (channel, news) => {
      const ask = randomUUID();
      const taken = Promise.withResolvers<"taken">();
      const over = Promise.withResolvers<Passed>();
      waiting.set(ask, { taken: () => taken.resolve("taken"), over: over.resolve });
      const send = () => bus.publish(askedOn(channel), { ask, body: news.body });
      try {
        const passed = await settle(deps, { send, taken: taken.promise, over: over.promise, call: news.call });
        if (passed.kind === "failed" || passed.kind === "unknown")
          deps.log.error({ event: channel, reason: passed.kind }, "what a vendor told this gateway was not acted upon");
        return passed;
      } finally {
        waiting.delete(ask);
      }
    },
  };
}

type Asking = {
  readonly send: () => Promise<boolean>;
  readonly taken: Promise<"taken">;
  readonly over: Promise<Passed>;
  readonly call: Parameters<PassOn["pass"]>[1]["call"];
};

async function settle({ node, leases, clock }: Deps, { send, taken, over, call }: Asking): Promise<Passed> {
  const asked = clock.now();
  let sent = false;
  do {
    if (call !== undefined) {
      const owner = await ownerOf({ node, leases, clock }, call, after(asked, AWAY_MS));
      // Whoever was asked before may have done it.
      if (owner === undefined) return { kind: sent ? "failed" : "unknown" };
      if (owner === node) return { kind: "here" };
    }
    sent = (await send()) || sent;
    const said = await within(clock, call === undefined ? ANYBODY_MS : TAKEN_MS, Promise.race([over, taken]));
    if (said === "taken") return (await within(clock, ANSWER_MS, over)) ?? { kind: "failed" };
    if (said !== undefined) return said;
    if (call === undefined) return { kind: "here" };
  } while (clock.now() < after(asked, SILENT_MS));
  return { kind: "failed" };
}

/** Whose the call is; `undefined`: the shared store does not say, until then and at least once. */
async function ownerOf(
  { node, leases, clock }: Pick<Deps, "node" | "leases" | "clock">,
  call: CallId,
  until: EpochMs,
): Promise<NodeId | undefined> {
  for (;;) {
    const owner = await leases.own(call, node, clock.now());
    if (owner.ok) return owner.value;
    if (clock.now() >= until) return undefined;
    await pause(clock, TAKEN_MS);
  }
}

/** `undefined`: not in time. */
function within<T>(clock: Clock, ms: number, work: Promise<T>): Promise<T | undefined> {
  const late = Promise.withResolvers<undefined>();
  const cancel = clock.at(after(clock.now(), ms), () => late.resolve(undefined));
  return Promise.race([work, late.promise]).finally(cancel);
}

/** A question that comes again is the same one: its work is under way, or done. */
function serve({ bus, clock, log }: Deps, channel: string, answer: Parameters<PassOn["serve"]>[1]): void {
  const known = new Set<string>();
  bus.subscribe(askedOn(channel), ({ ask, body }) => {
    const answering = known.has(ask) ? "known" : answer(body);
    if (answering === undefined) return;
    void bus.publish(answers, { ask });
    if (answering === "known") return;
    known.add(ask);
    clock.at(after(clock.now(), 2 * ANSWER_MS), () => known.delete(ask));
    answering.then(
      (done) => bus.publish(answers, { ask, body: done }),
      (err: unknown) => {
        log.error({ event: channel, err }, "what another gateway passed on could not be served");
        return bus.publish(answers, { ask, failed: true });
      },
    );
  });
}
