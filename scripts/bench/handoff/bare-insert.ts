import { setTimeout as sleep } from "node:timers/promises";
import type { Pool } from "pg";

const EVERY_MS = 250;

/** Inserts one row again and again beside the load; the result ends it and answers how long each took, in milliseconds. */
export async function insertMeanwhile(db: Pool): Promise<() => Promise<readonly number[]>> {
  await db.query("create table if not exists bare (id serial primary key, event jsonb)");
  const text = "insert into bare (event) values ($1)";
  const took: number[] = [];
  const over = new AbortController();
  const inserting = (async () => {
    while (!over.signal.aborted) {
      const began = performance.now();
      await db.query({ name: "bare", text, values: ['{"kind":"packet-painted"}'] });
      took.push(performance.now() - began);
      await sleep(EVERY_MS);
    }
  })();
  return async () => {
    over.abort();
    await inserting;
    return took;
  };
}
