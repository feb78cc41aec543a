import { type ClauseIndex, clauseIndex, type Look } from "./clauses/clause-lookup.ts";
import type { Clauses } from "./clauses/clauses.ts";
import type { Language } from "./language.ts";
import type { Reading } from "./read-text.ts";
import { chinese } from "./requests/chinese.ts";
import { looseReading } from "./loose-reading.ts";
import { english } from "./requests/english.ts";
import { french } from "./requests/french.ts";
import { german } from "./requests/german.ts";
import { italian } from "./requests/italian.ts";
import { polish } from "./requests/polish.ts";
import { portuguese } from "./requests/portuguese.ts";
import type { RequestRules } from "./requests/request-rules.ts";
import { spanish } from "./requests/spanish.ts";
import { tellsAStory } from "./tells-a-story.ts";
import { probability } from "./text-models.ts";

/** The rules of a language and which of their clauses can be in a text. */
type IndexedRules = RequestRules & { readonly index: ClauseIndex };

function indexed(rules: RequestRules): IndexedRules {
  const { aside, ask, anyway = [], freely, hint, person } = rules;
  return { ...rules, index: clauseIndex([hint, person, aside, ask, anyway, freely?.hint ?? [], freely?.ask ?? []]) };
}

const RULES: Readonly<Record<Language, IndexedRules>> = {
  en: indexed(english),
  es: indexed(spanish),
  fr: indexed(french),
  de: indexed(german),
  pt: indexed(portuguese),
  it: indexed(italian),
  pl: indexed(polish),
  zh: indexed(chinese),
};

/**
 * What the rules of the languages in a turn found; of every language when it is unknown. `names`: somebody who could be asked
 * for; `asks-loosely`: asks if its slips are put right; `names-aside`: a clause that names a person without asking, beside
 * other words; `only-aside`: nobody is named but in such clauses; `hints`: words of requests, but nobody.
 */
export type RequestFinding = "asks" | "asks-loosely" | "names" | "names-aside" | "only-aside" | "hints" | "nothing";

/** The more a finding says, the further to the end. */
const TELLING: readonly RequestFinding[] = ["nothing", "hints", "only-aside", "names-aside", "names"];

export function findRequest(reading: Reading): RequestFinding {
  return reading.language === undefined ? findInAny(reading.spoken) : findInHeard(reading, reading.language);
}

function findInAny(spoken: string): RequestFinding {
  let found: RequestFinding = "nothing";
  for (const rules of Object.values(RULES)) {
    const one = findIn(spoken, rules);
    if (one === "asks") return one;
    if (TELLING.indexOf(one) > TELLING.indexOf(found)) found = one;
  }
  return found;
}

/** In a language that only some of the words are in, a person who is merely named is nobody yet. */
function findInHeard(reading: Reading, language: Language): RequestFinding {
  const found = findIn(reading.spoken, RULES[language]);
  if (found === "asks" || reading.also.some((one) => findIn(one.spoken, RULES[one.language]) === "asks")) return "asks";
  if (language !== "en" || (found !== "names" && found !== "hints")) return found;
  const loose = looseReading(reading.spoken);
  return loose !== reading.spoken && asks(loose, RULES.en) ? "asks-loosely" : found;
}

const asks = (spoken: string, { aside, ask, index }: IndexedRules): boolean =>
  without(index.look(spoken), aside, index).has(ask);

/** What is left without some of the clauses. */
function without(look: Look, aside: Clauses, index: ClauseIndex): Look {
  const left = look.without(aside);
  return left === look.text ? look : index.look(left);
}

function findIn(spoken: string, rules: IndexedRules): RequestFinding {
  const look = rules.index.look(spoken);
  if (!look.has(rules.hint)) return "nothing";
  // The asides take longest to look for: what asks whatever is told beside it needs none.
  if (rules.bare.test(spoken) || asksOutright(spoken, rules) || look.has(rules.anyway ?? [])) return "asks";
  const stated = without(look, rules.aside, rules.index);
  if (stated.has(rules.ask)) return "asks";
  if (rules.freely !== undefined && stated.has(rules.freely.hint) && stated.has(rules.freely.ask)) return "asks";
  if (stated.text === spoken) return look.has(rules.person) ? "names" : "hints";
  return stated.has(rules.person) ? "names-aside" : "only-aside";
}

/** Sentences that are looked at by themselves, from either end of a turn. */
const MOST_SENTENCES = 3;

/** Nobody orders in more letters than this and says nothing else. */
const LONGEST_ORDER = 90;

/** One sentence of the turn is an order or a name and nothing else ("… four seven one. Representative please."). */
function asksOutright(spoken: string, { bare, whole, polite }: RequestRules): boolean {
  const sentences = spoken.split(/[.!?¿¡]+/);
  const looked = sentences.filter((_, i) => i < MOST_SENTENCES || i >= sentences.length - MOST_SENTENCES);
  return looked.some((sentence) => {
    if (sentence.length > LONGEST_ORDER) return false;
    const core = polite === undefined ? sentence.trim() : sentence.trim().replaceAll(polite, "").trim();
    return core !== "" && (bare.test(core) || whole?.test(core) === true);
  });
}

type Worth = {
  readonly bias: number;
  /** What the model's logit counts, and between which bounds. */
  readonly model: number;
  readonly least: number;
  readonly most: number;
};

/**
 * What the model's logit is worth beside a finding. Set on out-of-fold scores of the build part and on its requests with
 * slips put into them: of plain turns about 1 in 3,000 comes out above 0.5, of mentions about 1 in 80.
 */
const BESIDE: Readonly<Record<RequestFinding, Worth>> = {
  asks: { bias: 3.5, model: 0.4, least: -4, most: 20 },
  "asks-loosely": { bias: 2.6, model: 0.5, least: -4, most: 20 },
  names: { bias: 1.4, model: 1, least: -20, most: 20 },
  "names-aside": { bias: -0.9, model: 1, least: -20, most: 20 },
  "only-aside": { bias: -0.9, model: 0.3, least: -20, most: 2 },
  hints: { bias: -0.2, model: 1, least: -20, most: 20 },
  nothing: { bias: -0.3, model: 1, least: -20, most: 20 },
};

/** What is told of past calls is rarely asked for now; by how much a turn tells. */
const STORY = [0, -3.5, -4.5] as const;

/** Probability that the caller asks for a person, from rules and model together; 0.5 is where to act. */
export function explicitRequest(reading: Reading, modelLogit: number): number {
  const { bias, model, least, most } = BESIDE[findRequest(reading)];
  const story = reading.language === "en" ? STORY[tellsAStory(reading.spoken)] : 0;
  return probability(bias + story + model * Math.min(most, Math.max(least, modelLogit)));
}
