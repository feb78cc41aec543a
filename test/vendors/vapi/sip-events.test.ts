import type { Vapi } from "@vapi-ai/server-sdk";
import { describe, expect, test } from "vitest";
import type { HostedEvent } from "../../../src/ports/hosted-assistant.ts";
import { SipEvents } from "../../../src/vendors/vapi/sip-events.ts";
import { arrived, hang, interrupted, report, speaking, speech, status, transcript } from "./fixtures.ts";

const readAll = (messages: readonly object[]): readonly HostedEvent[] => {
  const events = new SipEvents();
  return messages.flatMap((message) => events.read(arrived(message)));
};
const kinds = (events: readonly HostedEvent[]): readonly string[] =>
  events.map((event) => ("party" in event ? `${event.kind}:${event.party}` : event.kind));

const TURN = [
  status("in-progress", 1),
  speech("user", "started", 100),
  transcript("user", "partial", "I want to", 200),
  speech("user", "stopped", 300),
  transcript("user", "final", "I want to speak to a person.", 310),
  speech("assistant", "started", 400),
  speaking("One moment.", 401),
  speech("assistant", "stopped", 900),
  transcript("assistant", "final", "One moment.", 901),
];

describe("Vapi's server messages as events", () => {
  test("one turn of each party", () => {
    const events = readAll(TURN);
    expect(kinds(events)).toEqual([
      "connected",
      "speech-started:caller",
      "words:caller",
      "speech-ended:caller",
      "words:caller",
      "speech-started:assistant",
      "words:assistant",
      "speech-ended:assistant",
      "words:assistant",
    ]);
    const words = events.filter((event) => event.kind === "words");
    expect(words.map(({ item, text, final }) => [item, text, final])).toEqual([
      ["caller-0", "I want to", false],
      ["caller-0", "I want to speak to a person.", true],
      ["assistant-1", "One moment.", false],
      ["assistant-1", "One moment.", true],
    ]);
  });

  test("every message twice is every message once", () => {
    expect(readAll(TURN.flatMap((message) => [message, message]))).toEqual(readAll(TURN));
  });

  test("speech told out of order: the older word changes nothing", () => {
    const events = readAll([speech("assistant", "stopped", 900), speech("assistant", "started", 400)]);
    expect(kinds(events)).toEqual(["speech-ended:assistant"]);
  });

  test("a tool of the assistant's own: told once, however often the history comes", () => {
    const asked: Vapi.ToolCallMessage = {
      role: "tool_calls",
      toolCalls: [{ id: "t1", type: "function", function: { name: "weather", arguments: '{"city":"Oslo"}' } }],
      message: "",
      time: 1,
      secondsFromStart: 1,
    };
    const answered: Vapi.ToolCallResultMessage = {
      role: "tool_call_result",
      toolCallId: "t1",
      name: "weather",
      result: "rain",
      time: 2,
      secondsFromStart: 2,
    };
    const update = { type: "conversation-update", messages: [asked, answered], messagesOpenAIFormatted: [] };
    const events = readAll([
      { ...update, messages: [asked], timestamp: 1 },
      { ...update, timestamp: 2 },
      { ...update, timestamp: 3 },
    ]);
    expect(events).toEqual([
      { at: 2, kind: "tool-ran", toolCall: "t1", name: "weather", input: '{"city":"Oslo"}', result: "rain", ok: true },
    ]);
  });

  test("each final transcript of the caller's is a turn of its own", () => {
    const events = readAll([transcript("user", "final", "Yes.", 10), transcript("user", "final", "Yes.", 20)]);
    expect(events.map((event) => (event.kind === "words" ? event.item : event.kind))).toEqual(["caller-0", "caller-1"]);
  });

  test("lateness, interruption, and types nobody has heard of", () => {
    expect(kinds(readAll([hang(1), interrupted(2), { type: "aura.changed", timestamp: 3 }]))).toEqual([
      "late",
      "interrupted",
    ]);
  });

  test("the final form of the transcript's type", () => {
    const type = 'transcript[transcriptType="final"]';
    const [event] = readAll([{ type, role: "user", transcript: "Hello.", timestamp: 1 }]);
    expect(event).toMatchObject({ kind: "words", party: "caller", text: "Hello.", final: true });
  });

  test("an end, in our word and in theirs", () => {
    expect(readAll([status("ended", 5, "silence-timed-out")])).toEqual([
      { at: 5, kind: "ended", how: "silence", raw: "silence-timed-out" },
    ]);
    expect(readAll([status("ended", 5)])).toEqual([{ at: 5, kind: "ended", how: "failed", raw: "ended" }]);
  });

  test("the report: analysis, cost, latency and times, without recordings", () => {
    const [reported, ended] = readAll([report]);
    expect(reported).toEqual({
      at: 9_000,
      kind: "reported",
      report: {
        vendor: "vapi",
        endedRaw: "customer-ended-call",
        summary: "A caller asked about a charge.",
        success: "true",
        costUsd: 0.12,
        latencyMs: 850,
        startedAt: Date.parse("2026-11-20T10:00:00.000Z"),
        endedAt: Date.parse("2026-11-20T10:01:00.000Z"),
        findings: { topic: "charge" },
      },
    });
    expect(ended).toMatchObject({ kind: "ended", how: "line-ended", raw: "customer-ended-call" });
  });
});
