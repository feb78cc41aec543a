import { afterAll } from "vitest";
import type { PostgresHandle } from "../../../src/stores/postgres/connect.ts";
import { postgresStores } from "../../../src/stores/postgres/open.ts";
import type { PostgresStores } from "../../../src/stores/postgres/open.ts";

const EMPTY =
  "truncate cases, case_events, jobs, held_agents, escalations, callbacks, callers, turns, tool_runs, packets, notes, insights, agents, audit, kept_answers";

/** One database for a whole file, opened at its first test; every test finds it empty. */
export function sharedPostgres(reach: () => Promise<PostgresHandle>): () => Promise<PostgresStores> {
  let opened: Promise<PostgresHandle> | undefined;
  afterAll(async () => {
    await (await opened)?.close();
  });
  return async () => {
    opened ??= reach();
    const handle = await opened;
    await handle.pool.query(EMPTY);
    return { ...postgresStores(handle), close: async () => undefined };
  };
}
