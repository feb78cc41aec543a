import { compositeConfidence } from "../scoring/self-evaluation.ts";
import type { Conversation } from "./conversation.ts";
import type { ReGround } from "./decision.ts";
import type { EscalationPolicy } from "./policy.ts";

/** The floor for the conversation's intent, 0 to 1. */
export const floorFor = (conversation: Pick<Conversation, "intent">, policy: EscalationPolicy): number =>
  policy.confidence.floors[conversation.intent] ?? policy.confidence.floor;

/** Composite confidence of the newest evaluation since the case was last settled; undefined when there is none. */
export function confidenceNow(conversation: Conversation, policy: EscalationPolicy): number | undefined {
  const newest = conversation.evaluations.at(-1);
  return newest === undefined ? undefined : compositeConfidence(newest.scores, policy.confidence.weights);
}

/** Assistant turns on this intent that fell below the floor, by index. */
export function belowFloor(conversation: Conversation, policy: EscalationPolicy): readonly number[] {
  const floor = floorFor(conversation, policy);
  return conversation.evaluations
    .filter((evaluation) => compositeConfidence(evaluation.scores, policy.confidence.weights) < floor)
    .map((evaluation) => evaluation.turn);
}

/** Due when the newest answer is below the floor and no re-grounding was tried yet on this intent. */
export function reGroundingDue(conversation: Conversation, policy: EscalationPolicy): ReGround | undefined {
  const confidence = confidenceNow(conversation, policy);
  const floor = floorFor(conversation, policy);
  const newest = conversation.evaluations.at(-1);
  if (newest === undefined || confidence === undefined || confidence >= floor || conversation.reGrounds > 0)
    return undefined;
  return { turn: newest.turn, confidence, floor };
}
