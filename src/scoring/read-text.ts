import { withoutFillers } from "./fillers.ts";
import { type Language, languageOf } from "./language.ts";
import { languagesHeard } from "./languages-heard.ts";

/** How much of each end of a long turn is examined, in characters. Requests and complaints open or close a turn. */
const EXAMINED_AT_EACH_END = 1_200;

/** `plain` without fillers, stutters and recognition slips of one language, contractions spelled out: for its rules. */
export type Spoken = { readonly language: Language; readonly spoken: string };

/** One turn in the forms the rules and models read. */
export type Reading = {
  /** The language most of its words are in; undefined when they show none and none was declared: it may be any. */
  readonly language: Language | undefined;
  /** Lower case, no diacritics, one space between words, sentence marks kept: for models. */
  readonly plain: string;
  /** As spoken in that language. */
  readonly spoken: string;
  /** As spoken in the other languages that some of its words are in. */
  readonly also: readonly Spoken[];
};

/**
 * The forms of a turn. Bounded whatever the length of `text`. `languageTag` (BCP 47) is what was declared for the call: callers
 * speak what they speak, so their own words decide, and the tag where they do not.
 */
export function readText(text: string, languageTag: string): Reading {
  const plain = plainText(text);
  const [language, ...others] = languagesHeard(plain, languageOf(languageTag));
  const also = others.map((other) => ({ language: other, spoken: withoutFillers(plain, other) }));
  return { language, plain, spoken: withoutFillers(plain, language), also };
}

/** The tag of the language most of a text's words are in: `tag` itself (BCP 47) unless they show another. */
export function languageHeard(text: string, tag: string): string {
  const declared = languageOf(tag);
  const [first] = languagesHeard(plainText(text), declared);
  return first === undefined || first === declared ? tag : first;
}

/** Lower case without diacritics, control characters and typographic variants; at most 2,400 characters. */
export function plainText(text: string): string {
  const ends = bothEnds(text);
  const lower = ends.toLowerCase();
  // Most turns are typed or recognised plainly, and every step below takes as long as this look.
  if (ends.length < LEAST_REPEATING && !UNEVEN.test(lower)) return lower.trim();
  // Decomposing takes most of the time and changes nothing in plain ASCII.
  const ascii = ASCII.test(ends) ? ends : bothEnds(ends.normalize("NFKD").replaceAll(MARKS, ""));
  return unrepeated(ascii)
    .toLowerCase()
    .replaceAll(APOSTROPHES, "'")
    .replaceAll("ß", "ss")
    .replaceAll("ł", "l")
    .replaceAll(/([a-z])\1{2,}/g, "$1")
    .replaceAll(/[\p{C}\p{Z}]+/gu, " ")
    .trim();
}

/** Shorter texts may say a thing over and over and mean it. */
const LEAST_REPEATING = 400;
const REPEATED = /(?<![^ ])([^ ]+(?: [^ ]+){0,3})(?: \1(?![^ ])){2,}/g;
const REPEATED_MARKS = /([^\p{L}\p{N}\s])\1{2,}/gu;

/** What is said a hundred times weighs as much as once. */
const unrepeated = (text: string): string =>
  text.length < LEAST_REPEATING ? text : text.replaceAll(REPEATED_MARKS, "$1").replaceAll(REPEATED, "$1");

/** What has to be put right in a text in lower case: anything but plain letters and marks, blanks in a row, a letter three times. */
const UNEVEN = /[^ -_a-~]| {2}|([a-z])\1\1/;
// oxlint-disable-next-line no-control-regex -- the whole ASCII range is meant, control characters included
const ASCII = /^[\u0000-\u007f]*$/;
const MARKS = /[\p{M}\u200b-\u200f\ufeff]/gu;
const APOSTROPHES = /[\u2018\u2019\u02bc\u00b4`]/g;

function bothEnds(text: string): string {
  if (text.length <= 2 * EXAMINED_AT_EACH_END) return text;
  const [head, tail] = [text.slice(0, EXAMINED_AT_EACH_END), text.slice(-EXAMINED_AT_EACH_END)];
  // Half a word at the cut is none.
  return `${head.replace(/\S{1,20}$/, "")} . ${tail.replace(/^\S{1,20}(?=\s)/, "")}`;
}
