/** One judged turn: is it of the class sought, and what did the score say? */
export type Judged = { readonly speaker: string; readonly positive: boolean; readonly score: number };
export type Interval = { readonly value: number; readonly low: number; readonly high: number };

const RESAMPLES = 2_000;

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function shuffled<T>(values: readonly T[], random: () => number): T[] {
  const keyed = values.map((value) => ({ value, key: random() }));
  return keyed.toSorted((a, b) => a.key - b.key).map(({ value }) => value);
}

/** The chance that a positive scores above a negative, ties counted half. NaN without one of each. */
export function auc(judged: readonly Judged[]): number {
  const positives = judged.filter((one) => one.positive);
  const negatives = judged.filter((one) => !one.positive);
  let won = 0;
  for (const { score } of positives)
    for (const other of negatives) won += score > other.score ? 1 : score === other.score ? 0.5 : 0;
  return won / (positives.length * negatives.length);
}

/** AUC over all turns with a 95 % interval: speakers are drawn with replacement, since turns of one speaker are alike. */
export function aucBySpeaker(judged: readonly Judged[], seed = 1): Interval {
  const groups = [...Map.groupBy(judged, (one) => one.speaker).values()];
  // Every pair of speakers is compared once; a resample then only adds these up.
  const pairs = groups.map((ours) => groups.map((theirs) => compared(ours, theirs)));
  const random = randomFrom(seed);
  const drawn = Array.from({ length: RESAMPLES }, () => {
    const chosen = groups.map(() => Math.floor(random() * groups.length));
    const all = chosen.flatMap((i) => chosen.map((j) => pairs[i]?.[j] ?? { won: 0, of: 0 }));
    return all.reduce((sum, pair) => sum + pair.won, 0) / all.reduce((sum, pair) => sum + pair.of, 0);
  }).toSorted((a, b) => a - b);
  const at = (part: number) => drawn[Math.round(part * (drawn.length - 1))] ?? Number.NaN;
  return { value: auc(judged), low: at(0.025), high: at(0.975) };
}

function compared(ours: readonly Judged[], theirs: readonly Judged[]): { won: number; of: number } {
  const positives = ours.filter((one) => one.positive);
  const negatives = theirs.filter((one) => !one.positive);
  const of = positives.length * negatives.length;
  return { won: of === 0 ? 0 : auc([...positives, ...negatives]) * of, of };
}

/** The lowest AUC of a single speaker. */
export function worstSpeaker(judged: readonly Judged[]): { speaker: string; value: number } {
  const each = [...Map.groupBy(judged, (one) => one.speaker)].map(([speaker, own]) => ({ speaker, value: auc(own) }));
  return each.toSorted((a, b) => a.value - b.value)[0] ?? { speaker: "none", value: Number.NaN };
}

/** Share with a Wilson 95 % interval. */
export function share(hits: number, of: number): Interval {
  const z = 1.96;
  const p = of === 0 ? 0 : hits / of;
  const middle = (p + (z * z) / (2 * of)) / (1 + (z * z) / of);
  const half = (z / (1 + (z * z) / of)) * Math.sqrt((p * (1 - p)) / of + (z * z) / (4 * of * of));
  return { value: p, low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}
