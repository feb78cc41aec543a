import { POLICY_INTENTS, type PolicyIntent } from "../../src/domain/closed-sets.ts";

export type PolicyScores = Record<PolicyIntent, number>;

export const forEachIntent = (value: (intent: PolicyIntent) => number): PolicyScores =>
  Object.fromEntries(POLICY_INTENTS.map((intent) => [intent, value(intent)])) as PolicyScores;
