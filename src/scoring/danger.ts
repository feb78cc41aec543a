import { type ClauseIndex, clauseIndex } from "./clauses/clause-lookup.ts";
import type { DangerRules } from "./danger/danger-rules.ts";
import { english } from "./danger/english.ts";
import { french } from "./danger/french.ts";
import { german } from "./danger/german.ts";
import { italian } from "./danger/italian.ts";
import { portuguese } from "./danger/portuguese.ts";
import { spanish } from "./danger/spanish.ts";
import { withoutFillers } from "./fillers.ts";
import type { Language } from "./language.ts";
import type { Reading } from "./read-text.ts";

/** The rules of a language and which of their clauses can be in a text. */
type IndexedRules = DangerRules & { readonly index: ClauseIndex };

const indexed = (rules: DangerRules): IndexedRules => ({ ...rules, index: clauseIndex([rules.says, rules.aside]) });

const RULES: readonly (readonly [Language, IndexedRules])[] = [
  ["en", indexed(english)],
  ["es", indexed(spanish)],
  ["fr", indexed(french)],
  ["de", indexed(german)],
  ["pt", indexed(portuguese)],
  ["it", indexed(italian)],
];

/** In so few letters a turn may have no word by which its language is known. */
const SHORT = 60;

/**
 * Somebody's life is in danger now: violence by others, a body that gives out, fire, gas or water around them, or somebody
 * else who means to end their life. Here a miss is worse than a false alarm; what is plainly a figure of speech is none. The
 * rules of every language that the turn may be in; a short one may be in any.
 */
export function inDanger({ language, plain, spoken, also }: Reading): boolean {
  const anywhere = language === undefined || plain.length <= SHORT;
  return RULES.some(([own, rules]) => {
    if (own === language) return saysDanger(spoken, rules);
    const heard = also.find((other) => other.language === own);
    if (heard !== undefined) return saysDanger(heard.spoken, rules);
    return anywhere && rules.hint.test(plain) && saysDanger(withoutFillers(plain, own), rules);
  });
}

function saysDanger(spoken: string, { hint, people = [], says, aside, index }: IndexedRules): boolean {
  if (!hint.test(spoken)) return false;
  const look = index.look(people.reduce((left, [words, word]) => left.replaceAll(words, word), spoken));
  if (!look.has(says)) return false;
  const left = look.without(aside);
  return left === look.text || index.look(left).has(says);
}
