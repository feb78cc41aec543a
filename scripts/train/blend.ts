// How much a model and a rule each count, and where to act.
import type { IntentFinding } from "../../src/scoring/policy-intents.ts";
import type { Blend } from "../../src/scoring/text-models.ts";
import { sigmoid } from "./logistic.ts";

export type Scored = { readonly logit: number; readonly found: IntentFinding; readonly label: number };

/** Above every blended score. */
const SURE = 1_000;
const ROUNDS = 4_000;
const RATE = 0.3;

export type Fitting = {
  /** The share of right answers among those acted on that `all` must show. */
  readonly precision: number;
  /** The most that a rule may count: written beside the build part, it looks better there than it is. */
  readonly mostRule: number;
};

/**
 * Fits `bias + model · logit + rule · found` by gradient descent, then moves the bias so that 0.5 is where to act.
 */
export function fitBlend(all: readonly Scored[], { precision, mostRule }: Fitting): Blend {
  // What is plainly said needs no blend.
  const scored = all.filter(({ found }) => found !== "surely");
  let [bias, model, rule] = [-2, 1, 1];
  for (let round = 0; round < ROUNDS; round++) {
    let [gradientBias, gradientModel, gradientRule] = [0, 0, 0];
    for (const { logit, found, label } of scored) {
      const error = sigmoid(bias + model * logit + (found === "says" ? rule : 0)) - label;
      gradientBias += error;
      gradientModel += error * logit;
      if (found === "says") gradientRule += error;
    }
    const share = RATE / scored.length;
    bias -= share * gradientBias * 3;
    model -= share * gradientModel;
    rule = Math.min(mostRule, rule - share * gradientRule * 20);
  }
  const act = operatingPoint(
    all.map((one) => ({
      score: one.found === "surely" ? SURE : model * one.logit + (one.found === "says" ? rule : 0),
      label: one.label,
    })),
    precision,
  );
  return { bias: -act, model, rule };
}

/** The lowest score at and above which the precision holds. */
function operatingPoint(scored: readonly { score: number; label: number }[], precision: number): number {
  const sorted = scored.toSorted((a, b) => b.score - a.score);
  let right = 0;
  let point = sorted[0]?.score ?? 0;
  sorted.forEach(({ score, label }, i) => {
    right += label;
    if (right / (i + 1) >= precision) point = score;
  });
  return point;
}
