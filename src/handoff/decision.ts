import type { EpochMs } from "../domain/time.ts";
import type { HandoffPolicy } from "./policy.ts";
import type { CaseState, EscalationPart, HandoffState, Offer } from "./state.ts";
import type { Effect } from "./vocabulary.ts";

/** What an event makes of a case. Effects are in the order in which they must be begun. */
export type Decision = { readonly state: CaseState; readonly effects: readonly Effect[] };

/** What a state's own rules are given: the case, its open escalation, the time of the event and the budget. */
export type Scene = {
  readonly state: CaseState;
  readonly escalation: EscalationPart;
  readonly at: EpochMs;
  readonly policy: HandoffPolicy;
};

export const stay = (state: CaseState): Decision => ({ state, effects: [] });

/** The case with another handoff state. */
export function enter(state: CaseState, handoff: HandoffState, effects: readonly Effect[] = []): Decision {
  return { state: { ...state, handoff }, effects };
}

/** Effects of an earlier step first, then what this one decides. */
export function afterEffects(before: readonly Effect[], decision: Decision): Decision {
  return { state: decision.state, effects: [...before, ...decision.effects] };
}

/** The same case with its escalation changed; nothing if there is none. */
export function withEscalation(state: CaseState, change: Partial<EscalationPart>): CaseState {
  return state.escalation ? { ...state, escalation: { ...state.escalation, ...change } } : state;
}

/** Replaces the offer in a handoff state that has one. */
export function withOffer<H extends Extract<HandoffState, { offer: Offer }>>(handoff: H, change: Partial<Offer>): H {
  return { ...handoff, offer: { ...handoff.offer, ...change } };
}

/** The same scene over a changed case. */
export function inEscalation(scene: Scene, state: CaseState): Scene {
  return { ...scene, state, escalation: state.escalation ?? scene.escalation };
}
