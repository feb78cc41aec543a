import { compositeConfidence, type Dimension, type SelfEvaluation } from "../../scoring/self-evaluation.ts";

/** What holds for the intent at hand: `floor` and confidence from 0 to 1, tries as counts. */
export type ReplyFloor = {
  readonly floor: number;
  readonly weights: Readonly<Record<Dimension, number>>;
  /** Searches with another query that are still allowed before the reply counts as failed. */
  readonly triesLeft: number;
};

/**
 * What becomes of a reply that is judged before it is said (text channels). A reply that could not be judged is said:
 * a model that is down must not silence the assistant.
 */
export function gateReply(
  evaluation: Pick<SelfEvaluation, "scores"> | undefined,
  { floor, weights, triesLeft }: ReplyFloor,
): "say" | "search-again" | "escalate" {
  if (evaluation === undefined || compositeConfidence(evaluation.scores, weights) >= floor) return "say";
  return triesLeft > 0 ? "search-again" : "escalate";
}
