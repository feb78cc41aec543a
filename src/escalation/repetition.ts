import { overlap } from "../scoring/tokens.ts";

/** Caller turns looked back at: a question asked again later than this is a new question. */
const LOOK_BACK = 4;
/** Fewer content words than this repeat by chance ("yes please"). */
const MIN_TOKENS = 3;
const SAME = 0.75;

/** Says the caller much the same as in one of their last turns? */
export function repeats(tokens: readonly number[], recent: readonly { readonly tokens: readonly number[] }[]): boolean {
  if (tokens.length < MIN_TOKENS) return false;
  return recent
    .slice(-LOOK_BACK)
    .some((earlier) => earlier.tokens.length >= MIN_TOKENS && overlap(tokens, earlier.tokens) >= SAME);
}
