import { expect, test } from "vitest";
import { type Compared, gainOf } from "../../scripts/train/area-gain.ts";

/** Forty conversations of two turns, the second of which is a bad one in every fourth. */
const turns = (score: (i: number, positive: boolean) => readonly [ours: number, theirs: number]): Compared[] =>
  Array.from({ length: 80 }, (_, i) => {
    const positive = i % 8 === 1;
    const [ours, theirs] = score(i, positive);
    return { conversation: `c${Math.floor(i / 2)}`, positive, ours, theirs };
  });

test("two rankings that order alike differ by nothing, whatever their scale", () => {
  expect(gainOf(turns((i) => [i % 7, 10 * (i % 7)]))).toEqual({ gain: 0, low: 0, high: 0 });
});

test("a perfect ranking is ahead of one that knows nothing by a half, in every draw", () => {
  const { gain, low, high } = gainOf(turns((_, positive) => [positive ? 1 : 0, 0]));
  expect([gain, low, high]).toEqual([0.5, 0.5, 0.5]);
});

test("a gain that hangs on chance has an interval around it, and the same one every time", () => {
  const rows = turns((i, positive) => [((i * 37) % 11) + (positive ? 2 : 0), (i * 37) % 13]);
  const once = gainOf(rows);
  expect(once.low).toBeLessThan(once.gain);
  expect(once.high).toBeGreaterThan(once.gain);
  expect(gainOf(rows)).toEqual(once);
});
