// A short run of what `npm run simulate -- --seeds 20000` does, and every seed that once failed.
import { describe, expect, test } from "vitest";
import { ONCE_FAILED } from "./once-failed-seeds.ts";
import { runSeed } from "./world/run-seed.ts";

const SEEDS = 300;

describe("simulated worlds", () => {
  test(`${SEEDS} of them keep every invariant, with more than twelve named faults`, { timeout: 120_000 }, async () => {
    const struck = new Set<string>();
    const outcomes = new Set<string>();
    for (let seed = 1; seed <= SEEDS; seed += 1) {
      const result = await runSeed(seed);
      expect(result.violations, `npm run simulate -- --seeds 1 --from ${seed}`).toEqual([]);
      for (const fault of Object.keys(result.faults)) struck.add(fault);
      for (const outcome of result.outcomes) outcomes.add(outcome);
    }
    expect(struck.size).toBeGreaterThan(30);
    expect([...outcomes].toSorted()).toEqual(["abandoned", "bridged", "callback", "returned", "ticket"]);
  });

  test("those that once failed", { timeout: 60_000 }, async () => {
    for (const [seed, found] of ONCE_FAILED) {
      const { violations } = await runSeed(seed);
      expect(violations, `seed ${seed}: ${found}`).toEqual([]);
    }
  });

  test("the same seed gives the same run", async () => {
    const trails = [];
    for (let run = 0; run < 3; run += 1) trails.push((await runSeed(4_711, { trail: true })).trail);
    expect(trails[0]?.length).toBeGreaterThan(20);
    expect(trails[1]).toEqual(trails[0]);
    expect(trails[2]).toEqual(trails[0]);
  });

  test("different seeds give different runs", async () => {
    const one = await runSeed(1, { trail: true });
    const other = await runSeed(2, { trail: true });
    expect(one.trail).not.toEqual(other.trail);
  });
});
