/** Caller turns that make the baseline: a caller who was loud from "hello" is measured against that. */
export const BASELINE_TURNS = 2;

/**
 * The middle value; the mean of the two middle ones for an even count; 0 for none.
 */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? 0)) / 2;
}

/**
 * Theil–Sen: the median of the slopes between all pairs. One outburst among calm turns does not make a trend,
 * which least squares would see. 0 for fewer than two values.
 */
export function robustSlope(values: readonly number[]): number {
  const slopes: number[] = [];
  values.forEach((later, j) => {
    for (let i = 0; i < j; i++) slopes.push((later - (values[i] ?? later)) / (j - i));
  });
  return median(slopes);
}
