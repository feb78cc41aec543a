import * as fc from "fast-check";
import { expect, test } from "vitest";
import { median, robustSlope } from "../../src/scoring/trajectory.ts";

test("a straight line has its slope", () => {
  fc.assert(
    fc.property(fc.integer({ min: -50, max: 50 }), fc.integer({ min: 2, max: 8 }), (slope, count) => {
      const values = Array.from({ length: count }, (_, i) => i * slope);
      expect(robustSlope(values)).toBeCloseTo(slope);
    }),
  );
});

test("one outburst among calm turns is no trend", () => {
  expect(robustSlope([0.1, 0.1, 0.9, 0.1, 0.1])).toBeCloseTo(0);
});

test("turning a series round turns its slope round", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 2, maxLength: 8 }), (values) => {
      expect(robustSlope(values.toReversed())).toBeCloseTo(-robustSlope(values));
    }),
  );
});

test("too little says nothing", () => {
  expect(robustSlope([])).toBe(0);
  expect(robustSlope([0.7])).toBe(0);
  expect(median([])).toBe(0);
});

test("the median of an even count lies between the two in the middle", () => {
  expect(median([4, 1, 3, 2])).toBe(2.5);
});
