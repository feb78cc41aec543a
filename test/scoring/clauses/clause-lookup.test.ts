import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clauseIndex } from "../../../src/scoring/clauses/clause-lookup.ts";
import { type Clauses, oneClause, oneOf, oneOfHinted } from "../../../src/scoring/clauses/clauses.ts";
import { englishIntents } from "../../../src/scoring/intents/english.ts";
import { germanIntents } from "../../../src/scoring/intents/german.ts";
import { spanishIntents } from "../../../src/scoring/intents/spanish.ts";
import { readText } from "../../../src/scoring/read-text.ts";
import { english } from "../../../src/scoring/requests/english.ts";
import { german } from "../../../src/scoring/requests/german.ts";
import { spanish } from "../../../src/scoring/requests/spanish.ts";

/** What the index must find: every clause tried on the whole text. */
const occurs = (clauses: Clauses, text: string): boolean =>
  clauses.some(({ expression, hint }) => text.search(expression) >= 0 && hint?.test(text) !== false);

const together = (clauses: Clauses): RegExp =>
  new RegExp(clauses.map(({ expression }) => expression.source).join("|") || "(?!)", "gu");

const TAKEN = [
  "i want",
  "want a person",
  "a person|person now",
  "not (?:a )?person",
  "\\ba\\b",
  "(?:now )+",
  "person$",
];
const words = fc.array(fc.constantFrom("i", "want", "a", "person", "now", "not", "personal"), { maxLength: 14 });

test("clauses are taken out as by one expression of all of them", () => {
  fc.assert(
    fc.property(words, fc.shuffledSubarray(TAKEN), (said, taken) => {
      const text = said.join(" ");
      const clauses = oneOf(...taken);
      expect(clauseIndex([clauses]).look(text).without(clauses)).toBe(text.replaceAll(together(clauses), " . "));
    }),
  );
});

test("a hint must occur too", () => {
  const clauses = oneOfHinted("bill|charge", "too much", "not mine");
  const { look } = clauseIndex([clauses]);
  expect(look("that is too much").has(clauses)).toBe(false);
  expect(look("that is too much for a bill").has(clauses)).toBe(true);
  expect(look("the bill is wrong").has(clauses)).toBe(false);
});

test("clauses at the beginning of a word are in no other word", () => {
  const clauses = oneClause("age|person", "bot");
  const { look } = clauseIndex([clauses]);
  expect(look("robot manager").has(clauses)).toBe(false);
  expect(look("robot of my age").has(clauses)).toBe(true);
});

const SENTENCES = ["clear-asks", "told-intents", "reported-contacts", "money-troubles"]
  .flatMap((name) =>
    [...readFileSync(new URL(`../${name}.json`, import.meta.url), "utf8").matchAll(/"(?:[^"\\]|\\.)+"/gu)].map(
      ([quoted]) => JSON.parse(quoted) as string,
    ),
  )
  .filter((_, i) => i % 4 === 0);

describe("every shipped clause that is in a sentence is found", () => {
  test.each([
    ["en", english, englishIntents],
    ["es", spanish, spanishIntents],
    ["de", german, germanIntents],
  ] as const)(
    "%s",
    (language, { hint, person, aside, ask, anyway = [], freely }, intents) => {
      const lists = [hint, person, aside, ask, anyway, freely?.hint ?? [], freely?.ask ?? []];
      const ofIntents = Object.values(intents).flatMap((rule) => [rule.says, rule.surely ?? [], rule.aside ?? []]);
      const all = [...lists, ...ofIntents];
      const { look } = clauseIndex(all);
      for (const sentence of SENTENCES) {
        const { spoken } = readText(sentence, language);
        const seen = look(spoken);
        expect([spoken, all.map((list) => seen.has(list))]).toEqual([spoken, all.map((list) => occurs(list, spoken))]);
      }
      expect(SENTENCES.length).toBeGreaterThan(200);
    },
    60_000,
  );
});
