import { hashOf } from "../scoring/tokens.ts";

/** Caller turns looked back at: a question asked again later than this is a new question. */
const LOOK_BACK = 4;
/** Fewer content words than this repeat by chance ("yes please"). */
const MIN_TOKENS = 3;
/** Words that only say that it was said before. */
const ABOUT_SAYING: ReadonlySet<number> = new Set(
  ["said", "told", "asked", "already", "again", "please", "just", "really", "repeat", "still", "want", "need"].map(
    hashOf,
  ),
);

/**
 * Does the caller say the same again, as in one of their last turns? A turn with a content word that the earlier one
 * lacks asks something new: "the Hyatt in the west" after "the Hyatt in the south" is no repetition.
 */
export function repeats(tokens: readonly number[], recent: readonly { readonly tokens: readonly number[] }[]): boolean {
  const content = tokens.filter((token) => !ABOUT_SAYING.has(token));
  if (content.length < MIN_TOKENS) return false;
  return recent.slice(-LOOK_BACK).some((earlier) => content.every((token) => earlier.tokens.includes(token)));
}
