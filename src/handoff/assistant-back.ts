// The caller has a new connection to the assistant while something is open: it is told what it is there for, and a
// question that was cut off is asked again.

import { after } from "../domain/time.ts";
import { sayEmergency } from "./emergency.ts";
import { callbackQuestion, openQuestion } from "./capture-callback.ts";
import { afterEffects, type Decision, enter } from "./decision.ts";
import type { HandoffPolicy } from "./policy.ts";
import { askFallback } from "./search.ts";
import type { CaseState } from "./state.ts";
import type { CaseEvent, Effect } from "./vocabulary.ts";

/** `before`: the case as it was; a connection that is not new changes nothing. */
export function onAssistantBack(
  before: CaseState,
  decided: Decision,
  event: CaseEvent,
  policy: HandoffPolicy,
): Decision {
  const { escalation, handoff, caller } = decided.state;
  if (event.kind !== "assistant-started" || caller === before.caller || !escalation) return decided;
  // States that wait for this very connection have their own answer to it.
  if (before.handoff.kind !== handoff.kind) return decided;
  const { team } = escalation.target;
  const company: Effect = { kind: "keep-company", team };
  const scene = { state: decided.state, escalation, at: event.at, policy };
  const by = after(event.at, policy.choiceMs * 2);
  switch (handoff.kind) {
    case "reserving":
    case "waiting":
    case "offering":
      return afterEffects(decided.effects, { ...decided, effects: [company, ...untold(before, decided.state)] });
    case "offering-fallback":
      return afterEffects(decided.effects, enter(decided.state, { ...handoff, by }, askFallback(scene, handoff)));
    case "capturing-callback":
      return afterEffects(
        decided.effects,
        enter(decided.state, { ...handoff, by }, [callbackQuestion(scene, openQuestion(handoff))]),
      );
    default:
      return decided;
  }
}

/** What happened while the caller could hear nobody. */
function untold(before: CaseState, { escalation, handoff }: CaseState): readonly Effect[] {
  const team = escalation?.target.team ?? "";
  // How much of the line the caller heard before the connection was gone is not known (H14).
  if (escalation?.decision.emergency === true) return [sayEmergency];
  // Back from a room where the agent was lost.
  if (before.caller?.place === "room") return [{ kind: "speak", line: "agent-lost", values: { team } }];
  // On the way into the room, which came to nothing: somebody else is asked by now.
  const inVain = handoff.kind === "offering" && escalation?.offers.at(-1)?.outcome === "no-audio";
  return inVain ? [{ kind: "speak", line: "next-agent", values: { team } }] : [];
}
