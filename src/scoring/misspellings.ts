// Words that carry a request, and what recognisers and hurried fingers make of them.
import { bitOf, LANGUAGES_OF_WORD } from "./language-words.ts";

const WORDS = [
  "human",
  "person",
  "people",
  "agent",
  "representative",
  "operator",
  "someone",
  "somebody",
  "anyone",
  "supervisor",
  "manager",
  "assistant",
  "advisor",
  "customer",
  "service",
  "speak",
  "talk",
  "with",
  "chat",
  "contact",
  "connect",
  "transfer",
  "contacting",
  "talking",
  "speaking",
] as const;

/** Real words one letter away from those above. */
const REAL = new Set(
  "humane humans persons parson agents argent someones speaks spear peak sneak speck spoke steak transfers connects contacts managers managed manages services serviced advisors operators assistants taking walking stalking tall tale tank task tall balk walk talks chats chap char what that chit cheat cat hat wit wish width wih wich witch customers contract contracts contest content peoples person's agent's speaker steaking sparking breaking spanking tacking tasking connected contacted transferred".split(
    " ",
  ),
);

/** Short words have too many real neighbours, unless only two letters are swapped. */
const MIN_LETTERS = 5;

/** Is `a` one insertion, deletion, substitution or swap of neighbours away from `b`? Only the swap for short words. */
export function oneSlip(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1 || a === b) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  const restA = a.slice(start, a.length - end);
  const restB = b.slice(start, b.length - end);
  const swapped = restA.length === 2 && restB.length === 2 && restA[0] === restB[1] && restA[1] === restB[0];
  if (swapped) return true;
  return b.length >= MIN_LETTERS && restA.length <= 1 && restB.length <= 1;
}

const ENGLISH = bitOf("en");
const isEnglish = (word: string): boolean => ((LANGUAGES_OF_WORD.get(word) ?? 0) & ENGLISH) !== 0;

/** The word meant by `word`, or `word` itself. */
export function meantWord(word: string): string {
  if (word.length < 4 || word.length > 16 || isEnglish(word) || REAL.has(word)) return word;
  for (const meant of WORDS) if (oneSlip(word, meant)) return meant;
  return word;
}
