// Each guard taken away: the seed that found it fails again, and breaks what the guard is there for.
import { describe, expect, test } from "vitest";
import { GUARD_SEEDS } from "./guard-seeds.ts";
import { GUARDS } from "./world/guards.ts";
import { runSeed } from "./world/run-seed.ts";

/** H12 is about what is stored and logged, which no simulated world shows. */
const WATCHED = ["H1", "H2", "H3", "H4", "H5", "H6", "H7", "H8", "H9", "H10", "H11", "H13", "H14"];

test("every invariant has a guard, and every guard a seed", () => {
  const guarded = new Set(Object.values(GUARDS).map(({ breaks }) => breaks));
  expect(WATCHED.filter((invariant) => !guarded.has(invariant))).toEqual([]);
  expect(Object.keys(GUARD_SEEDS).toSorted()).toEqual(Object.keys(GUARDS).toSorted());
});

describe.each(Object.entries(GUARDS))("without %s", (name, guard) => {
  const seed = GUARD_SEEDS[name] ?? 0;

  test(`seed ${seed} breaks ${guard.breaks}`, { timeout: 60_000 }, async () => {
    const { violations } = await runSeed(seed, { guard });
    expect(violations.map(({ invariant }) => invariant)).toContain(guard.breaks);
  });

  test(`seed ${seed} is clean with it`, { timeout: 60_000 }, async () => {
    expect((await runSeed(seed)).violations).toEqual([]);
  });
});
