import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { VoiceReading } from "../../../src/scoring/turn-signals.ts";
import { followVoice, NO_VOICE_YET, type VoiceHistory } from "../../../src/scoring/voice/follow-voice.ts";
import {
  arousalOf,
  RAISED_OFF,
  RAISED_ON,
  scoreVoice,
  type VoiceSignals,
} from "../../../src/scoring/voice/score-voice.ts";
import { learnBaseline, NO_BASELINE, type VoiceBaseline } from "../../../src/scoring/voice/voice-baseline.ts";
import { SILENT_TURN, type VoiceCues, type VoiceFeatures } from "../../../src/scoring/voice/voice-features.ts";
import { measured, noise, tone, voice } from "./synthetic-voice.ts";

const USUAL: VoiceCues = { speechMs: 2_000, loudnessDb: -26, pitchSt: 30, tiltDb: -12, rate: 4.5 };

/** A turn of this caller: as usual, but for `change`. */
function turn(change: Partial<VoiceFeatures> = {}): VoiceFeatures {
  const cues = { ...USUAL, ...change };
  return {
    ...SILENT_TURN,
    noiseFloorDb: -60,
    voicedShare: 0.6,
    pitchRangeSt: 6,
    ...cues,
    stretches: [cues],
  };
}

const RAISED = turn({ pitchSt: 37, tiltDb: -6, loudnessDb: -20, rate: 5.5 });

function follow(turns: readonly VoiceFeatures[]): {
  signals: VoiceSignals[];
  history: VoiceHistory;
  raised: boolean[];
} {
  let history = NO_VOICE_YET;
  const raised: boolean[] = [];
  const signals = turns.map((one) => {
    const next = followVoice(history, one);
    ({ history } = next);
    raised.push(history.raised);
    return next.signals;
  });
  return { signals, history, raised };
}

const known = (turns: number): VoiceBaseline =>
  Array.from({ length: turns }, () => turn()).reduce((base, one) => learnBaseline(base, one, true), NO_BASELINE);

describe("one turn against the caller's own norm", () => {
  test("as usual, nothing is said", () => {
    expect(scoreVoice(turn(), known(6))).toMatchObject({
      arousal: arousalOf(0),
      effortUp: false,
      pitchUp: false,
      basis: "own",
      deviation: 0,
    });
    expect(arousalOf(0)).toBeLessThan(0.1);
    expect(arousalOf((RAISED_ON + RAISED_OFF) / 2)).toBe(0.5);
  });

  test("higher, flatter and louder is arousal with effort", () => {
    const signals = scoreVoice(RAISED, known(6));
    expect(signals).toMatchObject({ effortUp: true, pitchUp: true });
    expect(signals.arousal).toBeGreaterThan(0.9);
    expect(signals.angerLike).toBeGreaterThan(0.9);
    expect(signals.distressLike).toBeLessThan(0.1);
  });

  test("higher without effort is distress-like and not anger-like", () => {
    const signals = scoreVoice(turn({ pitchSt: 36, tiltDb: -13.5 }), known(6));
    expect(signals.distressLike).toBeGreaterThan(0.8);
    expect(signals.angerLike).toBeLessThan(0.1);
  });

  test("a deviation is the weighted mean of the cues' deviations, each against its floor of spread and cut at 4", () => {
    // Pitch +3 st over 1.5, tilt +1 dB over 1, loudness -3 dB over 3, rate unknown: weights .45, .35 and .10 of .90.
    const some = scoreVoice(turn({ pitchSt: 33, tiltDb: -11, loudnessDb: -29, rate: undefined }), known(6));
    expect(some.deviation).toBeCloseTo((0.45 * 2 + 0.35 * 1 - 0.1 * 1) / 0.9, 6);
    const far = scoreVoice(turn({ pitchSt: 60, tiltDb: 30, loudnessDb: 0, rate: 20 }), known(6));
    expect(far.deviation).toBeCloseTo(4, 6);
  });

  test("loudness alone does not make a voice raised", () => {
    const shouting = scoreVoice(turn({ loudnessDb: -10 }), known(6));
    expect(shouting.effortUp).toBe(true);
    expect(shouting.arousal).toBeLessThan(0.2);
  });

  test("automatic gain is no effort: the background came up with the voice", () => {
    const nearer = scoreVoice(turn({ loudnessDb: -16, noiseFloorDb: -50 }), known(6));
    expect(nearer).toMatchObject({ effortUp: false, deviation: 0 });
    const effort = scoreVoice(turn({ loudnessDb: -16, noiseFloorDb: -60 }), known(6));
    expect(effort.effortUp).toBe(true);
    expect(effort.deviation).toBeGreaterThan(0);
  });

  test("digital silence between the words is not taken for a gain that moved", () => {
    const base = learnBaseline(NO_BASELINE, turn({ noiseFloorDb: -90, speechMs: 12_000 }), true);
    const learnedLong = { ...base, learnedMs: 12_000 };
    expect(scoreVoice(turn({ noiseFloorDb: -72, loudnessDb: -16 }), learnedLong).effortUp).toBe(true);
  });

  test("half a second counts half, and less than that is not judged", () => {
    const whole = scoreVoice(RAISED, known(6)).deviation;
    expect(scoreVoice({ ...RAISED, speechMs: 500 }, known(6)).deviation).toBeCloseTo(whole / 2, 6);
    expect(scoreVoice({ ...RAISED, speechMs: 300 }, known(6))).toMatchObject({ basis: "none", arousal: 0 });
  });

  test("machines and hiss are not judged", () => {
    for (const sound of [tone(2_000, 440, -8), noise(2_000, -8)])
      expect(scoreVoice(measured(sound), known(6))).toMatchObject({ basis: "none", arousal: 0, crying: 0 });
  });
});

describe("the baseline", () => {
  test("is nobody's for 3 s, provisional at half weight until 10 s, then the caller's own", () => {
    const bases = Array.from({ length: 6 }, (_, turns) => scoreVoice(RAISED, known(turns)));
    expect(bases.map(({ basis }) => basis)).toEqual([
      "population",
      "population",
      "provisional",
      "provisional",
      "provisional",
      "own",
    ]);
    expect((bases[2]?.deviation ?? 0) * 2).toBeCloseTo(bases[5]?.deviation ?? 0, 6);
  });

  test("takes the median, so one odd stretch does not move it, and the spread from the stretches", () => {
    const pitches = [29, 30, 31, 45, 30, 28, 32, 30, 31, 29];
    const base = pitches.reduce((b, pitchSt) => learnBaseline(b, turn({ pitchSt }), true), NO_BASELINE);
    expect(base.pitchSt?.middle).toBe(30);
    expect(base.pitchSt?.spread).toBeCloseTo(1.4826, 4);
    expect(base.learnedMs).toBe(20_000);
    expect(base.stretches).toEqual([]);
  });

  test("after 20 s follows a calm caller slowly and a raised one not at all", () => {
    const settled = known(10);
    const higher = turn({ pitchSt: 31 });
    expect(learnBaseline(settled, higher, false)).toBe(settled);
    const after = learnBaseline(settled, higher, true);
    expect(after.pitchSt?.middle).toBeCloseTo(31 - Math.exp(-2_000 / 60_000), 6);
  });

  test("does not learn from what is no voice", () => {
    expect(learnBaseline(NO_BASELINE, turn({ notAVoice: true }), true)).toBe(NO_BASELINE);
    expect(learnBaseline(NO_BASELINE, SILENT_TURN, true)).toBe(NO_BASELINE);
  });
});

/** One turn of somebody who is loud and high all the time, with a little of the usual variation. */
const loud = (i: number): VoiceFeatures =>
  turn({ pitchSt: 42 + (i % 3) * 0.5, loudnessDb: -12 + (i % 2), tiltDb: -3, rate: 5.5 });

describe("over turns", () => {
  const calm = Array.from({ length: 6 }, () => turn());

  test("a caller who becomes upset is raised within two turns, and calm again after some", () => {
    const { raised } = follow([...calm, RAISED, RAISED, RAISED, ...calm]);
    expect(raised.slice(0, 6)).not.toContain(true);
    expect(raised.slice(6, 9)).toEqual([true, true, true]);
    expect(raised.at(-1)).toBe(false);
  });

  test("between the two limits the state stays what it was", () => {
    // A deviation of 1.1: more than 0.8 and less than 1.5.
    const between = turn({ pitchSt: 30 + (1.1 / 0.8) * 1.5, tiltDb: -12 + 1.1 / 0.8, rate: 4.5, loudnessDb: -26 });
    const up = follow([...calm, ...Array.from({ length: 5 }, () => between)]);
    expect(up.raised).not.toContain(true);
    const down = follow([...calm, RAISED, RAISED, ...Array.from({ length: 5 }, () => between)]);
    expect(down.raised.slice(6)).not.toContain(false);
  });

  test("a caller who was loud and high from hello does not rise", () => {
    const { signals, raised } = follow(Array.from({ length: 12 }, (_, i) => loud(i)));
    expect(raised).not.toContain(true);
    const judged = signals.map(({ arousal }) => arousal);
    const first = judged[0] ?? 0;
    // Unusual for anybody, so it may prompt a check; and it stays where it began.
    expect(first).toBeGreaterThan(0.5);
    for (const arousal of judged) expect(Math.abs(arousal - first)).toBeLessThan(0.1);
  });

  test("a high voice alone, or a loud line alone, is nothing unusual", () => {
    expect(scoreVoice(turn({ pitchSt: 45 }), NO_BASELINE).arousal).toBeLessThan(0.1);
    expect(scoreVoice(turn({ loudnessDb: -8 }), NO_BASELINE).arousal).toBeLessThan(0.1);
  });

  test("what was raised is not learned as usual, from 3 s of speech on", () => {
    const { history } = follow([turn(), turn(), ...Array.from({ length: 8 }, () => RAISED)]);
    expect(history.baseline.pitchSt?.middle).toBe(30);
    expect(history.raised).toBe(true);
  });

  test("a silent turn changes nothing and keeps the last judgement", () => {
    const before = follow([...calm, RAISED]);
    const after = followVoice(before.history, SILENT_TURN);
    expect(after.history).toBe(before.history);
    expect(after.signals.arousal).toBeCloseTo(before.signals.at(-1)?.arousal ?? 0, 9);
    expect(followVoice(NO_VOICE_YET, SILENT_TURN).signals.arousal).toBe(0);
  });

  test("from sound to signals: the same voice, then higher and pressed", () => {
    const usual = measured(voice({ ms: 6_000, hz: (s) => 120 + 8 * Math.sin(s * 3), fallDb: 12 }));
    const pressed = measured(voice({ ms: 3_000, hz: (s) => 190 + 12 * Math.sin(s * 3), fallDb: 6, levelDb: -16 }));
    const { signals, raised } = follow([usual, usual, usual, usual, pressed, pressed]);
    expect(raised).toEqual([false, false, false, false, true, true]);
    const reading: VoiceReading | undefined = signals.at(-1);
    expect(reading?.arousal).toBeGreaterThan(0.9);
  });

  test("whatever the cues are, the signals are numbers in their ranges", () => {
    const anything = fc.oneof(fc.constant(undefined), fc.double({ min: -100, max: 100, noNaN: true }));
    const cues = fc.record({
      speechMs: fc.double({ min: 0, max: 60_000, noNaN: true }),
      loudnessDb: fc.double({ min: -90, max: 0, noNaN: true }),
      pitchSt: anything,
      tiltDb: anything,
      rate: anything,
      noiseFloorDb: fc.double({ min: -90, max: 0, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(cues, { maxLength: 12 }), (turns) => {
        for (const { arousal, angerLike, distressLike, crying, deviation } of follow(turns.map(turn)).signals) {
          for (const score of [arousal, angerLike, distressLike, crying]) {
            expect(score).toBeGreaterThanOrEqual(0);
            expect(score).toBeLessThanOrEqual(1);
          }
          expect(Math.abs(deviation)).toBeLessThanOrEqual(4);
        }
      }),
      { seed: 3 },
    );
  });
});

const crying = (gasps: number, sustainedShare: number, tremorShare: number): number =>
  scoreVoice(turn({ crying: { gasps, sustainedShare, tremorShare } }), known(6)).crying;

test("crying needs two cues, and stays below what escalates by itself", () => {
  expect(crying(0, 0, 1)).toBe(0);
  expect(crying(1, 0, 0)).toBe(0);
  expect(crying(2, 0, 0)).toBeLessThan(0.25);
  expect(crying(2, 0.7, 0)).toBeGreaterThan(0.5);
  expect(crying(9, 1, 1)).toBe(0.65);
});
