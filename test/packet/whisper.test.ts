import { assert as check, property, string as someText } from "fast-check";
import { expect, test } from "vitest";
import { buildPacket } from "../../src/packet/build-packet.ts";
import { whisperOf } from "../../src/packet/whisper.ts";
import { facts } from "./facts.ts";

/** Eight seconds at fifteen characters a second. */
const SPOKEN_MAX = 120;

test("says who, what and what was tried", () => {
  expect(whisperOf(buildPacket(facts()))).toBe(
    "Robin Keller: Does not recognise a charge of $84.50. 2 things were tried.",
  );
});

test("a caller of whom nothing is known is announced all the same", () => {
  const { caller: _caller, ...unknown } = facts({ turns: [], runs: [], insight: {} });
  expect(whisperOf(buildPacket(unknown))).toBe("A caller asks for you.");
});

const said = (summary: string): string =>
  whisperOf(buildPacket(facts({ caller: { name: "Robin Keller", verification: [] }, runs: [], insight: { summary } })));

test.each([
  {
    what: "a sentence",
    summary:
      "They were charged $84.50 twice by Mr. Hill. They have called the merchant three times since then and nobody there has ever picked up the phone.",
    ends: "They were charged $84.50 twice by Mr. Hill.",
  },
  {
    what: "a clause, where the sentence is too long",
    summary:
      "They were charged twice for the same order in the shop at the station, although the merchant had promised to take one of the two charges back within the week",
    ends: "They were charged twice for the same order in the shop at the station.",
  },
  {
    what: "a clause in front of the word that joins",
    summary:
      "They were charged twice for the same order in the shop at the station and the merchant has promised to take one of the two charges back",
    ends: "They were charged twice for the same order in the shop at the station.",
  },
  {
    what: "a clause: the first sentence says nothing",
    summary:
      "Yes. I have been trying to reach you for days now, and every time I am told that somebody will call me back which nobody has done so far",
    ends: "Yes. I have been trying to reach you for days now.",
  },
])("what is too long ends with $what", ({ summary, ends }) => {
  expect(said(summary)).toBe(`Robin Keller: ${ends}`);
});

test("what has neither ends with a word", () => {
  const summary = "refund ".repeat(30).trim();
  expect(said(summary)).toMatch(/^Robin Keller: (?:refund )+refund\.$/u);
});

test("never takes longer than eight seconds, whatever names and summaries are like", () => {
  check(
    property(someText({ maxLength: 600 }), someText({ maxLength: 600, unit: "grapheme" }), (name, summary) => {
      const heard = whisperOf(buildPacket(facts({ caller: { name, verification: [] }, insight: { summary } })));
      expect(heard.length).toBeLessThanOrEqual(SPOKEN_MAX);
      expect(heard.isWellFormed()).toBe(true);
    }),
  );
});
