// What the assistant is told of words that the caller did not hear.
import { expect, test } from "vitest";
import { HeardSoFar } from "../../../src/vendors/vapi/heard-so-far.ts";

const TEXT = "Your card was charged twice on the third of May.";

function spoken(frames: number): HeardSoFar {
  const heard = new HeardSoFar();
  heard.take({ kind: "reply-words", reply: "r1", item: "i1", delta: TEXT.slice(0, 10) });
  heard.take({ kind: "reply-words", reply: "r1", item: "i1", delta: TEXT.slice(10) });
  for (let i = 0; i < frames; i += 1) heard.take({ kind: "reply-audio", reply: "r1", item: "i1", payload: "" });
  return heard;
}

test("cut in the middle: the words until then, and no others", () => {
  const note = spoken(144).note("i1", 1_440);
  expect(note).toContain('"Your card was charged twice"');
  expect(note).not.toContain("May");
});

test("cut before a word was heard: all of it is unsaid", () => {
  expect(spoken(10).note("i1", 0)).toContain(`heard nothing of your sentence "${TEXT}"`);
});

test("heard to its end, or unknown, or without words: nothing to tell", () => {
  expect(spoken(144).note("i1", 2_800)).toBeUndefined();
  expect(spoken(144).note("i2", 0)).toBeUndefined();
  const silent = new HeardSoFar();
  silent.take({ kind: "reply-audio", reply: "r1", item: "i1", payload: "" });
  expect(silent.note("i1", 0)).toBeUndefined();
});
