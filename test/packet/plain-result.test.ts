import { expect, test } from "vitest";
import { plainResult } from "../../src/packet/plain-result.ts";

test.each([
  ['{"transactions":[{"id":"t1","amount":84.5,"descriptor":"QRS TRADING"}]}', "1 transaction: t1, 84.5, QRS TRADING"],
  ['{"transactions":[{"id":"t1"},{"id":"t2"}]}', "2 transactions: t1, …"],
  ['{"matches":[]}', "no matches"],
  ["[]", "nothing found"],
  ['["a","b"]', "2 found: a, …"],
  ['{"id":"drf_1","status":"draft","nested":{"x":1}}', "drf_1, draft"],
  ["The tool did not answer in time.", "The tool did not answer in time."],
  ["42", "42"],
])("%s reads as %s", (result, words) => {
  expect(plainResult(result)).toBe(words);
});

test("a long answer is cut", () => {
  const long = plainResult(JSON.stringify({ results: [{ title: "x".repeat(500) }] }));
  expect(long.length).toBe(160);
  expect(long.endsWith("…")).toBe(true);
});
