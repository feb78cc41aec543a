import type { PolicyIntent } from "../domain/closed-sets.ts";
import type { Reading } from "./read-text.ts";
import type { TextContext } from "./text-context.ts";

/** What a linear model says of one turn, probabilities in [0, 1]; `valence` in [-1, 1]. */
export type LinearScores = {
  readonly explicitRequest: number;
  readonly policyIntents: Readonly<Record<PolicyIntent, number>>;
  readonly frustration: number;
  readonly distress: number;
  readonly confusion: number;
  readonly valence: number;
};

/** Parsed weights, read once at start by an edge and passed in as a value. */
export type TextModels = { readonly bits: number };

/** No weights: the rules decide alone. For tests, and for a gateway whose model file is unreadable. */
export const rulesOnly: TextModels = { bits: 0 };

export function linearScores(_reading: Reading, _models: TextModels, _context: TextContext): LinearScores {
  return {
    explicitRequest: 0,
    policyIntents: forEachIntent(() => 0),
    frustration: 0,
    distress: 0,
    confusion: 0,
    valence: 0,
  };
}

/** One value for every shipped policy intent. */
export function forEachIntent<T>(value: (intent: PolicyIntent) => T): Record<PolicyIntent, T> {
  return {
    fraud: value("fraud"),
    "identity-theft": value("identity-theft"),
    cancellation: value("cancellation"),
    hardship: value("hardship"),
    "legal-threat": value("legal-threat"),
    regulator: value("regulator"),
    "self-harm": value("self-harm"),
    "billing-dispute": value("billing-dispute"),
  };
}
