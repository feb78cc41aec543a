// What must hold after every step, and at the end, of every run (design §3). A violation names its invariant.
import type { CallId } from "../../../src/domain/ids.ts";
import type { EpochMs } from "../../../src/domain/time.ts";
import type { CaseState } from "../../../src/handoff/state.ts";
import { heldOffers } from "../../../src/handoff/state.ts";
import type { CaseEvent } from "../../../src/handoff/vocabulary.ts";
import type { AgentLeg, SimCarrier } from "./carrier.ts";

export type Violation = { readonly invariant: string; readonly what: string };

export type Watch = {
  readonly now: () => EpochMs;
  readonly carrier: SimCarrier;
  readonly cases: ReadonlyMap<CallId, CaseState>;
  /** When each call's departure was committed. */
  readonly leftAt: ReadonlyMap<CallId, EpochMs>;
  /** A node is down or just came up: time bounds have its takeover added. */
  readonly graceMs: () => number;
  readonly found: (violation: Violation) => void;
};

/** A command that is answered late is repeated for up to about two seconds. */
const COMMAND_MS = 1_000;
const STRAY_MS = 6_000;

/** Checked after every piece of work. */
export function checkStep(watch: Watch): void {
  checkOneHolder(watch);
  checkGoneCallers(watch);
  checkOneRing(watch);
}

function checkOneHolder({ cases, found }: Watch): void {
  const holders = new Map<string, CallId>();
  for (const [call, state] of cases) {
    for (const { agent } of heldOffers(state)) {
      const other = holders.get(agent);
      if (other !== undefined) found({ invariant: "H4", what: `${agent} is held by ${other} and ${call}` });
      holders.set(agent, call);
    }
  }
}

function checkGoneCallers(watch: Watch): void {
  for (const [call, leftAt] of watch.leftAt) {
    const gone = watch.now() - leftAt - watch.graceMs();
    const state = watch.cases.get(call);
    if (gone > 0 && state && heldOffers(state).length > 0) {
      watch.found({ invariant: "H6", what: `${call} holds an agent after its caller left` });
    }
    for (const leg of legsOf(watch.carrier, call)) {
      if (leg.phase === "ringing" && gone > COMMAND_MS + 100) found6(watch, leg, gone, "still rings");
      if ((leg.phase === "answered" || leg.phase === "room") && gone > STRAY_MS + 100)
        found6(watch, leg, gone, "is still up");
    }
  }
}

const found6 = (watch: Watch, leg: AgentLeg, gone: number, what: string): void =>
  watch.found({ invariant: "H6", what: `${leg.leg} ${what} ${gone} ms after its caller left` });

function checkOneRing({ carrier, found }: Watch): void {
  const rung = new Set<string>();
  for (const offer of carrier.creates) {
    if (rung.has(offer)) found({ invariant: "H8", what: `${offer} was dialled twice` });
    rung.add(offer);
  }
}

const legsOf = (carrier: SimCarrier, call: CallId): readonly AgentLeg[] =>
  [...carrier.agentLegs.values()].filter((leg) => leg.call === call);

/** Checked with every commit, on the state before and after and what was ordered. */
export function checkCommit(
  before: CaseState | undefined,
  after: CaseState,
  event: CaseEvent,
  found: (violation: Violation) => void,
): void {
  if (before?.handoff.kind === "closed" && before.escalation?.id === after.escalation?.id) {
    if (after.handoff.kind !== "closed") found({ invariant: "H7", what: `closed case reopened by ${event.kind}` });
  }
  const asked = event.kind === "escalation-decided" && (before?.handoff.kind ?? "none") === "none";
  if (asked && after.handoff.kind === "none" && after.caller?.place !== "gone") {
    found({ invariant: "H3", what: "a decision did not escalate in its own event" });
  }
}

/** Checked when everything has had time to end. */
export function checkEnd(watch: Watch): void {
  for (const [call, state] of watch.cases) {
    const { kind } = state.handoff;
    if (kind !== "closed" && kind !== "none") watch.found({ invariant: "H1", what: `${call} ended in ${kind}` });
    if (kind === "closed" && state.escalation && state.escalation.outcome === undefined) {
      watch.found({ invariant: "H1", what: `${call} closed without an outcome` });
    }
    if (state.strays.length > 0) watch.found({ invariant: "H6", what: `${call} still has stray legs` });
  }
  for (const leg of watch.carrier.agentLegs.values()) {
    if (leg.phase !== "over") watch.found({ invariant: "H1", what: `${leg.leg} is still ${leg.phase}` });
  }
  for (const caller of watch.carrier.callers.values()) {
    if (caller.phase !== "over") watch.found({ invariant: "H1", what: `${caller.call} is still ${caller.phase}` });
  }
}
