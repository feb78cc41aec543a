// The background's level moves with each hop that comes and goes; it must be the one that all hops of the memory say.
import { array, assert, double, integer, oneof, property } from "fast-check";
import { expect, test } from "vitest";
import { createNoiseFloor, hearBackground } from "../../../src/scoring/voice/noise-floor.ts";

/** The tenth of the last 500 levels, in whole dB: counted anew. */
function tenth(levels: readonly number[]): number {
  const sorted = levels
    .slice(-500)
    // Zero has no sign here.
    .map((level) => Math.min(Math.max(Math.round(level), -90), 0) + 0)
    .toSorted((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.1) - 1] ?? Number.NaN;
}

test("the level is the quietest tenth of the last five seconds", () => {
  const stretch = oneof(
    array(double({ min: -100, max: 5, noNaN: true }), { maxLength: 300 }),
    integer({ min: -90, max: 0 }).map((level) => Array.from({ length: 400 }, () => level)),
  );
  assert(
    property(array(stretch, { minLength: 1, maxLength: 6 }), (stretches) => {
      const floor = createNoiseFloor();
      const heard: number[] = [];
      for (const level of stretches.flat()) {
        heard.push(level);
        hearBackground(floor, level);
        const wanted = tenth(heard);
        expect(floor.db).toBe(heard.length < 50 ? Math.min(wanted, -55) : wanted);
      }
    }),
    { numRuns: 40 },
  );
});
