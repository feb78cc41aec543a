import type { PolicyIntent } from "../domain/closed-sets.ts";
import { type ClauseIndex, clauseIndex, type Look } from "./clauses/clause-lookup.ts";
import { englishIntents } from "./intents/english.ts";
import { frenchIntents } from "./intents/french.ts";
import { germanIntents } from "./intents/german.ts";
import type { IntentRules } from "./intents/intent-rules.ts";
import { italianIntents } from "./intents/italian.ts";
import { portugueseIntents } from "./intents/portuguese.ts";
import { spanishIntents } from "./intents/spanish.ts";
import { type Language, LANGUAGES } from "./language.ts";
import type { Reading } from "./read-text.ts";
import { withoutCourtesy } from "./without-courtesy.ts";
import { type Blend, type Logits, logitsOf, probability, type TextModels } from "./text-models.ts";

/** The rules of a language and which of their clauses can be in a text. */
type IndexedRules = { readonly rules: IntentRules; readonly index: ClauseIndex };

const indexed = (rules: IntentRules): IndexedRules => ({
  rules,
  index: clauseIndex(Object.values(rules).flatMap(({ says, surely = [], aside = [] }) => [says, surely, aside])),
});

const RULES: Readonly<Partial<Record<Language, IndexedRules>>> & { readonly en: IndexedRules } = {
  en: indexed(englishIntents),
  es: indexed(spanishIntents),
  fr: indexed(frenchIntents),
  de: indexed(germanIntents),
  pt: indexed(portugueseIntents),
  it: indexed(italianIntents),
};

export type IntentFinding = "surely" | "says" | "nothing";

/** The rules of a language and which of their clauses can be in a turn. */
type Looked = IndexedRules & { readonly look: Look };

/** A turn in the languages it is read in; `beside`: in those alone that fewer of its words are in. */
type LookedTurn = { readonly all: readonly Looked[]; readonly beside: readonly Looked[] };

function lookAt({ language, spoken, also }: Reading): LookedTurn {
  // In every language when it is unknown.
  const first = language === undefined ? LANGUAGES : [language];
  const beside = also.flatMap((one) => lookIn(one.language, one.spoken));
  return { all: [...first.flatMap((one) => lookIn(one, spoken)), ...beside], beside };
}

function lookIn(language: Language, spoken: string): readonly Looked[] {
  const rules = RULES[language];
  return rules === undefined ? [] : [{ ...rules, look: rules.index.look(spoken) }];
}

/** What the rules of the languages in a turn find of an intent. */
export const findIntent = (reading: Reading, intent: PolicyIntent): IntentFinding =>
  findAnywhere(lookAt(reading), intent);

const findAnywhere = ({ all }: LookedTurn, intent: PolicyIntent): IntentFinding => strongest(all, intent);

const findBeside = ({ beside }: LookedTurn, intent: PolicyIntent): IntentFinding => strongest(beside, intent);

function strongest(turns: readonly Looked[], intent: PolicyIntent): IntentFinding {
  let most: IntentFinding = "nothing";
  for (const looked of turns) {
    const found = findIn(looked, intent);
    if (found === "surely") return found;
    if (found === "says") most = found;
  }
  return most;
}

function findIn({ rules, index, look }: Looked, intent: PolicyIntent): IntentFinding {
  const { says, surely = [], aside = [] } = rules[intent];
  if (!look.has(says) && !look.has(surely)) return "nothing";
  const left = look.without(aside);
  const stated = left === look.text ? look : index.look(left);
  if (stated.has(surely)) return "surely";
  return stated.has(says) ? "says" : "nothing";
}

/** "Cancel my card, I did not make that payment" reports fraud: what fraud makes a caller ask for is no intent of its own. */
export const findBlended = (reading: Reading, intent: keyof TextModels["blends"]): IntentFinding =>
  blendedIn(lookAt(reading), intent);

function blendedIn(turn: LookedTurn, intent: keyof TextModels["blends"]): IntentFinding {
  const found = findAnywhere(turn, intent);
  if (found === "nothing" || intent === "fraud") return found;
  const fraud = findAnywhere(turn, "fraud");
  // A bill that is plainly disputed stays so beside what only sounds like fraud; a card is cancelled because of fraud.
  const plainly = intent === "billing-dispute" && found === "surely" && fraud === "says";
  return fraud === "nothing" || plainly ? found : "nothing";
}

/** A rare intent has too few examples for a model: its rule decides. */
const FOUND = 0.95;
const NOT_FOUND = 0.01;

/** A model knows words and no denials: it reads an English turn again without what the rules know to mean something else. */
function withoutAside(reading: Reading, intent: keyof TextModels["blends"], models: TextModels): number {
  const left = RULES.en.index.look(reading.spoken).without(englishIntents[intent].aside ?? []);
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
  const said = lookAt(withoutCourtesy(reading));
  const rare = (intent: PolicyIntent): number => (findAnywhere(said, intent) === "nothing" ? NOT_FOUND : FOUND);
  const blended = (intent: keyof TextModels["blends"]): number => {
    const found = blendedIn(said, intent);
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
