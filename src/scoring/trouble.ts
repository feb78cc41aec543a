// What goes wrong between the assistant and the caller, and how the caller takes it: a caller whose assistant fails is
// annoyed before they swear.
import type { Language } from "./language.ts";
import { MOOD_WORDS } from "./mood-words.ts";
import { contentTokens } from "./tokens.ts";
import { TROUBLE_WORDS, type TroubleWords } from "./trouble-words.ts";

/** Signs of trouble in one caller turn, by the words that show them: 1 or 0 each. */
export type Trouble = Readonly<Record<keyof TroubleWords, number>> & {
  /** How much of the turn the caller had said before, 0 to 1. */
  readonly restates: number;
  /** The caller asks something: they go on with their business. */
  readonly asks: number;
  /** The caller says no, and did so in the one or two turns before: 0, 0.5 or 1. What they are offered keeps missing. */
  readonly keepsSayingNo: number;
  /** The assistant asked something: more of what is said is an answer. */
  readonly asked: number;
};

/** What was said before a turn, as `plainText`. */
export type Before = {
  readonly assistant: string;
  /** Caller turns, newest last. */
  readonly caller: readonly string[];
};

/** Signs of trouble in a turn (`plainText`) and in what was said before it. */
export function troubleIn(plain: string, language: Language, before: Before): Trouble {
  const words = TROUBLE_WORDS[language];
  const said = (pattern: RegExp): number => (pattern.test(plain) ? 1 : 0);
  return {
    badNews: words.badNews.test(before.assistant) ? 1 : 0,
    doubts: said(words.doubts),
    corrects: said(words.corrects),
    repairs: said(words.repairs),
    givesUp: said(words.givesUp),
    hurries: said(words.hurries),
    rejects: said(words.rejects),
    declinesPolitely: said(words.declinesPolitely),
    restates: restated(plain, before.caller),
    asks: said(QUESTION),
    keepsSayingNo: noes([plain, ...before.caller.toReversed()], language),
    asked: QUESTION.test(before.assistant) ? 1 : 0,
    asksOpinion: words.asksOpinion.test(before.assistant) ? 1 : 0,
  };
}

/** Ends with a question mark. */
export const QUESTION = /[?？]\s*$/;

/** `newest` first: how many turns in a row hold a no, beyond the first. */
function noes(newest: readonly string[], language: Language): number {
  const first = newest.findIndex((plain) => plain.search(MOOD_WORDS[language].denies) < 0);
  const inRow = first < 0 ? newest.length : first;
  return Math.min(2, Math.max(0, inRow - 1)) / 2;
}

/** So many content words said again are a repetition. */
const FULL_REPETITION = 3;

function restated(plain: string, earlier: readonly string[]): number {
  if (earlier.length === 0) return 0;
  const before = new Set(earlier.flatMap(contentTokens));
  return Math.min(1, contentTokens(plain).filter((token) => before.has(token)).length / FULL_REPETITION);
}
