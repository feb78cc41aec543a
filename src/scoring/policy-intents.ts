import type { PolicyIntent } from "../domain/closed-sets.ts";
import type { Reading } from "./read-text.ts";
export function policyIntentRules(
  _reading: Reading,
  model: Readonly<Record<PolicyIntent, number>>,
): Readonly<Record<PolicyIntent, number>> {
  return model;
}
