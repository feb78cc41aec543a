import { expect, test } from "vitest";

import { audibleSpans, levelDb, longestSilence, toneLevel } from "../../../lab/audio/analyse.ts";
import { clip, clips } from "../../../lab/audio/clips.ts";
import { findVoice } from "../../../lab/audio/find-voice.ts";
import { decodeMulaw, encodeMulaw } from "../../../lab/audio/mulaw.ts";
import { joinAudio, silence, tone } from "../../../lab/audio/tones.ts";
import { voice } from "../../../lab/audio/voice.ts";

/** Two timelines sounding together, the second at `gain`. */
function mixed(a: Uint8Array, b: Uint8Array, gain = 1): Uint8Array {
  const [x, y] = [decodeMulaw(a), decodeMulaw(b)];
  const sum = Int16Array.from({ length: Math.max(x.length, y.length) }, (_, i) =>
    Math.max(-32_767, Math.min(32_767, Math.round((x[i] ?? 0) + gain * (y[i] ?? 0)))),
  );
  return encodeMulaw(sum);
}

const greeting = clip("greeting").audio;
const walnut = clip("marker-walnut").audio;

test("a clip is found where it is, to the millisecond, as often as it is", () => {
  const recording = joinAudio([silence(1_234.5), walnut, silence(3_000), walnut, silence(700)]);
  const hits = findVoice(recording, walnut);
  expect(hits.map((hit) => hit.atMs)).toEqual([1_234.5, 1_234.5 + walnut.length / 8 + 3_000]);
  for (const hit of hits) expect(hit).toMatchObject({ score: expect.closeTo(1, 2), heardMs: walnut.length / 8 });
});

test("a clip is found under another voice that is quieter or equally loud", () => {
  const other = joinAudio([clip("long-story").audio, clip("unknown-charge").audio]);
  for (const gain of [0.5, 1]) {
    const hits = findVoice(mixed(joinAudio([silence(2_000), greeting]), other, gain), greeting);
    expect(hits).toHaveLength(1);
    expect(hits[0]?.atMs).toBeCloseTo(2_000, 0);
  }
});

test("no clip is found in the recording of another", () => {
  const scores = clips().flatMap((one) =>
    clips()
      .filter((other) => other.id !== one.id && other.audio.length >= one.audio.length)
      .map((other) => ({ pair: `${one.id} in ${other.id}`, found: findVoice(other.audio, one.audio) })),
  );
  expect(scores.length).toBeGreaterThan(100);
  expect(scores.filter(({ found }) => found.length > 0)).toEqual([]);
});

test("a clip that was cut off is found by its beginning, with what was heard of it", () => {
  const recording = joinAudio([silence(500), greeting.subarray(0, 1_050 * 8), silence(5_000)]);
  expect(findVoice(recording, greeting)).toEqual([]);
  const [hit] = findVoice(recording, greeting, { firstMs: 800 });
  expect(hit?.atMs).toBe(500);
  expect(hit?.heardMs).toBeGreaterThanOrEqual(1_000);
  expect(hit?.heardMs).toBeLessThanOrEqual(1_100);
});

test("a synthesised sentence is told from another of the same speaker", () => {
  const said = voice("agent", "The reference number is one one seven.");
  const other = voice("agent", "The reference number is one one eight.");
  const recording = joinAudio([silence(300), said, silence(300)]);
  expect(findVoice(recording, said)).toHaveLength(1);
  expect(findVoice(recording, other)).toEqual([]);
});

test("three minutes are searched in well under the time a person would need", () => {
  const recording = joinAudio([
    ...Array.from({ length: 22 }, () => clip("long-story").audio),
    silence(30_000),
    greeting,
  ]);
  expect(recording.length / 8_000).toBeGreaterThan(180);
  const startedAt = performance.now();
  expect(findVoice(recording, greeting)).toHaveLength(1);
  // About 0.2 s on an idle machine; the bound leaves room for a loaded one.
  expect(performance.now() - startedAt).toBeLessThan(5_000);
});

test("audible spans are those with sound in them, clicks left out", () => {
  const click = tone([1_000], 20);
  const recording = joinAudio([silence(400), tone([500], 600), silence(200), click, silence(380), tone([500], 100)]);
  expect(audibleSpans(recording)).toEqual([
    { fromMs: 400, toMs: 1_000 },
    { fromMs: 1_600, toMs: 1_700 },
  ]);
  expect(audibleSpans(tone([500], 1_000, 0.001))).toEqual([]);
});

test("the longest silence is the one in which neither party is heard", () => {
  const caller = joinAudio([tone([500], 1_000), silence(9_000)]);
  const assistant = joinAudio([silence(3_000), tone([500], 1_000), silence(4_000), tone([500], 2_000)]);
  expect(longestSilence(caller, assistant)).toEqual({ fromMs: 4_000, toMs: 8_000, ms: 4_000 });
  expect(longestSilence(caller, assistant, { fromMs: 500, toMs: 6_000 })).toMatchObject({ fromMs: 1_000, ms: 2_000 });
  expect(longestSilence(caller).ms).toBe(9_000);
  expect(longestSilence(assistant, caller, { fromMs: 8_200 }).ms).toBe(0);
});

test("a tone is measured where it is and not found where it is not", () => {
  const recording = mixed(joinAudio([silence(1_000), tone([1_004], 1_000, 0.1)]), clip("long-story").audio, 0.2);
  expect(toneLevel(recording, 1_004, { fromMs: 1_000, toMs: 2_000 })).toBeCloseTo(
    20 * Math.log10(0.1 * (32_000 / 32_768)),
    0,
  );
  expect(toneLevel(recording, 1_004, { fromMs: 0, toMs: 1_000 })).toBeLessThan(-40);
  expect(toneLevel(recording, 1_400, { fromMs: 1_000, toMs: 2_000 })).toBeLessThan(-40);
});

test("a level is that of the sound", () => {
  expect(levelDb(silence(100))).toBeLessThan(-80);
  expect(levelDb(tone([1_000], 1_000, 0.1))).toBeCloseTo(-23.2, 0);
  for (const each of clips()) expect(levelDb(each.audio), each.id).toBeGreaterThan(-27);
});
