// A node that replays a long spool decides on its calls until the end of it. Others know as long as they are told.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { Fault } from "../../../src/domain/fault.ts";
import type { Journal } from "../../../src/ports/journal.ts";
import { createMemoryJournal } from "../../../src/stores/memory/journal.ts";
import { createSpool } from "../../../src/stores/spool/spool.ts";
import { withSpool } from "../../../src/stores/spool/with-spool.ts";
import { fakeClock } from "../fake-clock.ts";
import { commit, silentLog } from "../values.ts";

test("that the store is away is told during a long replay too, but not of what an earlier process left", async () => {
  const dir = await mkdtemp(join(tmpdir(), "warmline-spool-"));
  const spool = await createSpool(dir, { limitBytes: 1_000_000, log: silentLog });
  onTestFinished(async () => {
    await spool.close();
    await rm(dir, { recursive: true, force: true });
  });
  const clock = fakeClock(10_000);
  const store = createMemoryJournal();
  let gone = true;
  /** Every commit takes 300 ms. */
  const slow: Journal = {
    ...store,
    commit: async (one) => {
      if (gone) throw new Fault("postgres-unreachable", { blame: "store", retryable: true });
      clock.advance(300);
      return store.commit(one);
    },
  };
  const told: number[] = [];
  const parts = { journal: slow, spool, clock, log: silentLog, away: () => told.push(clock.now()) };
  const journal = withSpool(parts);
  for (let seq = 1; seq <= 12; seq += 1) await journal.commit(commit("c1", seq));
  gone = false;
  clock.advance(500);
  await expect.poll(() => journal.caughtUp()).toBe(true);
  const times = [...told, clock.now()];
  expect(clock.now() - (told[0] ?? 0)).toBeGreaterThan(3_000);
  expect(Math.max(...times.map((when, i) => when - (times[i - 1] ?? when)))).toBeLessThanOrEqual(1_000);

  told.length = 0;
  for (let seq = 13; seq <= 24; seq += 1) await spool.append(commit("c1", seq));
  const next = withSpool(parts);
  clock.advance(500);
  await expect.poll(() => next.caughtUp()).toBe(true);
  expect(told).toEqual([]);
});
