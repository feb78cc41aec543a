import { decodeMulaw } from "./mulaw.ts";

/** One envelope step: 10 ms at 8 kHz. */
export const STEP = 80;

/** Audio prepared for comparison: its samples, its loudness every 10 ms, and running sums over that loudness. */
export type Fingerprint = { pcm: Int16Array; envelope: Float32Array; sums: Float64Array; squares: Float64Array };

/** Prepares μ-law audio for comparison. */
export function fingerprint(audio: Uint8Array): Fingerprint {
  const pcm = decodeMulaw(audio);
  const steps = Math.floor(pcm.length / STEP);
  const envelope = new Float32Array(steps);
  const sums = new Float64Array(steps + 1);
  const squares = new Float64Array(steps + 1);
  for (let step = 0; step < steps; step++) {
    // The square root keeps one loud vowel from deciding the whole comparison.
    const level = Math.sqrt(Math.sqrt(energy(pcm, step * STEP, STEP) / STEP));
    envelope[step] = level;
    sums[step + 1] = (sums[step] ?? 0) + level;
    squares[step + 1] = (squares[step] ?? 0) + level * level;
  }
  return { pcm, envelope, sums, squares };
}

/** The sum of squared samples over a stretch, which may reach beyond the audio. */
export function energy(pcm: Int16Array, from: number, length: number): number {
  let sum = 0;
  const to = Math.min(pcm.length, from + length);
  for (let i = Math.max(0, from); i < to; i++) sum += (pcm[i] ?? 0) * (pcm[i] ?? 0);
  return sum;
}

/** Normalised correlation (-1 to 1) of `length` samples of two signals; samples outside a signal count as silence. */
export function correlation(
  a: Int16Array,
  fromA: number,
  b: Int16Array,
  span: { from: number; length: number },
): number {
  let product = 0;
  let energyA = 0;
  let energyB = 0;
  for (let i = 0; i < span.length; i++) {
    const x = a[fromA + i] ?? 0;
    const y = b[span.from + i] ?? 0;
    product += x * y;
    energyA += x * x;
    energyB += y * y;
  }
  return energyA > 0 && energyB > 0 ? product / Math.sqrt(energyA * energyB) : 0;
}

/**
 * Where the first `steps` of `clip`'s envelope fit best into `sound`, trying starts in [from, to] (10 ms steps).
 * The score is a correlation around the means, so loudness does not matter.
 */
export function bestEnvelopeFit(
  sound: Fingerprint,
  clip: Fingerprint,
  range: { from: number; to: number; steps: number },
): { step: number; score: number } {
  const n = range.steps;
  const clipMean = (clip.sums[n] ?? 0) / n;
  const clipSpread = Math.sqrt(Math.max(1e-9, (clip.squares[n] ?? 0) - clipMean * clipMean * n));
  let best = { step: range.from, score: -1 };
  for (let step = range.from; step <= range.to; step++) {
    const sum = (sound.sums[step + n] ?? 0) - (sound.sums[step] ?? 0);
    const square = (sound.squares[step + n] ?? 0) - (sound.squares[step] ?? 0);
    const spread = Math.sqrt(Math.max(1e-9, square - (sum * sum) / n));
    let product = 0;
    for (let i = 0; i < n; i++) product += (clip.envelope[i] ?? 0) * (sound.envelope[step + i] ?? 0);
    const score = (product - clipMean * sum) / (clipSpread * spread);
    if (score > best.score) best = { step, score };
  }
  return best;
}
