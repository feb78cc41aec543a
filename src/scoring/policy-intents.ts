import type { PolicyIntent } from "../domain/closed-sets.ts";
import { englishIntents } from "./intents/english.ts";
import type { IntentRules } from "./intents/intent-rules.ts";
import type { Language } from "./language.ts";
import type { Reading } from "./read-text.ts";
import { type Blend, type Logits, probability, type TextModels } from "./text-models.ts";

const RULES: Readonly<Partial<Record<Language, IntentRules>>> = { en: englishIntents };

/** Do the rules of the turn's language (of every language when it is unknown) find the intent? */
export function namesIntent(reading: Reading, intent: PolicyIntent): boolean {
  const own = reading.language === undefined ? undefined : RULES[reading.language];
  const rules = reading.language === undefined ? Object.values(RULES) : own === undefined ? [] : [own];
  return rules.some((rule) => {
    const { says, aside } = rule[intent];
    return says.test(reading.spoken) && (aside === undefined || says.test(reading.spoken.replaceAll(aside, " . ")));
  });
}

/** "Cancel my card, I did not make that payment" reports fraud: what fraud makes a caller ask for is no intent of its own. */
export const countsAs = (reading: Reading, intent: keyof TextModels["blends"]): boolean =>
  namesIntent(reading, intent) && (intent === "fraud" || !namesIntent(reading, "fraud"));

/** A rare intent has too few examples for a model: its rule decides. */
const FOUND = 0.95;
const NOT_FOUND = 0.01;

/** Probability of each policy intent, from rules and models together; 0.5 is where to act. */
export function policyIntents(
  reading: Reading,
  logits: Logits,
  models: TextModels,
): Readonly<Record<PolicyIntent, number>> {
  const rare = (intent: PolicyIntent): number => (namesIntent(reading, intent) ? FOUND : NOT_FOUND);
  const blended = (intent: keyof TextModels["blends"]): number =>
    probability(blend(models.blends[intent], logits[intent], countsAs(reading, intent)));
  return {
    fraud: blended("fraud"),
    "identity-theft": rare("identity-theft"),
    cancellation: blended("cancellation"),
    hardship: rare("hardship"),
    "legal-threat": rare("legal-threat"),
    regulator: rare("regulator"),
    "self-harm": rare("self-harm"),
    "billing-dispute": blended("billing-dispute"),
  };
}

export const blend = ({ bias, model, rule }: Blend, logit: number, found: boolean): number =>
  bias + model * logit + (found ? rule : 0);
