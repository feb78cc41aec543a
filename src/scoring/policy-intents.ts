import type { PolicyIntent } from "../domain/closed-sets.ts";
import { englishIntents } from "./intents/english.ts";
import { frenchIntents } from "./intents/french.ts";
import { germanIntents } from "./intents/german.ts";
import { type IntentRule, type IntentRules, occurs } from "./intents/intent-rules.ts";
import { italianIntents } from "./intents/italian.ts";
import { portugueseIntents } from "./intents/portuguese.ts";
import { spanishIntents } from "./intents/spanish.ts";
import type { Language } from "./language.ts";
import type { Reading } from "./read-text.ts";
import { withoutCourtesy } from "./without-courtesy.ts";
import { type Blend, type Logits, logitsOf, probability, type TextModels } from "./text-models.ts";

const RULES: Readonly<Partial<Record<Language, IntentRules>>> = {
  en: englishIntents,
  es: spanishIntents,
  fr: frenchIntents,
  de: germanIntents,
  pt: portugueseIntents,
  it: italianIntents,
};

export type IntentFinding = "surely" | "says" | "nothing";

/** What the rules of the languages in a turn (of every language when it is unknown) find of an intent. */
export function findIntent(reading: Reading, intent: PolicyIntent): IntentFinding {
  const found = findInFirst(reading, intent);
  if (found === "surely" || reading.also.length === 0) return found;
  return strongest([found, findBeside(reading, intent)]);
}

function findInFirst(reading: Reading, intent: PolicyIntent): IntentFinding {
  if (reading.language !== undefined) return findInOne(reading.language, reading.spoken, intent);
  return strongest(Object.values(RULES).map((rules) => findIn(reading.spoken, rules[intent])));
}

/** In the languages that only some of the words are in. */
const findBeside = (reading: Reading, intent: PolicyIntent): IntentFinding =>
  strongest(reading.also.map((one) => findInOne(one.language, one.spoken, intent)));

function findInOne(language: Language, spoken: string, intent: PolicyIntent): IntentFinding {
  const rules = RULES[language];
  return rules === undefined ? "nothing" : findIn(spoken, rules[intent]);
}

const strongest = (found: readonly IntentFinding[]): IntentFinding =>
  found.includes("surely") ? "surely" : found.includes("says") ? "says" : "nothing";

function findIn(spoken: string, { says, surely, aside }: IntentRule): IntentFinding {
  if (!occurs(says, spoken) && (surely === undefined || !occurs(surely, spoken))) return "nothing";
  const stated = aside === undefined ? spoken : spoken.replaceAll(aside, " . ");
  if (surely !== undefined && occurs(surely, stated)) return "surely";
  return occurs(says, stated) ? "says" : "nothing";
}

/** "Cancel my card, I did not make that payment" reports fraud: what fraud makes a caller ask for is no intent of its own. */
export function findBlended(reading: Reading, intent: keyof TextModels["blends"]): IntentFinding {
  const found = findIntent(reading, intent);
  if (found === "nothing" || intent === "fraud") return found;
  const fraud = findIntent(reading, "fraud");
  // A bill that is plainly disputed stays so beside what only sounds like fraud; a card is cancelled because of fraud.
  const plainly = intent === "billing-dispute" && found === "surely" && fraud === "says";
  return fraud === "nothing" || plainly ? found : "nothing";
}

/** A rare intent has too few examples for a model: its rule decides. */
const FOUND = 0.95;
const NOT_FOUND = 0.01;

/** A model knows words and no denials: it reads an English turn again without what the rules know to mean something else. */
function withoutAside(reading: Reading, intent: keyof TextModels["blends"], models: TextModels): number {
  const { aside } = englishIntents[intent];
  const left = aside === undefined ? reading.spoken : reading.spoken.replaceAll(aside, " . ");
  if (left === reading.spoken) return 1;
  return probability(
    blend(models.blends[intent], logitsOf({ ...reading, plain: left, spoken: left }, models)[intent], "nothing"),
  );
}

const ACTED_ON = 0.5;

/** Probability of each policy intent, from rules and models together; 0.5 is where to act. */
export function policyIntents(
  reading: Reading,
  logits: Logits,
  models: TextModels,
): Readonly<Record<PolicyIntent, number>> {
  const said = withoutCourtesy(reading);
  const rare = (intent: PolicyIntent): number => (findIntent(said, intent) === "nothing" ? NOT_FOUND : FOUND);
  const blended = (intent: keyof TextModels["blends"]): number => {
    const found = findBlended(said, intent);
    // The models know English; elsewhere the rules decide, also where English is mixed with another language.
    if (reading.language !== "en") return found === "nothing" ? NOT_FOUND : FOUND;
    const english = probability(blend(models.blends[intent], logits[intent], found));
    if (found === "nothing" && english >= ACTED_ON) return Math.min(english, withoutAside(reading, intent, models));
    return found !== "nothing" && findBeside(said, intent) !== "nothing" ? Math.max(FOUND, english) : english;
  };
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

/** What a plain saying is worth at least, whatever the model thinks of it. */
const SURE = 1.5;

export function blend({ bias, model, rule }: Blend, logit: number, found: IntentFinding): number {
  const blended = bias + model * logit + (found === "nothing" ? 0 : rule);
  return found === "surely" ? Math.max(SURE, blended) : blended;
}
