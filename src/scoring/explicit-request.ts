import type { Language } from "./language.ts";
import type { Reading } from "./read-text.ts";
import { chinese } from "./requests/chinese.ts";
import { english } from "./requests/english.ts";
import { french } from "./requests/french.ts";
import { german } from "./requests/german.ts";
import { italian } from "./requests/italian.ts";
import { polish } from "./requests/polish.ts";
import { portuguese } from "./requests/portuguese.ts";
import { spanish } from "./requests/spanish.ts";
import type { RequestRules } from "./requests/request-rules.ts";

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

/** What the rules of the turn's language found; of all languages when it is unknown. */
export type RequestFinding = "asks" | "names-aside" | "names" | "nothing";

export function findRequest(reading: Reading): RequestFinding {
  const rules = reading.language === undefined ? Object.values(RULES) : [RULES[reading.language]];
  let found: RequestFinding = "nothing";
  for (const rule of rules) {
    const one = findIn(reading.spoken, rule);
    if (one === "asks") return one;
    if (one !== "nothing") found = one;
  }
  return found;
}

function findIn(spoken: string, rules: RequestRules): RequestFinding {
  if (!rules.hint.test(spoken)) return "nothing";
  const stated = spoken.replaceAll(rules.aside, " . ");
  if (rules.bare.test(spoken) || rules.ask.test(stated)) return "asks";
  return stated === spoken ? "names" : "names-aside";
}
export function explicitRequestRules(reading: Reading, model: number): number {
  return findRequest(reading) === "asks" ? Math.max(0.95, model) : Math.min(0.4, model);
}
