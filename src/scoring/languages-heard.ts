import { bitOf, LANGUAGES_OF_WORD } from "./language-words.ts";
import { type Language, LANGUAGES } from "./language.ts";

/** Words that are looked at: a turn of one letter a word must not cost more than others. */
const MOST_WORDS = 400;
/** A turn of so few known words may be in any language that has one of them. */
const FEW = 4;
const HAN = /\p{Script=Han}/u;

/**
 * The languages that a turn (`plainText`) is in by its own words, the one that most of them belong to first. What was declared
 * for the call decides between languages with as many words; it and English, which callers everywhere mix in, are read
 * beside the first from one word on that the first lacks; so is any other in a short turn, or if it has about as many words, and
 * from two on always. Empty when nothing is known of the words and
 * nothing was declared: then it may be any language.
 */
export function languagesHeard(plain: string, declared: Language | undefined): readonly Language[] {
  const known = knownWords(plain);
  const written: readonly Language[] = HAN.test(plain) ? ["zh"] : [];
  if (known.length === 0) return written.length > 0 ? written : unknown(plain, declared);
  // Most turns are in the declared language, or in English, from the first word to the last.
  const expected = bitOf(declared ?? "en");
  if (known.every((word) => (word & expected) !== 0)) return [...written, declared ?? "en"];
  const own = LANGUAGES.map((language) => countIn(known, bitOf(language)));
  const first = mostOf(own, declared);
  const lacking = known.filter((word) => (word & bitOf(first)) === 0);
  const most = countIn(known, bitOf(first));
  // Words that are in none of the lists may be the declared language's.
  const stillDeclared = declared !== undefined && countIn(known, bitOf(declared)) >= most - 1;
  if (lacking.length === 0 && !stillDeclared) return [...written, first];
  const beside = LANGUAGES.filter((language, i) => {
    if (language === first) return false;
    const count = countIn(lacking, bitOf(language));
    const likely = language === declared || language === "en" || known.length <= FEW || (own[i] ?? 0) >= most - 1;
    return count >= 2 || (count === 1 && likely) || (language === declared && stillDeclared);
  });
  return [...written, first, ...beside];
}

const [LOW, HIGH] = ["a".charCodeAt(0), "z".charCodeAt(0)];

/** Sets of languages, one for each known word. Single letters are spelled out in any language. */
function knownWords(plain: string): readonly number[] {
  const known: number[] = [];
  let seen = 0;
  let start = 0;
  for (let at = 0; at <= plain.length && seen < MOST_WORDS; at++) {
    const code = plain.charCodeAt(at);
    if (code >= LOW && code <= HIGH) continue;
    if (at - start > 1) {
      seen++;
      const languages = LANGUAGES_OF_WORD.get(plain.slice(start, at));
      if (languages !== undefined) known.push(languages);
    }
    start = at + 1;
  }
  return known;
}

function countIn(known: readonly number[], bit: number): number {
  let count = 0;
  for (const word of known) if ((word & bit) !== 0) count++;
  return count;
}

/** `own`: how many words each language has. */
function mostOf(own: readonly number[], declared: Language | undefined): Language {
  let most: Language = declared ?? "en";
  let count = own[LANGUAGES.indexOf(most)] ?? 0;
  LANGUAGES.forEach((language, i) => {
    const words = own[i] ?? 0;
    if (words > count) [most, count] = [language, words];
  });
  return most;
}

/** Nobody's words: a name, a number, a word that is misheard. */
function unknown(plain: string, declared: Language | undefined): readonly Language[] {
  if (declared === undefined) return [];
  return /\p{L}/u.test(plain) ? [declared, ...LANGUAGES.filter((language) => language !== declared)] : [declared];
}
