/** Hops smoothed over: 50 ms, shorter than any syllable. */
const SMOOTH_HOPS = 5;
/** A peak stands at least this far above the dips on both sides. */
const PROMINENCE_DB = 1;
/** Peaks further below the median level are not nuclei. */
const BELOW_MEDIAN_DB = 6;

/**
 * Counts syllable nuclei in levels (dBFS, a value each 10 ms): peaks 1 dB above both neighbouring dips. Voicing at the
 * peak is not required: over the phone that lost more true syllables than it removed false ones (facts/openai.md §8.3).
 * `medianDb`: the median level of the speech.
 */
export function countNuclei(levels: Float32Array, medianDb: number): number {
  const least = medianDb - BELOW_MEDIAN_DB;
  let nuclei = 0;
  let rising = true;
  // The highest level while rising, the lowest while falling.
  let extreme = -Infinity;
  for (let i = 0; i <= levels.length - SMOOTH_HOPS; i++) {
    const level = smoothed(levels, i);
    extreme = rising ? Math.max(extreme, level) : Math.min(extreme, level);
    if (Math.abs(level - extreme) < PROMINENCE_DB) continue;
    if (rising && extreme > least) nuclei++;
    rising = !rising;
    extreme = level;
  }
  return nuclei;
}

function smoothed(levels: Float32Array, from: number): number {
  let sum = 0;
  for (let i = from; i < from + SMOOTH_HOPS; i++) sum += levels[i] ?? 0;
  return sum / SMOOTH_HOPS;
}
