// What frustration is compared with on rated turns: a list of negative words, and a plain model. The ratings have no stated
// licence, so the plain model lives in memory for the time of a report; nothing learned from ratings is ever written.
import { hashedFeatures } from "../../src/scoring/hashed-features.ts";
import { plainText } from "../../src/scoring/read-text.ts";
import { type Example, logit, train } from "./logistic.ts";
import type { RatedTurn } from "./rated-turns.ts";

/** A way to rank rated turns, the worst highest. */
export type Ranking = (turn: RatedTurn) => number;

const NEGATIVE =
  /\b(?:no|not|nope|nothing|never|none|\w+n't|cannot|dont|didnt|cant|bad|worse|worst|wrong|terrible|awful|horrible|useless|stupid|hate\w*|dislike\w*|annoy\w*|angry|mad|upset|frustrat\w*|disappoint\w*|fail\w*|problem\w*|mistake\w*|error\w*|sorry|unfortunately|confus\w*|poor|boring|waste|ridiculous|sucks?|sick|tired|still|again|already|but)\b/g;

/** The negative-word list: how many a turn holds, by the root of its length. */
export const byNegativeWords: Ranking = ({ text }) => {
  const plain = plainText(text);
  return (plain.match(NEGATIVE)?.length ?? 0) / Math.sqrt(1 + plain.split(" ").length);
};

const BITS = 17;
/** Keeps the words of the turn and of the two before it apart: the newest first. */
const SALTS = [0, 0x15a4b, 0x0b3d7] as const;

function featuresOf({ text, before }: RatedTurn, context: number): Uint32Array {
  const told = [text, ...before.slice(0, context)].map((said, i) =>
    hashedFeatures(plainText(said), BITS).map((feature) => feature ^ (SALTS[i] ?? 0)),
  );
  return Uint32Array.from(told.flatMap((own) => [...own]));
}

/** Ratings up to here teach what is bad. At most 2 are too few: trained on them, the model is worse for these too. */
const TAUGHT_AS_BAD = 2.5;

/**
 * The plain model: logistic regression on words, word pairs and sequences of 3 to 5 letters of a turn and of `context`
 * turns before it, 0 to 2. Its settings are the best of 48 on five folds of the build part.
 */
export function plainModel(seen: readonly RatedTurn[], context: number): Ranking {
  const examples = seen.map((turn): Example => ({
    features: featuresOf(turn, context),
    label: turn.rating <= TAUGHT_AS_BAD ? 1 : 0,
    weight: 1,
  }));
  const model = train(examples, { bits: BITS, epochs: 3, l2: 5e-5, rate: 0.3 });
  return (turn) => logit(model, featuresOf(turn, context));
}
