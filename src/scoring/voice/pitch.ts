/**
 * Pitch by YIN (de Cheveigné & Kawahara 2002, JASA 111:1917), in two steps: a coarse search over every second lag and
 * sample of low-passed audio, which stops at the first good dip, then a fine look at the full rate around it.
 * A quarter of the work of the plain method; the fundamental may be missing, as on the phone.
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

const at = (values: Float32Array, index: number): number => values[index] ?? 0;

/** Semitones above 27.5 Hz. */
export const semitones = (hz: number): number => 12 * Math.log2(hz / REFERENCE_HZ);

/** Sum of squared differences between the newest window and the one `lag` earlier, over every `step`th sample. */
function difference(samples: Float32Array, lag: number, step: number): number {
  const start = samples.length - WINDOW;
  let sum = 0;
  for (let i = start; i < samples.length; i += step) {
    const d = at(samples, i) - at(samples, i - lag);
    sum += d * d;
  }
  return sum;
}

/** A dip of the difference: its lag in samples, between samples too, and how deep it is. */
type Dip = { readonly lag: number; readonly difference: number };

/** The lag of the first dip below the threshold, on a grid of two; 0 when there is none. */
function coarseLag(samples: Float32Array): number {
  let total = 0;
  let previous = Infinity;
  for (let lag = 2; lag <= LONGEST_LAG; lag += 2) {
    const d = difference(samples, lag, 2);
    total += d;
    // YIN's cumulative mean: the mean difference of all shorter lags is the yardstick.
    const aperiodicity = total > 0 ? (d * (lag / 2)) / total : 1;
    const dipHasPassed = previous < VOICED_BELOW && aperiodicity >= previous;
    if (dipHasPassed && lag - 2 >= SHORTEST_LAG) return lag - 2;
    previous = aperiodicity;
  }
  return 0;
}

/** The lowest point within `reach` samples of `lag`, by a parabola through its neighbours. */
function dipNear(samples: Float32Array, lag: number, reach: number): Dip {
  let best = lag;
  let least = Infinity;
  for (let near = lag - reach; near <= lag + reach; near++) {
    const d = difference(samples, near, 1);
    if (d < least) {
      least = d;
      best = near;
    }
  }
  const before = difference(samples, best - 1, 1);
  const after = difference(samples, best + 1, 1);
  const curvature = before - 2 * least + after;
  if (curvature <= 0) return { lag: best, difference: least };
  const shift = Math.min(Math.max((before - after) / (2 * curvature), -0.5), 0.5);
  return { lag: best + shift, difference: Math.max(0, least - ((before - after) * shift) / 4) };
}

/**
 * The period behind the first dip. Without its fundamental a voice with one strong formant repeats nearly at half or a
 * third of its period; only at the whole period does it repeat well.
 */
function wholePeriod(samples: Float32Array, first: Dip): Dip {
  let found = first;
  for (const times of [2, 3]) {
    const lag = Math.round(first.lag * times);
    if (lag > LONGEST_LAG) break;
    const dip = dipNear(samples, lag, times);
    if (dip.difference < DEEPER * found.difference) found = dip;
  }
  return found;
}

/**
 * Pitch of the newest 30 ms in semitones above 27.5 Hz, or NaN when it is not voiced.
 * `samples`: at least 376 low-passed samples, newest last.
 */
export function pitchOf(samples: Float32Array): number {
  const coarse = coarseLag(samples);
  if (coarse === 0) return Number.NaN;
  return semitones(SAMPLE_RATE / wholePeriod(samples, dipNear(samples, coarse, 1)).lag);
}
