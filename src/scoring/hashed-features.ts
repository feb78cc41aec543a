// The features of the linear models: hashed words, word pairs and character sequences of 3 to 5 within words.
// Training (scripts/train) and scoring share this file, so a change here needs new weights.

const OFFSET = 0x811c9dc5;
const PRIME = 0x01000193;
/** Keeps words and word pairs apart from character sequences that spell the same. */
const WORD_SALT = 0x5bd1e995;
const PAIR_SALT = 0x2545f491;
const SHORTEST = 3;
const LONGEST = 5;

const isWordUnit = (unit: number): boolean =>
  (unit >= 97 && unit <= 122) || (unit >= 48 && unit <= 57) || unit === 39 || unit > 127;

/** FNV-1a's low bits are weak for short inputs; this spreads them. */
function spread(hash: number): number {
  const mixed = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (mixed ^ (mixed >>> 13)) >>> 0;
}

/** Hashed features of a plain text, with repetitions; each below 2^bits. */
export function hashedFeatures(plain: string, bits: number): Uint32Array {
  const found = new Uint32Array(5 * (plain.length + 2));
  const mask = 2 ** bits - 1;
  let count = 0;
  let previous = 0;
  for (let at = 0; at < plain.length;) {
    if (!isWordUnit(plain.charCodeAt(at))) {
      at++;
      continue;
    }
    let end = at;
    let word = OFFSET;
    while (end < plain.length && isWordUnit(plain.charCodeAt(end))) {
      word = Math.imul(word ^ plain.charCodeAt(end), PRIME);
      end++;
    }
    // Twice: a word says more than each of its many character sequences.
    const whole = spread(word ^ WORD_SALT) & mask;
    found[count++] = whole;
    found[count++] = whole;
    if (previous !== 0) {
      const pair = spread(Math.imul(previous, PAIR_SALT) ^ word) & mask;
      found[count++] = pair;
      found[count++] = pair;
    }
    previous = word;
    count = characters({ plain, at, end, found, mask }, count);
    at = end;
  }
  return found.subarray(0, count);
}

type Word = {
  readonly plain: string;
  readonly at: number;
  readonly end: number;
  readonly found: Uint32Array;
  readonly mask: number;
};

/** Adds the character sequences of one word with a blank on either side; answers the new count. */
function characters({ plain, at, end, found, mask }: Word, from: number): number {
  const unit = (i: number): number => (i < at || i >= end ? 32 : plain.charCodeAt(i));
  let count = from;
  for (let start = at - 1; start <= end + 1 - SHORTEST; start++) {
    let hash = OFFSET;
    for (let length = 1; length <= LONGEST && start + length <= end + 1; length++) {
      hash = Math.imul(hash ^ unit(start + length - 1), PRIME);
      if (length >= SHORTEST) found[count++] = spread(hash) & mask;
    }
  }
  return count;
}
