import { expect, test } from "vitest";
import { EpochMs } from "../../src/domain/time.ts";
import { buildPacket } from "../../src/packet/build-packet.ts";
import { packetSchema } from "../../src/protocol/packet.ts";
import { facts, T0, turn } from "./facts.ts";

const KIB = 1024;
const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value), "utf8");

test("a packet of a case in which everything is known is complete and fits its schema", () => {
  const packet = buildPacket(facts());
  expect(packetSchema.parse(packet)).toEqual(packet);
  expect(packet.completeness).toBe(1);
  expect(packet.missing).toEqual([]);
  expect(packet.intent).toEqual({ name: "unrecognised-charge", summary: "Does not recognise a charge of $84.50." });
  expect(packet.trigger).toMatchObject({ kind: "confidence", confidence: 0.41, floor: 0.6 });
  expect(packet.suggestedNextAction).toBe("Open a dispute.");
  expect(packet.sources).toEqual([{ title: "Unrecognised charges", ref: "kb/1", at: "2026-11-21T09:00:01.500Z" }]);
  expect(packet.writes).toEqual([{ action: "draft_dispute", result: "dsp_1", at: "2026-11-21T09:00:01.800Z" }]);
});

test("nothing tried and nothing found is validly empty; what could not be known says why and lowers completeness", () => {
  const { caller: _caller, ...unknown } = facts({ turns: [], runs: [], insight: {} });
  const packet = buildPacket(unknown);
  expect(packet.missing.map(({ field }) => field)).toEqual([
    "caller",
    "verification",
    "intent",
    "transcript",
    "sentiment",
  ]);
  for (const { why } of packet.missing) expect(why).not.toBe("");
  expect(packet.completeness).toBe(0.5);
  expect(packet.attempts).toEqual([]);
  expect(packet.intent.name).toBe("unknown");
});

test("without a model the caller's own words stand in for the summary, and the next step follows from what was tried", () => {
  const failed = {
    name: "lookup_merchant",
    kind: "read",
    at: EpochMs(T0),
    ok: false,
    result: "failed: timeout",
  } as const;
  const packet = buildPacket(facts({ insight: {}, runs: [failed] }));
  expect(packet.intent.summary).toContain("There is a charge of $84.50");
  expect(packet.suggestedNextAction).toContain("lookup_merchant");
  expect(packet.trigger).not.toHaveProperty("confidence");
});

test("what the model named goes beside what was read off the caller's words", () => {
  const packet = buildPacket(facts({ insight: { entities: { merchant: "QRS TRADING" } } }));
  expect(packet.entities).toEqual({ amount: ["$84.50"], merchant: "QRS TRADING" });
});

test("a source that was found twice is listed once; a write is kept however long ago it was", () => {
  const search = {
    name: "search_knowledge",
    kind: "search",
    at: EpochMs(T0 + 900),
    ok: true,
    result: "found",
    sources: [{ title: "Unrecognised charges", ref: "kb/1" }],
  } as const;
  const write = { name: "draft_dispute", kind: "write", at: EpochMs(T0), ok: true, result: "dsp_1" } as const;
  const packet = buildPacket(facts({ runs: [write, ...Array.from({ length: 60 }, () => search)] }));
  expect(packet.sources).toHaveLength(1);
  expect(packet.writes).toHaveLength(1);
  expect(packet.attempts.length).toBeLessThan(60);
});

test.each([
  ["plain English", "I have told you three times already that this is not my charge. ".repeat(20)],
  ["three bytes a character", "我已经告诉过你这笔费用不是我的。".repeat(80)],
  ["control characters", "\u0001\u0002".repeat(600)],
  ["half characters", "\ud83d".repeat(1_200)],
])("a call of 500 turns in %s stays below 200 KiB and keeps its newest turn", (_name, text) => {
  const turns = Array.from({ length: 500 }, (_, at) => turn(at, at % 2 === 0 ? "caller" : "assistant", text));
  const runs = Array.from({ length: 300 }, (_, at) => ({
    name: "search_knowledge",
    kind: "search" as const,
    at: EpochMs(T0 + at),
    ok: true,
    input: { query: text },
    result: text,
    sources: Array.from({ length: 5 }, (_each, n) => ({ title: text, ref: `kb/${at}/${n}` })),
  }));
  const series = Array.from({ length: 250 }, (_, at) => ({ turn: at * 2, value: -0.123_456_789 }));
  const packet = buildPacket(
    facts({ turns, runs, insight: { sentiment: { now: 0, baseline: 0, slope: 0, series }, summary: text } }),
  );
  expect(bytesOf(packet)).toBeLessThan(200 * KIB);
  expect(packet.transcript.at(-1)?.at).toBe(new Date(T0 + 499_000).toISOString());
  expect(packet.transcript.length).toBeGreaterThan(10);
});
