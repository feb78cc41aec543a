import { BYTES_PER_MS, MULAW_LINEAR, MULAW_SQUARE } from "./mulaw-table.ts";
import type { PitchBand } from "./pitch.ts";

/** One hop: 10 ms, the step at which level, tilt and speech are judged. */
export const HOP_MS = 10;
export const HOP_SAMPLES = HOP_MS * BYTES_PER_MS;

/** Samples kept for the pitch search: a window of 240 and the longest lag of 133 fit, in whole hops. */
const HISTORY = 400;
const NEWEST = HISTORY - HOP_SAMPLES;
/** Samples written before the history is moved back to the beginning: that is done every 150 ms. */
const ROOM = 4 * HISTORY;
/** μ-law of no sound. */
const SILENT = 0xff;
/** Hops before the newest one that the history holds. */
const EARLIER_HOPS = HISTORY / HOP_SAMPLES - 1;

/** What one hop measured. Energies are mean squares of samples in ±1. */
type HopMeasure = {
  energy: number;
  /** Sign changes a sample, 0 to 1. */
  crossings: number;
  /** Below and above 1 kHz; of the last hop that was split. */
  lowEnergy: number;
  highEnergy: number;
};

/**
 * The recent past of one line. Owned and changed by one meter. The bands are split only where they are asked for, that is
 * in speech: most of a call a line is quiet, and a filter that has rested is warm again within a hop.
 */
export type BandSplit = {
  readonly measured: HopMeasure;
  /** μ-law as heard: a call's line is small that way, and 150 of them stay near the processor. */
  readonly heard: Uint8Array;
  /** Behind the newest sample of `heard`; at least `HISTORY`. */
  end: number;
  readonly low: PitchBand;
  /** The filters' memory. */
  readonly memory: Float64Array;
  /** Hops heard since the last split. */
  unsplit: number;
};

export function createBandSplit(): BandSplit {
  return {
    measured: { energy: 0, lowEnergy: 0, highEnergy: 0, crossings: 0 },
    heard: new Uint8Array(ROOM).fill(SILENT),
    end: HISTORY,
    low: { full: new Float64Array(HISTORY), half: new Float64Array(HISTORY / 2) },
    memory: new Float64Array(2),
    unsplit: 0,
  };
}

/** Writes `count` bytes of `frame` from `from` on into the history; all of one hop together. */
export function writeSamples(split: BandSplit, frame: Uint8Array, from: number, count: number): void {
  const { heard } = split;
  if (split.end + count > ROOM) {
    heard.copyWithin(0, split.end - HISTORY, split.end);
    split.end = HISTORY;
  }
  const { end } = split;
  for (let i = 0; i < count; i++) heard[end + i] = frame[from + i] ?? SILENT;
  split.end = end + count;
}

/** A byte of μ-law below this is a sample below zero (0x7f is zero, from below). */
const NEGATIVE_BELOW = 0x7f;

/** The hop that was written last: its energy and sign changes go to `split.measured`. */
export function measureHop(split: BandSplit): void {
  const { measured, heard, end } = split;
  let before = (heard[end - HOP_SAMPLES - 1] ?? SILENT) < NEGATIVE_BELOW;
  split.unsplit++;
  let energy = 0;
  let crossings = 0;
  for (let i = end - HOP_SAMPLES; i < end; i++) {
    const byte = heard[i] ?? SILENT;
    const negative = byte < NEGATIVE_BELOW;
    energy += MULAW_SQUARE[byte] ?? 0;
    if (negative !== before) crossings++;
    before = negative;
  }
  measured.energy = energy / HOP_SAMPLES;
  measured.crossings = crossings / HOP_SAMPLES;
}

/** Splits the newest hop into its bands: their energies to `split.measured`, the low one's samples to `split.low`. */
export function splitBands(split: BandSplit): void {
  const rested = split.unsplit - 1;
  if (rested > EARLIER_HOPS) split.memory.fill(0);
  for (let hop = Math.min(rested, EARLIER_HOPS); hop >= 0; hop--) filterHop(split, split.end - (hop + 1) * HOP_SAMPLES);
  split.unsplit = 0;
}

// Second-order Butterworth low- and high-pass at 1 kHz for 8 kHz audio, by the bilinear transform. They share the
// denominator, so one recursion serves both (direct form II).
const OMEGA = (2 * Math.PI * 1_000) / 8_000;
const ALPHA = Math.sin(OMEGA) / Math.SQRT2;
const A0 = 1 + ALPHA;
const A1 = (-2 * Math.cos(OMEGA)) / A0;
const A2 = (1 - ALPHA) / A0;
const LOW_GAIN = (1 - Math.cos(OMEGA)) / 2 / A0;
const HIGH_GAIN = (1 + Math.cos(OMEGA)) / 2 / A0;

/** Runs the filters over the hop that begins at `from` in `split.heard` and moves the low band on. */
function filterHop(split: BandSplit, from: number): void {
  const { heard, measured, memory } = split;
  const { full, half } = split.low;
  full.copyWithin(0, HOP_SAMPLES);
  half.copyWithin(0, HOP_SAMPLES / 2);
  let w1 = memory[0] ?? 0;
  let w2 = memory[1] ?? 0;
  let lowEnergy = 0;
  let highEnergy = 0;
  for (let i = 0; i < HOP_SAMPLES; i++) {
    const w = (MULAW_LINEAR[heard[from + i] ?? SILENT] ?? 0) - A1 * w1 - A2 * w2;
    const outer = w + w2;
    const low = outer + 2 * w1;
    const high = outer - 2 * w1;
    lowEnergy += low * low;
    highEnergy += high * high;
    w2 = w1;
    w1 = w;
    full[NEWEST + i] = low;
  }
  for (let i = NEWEST; i < HISTORY; i += 2) half[i / 2] = full[i] ?? 0;
  memory[0] = w1;
  memory[1] = w2;
  measured.lowEnergy = (lowEnergy * LOW_GAIN ** 2) / HOP_SAMPLES;
  measured.highEnergy = (highEnergy * HIGH_GAIN ** 2) / HOP_SAMPLES;
}

/** Mean square as dBFS; digital silence is -90. */
export const dbfs = (meanSquare: number): number => 10 * Math.log10(meanSquare + 1e-9);
