// Each guard of the product, taken away: the simulation must then find a seed that breaks an invariant. What is removed
// is removed around the product (its decisions, its stores, its recovery), so that the product has no switch for it.
import { after } from "../../../src/domain/time.ts";
import { decide } from "../../../src/handoff/decide.ts";
import type { Decision } from "../../../src/handoff/decision.ts";
import type { LineId } from "../../../src/handoff/lines.ts";
import type { CaseState, HandoffState } from "../../../src/handoff/state.ts";
import type { CaseEvent, Effect } from "../../../src/handoff/vocabulary.ts";
import { simPolicy } from "./sim-policy.ts";

export type Sabotage = (decided: Decision, before: CaseState, event: CaseEvent) => Decision;

/** Parts of the world around the machine that can be taken away. */
export type Missing =
  /** Nobody looks after what a dead node left. */
  | "recovery"
  /** The journal does not refuse a second holder of an agent. */
  | "unique-holder"
  /** Presence that does not answer counts as a yes. */
  | "presence-answers"
  /** The opening document is given without its first lines. */
  | "disclosure"
  /** Some commits leave no entry. */
  | "entries"
  /** A packet's text may change under its version. */
  | "packet-versions";

export type Guard = { readonly breaks: string; readonly sabotage?: Sabotage; readonly missing?: Missing };

const without = (drop: (effect: Effect, before: CaseState, event: CaseEvent) => boolean): { sabotage: Sabotage } => ({
  sabotage: (decided, before, event) => ({
    state: decided.state,
    effects: decided.effects.filter((effect) => !drop(effect, before, event)),
  }),
});

/** The event changes nothing in these states. */
const deafTo = (kind: CaseEvent["kind"], ...states: readonly HandoffState["kind"][]): { sabotage: Sabotage } => ({
  sabotage: (decided, before, event) =>
    event.kind === kind && (states.length === 0 || states.includes(before.handoff.kind))
      ? { state: before, effects: [] }
      : decided,
});

const alsoSays = (
  line: LineId,
  when: (decided: Decision, before: CaseState, event: CaseEvent) => boolean,
): { sabotage: Sabotage } => ({
  sabotage: (decided, before, event) =>
    when(decided, before, event)
      ? { ...decided, effects: [...decided.effects, { kind: "speak", line, values: { team: "", reference: "" } }] }
      : decided,
});

/** Decides another question than the one that was asked. */
const instead = (
  change: (before: CaseState, event: CaseEvent) => { before: CaseState; event: CaseEvent } | undefined,
): { sabotage: Sabotage } => ({
  sabotage: (decided, before, event) => {
    const other = change(before, event);
    return other ? decide(other.before, other.event, simPolicy) : decided;
  },
});

let chance = 0;

export const GUARDS: Readonly<Record<string, Guard>> = {
  // H1
  "bring-the-caller-back-when-the-agent-is-lost": {
    breaks: "H1",
    ...without((effect, before) => effect.kind === "move-caller" && before.handoff.kind === "bridged"),
  },
  "end-closing-work-in-time": {
    breaks: "H1",
    sabotage: (decided, before, event) =>
      event.kind === "time-passed" && before.wrapUps.length > 0 ? { state: before, effects: [] } : decided,
  },
  "hang-up-when-the-agent-ends": {
    breaks: "H1",
    ...without((effect, _before, event) => effect.kind === "end-leg" && event.kind === "agent-ended"),
  },
  "know-who-is-on-the-way-into-the-room": { breaks: "H1", ...deafTo("caller-leg-asked") },
  "ask-for-a-caller-nobody-heard-of": { breaks: "H1", ...without((effect) => effect.kind === "ask-caller") },
  // H2
  "take-a-promise-back-that-was-not-spoken-yet": {
    breaks: "H2",
    ...without((effect, before) => effect.kind === "cut-speech" && before.handoff.kind === "offering"),
  },
  "store-the-callback-before-saying-so": {
    breaks: "H2",
    ...alsoSays(
      "callback-confirmed",
      (_decided, before, event) => event.kind === "caller-chose" && before.handoff.kind === "offering-fallback",
    ),
  },
  // H3
  "escalate-in-the-same-turn": { breaks: "H3", ...deafTo("escalation-decided", "none") },
  "hear-a-request-while-a-callback-is-confirmed": {
    breaks: "H3",
    ...deafTo("escalation-decided", "capturing-callback"),
  },
  // H4
  "give-back-a-late-reservation": {
    breaks: "H4",
    ...without(
      (effect, before, event) =>
        effect.kind === "release-agent" && event.kind === "agent-reserved" && before.handoff.kind !== "reserving",
    ),
  },
  "one-case-an-agent": { breaks: "H4", missing: "unique-holder" },
  // H5
  "ring-only-once-painted-or-late": {
    breaks: "H5",
    sabotage: (decided, _before, event) => {
      const { handoff, escalation } = decided.state;
      if (event.kind !== "agent-reserved" || handoff.kind !== "offering" || !escalation) return decided;
      const { offer, agent, at } = event;
      const dial: Effect = { ...dialOf(escalation.id, offer, agent), decidedAt: at };
      const rung = { ...handoff, offer: { ...handoff.offer, dial: "requested" as const, dialledAt: at } };
      return { state: { ...decided.state, handoff: rung }, effects: [...decided.effects, dial] };
    },
  },
  "one-text-a-version": { breaks: "H5", missing: "packet-versions" },
  // H6
  "release-when-the-caller-left": {
    breaks: "H6",
    ...without((effect, _before, event) => effect.kind === "release-agent" && event.kind === "caller-left"),
  },
  "end-the-ring-when-the-caller-left": {
    breaks: "H6",
    ...without((effect, _before, event) => effect.kind === "end-leg" && event.kind === "caller-left"),
  },
  "remember-a-leg-not-known-yet": {
    breaks: "H6",
    sabotage: (decided) => ({
      ...decided,
      state: { ...decided.state, strays: decided.state.strays.filter((stray) => stray.leg !== undefined) },
    }),
  },
  "move-the-caller-without-the-join-event": {
    breaks: "H6",
    sabotage: (decided) => {
      const { handoff } = decided.state;
      if (handoff.kind !== "accepted" || handoff.offer.joined) return decided;
      return {
        ...decided,
        state: { ...decided.state, handoff: { ...handoff, moveAt: after(handoff.moveAt, 30_000) } },
      };
    },
  },
  // H7
  "closed-stays-closed": {
    breaks: "H7",
    sabotage: (decided, before, event) =>
      event.kind === "agent-leg-ringing" && before.handoff.kind === "closed"
        ? { ...decided, state: { ...decided.state, handoff: { kind: "agent-lost", by: event.at } } }
        : decided,
  },
  "count-a-decision-once": {
    breaks: "H7",
    sabotage: ({ state: { decisions: _decisions, ...state }, effects }) => ({ state, effects }),
  },
  "gone-stays-gone": {
    breaks: "H7",
    ...instead((before, event) =>
      before.caller?.place === "gone"
        ? { before: { ...before, caller: { ...before.caller, place: "assistant" } }, event }
        : undefined,
    ),
  },
  // H8
  "dial-an-offer-once": {
    breaks: "H8",
    sabotage: (decided, before, event) => {
      const { handoff, escalation } = before;
      if (event.kind !== "dial-unknown" || handoff.kind !== "offering" || !escalation) return decided;
      const again = { ...dialOf(escalation.id, event.offer, handoff.offer.agent), decidedAt: event.at };
      // Asked for anew, as if nothing had been asked before.
      return { state: before, effects: [again] };
    },
  },
  // H9
  "silence-the-assistant-at-the-move": {
    breaks: "H9",
    ...without((effect) => effect.kind === "silence-assistant"),
  },
  // H10
  "record-every-event": { breaks: "H10", missing: "entries" },
  "decide-from-the-event-alone": {
    breaks: "H10",
    sabotage: (decided) => {
      const { handoff } = decided.state;
      if (handoff.kind !== "wrapping-up" && handoff.kind !== "waiting") return decided;
      // Never the same again within one case.
      chance = (chance + 1) % 997;
      const wrapUps = decided.state.wrapUps.map((one) => ({ ...one, until: after(one.until, chance) }));
      return { ...decided, state: { ...decided.state, wrapUps } };
    },
  },
  // H11
  "another-node-carries-on": { breaks: "H11", missing: "recovery" },
  // H13
  "ask-presence-before-promising": { breaks: "H13", missing: "presence-answers" },
  "keys-lead-to-a-person": { breaks: "H13", ...deafTo("caller-pressed", "none") },
  // H14
  "say-that-an-assistant-speaks": { breaks: "H14", missing: "disclosure" },
  "say-the-emergency-line-at-once": {
    breaks: "H14",
    ...without((effect) => effect.kind === "speak" && effect.line === "emergency"),
  },
  "no-callback-in-danger": {
    breaks: "H14",
    ...instead((before, event) => {
      if (before.escalation?.decision.emergency !== true) return undefined;
      const { emergency: _forgotten, ...decision } = before.escalation.decision;
      return { before: { ...before, escalation: { ...before.escalation, decision } }, event };
    }),
  },
  "remember-danger-while-the-agent-comes": {
    breaks: "H14",
    sabotage: (decided, before, event) => {
      const coming = before.handoff.kind === "accepted" || before.handoff.kind === "moving";
      const { escalation } = before;
      if (event.kind !== "escalation-decided" || !coming || !escalation) return decided;
      return { ...decided, state: { ...decided.state, escalation } };
    },
  },
  // The scenarios' own
  "keep-the-caller-company": { breaks: "C17", ...without((effect) => effect.kind === "keep-company") },
  "end-the-first-ring-before-the-next": {
    breaks: "C20",
    ...without((effect, _before, event) => effect.kind === "end-leg" && event.kind === "escalation-decided"),
  },
  "a-miss-is-no-yes": {
    breaks: "C26",
    sabotage: (decided) => ({
      ...decided,
      effects: decided.effects.map((effect) =>
        effect.kind === "release-agent" ? { ...effect, next: "available" } : effect,
      ),
    }),
  },
  "tell-a-waiting-caller-that-everybody-left": { breaks: "C27", ...deafTo("no-agent-free", "waiting") },
  "offer-the-fallback-in-time": {
    breaks: "budget",
    sabotage: (decided) => {
      const { handoff } = decided.state;
      if (handoff.kind !== "offering" || handoff.by > handoff.t0 + 30_000) return decided;
      return { ...decided, state: { ...decided.state, handoff: { ...handoff, by: after(handoff.t0, 60_000) } } };
    },
  },
};

type Dial = Extract<Effect, { kind: "dial-agent" }>;
const dialOf = (
  escalation: Dial["escalation"],
  offer: Dial["offer"],
  agent: Dial["agent"],
): Omit<Dial, "decidedAt"> => ({
  kind: "dial-agent",
  escalation,
  offer,
  agent,
  priority: "medium",
  ringMs: 12_000,
});
