/**
 * The value below which the share `q` (0 to 1) of `values` lies, interpolated between neighbours; `undefined` for none.
 * The values need no order and none of them may be NaN.
 */
export function quantile(values: readonly number[], q: number): number | undefined {
  return quantileOfSorted(
    values.toSorted((a, b) => a - b),
    q,
  );
}

/** As `quantile`, of values already in ascending order. */
export function quantileOfSorted(sorted: ArrayLike<number>, q: number): number | undefined {
  const last = sorted.length - 1;
  const place = Math.min(Math.max(q, 0), 1) * last;
  const below = sorted[Math.floor(place)];
  const above = sorted[Math.ceil(place)];
  if (below === undefined || above === undefined) return undefined;
  return below + (above - below) * (place - Math.floor(place));
}
