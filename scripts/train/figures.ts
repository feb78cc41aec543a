// Shares with their 95 % Wilson intervals, and the area under the ROC curve.

export type Share = {
  readonly hits: number;
  readonly of: number;
  readonly share: number;
  readonly low: number;
  readonly high: number;
};

const Z = 1.96;

/** Wilson's interval: honest for small counts and for shares near 0 and 1. */
export function shareOf(hits: number, of: number): Share {
  if (of === 0) return { hits, of, share: 0, low: 0, high: 1 };
  const p = hits / of;
  const spread = Z * Math.sqrt((p * (1 - p)) / of + Z ** 2 / (4 * of ** 2));
  const middle = p + Z ** 2 / (2 * of);
  const scale = 1 + Z ** 2 / of;
  return {
    hits,
    of,
    share: p,
    low: Math.max(0, (middle - spread) / scale),
    high: Math.min(1, (middle + spread) / scale),
  };
}

export type Ranked = { readonly score: number; readonly positive: boolean };

/** The chance that a positive ranks above a negative, ties counting half; undefined without either. */
export function areaUnderCurve(ranked: readonly Ranked[]): number | undefined {
  const sorted = ranked.toSorted((a, b) => a.score - b.score);
  const positives = sorted.filter((one) => one.positive).length;
  const negatives = sorted.length - positives;
  if (positives === 0 || negatives === 0) return undefined;
  let rankSum = 0;
  for (let from = 0; from < sorted.length;) {
    let to = from;
    while (to < sorted.length && sorted[to]?.score === sorted[from]?.score) to++;
    const tied = sorted.slice(from, to).filter((one) => one.positive).length;
    rankSum += tied * ((from + to + 1) / 2);
    from = to;
  }
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}

/** Half-width of a 95 % interval of an area (Hanley and McNeil). */
export function areaSpread(area: number, positives: number, negatives: number): number {
  const q1 = area / (2 - area);
  const q2 = (2 * area ** 2) / (1 + area);
  const variance =
    (area * (1 - area) + (positives - 1) * (q1 - area ** 2) + (negatives - 1) * (q2 - area ** 2)) /
    (positives * negatives);
  return Z * Math.sqrt(variance);
}
