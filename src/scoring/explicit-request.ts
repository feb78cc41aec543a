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

const RULES: Readonly<Record<Language, RequestRules>> = {
  en: english,
  es: spanish,
  fr: french,
  de: german,
  pt: portuguese,
  it: italian,
  pl: polish,
  zh: chinese,
};

/**
 * What the rules of the turn's language found; of every language when it is unknown. `names`: words that a request could
 * hold; `asks-loosely`: asks if its slips are put right; `names-aside`: a clause that names a person without asking.
 */
export type RequestFinding = "asks" | "asks-loosely" | "names-aside" | "names" | "nothing";

export function findRequest(reading: Reading): RequestFinding {
  const rules = reading.language === undefined ? Object.values(RULES) : [RULES[reading.language]];
  let found: RequestFinding = "nothing";
  for (const rule of rules) {
    const one = findIn(reading.spoken, rule);
    if (one === "asks") return one;
    if (one !== "nothing") found = one;
  }
  const loosely = found === "names" && reading.language === "en" && asks(looseReading(reading.spoken), english);
  return loosely ? "asks-loosely" : found;
}

const asks = (spoken: string, { aside, ask }: RequestRules): boolean => ask.test(spoken.replaceAll(aside, " . "));

function findIn(spoken: string, rules: RequestRules): RequestFinding {
  if (!rules.hint.test(spoken)) return "nothing";
  const stated = spoken.replaceAll(rules.aside, " . ");
  if (rules.bare.test(spoken) || rules.ask.test(stated)) return "asks";
  return stated === spoken ? "names" : "names-aside";
}

/**
 * What the model's logit is worth beside a finding. Set on out-of-fold scores of the build part: of turns in which the rules
 * found no request, about 1 plain one in 2,000 and 1 mention in 90 come out above 0.5.
 */
const BESIDE: Readonly<
  Record<RequestFinding, { readonly bias: number; readonly model: number; readonly least: number }>
> = {
  asks: { bias: 3.5, model: 0.4, least: -4 },
  "asks-loosely": { bias: 2.6, model: 0.5, least: -4 },
  names: { bias: 0.9, model: 1, least: -20 },
  "names-aside": { bias: -0.9, model: 1, least: -20 },
  nothing: { bias: 0, model: 1, least: -20 },
};

/** What is told of past calls is rarely asked for now. */
const STORY = -2.5;

/** Probability that the caller asks for a person, from rules and model together; 0.5 is where to act. */
export function explicitRequest(reading: Reading, modelLogit: number): number {
  const { bias, model, least } = BESIDE[findRequest(reading)];
  const story = reading.language === "en" && tellsAStory(reading.spoken) ? STORY : 0;
  return probability(bias + story + model * Math.max(least, modelLogit));
}
