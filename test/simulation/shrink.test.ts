// A failing run is told with as little of what went wrong by chance as it needs.
import { expect, test } from "vitest";
import { GUARD_SEEDS } from "./guard-seeds.ts";
import { GUARDS } from "./world/guards.ts";
import { runSeed, type SeedResult } from "./world/run-seed.ts";
import { shrink } from "./world/shrink.ts";

const GUARD = "one-case-an-agent";

test("what a failure does not need is taken away, and nothing that it needs", { timeout: 60_000 }, async () => {
  const guard = GUARDS[GUARD];
  if (!guard) throw new Error(`there is no guard ${GUARD}`);
  const seed = GUARD_SEEDS[GUARD] ?? 0;
  const run = (silent: ReadonlySet<string>): Promise<SeedResult> => runSeed(seed, { guard, silent });
  const fails = ({ violations }: SeedResult): boolean => violations.some(({ invariant }) => invariant === guard.breaks);
  const first = await run(new Set());
  expect(fails(first)).toBe(true);

  const { silent, needed } = await shrink(first, run, fails);
  expect(needed.length).toBeLessThan(first.struck.length);
  expect(fails(await run(new Set(silent)))).toBe(true);
  for (const strike of needed) expect(fails(await run(new Set([...silent, strike]))), strike).toBe(false);
});

test("a silent fault does not strike, and the others do", async () => {
  const seed = 4_711;
  const loud = await runSeed(seed);
  const [name = ""] = Object.keys(loud.faults);
  const quiet = await runSeed(seed, { silent: new Set([name]) });
  expect(loud.faults[name]).toBeGreaterThan(0);
  expect(quiet.faults[name]).toBeUndefined();
});
