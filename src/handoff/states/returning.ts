// The caller is on the way back to the assistant: the agent handed them back, or was lost.

import { after } from "../../domain/time.ts";
import { afterEffects, type Decision, enter, inEscalation, type Scene, stay } from "../decision.ts";
import { isEmergency, sayEmergency } from "../emergency.ts";
import { rememberDanger } from "../search.ts";
import type { HandoffState } from "../state.ts";
import type { CaseEvent } from "../vocabulary.ts";
import { endLegs, finish, holdForWrapUp, withWrapUp } from "./bridged.ts";
import { whileNone } from "./none.ts";
import { searchAnew } from "./searching.ts";

type HandingBack = Extract<HandoffState, { kind: "handing-back" }>;
type AgentLost = Extract<HandoffState, { kind: "agent-lost" }>;

export function whileReturning(scene: Scene, handoff: HandingBack | AgentLost, event: CaseEvent): Decision {
  return handoff.kind === "handing-back"
    ? whileHandingBack(scene, handoff, event)
    : whileAgentLost(scene, handoff, event);
}

function whileHandingBack(scene: Scene, handoff: HandingBack, event: CaseEvent): Decision {
  const { offer } = handoff;
  switch (event.kind) {
    case "assistant-started":
      return handedBack(scene, handoff, endLegs([offer]));
    case "agent-leg-ended":
      // Gone a little early; the caller's new stream is on its way.
      return event.offer === offer.id
        ? enter(scene.state, { ...handoff, by: after(scene.at, scene.policy.backMs) })
        : stay(scene.state);
    case "time-passed":
      return event.at >= handoff.by ? onTooLate(scene, handoff) : stay(scene.state);
    case "room-seen":
      return onRoomSeen(scene, handoff, event.legs);
    case "move-failed":
      return ask(scene, handoff);
    case "caller-left":
      return finish(scene, offer, endLegs([offer]));
    case "escalation-decided":
      return event.decision.emergency === true ? dangerOnTheWayBack(scene, handoff, event) : stay(scene.state);
    default:
      return stay(scene.state);
  }
}

/** The assistant has heard them, so they are back, whatever the carrier has told yet: a new case of danger (H14). */
function dangerOnTheWayBack(
  scene: Scene,
  { offer }: HandingBack,
  event: Extract<CaseEvent, { kind: "escalation-decided" }>,
): Decision {
  const closed = enter(withWrapUp(scene, offer), { kind: "closed", outcome: "bridged" }, [
    ...endLegs([offer]),
    holdForWrapUp(scene, offer),
  ]);
  return afterEffects(closed.effects, whileNone(closed.state, event, scene.policy));
}

/** The agent goes only when the caller is gone from the room: a lost redirect must leave nobody alone there. */
const ASKED_MAX = 3;

function onTooLate(scene: Scene, handoff: HandingBack): Decision {
  // The carrier does not say: the caller's document brings the assistant, or the fixed lines, wherever they are.
  return (handoff.asked ?? 0) < ASKED_MAX ? ask(scene, handoff) : handedBack(scene, handoff, endLegs([handoff.offer]));
}

function ask(scene: Scene, handoff: HandingBack): Decision {
  const asked = (handoff.asked ?? 0) + 1;
  return enter(scene.state, { ...handoff, asked, by: after(scene.at, scene.policy.backMs) }, [
    { kind: "ask-room", escalation: scene.escalation.id },
  ]);
}

function onRoomSeen(scene: Scene, handoff: HandingBack, legs: readonly string[]): Decision {
  const { offer } = handoff;
  // Without an assistant to come (the model is down) the fixed lines have them.
  if (!legs.includes(scene.state.caller?.leg ?? "")) return handedBack(scene, handoff, endLegs([offer]));
  // Nothing brings them out: they stay with the agent, who is told by the state.
  if ((handoff.asked ?? 0) >= ASKED_MAX) return enter(scene.state, { kind: "bridged", offer, since: scene.at });
  return enter(scene.state, { ...handoff, by: after(scene.at, scene.policy.backMs) }, [
    { kind: "move-caller", how: "redirect" },
  ]);
}

function handedBack(scene: Scene, handoff: HandingBack, effects: Decision["effects"]): Decision {
  return enter(withWrapUp(scene, handoff.offer), { kind: "closed", outcome: "bridged" }, [
    ...effects,
    holdForWrapUp(scene, handoff.offer),
    { kind: "speak", line: "handed-back", values: { team: scene.escalation.target.team } },
    { kind: "resume-assistant", because: "handed-back" },
  ]);
}

function whileAgentLost(scene: Scene, handoff: AgentLost, event: CaseEvent): Decision {
  switch (event.kind) {
    case "assistant-started":
      return again(scene);
    case "escalation-decided":
      return event.decision.emergency === true ? dangerHeard(scene, event) : stay(scene.state);
    case "time-passed":
      // Nobody hears a line now; it is spoken when the assistant is back.
      return event.at >= handoff.by ? searchAnew(scene) : stay(scene.state);
    case "caller-left":
      // Both hung up, and the agent's end was told first: the conversation they had is the outcome (H7).
      return bothGone(scene.state);
    default:
      return stay(scene.state);
  }
}

const bothGone = (state: Scene["state"]): Decision =>
  enter(state, state.wrapUps.length > 0 ? { kind: "wrapping-up" } : { kind: "closed", outcome: "bridged" });

/** Whoever hears the caller is with them again, though nothing has told so yet (H14). */
function dangerHeard(scene: Scene, event: Extract<CaseEvent, { kind: "escalation-decided" }>): Decision {
  const { state } = rememberDanger(scene, event);
  return again(inEscalation(scene, state));
}

function again(scene: Scene): Decision {
  const { team } = scene.escalation.target;
  return afterEffects(
    [
      // Alone again, and in danger: that goes before how it came about (H14).
      isEmergency(scene) ? sayEmergency : { kind: "speak", line: "agent-lost", values: { team } },
      { kind: "keep-company", team },
    ],
    searchAnew(scene),
  );
}
