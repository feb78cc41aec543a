import type { CallId, EscalationId } from "../../domain/ids.ts";
import { after, type EpochMs } from "../../domain/time.ts";
import { redact } from "../../packet/redact.ts";
import type { Cases } from "../../ports/cases.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Conversations } from "../../ports/conversations.ts";
import type { BridgedCallers, ExpectedCaller } from "../../ports/hosted-assistant.ts";
import type { Numbers } from "../../ports/numbers.ts";
import type { Log } from "../../telemetry/log.ts";
import type { CaseWatch } from "../live/live-deps.ts";

/** A transfer that has not come by then will not come (design §2). */
const EXPECTED_MS = 60_000;
const EXPECTED_MAX = 1_000;

export type ExpectedCallersDeps = {
  readonly cases: Cases;
  readonly watch: CaseWatch;
  readonly conversations: Pick<Conversations, "saveTurn">;
  readonly numbers: Pick<Numbers, "of" | "team">;
  readonly newEscalation: () => EscalationId;
  readonly clock: Clock;
  readonly log: Log;
};

type Waiting = ExpectedCaller & { readonly until: EpochMs };

/**
 * Callers whom a vendor's own transfer brings to our bridge number: each is known by the number they call from, once, for a
 * minute. What they said to the other assistant comes with them, and the person they need is looked for as soon as our own
 * assistant has them. Kept in this process: a transfer that reaches another node is an ordinary call there.
 */
export class ExpectedCallers implements BridgedCallers {
  readonly #deps: ExpectedCallersDeps;
  #waiting: Waiting[] = [];

  constructor(deps: ExpectedCallersDeps) {
    this.#deps = deps;
  }

  expect(caller: ExpectedCaller): void {
    const until = after(this.#deps.clock.now(), EXPECTED_MS);
    const others = this.#waiting.filter(({ ani, bridge }) => ani !== caller.ani || bridge !== caller.bridge);
    this.#waiting = [...others, { ...caller, until }].slice(-EXPECTED_MAX);
  }

  async arrived(ask: { readonly call: CallId; readonly ani?: string; readonly dnis?: string }): Promise<void> {
    const { clock, log, conversations } = this.#deps;
    const now = clock.now();
    this.#waiting = this.#waiting.filter(({ until }) => until > now);
    const found = this.#waiting.find(({ ani, bridge }) => ani === ask.ani && bridge === ask.dnis);
    if (found === undefined) return;
    this.#waiting = this.#waiting.filter((each) => each !== found);
    log.info({ call: ask.call }, "a caller of a hosted number has come to the bridge number");
    try {
      for (const [index, { role, text, at }] of found.turns.entries())
        await conversations.saveTurn(ask.call, { index, role, text: redact(text), at, endedAt: at });
    } catch (err) {
      log.error({ call: ask.call, err }, "what a caller had said elsewhere could not be kept");
    }
    this.#escalateWhenHeard(ask.call, found);
  }

  /** The promise is spoken to somebody who hears it: our assistant has to be on the line, or the fixed lines in its place. */
  #escalateWhenHeard(call: CallId, { team, bridge, turns }: ExpectedCaller): void {
    const { watch, cases, numbers, newEscalation, log } = this.#deps;
    const unwatch = watch(call, ({ caller, escalation }) => {
      if (caller === undefined || caller.place === "arriving") return;
      unwatch();
      if (caller.place === "gone" || escalation !== undefined) return;
      const target =
        (team === undefined ? undefined : numbers.team(team, caller.language)) ?? numbers.of(bridge).target;
      const decision = {
        trigger: "assistant-request",
        because: "The assistant of another number asked for a person.",
        evidence: turns.length > 0 ? [turns.length - 1] : [],
        signals: {},
        thresholds: {},
        policyRevision: "hosted",
      } as const;
      const event = {
        kind: "escalation-decided",
        escalation: newEscalation(),
        target,
        priority: "medium",
        decision,
      } as const;
      cases.deliver(call, event, "assistant").catch((err: unknown) => {
        log.error({ call, err }, "the person a caller was sent here for could not be asked for");
      });
    });
  }
}
