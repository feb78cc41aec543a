// Splits each source into a part to build on and a part to report on. Near duplicates stay on one side, so that the
// reported part is not a paraphrase of what the weights saw. Seeded by a constant: the same rows every time.
import { hashOf } from "../../src/scoring/tokens.ts";
import { plainText } from "../../src/scoring/read-text.ts";

const SEED = "warmline-1";
/** Share of each source that is only reported on. */
const TEST_SHARE = 0.4;
/** Folds of the build part: scores that set thresholds come from models that did not see the row. */
export const FOLDS = 5;

export type Part = { readonly test: boolean; readonly fold: number };

const HASHES = 24;
const BAND = 3;

/** Smallest hashes of a text's words and word pairs under several orders. */
function signature(text: string): readonly number[] {
  const words = plainText(text).match(/[\p{L}\p{N}]+/gu) ?? [""];
  const shingles = [...words, ...words.slice(1).map((word, i) => `${words[i]} ${word}`)].map(hashOf);
  return Array.from({ length: HASHES }, (_, k) => {
    let least = 0xffffffff;
    for (const shingle of shingles) least = Math.min(least, Math.imul(shingle ^ (k * 0x9e3779b1), 0x85ebca6b) >>> 0);
    return least;
  });
}

/** Rows as alike as this (share of equal smallest hashes, an estimate of the Jaccard index) are near duplicates. */
const ALIKE = 0.6;

const likeness = (a: readonly number[], b: readonly number[]): number =>
  a.filter((hash, k) => hash === b[k]).length / HASHES;

/** For each text the index of its group's first member. Not transitive: a chain of small changes is no duplicate. */
export function groups(texts: readonly string[]): readonly number[] {
  const signatures = texts.map(signature);
  const leaders = new Map<string, number[]>();
  return signatures.map((sign, i) => {
    const bands = Array.from(
      { length: HASHES / BAND },
      (_, k) => `${k}:${sign.slice(k * BAND, (k + 1) * BAND).join()}`,
    );
    const candidates = new Set(bands.flatMap((band) => leaders.get(band) ?? []));
    const leader = [...candidates].find((candidate) => likeness(signatures[candidate] ?? [], sign) >= ALIKE);
    if (leader !== undefined) return leader;
    for (const band of bands) leaders.set(band, [...(leaders.get(band) ?? []), i]);
    return i;
  });
}

/** The part of a whole group, by the text of its first member. */
export function partOf(source: string, key: string): Part {
  const draw = (salt: string): number => (hashOf(`${SEED}/${salt}/${source}/${key}/${key.length}`) >>> 4) / 2 ** 28;
  return { test: draw("test") < TEST_SHARE, fold: Math.floor(draw("fold") * FOLDS) };
}

/** The part of every row. Rows with the same `unit` (a complaint, a dialogue) stay together without further comparison. */
export function split<T>(
  rows: readonly T[],
  read: (row: T) => { source: string; text: string; unit?: string },
): readonly Part[] {
  const bySource = new Map<string, number[]>();
  rows.forEach((row, i) => {
    const { source } = read(row);
    const known = bySource.get(source);
    if (known === undefined) bySource.set(source, [i]);
    else known.push(i);
  });
  const parts: Part[] = Array.from({ length: rows.length }, () => ({ test: false, fold: 0 }));
  for (const [source, indices] of bySource) splitSource(rows, read, { source, indices, parts });
  return parts;
}

function splitSource<T>(
  rows: readonly T[],
  read: (row: T) => { text: string; unit?: string },
  into: { source: string; indices: readonly number[]; parts: Part[] },
): void {
  const members = into.indices.map((i) => read(rows[i] as T));
  const group = groups(members.map((member) => member.text));
  members.forEach((member, k) => {
    const key = member.unit ?? members[group[k] ?? k]?.text ?? "";
    into.parts[into.indices[k] ?? 0] = partOf(into.source, key);
  });
}
