import { type Language, languageOf } from "./language.ts";
import { withoutFillers } from "./fillers.ts";

/** How much of each end of a long turn is examined, in characters. Requests and complaints open or close a turn. */
const EXAMINED_AT_EACH_END = 1_200;

/** One turn in the forms the rules and models read. */
export type Reading = {
  readonly language: Language | undefined;
  /** Lower case, no diacritics, one space between words, sentence marks kept: for models. */
  readonly plain: string;
  /** `plain` without fillers, stutters and recognition slips, contractions spelled out: for rules. */
  readonly spoken: string;
};

/** Both forms of a turn. Bounded whatever the length of `text`. */
export function readText(text: string, languageTag: string): Reading {
  const language = languageOf(languageTag);
  const plain = plainText(text);
  return { language, plain, spoken: withoutFillers(plain, language) };
}

/** Lower case without diacritics, control characters and typographic variants; at most 2,400 characters. */
export function plainText(text: string): string {
  const ends = bothEnds(text);
  // Decomposing takes most of the time and changes nothing in plain ASCII.
  const ascii = ASCII.test(ends) ? ends : bothEnds(ends.normalize("NFKD").replaceAll(MARKS, ""));
  return ascii
    .toLowerCase()
    .replaceAll(APOSTROPHES, "'")
    .replaceAll("ß", "ss")
    .replaceAll("ł", "l")
    .replaceAll(/([a-z])\1{2,}/g, "$1")
    .replaceAll(/[\p{C}\p{Z}]+/gu, " ")
    .trim();
}

// oxlint-disable-next-line no-control-regex -- the whole ASCII range is meant, control characters included
const ASCII = /^[\u0000-\u007f]*$/;
const MARKS = /[\p{M}\u200b-\u200f\ufeff]/gu;
const APOSTROPHES = /[\u2018\u2019\u02bc\u00b4`]/g;

function bothEnds(text: string): string {
  if (text.length <= 2 * EXAMINED_AT_EACH_END) return text;
  return `${text.slice(0, EXAMINED_AT_EACH_END)} . ${text.slice(-EXAMINED_AT_EACH_END)}`;
}
