// The measure every call test is closed with (C17) sees a silence that is too long, and only where a voice is owed.
import { expect, test } from "vitest";

import { Recorder } from "../../lab/audio/recorder.ts";
import { silence, tone } from "../../lab/audio/tones.ts";
import type { Handset } from "../../lab/twilio/handset.ts";
import { noCallTooQuiet, silenceIn } from "./line-silence.ts";

const FRAME = 160;
const START = Date.parse("2026-01-01T00:00:00.000Z");
const at = (ms: number): string => new Date(START + ms).toISOString();
const CALL_SID = `CA${"0".repeat(32)}`;

/** What a caller heard and said: stretches of milliseconds, a voice and a silence in turns. */
function caller(heard: readonly number[], said: readonly number[]): Handset {
  const recording = { heard: new Recorder(true), said: new Recorder(true) };
  for (const [timeline, spans] of [
    [recording.heard, heard],
    [recording.said, said],
  ] as const) {
    const audio = Buffer.concat(spans.map((ms, place) => (place % 2 === 0 ? tone([300], ms) : silence(ms))));
    for (let from = 0; from < audio.length; from += FRAME)
      timeline.add(audio.subarray(from, from + FRAME), START + from / 8);
  }
  return { callSid: CALL_SID, recording } as unknown as Handset;
}

const ROWS = [
  { at: at(1_000), state: "reserving" },
  { at: at(2_000), state: "offering" },
  { at: at(9_000), state: "bridged" },
];

test("neither party is audible for longer than a voice may be away", () => {
  expect(silenceIn(caller([2_000, 6_000, 2_000], [0, 10_000]), ROWS)).toBe(6_000);
});

test("the caller's own voice counts, and what is quiet before the decision and after the bridge does not", () => {
  expect(silenceIn(caller([2_000, 6_000, 2_000], [0, 5_000, 1_000, 4_000]), ROWS)).toBe(3_000);
  expect(silenceIn(caller([0, 1_000, 8_000, 6_000], [0, 15_000]), ROWS)).toBe(0);
});

const carrier = (line: Handset) => ({ log: { of: () => [{ callSid: CALL_SID }] }, handset: () => line });

const api = async (_method: string, path: string): Promise<unknown> =>
  path.endsWith("/timeline") ? { items: ROWS } : { items: [{ id: "esc_1", callId: `call-${"0".repeat(32)}` }] };

const rig = (line: Handset) => ({ twilio: carrier(line), api }) as unknown as Parameters<typeof noCallTooQuiet>[0];

test("a scene with such a call does not close quietly", async () => {
  await expect(noCallTooQuiet(rig(caller([2_000, 6_000, 2_000], [0, 10_000])))).rejects.toThrow(/esc_1: 6000 ms/u);
  await noCallTooQuiet(rig(caller([2_000, 3_000, 5_000], [0, 10_000])));
});
