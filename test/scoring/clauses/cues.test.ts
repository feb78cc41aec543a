import { describe, expect, test } from "vitest";
import { cuesOf } from "../../../src/scoring/clauses/cues.ts";

describe("what an expression matches holds one of its cues", () => {
  test.each<readonly [string, readonly string[]]>([
    ["cancel my (?:card|account)", ["cancel my card", "please cancel my account"]],
    ["colou?rs? of", ["color of", "colours of", "the colour of it"]],
    ["(?:i|we) (?:am|are) not", ["i am not", "we are not"]],
    ["sto+p it", ["stop it", "stooop it"]],
    ["a{2,3}bcd", ["aabcd", "aaabcd"]],
    ["refund(?! polic)", ["refund please"]],
    ["(?<=my )money", ["my money"]],
    ["(?=.*gone)money", ["money gone"]],
    ["\\bno (?:\\w+ ){0,3}way\\b", ["no way", "no there is no way"]],
    ["[pb]ayments?", ["payment", "bayments"]],
    ["e ?mail|text", ["email", "e mail", "text"]],
    ["(?<known>\\w+) and \\k<known> again", ["you and you again"]],
    ["\\$ ?1(?:[.,]0+)? fee", ["$1 fee", "$ 1.00 fee"]],
    ["(?:one|two|)more than that", ["more than that", "twomore than that"]],
    ["abc|(?:def)*xyz", ["abc", "xyz", "defdefxyz"]],
  ])("%s", (source, texts) => {
    const cues = cuesOf(source) ?? [];
    for (const text of texts) {
      expect(text).toMatch(new RegExp(source, "u"));
      expect([text, cues.some((cue) => text.includes(cue))]).toEqual([text, true]);
    }
  });
});

test.each(["\\bai\\b", "\\w+", "(?:long words)?", "(?:long words)*", ".{0,60}", "no|long words", "[a-z]{4}"])(
  "%s can match without known letters",
  (source) => {
    expect(cuesOf(source)).toBeUndefined();
  },
);

test("the rarest letters are taken, not those of every turn", () => {
  expect(cuesOf("(?:i|you) want the quiz")).toHaveLength(1);
  expect(cuesOf("the (?:quiz|fox)")?.every((cue) => /qui|fox/.test(cue))).toBe(true);
});
