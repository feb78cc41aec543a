import { describe, expect, test } from "vitest";
import { EpochMs } from "../../src/domain/time.ts";
import { afterCallerTurn, afterSilence, afterTool } from "../../src/escalation/conversation.ts";
import { assistant, caller, fresh, judged } from "./conversations.ts";

const AT = EpochMs(5_000);
const search = (found: number) => ({
  name: "faq",
  kind: "search" as const,
  ok: true,
  at: AT,
  sources: Array.from({ length: found }, (_, i) => ({ title: `Page ${i}`, ref: `p${i}` })),
});

describe("failed turns", () => {
  test("a rejected answer, words that were not heard and a question asked again count once each", () => {
    const asked = caller(fresh(), { text: "where is my parcel number nine" });
    const rejected = caller(assistant(asked), { text: "no that's not what I asked" });
    const unheard = caller(assistant(rejected), { text: "mumble", asrConfidence: 0.2 });
    const again = caller(assistant(unheard), { text: "I asked, where is my parcel number nine" });
    expect(again.failedTurns).toEqual([2, 4, 6]);
  });

  test("the same question about something else is a new question", () => {
    const one = caller(fresh(), { text: "what is the rating of the hotel in the south" });
    expect(caller(assistant(one), { text: "what is the rating of the hotel in the west" }).failedTurns).toEqual([]);
  });

  test("an assistant that gives up, a failed tool and an empty search fail the turn they answer, together once", () => {
    const asked = caller(fresh());
    const tried = afterTool(asked, { name: "refund", kind: "write", ok: false, at: AT });
    expect(assistant(afterTool(tried, search(0)), "I'm sorry, I didn't understand that.").failedTurns).toEqual([0]);
    expect(afterTool(asked, search(2)).failedTurns).toEqual([]);
  });

  test("a committed write, thanks and a new intent start the count again", () => {
    const failing = caller(assistant(caller(fresh(), { text: "that's wrong" })), { text: "no that's not it" });
    expect(failing.failedTurns).toHaveLength(2);
    expect(afterTool(failing, { name: "refund", kind: "write", ok: true, at: AT }).failedTurns).toEqual([]);
    expect(caller(assistant(failing), { text: "perfect, thank you" }).failedTurns).toEqual([]);
    const named = judged(assistant(failing), 0.9, "refund");
    expect(judged(assistant(named), 0.9, "address").failedTurns).toEqual([]);
  });
});

test("the first name of an intent is not a change of it", () => {
  const failing = caller(fresh(), { text: "that's wrong" });
  expect(judged(assistant(failing), 0.9, "refund").failedTurns).toHaveLength(1);
});

test("tools that work end a run of failures", () => {
  const failed = afterTool(caller(fresh()), { name: "a", kind: "read", ok: false, at: AT });
  expect(afterTool(failed, search(1)).toolFailures).toEqual([]);
});

test("a turn that is delivered twice changes nothing", () => {
  const once = caller(fresh());
  const { signals, at, turn } = once.recent[0] ?? {};
  if (signals === undefined || at === undefined || turn === undefined) throw new Error("no turn was kept");
  expect(afterCallerTurn(once, { index: turn, role: "caller", text: "again", at }, signals)).toBe(once);
});

test("speech ends a silence", () => {
  const silent = afterSilence(assistant(caller(fresh())), { at: AT, ms: 9_000 });
  expect(silent.silences).toHaveLength(1);
  expect(caller(silent).silences).toEqual([]);
});

test("a long call does not grow the memory, and no words are kept", () => {
  let conversation = fresh();
  for (let i = 0; i < 300; i++) {
    conversation = assistant(caller(conversation, { text: `secret word${i} that's wrong ${i}` }));
    conversation = afterTool(conversation, { name: "x", kind: "read", ok: false, at: AT, query: "secret" });
    conversation = judged(conversation, 0.2);
    conversation = afterSilence(conversation, { at: AT, ms: 1 });
  }
  const stored = JSON.stringify(conversation);
  expect(conversation.callerTurns).toBe(300);
  expect(stored.length).toBeLessThan(40_000);
  expect(stored).not.toContain("secret");
});
