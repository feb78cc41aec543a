// Each guard of the machine, taken away: the simulation must then find a seed that breaks an invariant. What is
// removed is removed around `decide`, so that the product has no switch for it.
import type { Decision } from "../../../src/handoff/decision.ts";
import type { CaseEvent, Effect } from "../../../src/handoff/vocabulary.ts";
import type { CaseState } from "../../../src/handoff/state.ts";

export type Sabotage = (decided: Decision, before: CaseState, event: CaseEvent) => Decision;

const without =
  (drop: (effect: Effect, before: CaseState, event: CaseEvent) => boolean): Sabotage =>
  (decided, before, event) => ({
    state: decided.state,
    effects: decided.effects.filter((effect) => !drop(effect, before, event)),
  });

export const GUARDS: Readonly<Record<string, { readonly breaks: string; readonly sabotage: Sabotage }>> = {
  "release-when-the-caller-left": {
    breaks: "H6",
    sabotage: without((effect, _before, event) => effect.kind === "release-agent" && event.kind === "caller-left"),
  },
  "give-back-a-late-reservation": {
    breaks: "H4",
    sabotage: without(
      (effect, before, event) =>
        effect.kind === "release-agent" && event.kind === "agent-reserved" && before.handoff.kind !== "reserving",
    ),
  },
  "end-the-ring-when-the-caller-left": {
    breaks: "H6",
    sabotage: without((effect, _before, event) => effect.kind === "end-leg" && event.kind === "caller-left"),
  },
  "remember-a-leg-not-known-yet": {
    breaks: "H6",
    sabotage: (decided) => ({
      ...decided,
      state: { ...decided.state, strays: decided.state.strays.filter((stray) => stray.leg !== undefined) },
    }),
  },
  "release-after-the-last-sentence": {
    breaks: "H6",
    sabotage: (decided, _before, event) =>
      event.kind === "time-passed"
        ? { ...decided, effects: decided.effects.filter(({ kind }) => kind !== "end-leg") }
        : decided,
  },
  "promise-only-after-the-reservation": {
    breaks: "H2",
    sabotage: (decided, _before, event) =>
      event.kind === "escalation-decided"
        ? { ...decided, effects: [...decided.effects, { kind: "speak", line: "promise", values: { team: "" } }] }
        : decided,
  },
  "store-the-callback-before-saying-so": {
    breaks: "H2",
    sabotage: (decided, before, event) =>
      event.kind === "caller-chose" && before.handoff.kind === "offering-fallback"
        ? { ...decided, effects: [...decided.effects, { kind: "speak", line: "callback-confirmed", values: {} }] }
        : decided,
  },
  "escalate-in-the-same-turn": {
    breaks: "H3",
    sabotage: (decided, before, event) =>
      event.kind === "escalation-decided" && before.handoff.kind === "none"
        ? { state: { ...before }, effects: [] }
        : decided,
  },
  "ring-only-once-painted-or-late": {
    breaks: "H5",
    sabotage: (decided, _before, event) => {
      const { handoff } = decided.state;
      if (event.kind !== "agent-reserved" || handoff.kind !== "offering") return decided;
      const dial: Effect = {
        kind: "dial-agent",
        escalation: decided.state.escalation?.id ?? (event.offer as never),
        offer: event.offer,
        agent: event.agent,
        priority: "medium",
        decidedAt: event.at,
        ringMs: 12_000,
      };
      const rung = { ...handoff, offer: { ...handoff.offer, dial: "requested" as const, dialledAt: event.at } };
      return { state: { ...decided.state, handoff: rung }, effects: [...decided.effects, dial] };
    },
  },
  "dial-an-offer-once": {
    breaks: "H8",
    sabotage: (decided, before, event) => {
      const { handoff } = before;
      if (event.kind !== "dial-unknown" || handoff.kind !== "offering" || !before.escalation) return decided;
      const again: Effect = {
        kind: "dial-agent",
        escalation: before.escalation.id,
        offer: event.offer,
        agent: handoff.offer.agent,
        priority: "medium",
        decidedAt: event.at,
        ringMs: 12_000,
      };
      return { ...decided, effects: [...decided.effects, again] };
    },
  },
  "closed-stays-closed": {
    breaks: "H7",
    sabotage: (decided, before, event) =>
      event.kind === "agent-leg-ringing" && before.handoff.kind === "closed"
        ? { ...decided, state: { ...decided.state, handoff: { kind: "agent-lost", by: event.at } } }
        : decided,
  },
  "silence-the-assistant-at-the-move": {
    breaks: "H9",
    sabotage: (decided, before) =>
      decided.state.handoff.kind === "bridged" && before.handoff.kind !== "bridged"
        ? { ...decided, effects: [...decided.effects, { kind: "speak", line: "holding-1", values: {} }] }
        : decided,
  },
  "offer-the-fallback-in-time": {
    breaks: "budget",
    sabotage: (decided, before, event) =>
      event.kind === "time-passed" &&
      before.handoff.kind === "offering" &&
      decided.state.handoff.kind === "offering-fallback"
        ? { state: { ...before, handoff: { ...before.handoff, by: (event.at + 30_000) as never } }, effects: [] }
        : decided,
  },
  "look-again-when-the-time-comes": {
    breaks: "H1",
    sabotage: (decided, before, event) => (event.kind === "time-passed" ? { state: before, effects: [] } : decided),
  },
  "bring-the-caller-back": {
    breaks: "H1",
    sabotage: without((effect, _before, event) => effect.kind === "move-caller" && event.kind === "agent-leg-ended"),
  },
};
