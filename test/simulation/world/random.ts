/** A seeded stream of numbers (mulberry32): the only source of chance in a simulated world. */
export type Random = {
  /** In [0, 1). */
  next(): number;
  /** Whole, `from` to `to` inclusive. */
  int(from: number, to: number): number;
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
};

export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    next,
    int: (from, to) => from + Math.floor(next() * (to - from + 1)),
    chance: (probability) => next() < probability,
    pick: (list) => {
      const one = list[Math.floor(next() * list.length)];
      if (one === undefined) throw new Error("nothing to pick from");
      return one;
    },
  };
}

/**
 * No chance at all: yes from the probability `likely` on, the middle, the first of a list or the first `preferred` one in
 * it. What people do then does not depend on the order in which they are asked.
 */
export function createSteadyRandom(preferred: readonly unknown[] = [], likely = 0.5): Random {
  return {
    next: () => 0.5,
    int: (from, to) => Math.floor((from + to) / 2),
    chance: (probability) => probability >= likely,
    pick: (list) => {
      const one = list.find((candidate) => preferred.includes(candidate)) ?? list[0];
      if (one === undefined) throw new Error("nothing to pick from");
      return one;
    },
  };
}
