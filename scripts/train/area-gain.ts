// How much better one ranking is than another on the same turns, with an interval that knows that turns of one conversation
// resemble each other: whole conversations are drawn again and again, seeded, and both areas are taken of the same draw.
import { random } from "./logistic.ts";

export type Compared = {
  readonly conversation: string;
  readonly positive: boolean;
  readonly ours: number;
  readonly theirs: number;
};

/** Difference of the areas and its 95 % interval. */
export type Gain = { readonly gain: number; readonly low: number; readonly high: number };

const DRAWS = 1_000;
const SEED = 5;

export function gainOf(rows: readonly Compared[]): Gain {
  const names = [...new Set(rows.map((row) => row.conversation))];
  const place = new Map(names.map((name, i) => [name, i]));
  const conversation = rows.map((row) => place.get(row.conversation) ?? 0);
  const positive = rows.map((row) => row.positive);
  const ours = ranksOf(rows.map((row) => row.ours));
  const theirs = ranksOf(rows.map((row) => row.theirs));
  const difference = (times: Uint16Array): number => {
    const weights = conversation.map((i) => times[i] ?? 0);
    return weightedArea(ours, positive, weights) - weightedArea(theirs, positive, weights);
  };
  const next = random(SEED);
  const drawn = Array.from({ length: DRAWS }, () => {
    const times = new Uint16Array(names.length);
    for (let i = 0; i < names.length; i++) {
      const one = Math.floor(next() * names.length);
      times[one] = (times[one] ?? 0) + 1;
    }
    return difference(times);
  }).toSorted((a, b) => a - b);
  const at = (share: number): number => drawn[Math.round(share * (DRAWS - 1))] ?? 0;
  return { gain: difference(new Uint16Array(names.length).fill(1)), low: at(0.025), high: at(0.975) };
}

/** Row numbers by score, lowest first, equal scores together. */
type Ranks = readonly (readonly number[])[];

function ranksOf(scores: readonly number[]): Ranks {
  const groups = Map.groupBy(scores.keys(), (i) => scores[i] ?? 0);
  return [...groups].toSorted(([a], [b]) => a - b).map(([, rows]) => rows);
}

/** The chance that a positive ranks above a negative, ties counting half, each row as often as it was drawn; 0.5 without either. */
function weightedArea(ranks: Ranks, positive: readonly boolean[], weights: readonly number[]): number {
  let [below, won, positives] = [0, 0, 0];
  for (const group of ranks) {
    let [up, down] = [0, 0];
    for (const row of group) {
      if (positive[row] === true) up += weights[row] ?? 0;
      else down += weights[row] ?? 0;
    }
    won += up * (below + down / 2);
    below += down;
    positives += up;
  }
  return positives === 0 || below === 0 ? 0.5 : won / (positives * below);
}
