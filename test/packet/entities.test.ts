import { expect, test } from "vitest";
import { readEntities } from "../../src/packet/entities.ts";

test.each([
  ["amount", "a charge of $84.50 please", "$84.50"],
  ["amount", "eighty four dollars and fifty cents", "eighty four dollars and fifty cents"],
  ["amount", "about 1,200.00 euros", "1,200.00 euros"],
  ["date", "It was last Tuesday", "last Tuesday"],
  ["date", "on 2026-11-14", "2026-11-14"],
  ["time", "at 10:30 pm", "10:30 pm"],
  ["cardEnding", "my card ending in 4412", "4412"],
  ["cardEnding", "it ends in four four one two", "four four one two"],
  ["reference", "my order number AB-12345", "AB-12345"],
])("reads %s off “%s”", (name, text, value) => {
  expect(readEntities([text])[name]).toEqual([value]);
});

test("keeps each value once and a few of a kind", () => {
  const texts = Array.from({ length: 40 }, (_, at) => `it was $${at % 20}.50`);
  const { amount } = readEntities(texts);
  expect(new Set(amount).size).toBe(amount?.length);
  expect(amount?.length).toBeLessThanOrEqual(8);
});

test("hostile text in every turn of a long call is read well below a second", () => {
  const size = 100_000;
  const kinds = ["1,", "1", "$1", "one ", "ends in ", "order number ", "12:", "\u0000", "last ", "a"];
  for (const kind of kinds) {
    const texts = Array.from({ length: 100 }, () => kind.repeat(size / kind.length));
    const begun = performance.now();
    readEntities(texts);
    expect(performance.now() - begun, kind).toBeLessThan(2_000);
  }
});
