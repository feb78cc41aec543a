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
  const start = sameAtStart(a, b);
  const end = sameAtEnd(a, b, start);
  const [restA, restB] = [a.length - start - end, b.length - start - end];
  const swapped = restA === 2 && restB === 2 && a[start] === b[start + 1] && a[start + 1] === b[start];
  if (swapped) return true;
  return b.length >= MIN_LETTERS && restA <= 1 && restB <= 1;
}

/** How many letters two words begin with together. */
export function sameAtStart(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let same = 0;
  while (same < most && a.charCodeAt(same) === b.charCodeAt(same)) same++;
  return same;
}

/** How many letters two words end with together, behind those they begin with. */
export function sameAtEnd(a: string, b: string, start: number): number {
  const most = Math.min(a.length, b.length) - start;
  let same = 0;
  while (same < most && a.charCodeAt(a.length - 1 - same) === b.charCodeAt(b.length - 1 - same)) same++;
  return same;
}

const ENGLISH = bitOf("en");
const isEnglish = (word: string): boolean => ((LANGUAGES_OF_WORD.get(word) ?? 0) & ENGLISH) !== 0;

/** The word meant by `word`, or `word` itself. */
export function meantWord(word: string): string {
  if (word.length < 4 || word.length > 16 || isEnglish(word) || REAL.has(word)) return word;
  for (const meant of WORDS) if (oneSlip(word, meant)) return meant;
  return word;
}
