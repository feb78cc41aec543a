/** Hops looked back on: 5 s of 10 ms. */
const MEMORY_HOPS = 500;
/** Hops before the memory is believed: until then the floor is `ASSUMED_DB` at most. */
const ENOUGH_HOPS = 50;
/** A typical quiet line. */
const ASSUMED_DB = -55;
/** The share of the quietest hops that is background. */
const QUIET_SHARE = 0.1;
const LOWEST_DB = -90;
const BINS = 91;

/** Tells background from voice by level alone: a histogram, in steps of 1 dB, of the last 5 s. Owned by one meter. */
export type NoiseFloor = {
  readonly counts: Uint16Array;
  readonly recent: Uint8Array;
  next: number;
  heard: number;
  /** The bin of the background's level, and how many of the hops are in the bins below it. */
  bin: number;
  below: number;
  /** The background's level now, dBFS, -90 to 0. */
  db: number;
};

export function createNoiseFloor(): NoiseFloor {
  return {
    counts: new Uint16Array(BINS),
    recent: new Uint8Array(MEMORY_HOPS),
    next: 0,
    heard: 0,
    bin: 0,
    below: 0,
    db: ASSUMED_DB,
  };
}

/** Takes the level of one hop, dBFS. Not to be called while our own audio plays: its echo is not the background. */
export function hearBackground(floor: NoiseFloor, levelDb: number): void {
  const { counts, recent } = floor;
  if (floor.heard >= MEMORY_HOPS) {
    const oldest = recent[floor.next] ?? 0;
    counts[oldest] = (counts[oldest] ?? 1) - 1;
    if (oldest < floor.bin) floor.below--;
  }
  const bin = Math.min(Math.max(Math.round(levelDb) - LOWEST_DB, 0), BINS - 1);
  recent[floor.next] = bin;
  counts[bin] = (counts[bin] ?? 0) + 1;
  if (bin < floor.bin) floor.below++;
  floor.next = (floor.next + 1) % MEMORY_HOPS;
  floor.heard = Math.min(floor.heard + 1, MEMORY_HOPS);
  const quiet = quietLevel(floor);
  // A call may begin with speech: nothing quiet has been heard, and the voice must not pass for the background.
  floor.db = floor.heard < ENOUGH_HOPS ? Math.min(quiet, ASSUMED_DB) : quiet;
}

/** One hop comes and one goes: the level is where it was, or near. */
function quietLevel(floor: NoiseFloor): number {
  const { counts } = floor;
  const wanted = QUIET_SHARE * floor.heard;
  while (floor.bin < BINS - 1 && floor.below + (counts[floor.bin] ?? 0) < wanted) {
    floor.below += counts[floor.bin] ?? 0;
    floor.bin++;
  }
  while (floor.bin > 0 && floor.below >= wanted) {
    floor.bin--;
    floor.below -= counts[floor.bin] ?? 0;
  }
  return floor.bin + LOWEST_DB;
}
