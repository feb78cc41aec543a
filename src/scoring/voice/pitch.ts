/**
 * Pitch by YIN (de Cheveigné & Kawahara 2002, JASA 111:1917), in two steps: a coarse search over every second lag and
 * sample of low-passed audio, which stops at the first good dip, then a fine look at the full rate around it.
 * The fundamental may be missing, as on the phone. Lags are compared four at a time, so that each sample is read once for
 * all of them: this is the most expensive part of the meter.
 */
const SAMPLE_RATE = 8_000;
/** Samples compared. 30 ms: two periods of a low man's voice. */
const WINDOW = 240;
/** 500 Hz. */
const SHORTEST_LAG = 16;
/** 60 Hz. */
const LONGEST_LAG = 132;
/** Aperiodicity below which a frame is voiced. The paper says 0.1; on a noisy phone line that finds hardly any. */
const VOICED_BELOW = 0.25;
/** A multiple of the first dip's lag is the period if the difference there is less than this share of the first's. */
const DEEPER = 0.35;
/** Semitones are counted from A0. */
const REFERENCE_HZ = 27.5;
/** Lags compared together. */
const BLOCK = 4;

/** Low-passed audio, newest last: at least 384 samples, and every second one of them. */
export type PitchBand = { readonly full: Float64Array; readonly half: Float64Array };

/** Differences by lag. Filled and read within one call of `pitchOf`. */
const found = new Float64Array(LONGEST_LAG + 4 * BLOCK);

const at = (values: Float64Array, index: number): number => values[index] ?? 0;

/** Semitones above 27.5 Hz. */
export const semitones = (hz: number): number => 12 * Math.log2(hz / REFERENCE_HZ);

/** Sums of squared differences between the newest `window` samples and those `lag` to `lag + 3` earlier, into `found`. */
function compareFour(samples: Float64Array, window: number, lag: number): void {
  const start = samples.length - window;
  let [sum0, sum1, sum2, sum3] = [0, 0, 0, 0];
  let y1 = at(samples, start - lag - 1);
  let y2 = at(samples, start - lag - 2);
  let y3 = at(samples, start - lag - 3);
  for (let i = start; i < samples.length; i++) {
    const x = at(samples, i);
    const y0 = at(samples, i - lag);
    sum0 += (x - y0) * (x - y0);
    sum1 += (x - y1) * (x - y1);
    sum2 += (x - y2) * (x - y2);
    sum3 += (x - y3) * (x - y3);
    // One sample on, what was `lag` earlier is `lag + 1` earlier.
    y3 = y2;
    y2 = y1;
    y1 = y0;
  }
  found[lag] = sum0;
  found[lag + 1] = sum1;
  found[lag + 2] = sum2;
  found[lag + 3] = sum3;
}

/** A dip of the difference: its lag in samples, between samples too, and how deep it is. */
type Dip = { readonly lag: number; readonly difference: number };

/** The lag of the first dip below the threshold, on a grid of two; 0 when there is none. */
function coarseLag(half: Float64Array): number {
  let total = 0;
  let previous = Infinity;
  for (let step = 1; step <= LONGEST_LAG / 2; step++) {
    if (step % BLOCK === 1) compareFour(half, WINDOW / 2, step);
    const d = at(found, step);
    total += d;
    // YIN's cumulative mean: the mean difference of all shorter lags is the yardstick.
    const aperiodicity = total > 0 ? (d * step) / total : 1;
    const dipHasPassed = previous < VOICED_BELOW && aperiodicity >= previous;
    if (dipHasPassed && 2 * (step - 1) >= SHORTEST_LAG) return 2 * (step - 1);
    previous = aperiodicity;
  }
  return 0;
}

/** The lowest point within `reach` samples of `lag`, by a parabola through its neighbours. */
function dipNear(full: Float64Array, lag: number, reach: number): Dip {
  // One further on either side, for the neighbours of the lowest.
  for (let first = lag - reach - 1; first <= lag + reach + 1; first += BLOCK) compareFour(full, WINDOW, first);
  let best = lag;
  let least = Infinity;
  for (let near = lag - reach; near <= lag + reach; near++) {
    if (at(found, near) >= least) continue;
    least = at(found, near);
    best = near;
  }
  const before = at(found, best - 1);
  const after = at(found, best + 1);
  const curvature = before - 2 * least + after;
  if (curvature <= 0) return { lag: best, difference: least };
  const shift = Math.min(Math.max((before - after) / (2 * curvature), -0.5), 0.5);
  return { lag: best + shift, difference: Math.max(0, least - ((before - after) * shift) / 4) };
}

/**
 * The period behind the first dip. Without its fundamental a voice with one strong formant repeats nearly at half or a
 * third of its period; only at the whole period does it repeat well.
 */
function wholePeriod(full: Float64Array, first: Dip): Dip {
  let deepest = first;
  for (const times of [2, 3]) {
    const lag = Math.round(first.lag * times);
    if (lag > LONGEST_LAG) break;
    const dip = dipNear(full, lag, times);
    if (dip.difference < DEEPER * deepest.difference) deepest = dip;
  }
  return deepest;
}

/** Pitch of the newest 30 ms in semitones above 27.5 Hz, or NaN when it is not voiced. */
export function pitchOf({ full, half }: PitchBand): number {
  const coarse = coarseLag(half);
  if (coarse === 0) return Number.NaN;
  return semitones(SAMPLE_RATE / wholePeriod(full, dipNear(full, coarse, 1)).lag);
}
