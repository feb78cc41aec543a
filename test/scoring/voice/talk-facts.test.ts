import * as fc from "fast-check";
import { expect, test } from "vitest";
import {
  followTalk,
  NOBODY_HEARD,
  silenceMs,
  type TalkEvent,
  type TalkFacts,
} from "../../../src/scoring/voice/talk-facts.ts";

const KINDS = ["assistant-started", "assistant-stopped", "caller-started", "caller-stopped"] as const;
const [assistantStarts, assistantStops, callerStarts, callerStops] = KINDS;

function after(...events: readonly (readonly [TalkEvent["kind"], number])[]): TalkFacts {
  return events.reduce((facts, [kind, atMs]) => followTalk(facts, { kind, atMs }), NOBODY_HEARD);
}

test("a caller who answers has a latency and no overlap", () => {
  const facts = after([assistantStarts, 0], [assistantStops, 2_000], [callerStarts, 2_700], [callerStops, 4_000]);
  expect(facts).toMatchObject({ lastLatencyMs: 700, answers: 1, latencySumMs: 700, overlapMs: 0, bargeIns: 0 });
});

test("a caller who speaks twice has answered once", () => {
  const facts = after(
    [assistantStarts, 0],
    [assistantStops, 2_000],
    [callerStarts, 2_700],
    [callerStops, 3_000],
    [callerStarts, 3_500],
  );
  expect(facts).toMatchObject({ answers: 1, lastLatencyMs: 700 });
});

test("speaking over the assistant for 400 ms interrupts it; a short mhm does not", () => {
  const mhm = after([assistantStarts, 0], [callerStarts, 1_000], [callerStops, 1_250], [assistantStops, 3_000]);
  expect(mhm).toMatchObject({ overlapMs: 250, bargeIns: 0 });
  const cut = after([assistantStarts, 0], [callerStarts, 1_000], [assistantStops, 1_400], [callerStops, 3_000]);
  expect(cut).toMatchObject({ overlapMs: 400, bargeIns: 1, answers: 0 });
});

test("an assistant that begins over a talking caller is no interruption by the caller", () => {
  const facts = after([callerStarts, 0], [assistantStarts, 1_000], [callerStops, 2_000], [assistantStops, 3_000]);
  expect(facts).toMatchObject({ overlapMs: 1_000, bargeIns: 0 });
});

test("silences of 4 s are counted when they end; shorter ones are thinking", () => {
  const quiet = after([assistantStarts, 0], [assistantStops, 1_000], [callerStarts, 4_900], [callerStops, 6_000]);
  expect(quiet).toMatchObject({ longSilences: 0, longestSilenceMs: 3_900 });
  expect(silenceMs(quiet, 11_000)).toBe(5_000);
  const long = followTalk(quiet, { kind: "assistant-started", atMs: 11_000 });
  expect(long).toMatchObject({ longSilences: 1, longestSilenceMs: 5_000 });
  expect(silenceMs(long, 60_000)).toBe(0);
});

test("a repeated start or stop changes nothing", () => {
  const once = after([assistantStarts, 0], [callerStarts, 1_000]);
  expect(followTalk(once, { kind: "caller-started", atMs: 1_500 })).toBe(once);
  expect(followTalk(NOBODY_HEARD, { kind: "assistant-stopped", atMs: 1_500 })).toBe(NOBODY_HEARD);
});

test("in any order of events no duration is negative, and overlap is never longer than the call", () => {
  const event = fc.record({ kind: fc.constantFrom(...KINDS), atMs: fc.integer({ min: 0, max: 60_000 }) });
  fc.assert(
    fc.property(fc.array(event, { maxLength: 60 }), (events) => {
      const facts = events.reduce(followTalk, NOBODY_HEARD);
      expect(facts.overlapMs).toBeGreaterThanOrEqual(0);
      expect(facts.overlapMs).toBeLessThanOrEqual(60_000);
      expect(facts.latencySumMs).toBeGreaterThanOrEqual(0);
      expect(facts.longestSilenceMs).toBeGreaterThanOrEqual(0);
      expect(facts.bargeIns).toBeLessThanOrEqual(events.length / 2);
    }),
    { seed: 9 },
  );
});
