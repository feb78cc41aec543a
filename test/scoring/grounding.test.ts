import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { afterHearing, afterLookUp, amountsIn, NO_FIGURES, ungroundedAmounts } from "../../src/scoring/grounding.ts";

const LOOKED_UP = afterLookUp(
  NO_FIGURES,
  '{"transactions":[{"merchant":"HG Web","amount":84.5,"date":"2026-11-03"},{"merchant":"Bakery","amount_cents":1250}],"limit":"1,200.00"}',
);

describe("amounts are read as people and records write them", () => {
  test.each<readonly [string, readonly number[]]>([
    ["That is $84.50.", [84.5]],
    ["It comes to 1,234.50 dollars, or 3.5 percent.", [1_234.5, 3.5]],
    ["Das sind 1.234,50 Euro.", [1_234.5]],
    ["Cela fait 12 € par mois.", [12]],
    ["There are 3 charges on 21 November 2026, case 48151.", []],
    ["You can call 24 hours a day, 7 days a week.", []],
  ])("%s", (text, amounts) => expect(amountsIn(text)).toEqual(amounts));
});

describe("an amount that nothing bears out is found", () => {
  test.each([
    "The charge was $79.99.",
    "We will refund 310 dollars to your card.",
    "There is a fee of 2.75 percent on that.",
  ])("%s", (answer) => expect(ungroundedAmounts(answer, LOOKED_UP)).toHaveLength(1));
});

describe("what was looked up may be said in other forms", () => {
  test.each([
    "There is a charge of $84.50 from HG Web.",
    "That is about 85 dollars.",
    "The bakery charged you $12.50.",
    "Together they are $97.",
    "Your limit is 1200 dollars, that is $100 a month.",
    "I have no amount for that.",
  ])("%s", (answer) => expect(ungroundedAmounts(answer, LOOKED_UP)).toEqual([]));
});

test("nothing is judged before a tool has answered with figures, and what the caller said may be repeated", () => {
  expect(ungroundedAmounts("Our fee is $15.", NO_FIGURES)).toEqual([]);
  expect(ungroundedAmounts("Our fee is $15.", afterLookUp(NO_FIGURES, "no results"))).toEqual([]);
  const heard = afterHearing(LOOKED_UP, "somebody took 310 dollars");
  expect(ungroundedAmounts("I understand, 310 dollars were taken.", heard)).toEqual([]);
});

test("whatever is said, nothing is made up from nothing, in bounded memory and time", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 300 }), fc.string({ maxLength: 300 }), (answer, result) => {
      const known = afterLookUp(LOOKED_UP, result);
      expect(known.values.length).toBeLessThanOrEqual(200);
      expect(ungroundedAmounts(answer, afterHearing(known, answer))).toEqual([]);
    }),
  );
  const long = "1 dollar 2 dollars ".repeat(6_000);
  const began = performance.now();
  ungroundedAmounts(long, afterLookUp(LOOKED_UP, long));
  expect(performance.now() - began).toBeLessThan(2_000);
});
