// Caller and agent talk. Ending, losing, handing back and consulting are different things.

import { after } from "../../domain/time.ts";
import { type Decision, enter, type Scene, stay, withEscalation } from "../decision.ts";
import { reserve } from "../search.ts";
import type { HandoffState, Offer } from "../state.ts";
import type { CaseEvent, Effect } from "../vocabulary.ts";

type Bridged = Extract<HandoffState, { kind: "bridged" }>;

export function whileBridged(scene: Scene, handoff: Bridged, event: CaseEvent): Decision {
  const { offer } = handoff;
  switch (event.kind) {
    case "caller-left":
      return finish(scene, offer, endLegs([offer]));
    case "agent-ended":
      return event.agent === offer.agent ? finish(scene, offer, endCall(scene, [offer])) : stay(scene.state);
    case "agent-leg-ended":
      return event.offer === offer.id ? loseAgent(scene, offer) : stay(scene.state);
    case "agent-left-room":
      return event.offer === offer.id ? loseAgent(scene, offer, endLegs([offer])) : stay(scene.state);
    case "agent-handed-back":
      return event.agent === offer.agent ? handBack(scene, offer) : stay(scene.state);
    case "agent-transferred":
      return event.agent === offer.agent ? consult(scene, offer, event) : stay(scene.state);
    default:
      return stay(scene.state);
  }
}

export const endLegs = (offers: readonly Offer[]): readonly Effect[] =>
  offers.flatMap((offer): Effect[] => (offer.leg ? [{ kind: "end-leg", leg: offer.leg }] : []));

export function endCall(scene: Scene, offers: readonly Offer[]): readonly Effect[] {
  const { caller } = scene.state;
  return [...endLegs(offers), ...(caller ? [{ kind: "end-leg" as const, leg: caller.leg }] : [])];
}

/** The conversation is over: the agent has their closing work, under the same hold, for a limited time. */
export function finish(scene: Scene, offer: Offer, effects: readonly Effect[]): Decision {
  return enter(withWrapUp(scene, offer), { kind: "wrapping-up" }, [...effects, holdForWrapUp(scene, offer)]);
}

export function withWrapUp(scene: Scene, offer: Offer): Scene["state"] {
  const wrapUp = { agent: offer.agent, token: offer.token, until: after(scene.at, scene.policy.wrapUpMs) };
  return { ...scene.state, wrapUps: [...scene.state.wrapUps, wrapUp] };
}

export function holdForWrapUp(scene: Scene, offer: Offer): Effect {
  const until = after(scene.at, scene.policy.wrapUpMs + scene.policy.reservationMs);
  return { kind: "hold-agent", agent: offer.agent, token: offer.token, as: "wrap-up", until };
}

/** The agent is gone without having ended the call: the assistant comes back, and a new handoff of the same case begins. */
export function loseAgent(scene: Scene, offer: Offer, effects: readonly Effect[] = []): Decision {
  return enter(withWrapUp(scene, offer), { kind: "agent-lost", by: after(scene.at, scene.policy.backMs) }, [
    { kind: "move-caller", how: "redirect" },
    ...effects,
    holdForWrapUp(scene, offer),
  ]);
}

/** The caller first, the agent's leg only when the assistant's new stream has started (or it takes too long). */
export function handBack(scene: Scene, offer: Offer): Decision {
  return enter(scene.state, { kind: "handing-back", offer, by: after(scene.at, scene.policy.backMs) }, [
    { kind: "move-caller", how: "redirect" },
  ]);
}

/** A hop: a colleague of the other queue is asked while the caller stays with the first agent. */
export function consult(
  scene: Scene,
  offer: Offer,
  event: Extract<CaseEvent, { kind: "agent-transferred" }>,
): Decision {
  const { target } = event;
  const state = withEscalation(scene.state, { handoffs: scene.escalation.handoffs + 1 });
  const search = { t0: scene.at, attempt: 1, tried: [offer.agent] };
  const next: Scene = { ...scene, state, escalation: state.escalation ?? scene.escalation };
  return enter(
    state,
    { kind: "consulting", ...search, bridge: offer, target, by: after(scene.at, scene.policy.fallbackMs) },
    [reserve(next, search, target)],
  );
}
