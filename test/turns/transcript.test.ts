import { expect, test } from "vitest";
import { EpochMs } from "../../src/domain/time.ts";
import { asHistory, closeTurn, lastTexts, openTurn, startTranscript } from "../../src/turns/transcript.ts";

const at = EpochMs(0);

test("a turn has the place at which it began, however late its words are", () => {
  let transcript = openTurn(startTranscript([]), { key: "c1", role: "caller", at });
  transcript = openTurn(transcript, { key: "a1", role: "assistant", at });
  const answer = closeTurn(transcript, "a1", { text: "Let me see." });
  const question = closeTurn(answer.transcript, "c1", { text: "Where is it?" });
  expect([answer.turn?.index, question.turn?.index]).toEqual([1, 0]);
  expect(asHistory(question.transcript).map(({ text }) => text)).toEqual(["Where is it?", "Let me see."]);
});

test("a second delivery of the same words changes nothing", () => {
  const open = openTurn(startTranscript([]), { key: "c1", role: "caller", at });
  const once = closeTurn(open, "c1", { text: "Hello?" }).transcript;
  expect(closeTurn(openTurn(once, { key: "c1", role: "caller", at }), "c1", { text: "Hello? Hello?" })).toEqual({
    transcript: once,
  });
});

test("a conversation that comes back goes on counting", () => {
  const earlier = { index: 4, role: "caller", text: "Hello?", at } as const;
  const open = openTurn(startTranscript([earlier]), { key: "a1", role: "assistant", at });
  expect(closeTurn(open, "a1", { text: "Yes?" }).turn?.index).toBe(5);
});

test("the last texts of one party leave out what was not understood", () => {
  const turns = ["one", "", "three"].map((text, index) => ({ index, role: "caller", text, at }) as const);
  expect(lastTexts(startTranscript(turns), "caller", 2)).toEqual(["one", "three"]);
});
