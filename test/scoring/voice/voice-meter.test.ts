import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mulawToSample } from "../../../lab/audio/mulaw.ts";
import { MULAW_LINEAR } from "../../../src/scoring/voice/mulaw-table.ts";
import {
  createBandSplit,
  HOP_SAMPLES,
  measureHop,
  splitBands,
  writeSamples,
} from "../../../src/scoring/voice/hop-measure.ts";
import { semitones } from "../../../src/scoring/voice/pitch.ts";
import { createVoiceMeter, endTurn, hear, ownAudioPlaying, talkFacts } from "../../../src/scoring/voice/voice-meter.ts";
import { atLevel, joined, measured, mixed, mulaw, noise, say, silence, tone, voice } from "./synthetic-voice.ts";

test("every μ-law byte has the value that the lab's own table gives it", () => {
  for (let byte = 0; byte < 256; byte++) expect(MULAW_LINEAR[byte]).toBeCloseTo(mulawToSample(byte) / 32_768, 7);
});

describe("pitch", () => {
  test.each([75, 90, 110, 140, 180, 220, 260, 300, 348, 410, 457])(
    "of %d Hz is found to a tenth of a semitone, with the fundamental missing",
    (hz) => {
      const { pitchSt, voicedShare } = measured(voice({ ms: 2_000, hz }));
      expect(Math.abs((pitchSt ?? Number.NaN) - semitones(hz))).toBeLessThan(0.1);
      expect(voicedShare).toBeGreaterThan(0.6);
    },
  );

  test("that glides over an octave has its 10th to 90th percentile 9.6 semitones apart", () => {
    const { pitchSt, pitchRangeSt } = measured(voice({ ms: 3_000, hz: (s) => 130 * 2 ** (s / 3), syllables: 0 }));
    expect(pitchSt).toBeCloseTo(semitones(130 * Math.SQRT2), 0);
    expect(Math.abs((pitchRangeSt ?? 0) - 9.6)).toBeLessThan(0.8);
  });

  test("is not that of a formant: one harmonic 12 dB above all others does not become the pitch", () => {
    for (const times of [2, 3]) {
      const said = mixed(voice({ ms: 2_000, hz: 115, syllables: 0 }), tone(2_000, times * 115, -10));
      expect(Math.abs((measured(said).pitchSt ?? 0) - semitones(115))).toBeLessThan(0.5);
    }
  });

  test.each([120, 170, 250, 330])("of %d Hz survives noise 15 dB below the voice, and is no octave away", (hz) => {
    const { pitchSt, pitchRangeSt } = measured(mixed(voice({ ms: 3_000, hz, syllables: 0 }), noise(3_000, -37)));
    expect(Math.abs((pitchSt ?? 0) - semitones(hz))).toBeLessThan(0.5);
    expect(pitchRangeSt).toBeLessThan(2);
  });

  test("is absent when nothing is voiced", () => {
    expect(measured(noise(1_500, -20)).pitchSt).toBeUndefined();
  });
});

const tilt = (levelDb: number, fallDb: number): number =>
  measured(voice({ ms: 2_000, hz: 150, levelDb, fallDb })).tiltDb ?? Number.NaN;

/** Share of a tone's power that the meter finds below and above 1 kHz. */
const bands = (hz: number): { low: number; high: number } => {
  const split = createBandSplit();
  const samples = mulaw(tone(500, hz, -20));
  let low = 0;
  let high = 0;
  for (let at = 0; at < samples.length; at += HOP_SAMPLES) {
    writeSamples(split, samples, at, HOP_SAMPLES);
    measureHop(split);
    splitBands(split);
    low += split.measured.lowEnergy / 50;
    high += split.measured.highEnergy / 50;
  }
  // -20 dBFS is a mean square of 0.01.
  return { low: low / 0.01, high: high / 0.01 };
};

describe("loudness and tilt", () => {
  test("the band is split at 1 kHz: half the power on each side there, nearly all on the right side elsewhere", () => {
    expect(bands(1_000).low).toBeCloseTo(0.5, 1);
    expect(bands(1_000).high).toBeCloseTo(0.5, 1);
    expect(bands(300).low).toBeGreaterThan(0.95);
    expect(bands(300).high).toBeLessThan(0.05);
    expect(bands(3_000).high).toBeGreaterThan(0.95);
    expect(bands(3_000).low).toBeLessThan(0.05);
  });

  test("a step of 10 dB in the voice is a step of 10 dB in the loudness", () => {
    const quiet = measured(voice({ ms: 2_000, hz: 150, levelDb: -28 }));
    const loud = measured(voice({ ms: 2_000, hz: 150, levelDb: -18 }));
    expect(loud.loudnessDb - quiet.loudnessDb).toBeCloseTo(10, 0);
    expect(measured(voice({ ms: 2_000, hz: 150, levelDb: -20, syllables: 0 })).loudnessDb).toBeCloseTo(-20, 0);
  });

  test("loudness alone does not move the tilt, and harmonics that fall more slowly do", () => {
    expect(Math.abs(tilt(-24, 12) - tilt(-34, 12))).toBeLessThan(0.5);
    expect(tilt(-34, 6) - tilt(-34, 12)).toBeGreaterThan(4);
  });
});

describe("rhythm", () => {
  test.each([3, 4, 5, 6])("%d syllables a second are counted", (syllables) => {
    const { rate } = measured(voice({ ms: 4_000, hz: 150, syllables }));
    // Speech is shorter than the turn: the quiet edges of each syllable are not counted as speech.
    const seconds = measured(voice({ ms: 4_000, hz: 150, syllables })).speechMs / 1_000;
    expect(Math.abs((rate ?? 0) * seconds - syllables * 4)).toBeLessThanOrEqual(1);
  });

  test("pauses inside the turn are counted with their lengths, and the quiet around it is not", () => {
    const said = voice({ ms: 800, hz: 150, syllables: 0 });
    const { pauses, speechMs } = measured(said, noise(400, -66), said, noise(700, -66), said);
    expect(pauses.count).toBe(2);
    expect(Math.abs(pauses.totalMs - 1_100)).toBeLessThanOrEqual(60);
    expect(Math.abs(pauses.longestMs - 700)).toBeLessThanOrEqual(30);
    expect(Math.abs(speechMs - 2_400)).toBeLessThanOrEqual(90);
  });
});

describe("what is not a voice", () => {
  test("silence says nothing at all", () => {
    const { speechMs, pitchSt, rate, stretches } = measured(silence(5_000));
    expect({ speechMs, pitchSt, rate, stretches }).toEqual({
      speechMs: 0,
      pitchSt: undefined,
      rate: undefined,
      stretches: [],
    });
  });

  test("hiss and a tone are marked, a voice is not", () => {
    expect(measured(noise(2_000, -25)).notAVoice).toBe(true);
    expect(measured(tone(2_000, 425, -15)).notAVoice).toBe(true);
    expect(measured(voice({ ms: 2_000, hz: (s) => 150 + 20 * Math.sin(s * 5) })).notAVoice).toBe(false);
  });

  test("steady noise becomes the background, and speech above it is still heard", () => {
    const meter = createVoiceMeter();
    say(meter, noise(7_000, -35));
    endTurn(meter);
    say(meter, noise(2_000, -35));
    expect(endTurn(meter).speechMs).toBe(0);
    say(meter, joined(mixed(noise(2_000, -35), voice({ ms: 2_000, hz: 180, levelDb: -15 }))));
    expect(endTurn(meter).speechMs).toBeGreaterThan(1_000);
  });
});

const echo = (): Float64Array => noise(6_000, -42, 3);

describe("our own audio", () => {
  test("its echo does not become the caller's background", () => {
    const frozen = createVoiceMeter();
    say(frozen, noise(1_000, -66));
    ownAudioPlaying(frozen, true);
    say(frozen, echo());
    ownAudioPlaying(frozen, false);
    const thawed = createVoiceMeter();
    say(thawed, joined(noise(1_000, -66), echo()));
    expect(endTurn(frozen).noiseFloorDb).toBeLessThan(-60);
    expect(endTurn(thawed).noiseFloorDb).toBeGreaterThan(-50);
  });

  test("a caller who speaks over it has interrupted; one who waits has answered", () => {
    const meter = createVoiceMeter();
    say(meter, noise(1_000, -66));
    ownAudioPlaying(meter, true);
    say(meter, noise(2_000, -66));
    say(meter, voice({ ms: 800, hz: 150, syllables: 0 }));
    ownAudioPlaying(meter, false);
    say(meter, noise(1_000, -66));
    expect(talkFacts(meter)).toMatchObject({ bargeIns: 1, answers: 0 });
    expect(Math.abs(talkFacts(meter).overlapMs - 800)).toBeLessThanOrEqual(40);

    ownAudioPlaying(meter, true);
    say(meter, noise(1_000, -66));
    ownAudioPlaying(meter, false);
    say(meter, joined(noise(1_200, -66), voice({ ms: 800, hz: 150, syllables: 0 })));
    expect(talkFacts(meter)).toMatchObject({ bargeIns: 1, answers: 1 });
    expect(Math.abs((talkFacts(meter).lastLatencyMs ?? 0) - 1_200)).toBeLessThanOrEqual(40);
  });
});

describe("frames", () => {
  const audio = mulaw(joined(noise(600, -66), voice({ ms: 1_500, hz: 190 }), noise(300, -66)));

  test("of any size give the same features", () => {
    const whole = createVoiceMeter();
    hear(whole, audio);
    const expected = endTurn(whole);
    expect(expected.speechMs).toBeGreaterThan(500);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 700 }), { minLength: 1, maxLength: 40 }), (sizes) => {
        const meter = createVoiceMeter();
        let at = 0;
        for (let i = 0; at < audio.length; i++) {
          const size = (sizes[i % sizes.length] ?? 0) || 1;
          hear(meter, audio.subarray(at, at + size));
          hear(meter, new Uint8Array(0));
          at += size;
        }
        expect(endTurn(meter)).toEqual(expected);
      }),
      { numRuns: 25, seed: 5 },
    );
  });

  test("that were lost are neither a pause nor a change of pitch", () => {
    const meter = createVoiceMeter();
    const said = mulaw(voice({ ms: 2_000, hz: 160, syllables: 0 }));
    hear(meter, mulaw(noise(1_000, -66)), 0);
    for (let at = 0; at < said.length; at += 160) {
      const lost = at >= 8_000 && at < 12_000;
      if (!lost) hear(meter, said.subarray(at, at + 160), 1_000 + at / 8);
    }
    expect(meter.positionMs).toBe(3_000);
    const { pauses, pitchSt, speechMs } = endTurn(meter);
    expect(pauses.count).toBe(0);
    expect(Math.abs((pitchSt ?? 0) - semitones(160))).toBeLessThan(0.34);
    expect(Math.abs(speechMs - 1_500)).toBeLessThanOrEqual(40);
  });

  test("with a position in the past are counted by their bytes", () => {
    const meter = createVoiceMeter();
    hear(meter, audio, 5_000);
    hear(meter, audio, 100);
    expect(meter.positionMs).toBe(5_000 + (2 * audio.length) / 8);
  });

  test("of a mebibyte are listened to only at their end, and the position stays right", () => {
    const meter = createVoiceMeter();
    const bytes = new Uint8Array(1 << 20);
    for (let i = 0; i < bytes.length; i++) bytes[i] = (i * 2_654_435_761) >>> 11;
    hear(meter, bytes);
    expect(meter.positionMs).toBe((1 << 20) / 8);
    expect(meter.trace.length).toBeLessThanOrEqual(200);
    expect(endTurn(meter).speechMs).toBeLessThanOrEqual(2_000);
  });

  test("of a turn without end take no more than a minute of memory, the newest", () => {
    const meter = createVoiceMeter();
    const high = mulaw(voice({ ms: 1_000, hz: 300 }));
    const low = mulaw(voice({ ms: 1_000, hz: 120 }));
    for (let s = 0; s < 90; s++) hear(meter, s < 50 ? high : low);
    expect(meter.trace.length).toBeLessThanOrEqual(6_000);
    expect(meter.trace.level.length).toBeLessThanOrEqual(6_000);
    expect(Math.abs((endTurn(meter).pitchSt ?? 0) - semitones(120))).toBeLessThan(0.5);
  });

  test("after a turn has ended belong to the next one", () => {
    const meter = createVoiceMeter();
    say(meter, joined(noise(1_000, -66), voice({ ms: 1_500, hz: 120 }), noise(300, -66)));
    const first = endTurn(meter);
    expect(endTurn(meter).speechMs).toBe(0);
    say(meter, joined(voice({ ms: 1_500, hz: 240 }), noise(300, -66)));
    const second = endTurn(meter);
    expect((second.pitchSt ?? 0) - (first.pitchSt ?? 0)).toBeCloseTo(12, 0);
  });
});

test("sobbing has its cues, ordinary speech has none", () => {
  const sob = joined(
    voice({ ms: 700, hz: (s) => 380 * 2 ** ((0.8 * Math.sin(2 * Math.PI * 6 * s)) / 12), syllables: 0 }),
    noise(150, -66),
    atLevel(noise(450, -30), -30),
    noise(150, -66),
  );
  expect(measured(sob, sob, sob).crying).toEqual({ gasps: 3, sustainedShare: 1, tremorShare: 1 });
  expect(measured(voice({ ms: 4_000, hz: 200 })).crying).toEqual({ gasps: 0, sustainedShare: 0, tremorShare: 0 });
});
