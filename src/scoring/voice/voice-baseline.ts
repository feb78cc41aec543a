import { quantile } from "./quantile.ts";
import type { VoiceCues, VoiceFeatures } from "./voice-features.ts";

/** The caller's own usual value of one cue, and how much it varies between stretches of speech (1.4826 × MAD). */
export type Usual = { readonly middle: number; readonly spread: number };

/** How this caller sounds when nothing is wrong, as far as is known. A plain value, good for the record. */
export type VoiceBaseline = {
  /** Speech learned from, ms. */
  readonly learnedMs: number;
  /** The first stretches, kept until the baseline is complete. */
  readonly stretches: readonly VoiceCues[];
  readonly pitchSt: Usual | undefined;
  readonly tiltDb: Usual | undefined;
  readonly loudnessDb: Usual | undefined;
  readonly rate: Usual | undefined;
  readonly noiseFloorDb: number | undefined;
};

/** Speech after which the caller is compared with themselves, at half weight. */
export const PROVISIONAL_AFTER_MS = 3_000;
/** From here on at full weight. */
export const SETTLED_AFTER_MS = 10_000;
/** Here the first seconds are over. Scherer found 20 s almost as good as a whole interview. */
const COMPLETE_AFTER_MS = 20_000;
/** After that the baseline follows slowly, and only a calm caller. */
const FOLLOW_MS = 60_000;

export const NO_BASELINE: VoiceBaseline = {
  learnedMs: 0,
  stretches: [],
  pitchSt: undefined,
  tiltDb: undefined,
  loudnessDb: undefined,
  rate: undefined,
  noiseFloorDb: undefined,
};

/**
 * The baseline after one more turn. `calm`: the turn was not raised against the baseline so far. The first 3 s are
 * learned whatever they sound like (there is nothing else to compare with); later speech only when calm, so that a
 * caller who becomes upset is not taken for one who always speaks so.
 */
export function learnBaseline(baseline: VoiceBaseline, turn: VoiceFeatures, calm: boolean): VoiceBaseline {
  if (turn.notAVoice || turn.pitchSt === undefined) return baseline;
  if (baseline.learnedMs >= PROVISIONAL_AFTER_MS && !calm) return baseline;
  if (baseline.learnedMs >= COMPLETE_AFTER_MS) return follow(baseline, turn);
  const stretches = [...baseline.stretches];
  let { learnedMs } = baseline;
  for (const stretch of turn.stretches) {
    if (learnedMs >= COMPLETE_AFTER_MS) break;
    stretches.push(stretch);
    learnedMs += stretch.speechMs;
  }
  return {
    learnedMs,
    stretches: learnedMs >= COMPLETE_AFTER_MS ? [] : stretches,
    pitchSt: usual(stretches.map((cues) => cues.pitchSt)),
    tiltDb: usual(stretches.map((cues) => cues.tiltDb)),
    loudnessDb: usual(stretches.map((cues) => cues.loudnessDb)),
    rate: usual(stretches.map((cues) => cues.rate)),
    noiseFloorDb: average(baseline.noiseFloorDb, turn.noiseFloorDb, baseline.learnedMs / learnedMs),
  };
}

function usual(values: readonly (number | undefined)[]): Usual | undefined {
  const known = values.filter((value) => value !== undefined);
  const middle = quantile(known, 0.5);
  if (middle === undefined) return undefined;
  const deviation =
    quantile(
      known.map((value) => Math.abs(value - middle)),
      0.5,
    ) ?? 0;
  return { middle, spread: 1.4826 * deviation };
}

function average(known: number | undefined, value: number, knownShare: number): number {
  return known === undefined ? value : known * knownShare + value * (1 - knownShare);
}

function follow(baseline: VoiceBaseline, turn: VoiceFeatures): VoiceBaseline {
  const keep = Math.exp(-turn.speechMs / FOLLOW_MS);
  const toward = (old: Usual | undefined, value: number | undefined): Usual | undefined =>
    old === undefined || value === undefined ? old : { ...old, middle: average(old.middle, value, keep) };
  return {
    ...baseline,
    learnedMs: baseline.learnedMs + turn.speechMs,
    pitchSt: toward(baseline.pitchSt, turn.pitchSt),
    tiltDb: toward(baseline.tiltDb, turn.tiltDb),
    loudnessDb: toward(baseline.loudnessDb, turn.loudnessDb),
    rate: toward(baseline.rate, turn.rate),
    noiseFloorDb: average(baseline.noiseFloorDb, turn.noiseFloorDb, keep),
  };
}
