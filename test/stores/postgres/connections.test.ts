// Connections are there before the first caller, have left nothing behind, and go when the store is closed.
import { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { reachPostgres } from "../../../src/stores/postgres/reach.ts";
import { silentLog } from "../../support/silent-log.ts";
import { type Server, startPostgres } from "../servers.ts";

let server: Server;
let admin: Client;
beforeAll(async () => {
  server = await startPostgres();
  admin = new Client({ connectionString: server.url });
  await admin.connect();
});
afterAll(async () => {
  await admin.end();
  await server.stop();
});

const count = async (question: string): Promise<number> => {
  const { rows } = await admin.query<{ n: string }>(`select count(*) as n from ${question}`);
  return Number(rows[0]?.n);
};
const OURS = "pg_stat_activity where application_name = 'warmline'";

test("all connections are open at once, and what they rehearsed is taken back", async () => {
  const handle = await reachPostgres(
    { databaseUrl: server.url, limits: { connections: 4, connectMs: 20_000, queryMs: 20_000, statementMs: 15_000 } },
    silentLog,
  );
  expect(await count(OURS)).toBe(4);
  const tables = ["cases", "case_events", "jobs", "held_agents", "escalations", "callbacks"];
  for (const table of tables) expect([table, await count(table)]).toEqual([table, 0]);
  await handle.close();
  await expect.poll(() => count(OURS), { timeout: 10_000 }).toBe(0);
});
