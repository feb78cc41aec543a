// Logistic regression with L2 on hashed features: stochastic gradient descent with AdaGrad, seeded and single-threaded,
// so that the same data gives the same weights.
import { featureRows } from "../../src/scoring/text-models.ts";

export type Example = {
  readonly features: Uint32Array;
  /** 1 or 0; between for a soft label. */
  readonly label: number;
  readonly weight: number;
};

export type LinearModel = { readonly weights: Float32Array; readonly bias: number };

/** `bits`: log2 of the number of hashed features, beside which word classes have rows of their own. */
export type Settings = { readonly bits: number; readonly epochs: number; readonly l2: number; readonly rate: number };

export const defaults: Settings = { bits: 17, epochs: 8, l2: 2e-6, rate: 0.5 };

export const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** A small seeded generator (mulberry32): training must not depend on the machine's randomness. */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

function shuffled(count: number, next: () => number): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1));
    const swap = order[i] as number;
    order[i] = order[j] as number;
    order[j] = swap;
  }
  return order;
}

/** The score before the sigmoid: the mean-like sum of the features' weights, longer texts counting by their root. */
export function logit(model: LinearModel, features: Uint32Array): number {
  if (features.length === 0) return model.bias;
  let sum = 0;
  for (const feature of features) sum += model.weights[feature] as number;
  return sum / Math.sqrt(features.length) + model.bias;
}

export function train(examples: readonly Example[], settings: Settings = defaults, seed = 1): LinearModel {
  const weights = new Float32Array(featureRows(settings.bits));
  const squares = new Float32Array(featureRows(settings.bits)).fill(1e-8);
  let bias = 0;
  let biasSquares = 1e-8;
  const next = random(seed);
  for (let epoch = 0; epoch < settings.epochs; epoch++) {
    for (const index of shuffled(examples.length, next)) {
      const { features, label, weight } = examples[index] as Example;
      if (features.length === 0) continue;
      const error = (sigmoid(logit({ weights, bias }, features)) - label) * weight;
      const share = error / Math.sqrt(features.length);
      for (const feature of features) {
        const gradient = share + settings.l2 * (weights[feature] as number) * examples.length * 0.01;
        const square = (squares[feature] as number) + gradient * gradient;
        squares[feature] = square;
        weights[feature] = (weights[feature] as number) - (settings.rate * gradient) / Math.sqrt(square);
      }
      biasSquares += error * error;
      bias -= (settings.rate * error) / Math.sqrt(biasSquares);
    }
  }
  return { weights, bias };
}
