import type { PolicyIntent } from "../domain/closed-sets.ts";
import { matchPhrases } from "./phrase-book.ts";
import { readText } from "./read-text.ts";
import { explicitRequestRules } from "./explicit-request.ts";
import { policyIntentRules } from "./policy-intents.ts";
import { moodRules } from "./mood.ts";
import type { TextContext } from "./text-context.ts";
import { linearScores, type TextModels } from "./text-models.ts";

/** What one caller turn's words say. Probabilities in [0, 1]; `valence` from -1 (bad) to 1 (good). */
export type TextSignals = {
  /** The caller asks, in this turn, to be passed to a person. */
  readonly explicitRequest: number;
  readonly policyIntents: Readonly<Record<PolicyIntent, number>>;
  /** Intents an admin added by phrases, 1 where a phrase occurs; absent when there are none. */
  readonly customIntents?: Readonly<Record<string, number>>;
  /** Annoyed or dissatisfied with how the call goes. */
  readonly frustration: number;
  /** Fear, despair, an emergency. */
  readonly distress: number;
  /** Lost: does not follow what is said or asked. */
  readonly confusion: number;
  readonly valence: number;
};

/**
 * Signals of one caller turn. Pure and bounded: of a long turn only the first and last 2,000 characters are examined.
 * `language` is a BCP 47 tag; an unknown one is read with the rules of every language.
 */
export function scoreText(text: string, language: string, models: TextModels, context: TextContext = {}): TextSignals {
  const reading = readText(text, language);
  const phrases = context.phrases === undefined ? undefined : matchPhrases(reading, context.phrases);
  const linear = linearScores(reading, models, context);
  const explicitRequest = explicitRequestRules(reading, linear.explicitRequest, context);
  return {
    explicitRequest: phrases?.asks === true ? 1 : phrases?.asksNot === true ? 0 : explicitRequest,
    policyIntents: policyIntentRules(reading, linear.policyIntents),
    ...(phrases === undefined ? {} : { customIntents: phrases.intents }),
    ...moodRules(reading, linear),
  };
}
