import type { SeedResult } from "./run-seed.ts";

/** A failure with as little of what went wrong by chance as it needs. */
export type Shrunk = {
  /** What may stay away: names for `--silent`. */
  readonly silent: readonly string[];
  /** What it needs: strikes by name. */
  readonly needed: readonly string[];
  readonly result: SeedResult;
};

/** Strikes tried one by one; a run has rarely more once whole faults are out. */
const STRIKES_MAX = 300;

/**
 * Takes faults away while the run still fails: first whole faults, then single strikes, each kept away only if the failure
 * stays. The seed draws the same people and times each time, so that what is left explains the failure.
 */
export async function shrink(
  first: SeedResult,
  run: (silent: ReadonlySet<string>) => Promise<SeedResult>,
  fails: (result: SeedResult) => boolean,
): Promise<Shrunk> {
  let silent: ReadonlySet<string> = new Set();
  let result = first;
  const attempt = async (name: string): Promise<void> => {
    const without = new Set([...silent, name]);
    const tried = await run(without);
    if (!fails(tried)) return;
    silent = without;
    result = tried;
  };
  for (const fault of Object.keys(first.faults)) await attempt(fault);
  // The latest first: what struck after the failure is out at once.
  for (const strike of result.struck.toReversed().slice(0, STRIKES_MAX)) {
    if (result.struck.includes(strike)) await attempt(strike);
  }
  return { silent: [...silent], needed: result.struck, result };
}
