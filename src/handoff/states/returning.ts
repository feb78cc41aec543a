// The caller is on the way back to the assistant: the agent handed them back, or was lost.

import { after } from "../../domain/time.ts";
import { afterEffects, type Decision, enter, type Scene, stay, withEscalation } from "../decision.ts";
import type { HandoffState } from "../state.ts";
import type { CaseEvent } from "../vocabulary.ts";
import { endLegs, finish, holdForWrapUp, withWrapUp } from "./bridged.ts";
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
      // The agent is not kept waiting for ever; the caller's document brings the assistant, or the fixed lines.
      return event.at >= handoff.by ? handedBack(scene, handoff, endLegs([offer])) : stay(scene.state);
    case "caller-left":
      return finish(scene, offer, endLegs([offer]));
    default:
      return stay(scene.state);
  }
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
    case "time-passed":
      return event.at >= handoff.by ? again(scene) : stay(scene.state);
    case "caller-left":
      return enter(
        withEscalation(scene.state, { outcome: "abandoned", handoffs: scene.escalation.handoffs + 1 }),
        {
          kind: "closed",
          outcome: "abandoned",
        },
        [{ kind: "notify", what: "ticket", escalation: scene.escalation.id }],
      );
    case "caller-cancelled":
      return stay(scene.state);
    default:
      return stay(scene.state);
  }
}

function again(scene: Scene): Decision {
  return afterEffects(
    [{ kind: "speak", line: "agent-lost", values: { team: scene.escalation.target.team } }],
    searchAnew(scene),
  );
}
