import type { EpochMs } from "../domain/time.ts";

/** The seven dimensions on which the assistant's reply is judged, each from 0 (bad) to 1 (good). */
export const DIMENSIONS = [
  "groundedness",
  "factualAccuracy",
  "policyCompliance",
  "relevance",
  "completeness",
  "tone",
  "certainty",
] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** One judgement of one assistant turn, by the deep path. */
export type SelfEvaluation = {
  /** Index of the assistant turn that was judged. */
  readonly turn: number;
  readonly at: EpochMs;
  readonly scores: Readonly<Record<Dimension, number>>;
  /** The caller's intent as resolved so far; its change starts a new count of failed turns. */
  readonly intent?: string;
  /** The caller's question is answered or their task done. */
  readonly resolved?: boolean;
};

/**
 * Weighted mean of the dimensions, 0 to 1. A weight of 0 leaves a dimension out; all zero means equal weights.
 * Scores outside [0, 1] are clamped: a model may return nonsense.
 */
export function compositeConfidence(
  scores: Readonly<Record<Dimension, number>>,
  weights: Readonly<Record<Dimension, number>>,
): number {
  const total = DIMENSIONS.reduce((sum, dimension) => sum + weights[dimension], 0);
  const sum = DIMENSIONS.reduce((acc, dimension) => {
    const score = Math.min(1, Math.max(0, scores[dimension]));
    return acc + score * (total === 0 ? 1 : weights[dimension]);
  }, 0);
  return sum / (total === 0 ? DIMENSIONS.length : total);
}
