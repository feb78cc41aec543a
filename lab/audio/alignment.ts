import { correlation, energy, type Fingerprint } from "./fingerprint.ts";

/** A stretch that is compared as one: 300 ms. Every third frame missing spoils each of them. */
const BLOCK = 2400;
/** The loudest part of a stretch, used to find its exact place. */
const ANCHOR = 512;
/** How far a stretch may have moved against the one before: 50 ms, a few lost or padded frames. */
const DRIFT = 400;
/** From this correlation on a stretch counts as heard. */
const HEARD_FROM = 0.85;

type Block = { from: number; length: number; energy: number; anchor: number };

/** A clip cut into stretches, each with its loudest part marked. */
export type Blocks = { blocks: readonly Block[]; energy: number };

/** How well a clip was heard at one place: the share of its energy (0 to 1), and where it begins (samples, may be negative). */
export type Alignment = { startsAt: number; share: number };

export function cutIntoBlocks(pcm: Int16Array): Blocks {
  const blocks: Block[] = [];
  for (let from = 0; from < pcm.length; from += BLOCK) {
    // A short rest belongs to the stretch before it.
    const rest = pcm.length - from;
    const length = rest < BLOCK * 1.5 ? rest : BLOCK;
    blocks.push({ from, length, energy: energy(pcm, from, length), anchor: loudest(pcm, from, length) });
    if (length === rest) break;
  }
  return { blocks, energy: energy(pcm, 0, pcm.length) };
}

/**
 * Follows a clip through a sound, stretch by stretch, from about `near` (samples) on.
 * `until` limits the comparison to what was heard so far: stretches that end later do not count.
 */
export function align(
  sound: Fingerprint,
  clip: Fingerprint & Blocks,
  where: { near: number; tolerance: number; until?: number },
): Alignment {
  let offset = where.near;
  let tolerance = where.tolerance;
  let heard = 0;
  let total = 0;
  let startsAt = where.near;
  for (const block of clip.blocks) {
    if (block.from + block.length + offset > (where.until ?? Number.POSITIVE_INFINITY)) break;
    total += block.energy;
    const found = placeOf(block, sound, clip, { offset, tolerance });
    if (found === undefined) continue;
    if (heard === 0) startsAt = found;
    heard += block.energy;
    offset = found;
    tolerance = DRIFT;
  }
  return { startsAt, share: total > 0 ? heard / total : 0 };
}

function placeOf(
  block: Block,
  sound: Fingerprint,
  clip: Fingerprint,
  guess: { offset: number; tolerance: number },
): number | undefined {
  const fits = (offset: number) =>
    correlation(sound.pcm, block.from + offset, clip.pcm, block) >= HEARD_FROM ? offset : undefined;
  return fits(guess.offset) ?? fits(anchorPlace(block, sound, clip, guess));
}

/** Where the block's loudest part fits best, as the offset between sound and clip. */
function anchorPlace(
  block: Block,
  sound: Fingerprint,
  clip: Fingerprint,
  guess: { offset: number; tolerance: number },
): number {
  const span = { from: block.anchor, length: Math.min(ANCHOR, block.from + block.length - block.anchor) };
  let best = { offset: guess.offset, score: -1 };
  for (let shift = -guess.tolerance; shift <= guess.tolerance; shift++) {
    const offset = guess.offset + shift;
    const score = correlation(sound.pcm, span.from + offset, clip.pcm, span);
    if (score > best.score) best = { offset, score };
  }
  return best.offset;
}

function loudest(pcm: Int16Array, from: number, length: number): number {
  let best = { at: from, energy: -1 };
  for (let at = from; at + ANCHOR <= from + length; at += 64) {
    const here = energy(pcm, at, ANCHOR);
    if (here > best.energy) best = { at, energy: here };
  }
  return best.at;
}
