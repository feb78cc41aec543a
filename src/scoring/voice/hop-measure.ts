import { BYTES_PER_MS } from "./mulaw-table.ts";

/** One hop: 10 ms, the step at which level, tilt and speech are judged. */
export const HOP_MS = 10;
export const HOP_SAMPLES = HOP_MS * BYTES_PER_MS;

/** Low-passed samples kept for the pitch search: a window of 240 and the longest lag of 133 fit, in whole hops. */
const LOW_HISTORY = 400;

/** What one hop measured. Energies are mean squares of samples in ±1. */
type HopMeasure = {
  energy: number;
  /** Below and above 1 kHz. */
  lowEnergy: number;
  highEnergy: number;
  /** Sign changes a sample, 0 to 1. */
  crossings: number;
};

/** The filters' memory and the low band's recent past. Owned and changed by one meter. */
export type BandSplit = {
  readonly measured: HopMeasure;
  /** Newest last. */
  readonly low: Float32Array;
  readonly memory: Float64Array;
};

export function createBandSplit(): BandSplit {
  return {
    measured: { energy: 0, lowEnergy: 0, highEnergy: 0, crossings: 0 },
    low: new Float32Array(LOW_HISTORY),
    memory: new Float64Array(7),
  };
}

// Second-order Butterworth low- and high-pass at 1 kHz for 8 kHz audio, by the bilinear transform. They share the
// denominator, so both run over one input history.
const OMEGA = (2 * Math.PI * 1_000) / 8_000;
const ALPHA = Math.sin(OMEGA) / Math.SQRT2;
const A0 = 1 + ALPHA;
const A1 = (-2 * Math.cos(OMEGA)) / A0;
const A2 = (1 - ALPHA) / A0;
const LOW_GAIN = (1 - Math.cos(OMEGA)) / 2 / A0;
const HIGH_GAIN = (1 + Math.cos(OMEGA)) / 2 / A0;

/** Measures one hop of `HOP_SAMPLES` samples into `split.measured` and moves the filters and the history on. */
export function measureHop(split: BandSplit, samples: Float32Array): void {
  const { measured, low, memory } = split;
  low.copyWithin(0, HOP_SAMPLES);
  const newest = LOW_HISTORY - HOP_SAMPLES;
  let [x1 = 0, x2 = 0, low1 = 0, low2 = 0, high1 = 0, high2 = 0] = memory;
  let energy = 0;
  let lowEnergy = 0;
  let highEnergy = 0;
  let crossings = 0;
  for (let i = 0; i < HOP_SAMPLES; i++) {
    const x = samples[i] ?? 0;
    const lowOut = LOW_GAIN * (x + 2 * x1 + x2) - A1 * low1 - A2 * low2;
    const highOut = HIGH_GAIN * (x - 2 * x1 + x2) - A1 * high1 - A2 * high2;
    energy += x * x;
    lowEnergy += lowOut * lowOut;
    highEnergy += highOut * highOut;
    if (x < 0 !== x1 < 0) crossings++;
    x2 = x1;
    x1 = x;
    low2 = low1;
    low1 = lowOut;
    high2 = high1;
    high1 = highOut;
    low[newest + i] = lowOut;
  }
  memory.set([x1, x2, low1, low2, high1, high2]);
  measured.energy = energy / HOP_SAMPLES;
  measured.lowEnergy = lowEnergy / HOP_SAMPLES;
  measured.highEnergy = highEnergy / HOP_SAMPLES;
  measured.crossings = crossings / HOP_SAMPLES;
}

/** Mean square as dBFS; digital silence is -90. */
export const dbfs = (meanSquare: number): number => 10 * Math.log10(meanSquare + 1e-9);
