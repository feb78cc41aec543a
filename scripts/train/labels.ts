// What a row teaches each head: 1, 0, or nothing.
import type { Emotion, Utterance } from "./corpus.ts";

/** The sources' classes and the shipped policy intents they stand for. */
export const INTENT_OF_CLASS: Readonly<Record<string, string>> = {
  fraud: "fraud",
  identity_theft: "identity-theft",
  account_closure: "cancellation",
  cancel_service: "cancellation",
  billing_problem: "billing-dispute",
  hardship: "hardship",
  legal_threat: "legal-threat",
  regulator_complaint: "regulator",
  self_harm: "self-harm",
};

export function asksLabel(row: Utterance): 0 | 1 | undefined {
  if (row.human === "yes") return 1;
  return row.human === "no" ? 0 : undefined;
}

export function intentLabel(row: Utterance, intent: string): 0 | 1 | undefined {
  if (row.policy === undefined) return undefined;
  return INTENT_OF_CLASS[row.policy] === intent ? 1 : 0;
}

const EMOTIONS = {
  annoyed: ["anger", "annoyance", "disappointment", "disapproval", "disgust"],
  pleased: [
    "admiration",
    "amusement",
    "approval",
    "caring",
    "excitement",
    "gratitude",
    "joy",
    "love",
    "optimism",
    "pride",
    "relief",
  ],
  confused: ["confusion"],
  afraid: ["fear", "grief", "nervousness", "sadness", "remorse"],
} as const;
export type EmotionHead = keyof typeof EMOTIONS;
export const EMOTION_HEADS = ["annoyed", "pleased", "confused", "afraid"] as const;

export function emotionLabel(row: Emotion, head: EmotionHead): 0 | 1 {
  const wanted: readonly string[] = EMOTIONS[head];
  return row.labels.some((label) => wanted.includes(label)) ? 1 : 0;
}
