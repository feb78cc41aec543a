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

/** The lower score of each dimension. */
export function worseOf(a: SelfEvaluation["scores"], b: SelfEvaluation["scores"]): SelfEvaluation["scores"] {
  return {
    groundedness: Math.min(a.groundedness, b.groundedness),
    factualAccuracy: Math.min(a.factualAccuracy, b.factualAccuracy),
    policyCompliance: Math.min(a.policyCompliance, b.policyCompliance),
    relevance: Math.min(a.relevance, b.relevance),
    completeness: Math.min(a.completeness, b.completeness),
    tone: Math.min(a.tone, b.tone),
    certainty: Math.min(a.certainty, b.certainty),
  };
}

/**
 * The judgement of an answer that names an amount which nothing looked up bears out: not grounded, and as far as is known
 * not true; nothing is said about the rest. With the weights that ship this is 0.5, below the floor of 0.6.
 */
export const weakFigures = (answer: Pick<SelfEvaluation, "turn" | "at">): SelfEvaluation => ({
  ...answer,
  scores: {
    groundedness: 0,
    factualAccuracy: 0,
    policyCompliance: 1,
    relevance: 1,
    completeness: 1,
    tone: 1,
    certainty: 1,
  },
});
