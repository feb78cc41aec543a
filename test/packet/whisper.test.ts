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

test("never takes longer than eight seconds, whatever names and summaries are like", () => {
  check(
    property(someText({ maxLength: 600 }), someText({ maxLength: 600, unit: "grapheme" }), (name, summary) => {
      const said = whisperOf(buildPacket(facts({ caller: { name, verification: [] }, insight: { summary } })));
      expect(said.length).toBeLessThanOrEqual(SPOKEN_MAX);
      expect(said.isWellFormed()).toBe(true);
    }),
  );
});
