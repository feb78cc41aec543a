import { expect, test } from "vitest";
import { VoiceEar } from "../../src/runtime/live/voice-ear.ts";
import { joined, mulaw, noise, silence, voice } from "../scoring/voice/synthetic-voice.ts";

const FRAME_BYTES = 160;
const FRAME_MS = 20;

/** A line heard in frames of 20 ms; our own audio is playing while `ours` says so, by the time in ms. */
function listen(line: Float64Array, ours: (ms: number) => boolean): VoiceEar {
  const ear = new VoiceEar();
  const bytes = mulaw(line);
  for (let at = 0; at < bytes.length; at += FRAME_BYTES) {
    const ms = (at / FRAME_BYTES) * FRAME_MS;
    ear.frame(bytes.subarray(at, at + FRAME_BYTES), ms, ours(ms));
  }
  return ear;
}

const said = (ms: number): Float64Array => voice({ ms, hz: 150 });

test("speaking over us is an interruption of that turn, and not of the next", () => {
  const line = joined(noise(2_000, -70), said(1_500), noise(1_000, -70));
  const ear = listen(line, (ms) => ms < 2_800);
  expect(ear.endTurn()).toMatchObject({ interruptions: 1 });
  expect(ear.endTurn()).toMatchObject({ interruptions: 0, longestSilenceMs: 0 });
});

/** The silence found when nobody spoke for `ms` after us. */
const silenceHeard = (ms: number): number =>
  listen(joined(noise(1_000, -70), silence(ms), said(1_500), noise(1_000, -70)), (at) => at < 1_000).endTurn()
    .longestSilenceMs ?? Number.NaN;

test("a long silence before the caller speaks is measured, a short one is not", () => {
  expect(Math.abs(silenceHeard(9_000) - 9_000)).toBeLessThan(300);
  expect(silenceHeard(1_000)).toBeLessThan(1_000);
});
