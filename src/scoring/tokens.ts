// Words of a turn as numbers, to compare turns without keeping what was said.
import { remembered } from "./remembered.ts";

/** Short and common words say nothing about whether two turns ask the same. */
const MIN_CONTENT_LETTERS = 4;
const MOST_TOKENS = 40;

/** FNV-1a over UTF-16 units, 32 bits: fast, and good enough to tell words apart. */
export function hashOf(word: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** Distinct content words (four letters or more, or holding a digit) of a plain text, hashed; at most 40. */
export const contentTokens = remembered(tokensIn);

function tokensIn(plain: string): readonly number[] {
  const seen = new Set<number>();
  for (const word of plain.match(/[\p{L}\p{N}]+/gu) ?? []) {
    if (word.length < MIN_CONTENT_LETTERS && !/\p{N}/u.test(word)) continue;
    seen.add(hashOf(word));
    if (seen.size >= MOST_TOKENS) break;
  }
  return [...seen];
}
