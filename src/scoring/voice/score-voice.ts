import { PROVISIONAL_AFTER_MS, SETTLED_AFTER_MS, type Usual, type VoiceBaseline } from "./voice-baseline.ts";
import type { VoiceFeatures } from "./voice-features.ts";

/** What a turn was compared with: nothing, people in general, the caller's first seconds, or the caller's own norm. */
type VoiceBasis = "none" | "population" | "provisional" | "own";

/**
 * Cues from the voice in one turn. They say how the caller sounds against themselves, not what the caller feels: alone
 * they never label, route or record a person as angry (docs/voice.md).
 */
export type VoiceSignals = {
  /** 0 to 1; 0.5 is the middle of the band between raised and calm. */
  readonly arousal: number;
  /** Arousal with the flatter spectrum of a pressed, loud voice, 0 to 1. Joy has some of it too. */
  readonly angerLike: number;
  /** Higher voice without effort in it (fear, tension), 0 to 1. */
  readonly distressLike: number;
  /** Sounds as sobbing has, 0 to 0.65: unvalidated, so it stays below what escalates by itself. */
  readonly crying: number;
  readonly effortUp: boolean;
  readonly pitchUp: boolean;
  readonly speechMs: number;
  readonly basis: VoiceBasis;
  /** The weighted deviation behind `arousal`, in the caller's own spreads, -4 to 4. */
  readonly deviation: number;
};

/** Shares of the cues in the deviation; they add up to 1. */
export type CueWeights = {
  readonly pitch: number;
  readonly tilt: number;
  readonly loudness: number;
  readonly rate: number;
};

/**
 * From the cues' measured separation (facts/openai.md §8.2, Polish actors), less for loudness, which telephones level,
 * and for rate, which two seconds of speech do not show. Not fitted to the speech that docs/voice.md reports on.
 */
export const CUE_WEIGHTS: CueWeights = { pitch: 0.45, tilt: 0.35, loudness: 0.1, rate: 0.1 };

/** Least spread of each cue: below it a difference is measuring error. Semitones, dB, dB, syllables a second. */
const LEAST_SPREAD = { pitch: 1.5, tilt: 1, loudness: 3, rate: 0.7 } as const;
const CLIP = 4;
/** Below this nothing is judged; from `FULL_SPEECH_MS` on the turn counts in full. */
const LEAST_SPEECH_MS = 400;
const FULL_SPEECH_MS = 1_000;
/** Deviations at which a voice is raised and calm again. */
export const RAISED_ON = 1.5;
export const RAISED_OFF = 0.8;
/** A background that moved this far with the turn means automatic gain: the level then says nothing about the caller. */
const GAIN_MOVED_DB = 4;
/** Backgrounds below this are digital silence; differences there are no gain. */
const LOWEST_BACKGROUND_DB = -70;

/** People in general: medians above 277 Hz (40 st) and mean speech above -15 dBFS are unusual for anybody. */
const HIGH_PITCH_ST = 40;
const LOUD_DB = -15;
/** Without a norm of one's own the voice may prompt a check, no more. */
const MOST_FROM_POPULATION = 1.3;

const MOST_CRYING = 0.65;

const NOT_JUDGED: Omit<VoiceSignals, "speechMs"> = {
  arousal: 0,
  angerLike: 0,
  distressLike: 0,
  crying: 0,
  effortUp: false,
  pitchUp: false,
  basis: "none",
  deviation: 0,
};

/** Judges one turn against what was known of the caller before it. Pure; `weights` only for experiments. */
export function scoreVoice(
  features: VoiceFeatures,
  baseline: VoiceBaseline,
  weights: CueWeights = CUE_WEIGHTS,
): VoiceSignals {
  const { speechMs } = features;
  if (features.notAVoice || speechMs < LEAST_SPEECH_MS) return { ...NOT_JUDGED, speechMs };
  const crying = cryingFrom(features);
  const general = fromPopulation(features);
  const basis = basisOf(baseline);
  if (basis === "population") {
    return { ...NOT_JUDGED, speechMs, crying, basis, deviation: general, arousal: arousalOf(general) };
  }
  const reliability = Math.min(speechMs / FULL_SPEECH_MS, 1) * (basis === "own" ? 1 : 0.5);
  const z = deviations(features, baseline);
  const own = weighted(z, weights) * reliability;
  const pitch = (z.pitch ?? 0) * reliability;
  const tilt = (z.tilt ?? 0) * reliability;
  const deviation = Math.max(own, general);
  const arousal = arousalOf(deviation);
  return {
    arousal,
    angerLike: arousal * ramp(tilt, 0.5, 0.4),
    distressLike: ramp(pitch, 1.5, 0.35) * ramp(-tilt, 0, 0.4),
    crying,
    effortUp: tilt >= 2 || (z.loudness ?? 0) * reliability >= 2,
    pitchUp: pitch >= RAISED_ON,
    speechMs,
    basis,
    deviation,
  };
}

/** A deviation as a score from 0 to 1: 0.04 at the caller's own norm, 0.5 between `RAISED_OFF` and `RAISED_ON`. */
export function arousalOf(z: number): number {
  return ramp(z, (RAISED_ON + RAISED_OFF) / 2, 0.35);
}

function basisOf(baseline: VoiceBaseline): VoiceBasis {
  if (baseline.learnedMs < PROVISIONAL_AFTER_MS) return "population";
  return baseline.learnedMs < SETTLED_AFTER_MS ? "provisional" : "own";
}

type Deviations = Readonly<Record<keyof CueWeights, number | undefined>>;

function deviations(features: VoiceFeatures, baseline: VoiceBaseline): Deviations {
  const gain = gainMoved(features.noiseFloorDb, baseline.noiseFloorDb);
  return {
    pitch: deviationOf(features.pitchSt, baseline.pitchSt, LEAST_SPREAD.pitch),
    tilt: deviationOf(features.tiltDb, baseline.tiltDb, LEAST_SPREAD.tilt),
    loudness: gain ? undefined : deviationOf(features.loudnessDb, baseline.loudnessDb, LEAST_SPREAD.loudness),
    rate: deviationOf(features.rate, baseline.rate, LEAST_SPREAD.rate),
  };
}

function deviationOf(value: number | undefined, usual: Usual | undefined, leastSpread: number): number | undefined {
  if (value === undefined || usual === undefined) return undefined;
  const z = (value - usual.middle) / Math.max(usual.spread, leastSpread);
  return Math.min(Math.max(z, -CLIP), CLIP);
}

function gainMoved(nowDb: number, usualDb: number | undefined): boolean {
  if (usualDb === undefined) return false;
  const now = Math.max(nowDb, LOWEST_BACKGROUND_DB);
  return Math.abs(now - Math.max(usualDb, LOWEST_BACKGROUND_DB)) > GAIN_MOVED_DB;
}

/** The weighted mean of the cues that are known; without pitch there is no judgement. */
function weighted(z: Deviations, weights: CueWeights): number {
  if (z.pitch === undefined) return 0;
  let sum = 0;
  let total = 0;
  for (const cue of ["pitch", "tilt", "loudness", "rate"] as const) {
    const value = z[cue];
    if (value === undefined) continue;
    sum += weights[cue] * value;
    total += weights[cue];
  }
  return total === 0 ? 0 : sum / total;
}

/** A voice far outside what people in general have, high and loud at once: for a caller who was so from "hello". */
function fromPopulation(features: VoiceFeatures): number {
  const high = ((features.pitchSt ?? 0) - HIGH_PITCH_ST) / LEAST_SPREAD.pitch;
  const loud = (features.loudnessDb - LOUD_DB) / LEAST_SPREAD.loudness;
  return Math.min(high, loud) <= 0 ? 0 : Math.min(RAISED_OFF + high + loud, MOST_FROM_POPULATION);
}

function cryingFrom(features: VoiceFeatures): number {
  const { gasps, sustainedShare, tremorShare } = features.crying;
  const breath = Math.min(gasps / 2, 1);
  const drawnOut = ramp01((sustainedShare - 0.2) / 0.4);
  // One cue alone is a sigh or a long "well"; two together are needed for the whole.
  return MOST_CRYING * ramp01((breath + drawnOut + tremorShare * drawnOut - 0.5) / 1.5);
}

const ramp01 = (value: number): number => Math.min(Math.max(value, 0), 1);

/** Logistic from 0 to 1 with its middle at `middle`. */
function ramp(value: number, middle: number, width: number): number {
  return 1 / (1 + Math.exp((middle - value) / width));
}
