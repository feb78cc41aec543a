// Connections are there before the first caller, have left nothing behind, and go when the store is closed.
import { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { reachPostgres } from "../../../src/stores/postgres/reach.ts";
import { silentLog } from "../../support/silent-log.ts";
import { startProxy } from "../proxy.ts";
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

test("connections that are lost while they rehearse end nothing: a later question has one of its own", async () => {
  const proxy = await startProxy(server.port);
  const databaseUrl = server.url.replace(`:${server.port}/`, `:${proxy.port}/`);
  const limits = { connections: 4, connectMs: 20_000, queryMs: 20_000, statementMs: 15_000 };
  await (await reachPostgres({ databaseUrl: server.url, limits }, silentLog)).close();
  await expect.poll(() => count(OURS), { timeout: 10_000 }).toBe(0);
  proxy.weather({ kind: "slow", ms: 200 });
  const reaching = reachPostgres({ databaseUrl, limits }, silentLog);
  // Their first question is with the server; the whole rehearsal would take seconds.
  await expect.poll(() => count(`${OURS} and query like '%commit_case%'`), { timeout: 20_000 }).toBeGreaterThan(0);
  proxy.weather({ kind: "reset" });
  const handle = await reaching;
  proxy.weather({ kind: "clear" });
  expect((await handle.pool.query("select 1 as one")).rows).toEqual([{ one: 1 }]);
  await handle.close();
  await proxy.close();
});

test("the server asks whether we are still there: those of a gateway that was cut off do not fill it up", async () => {
  const handle = await reachPostgres({ databaseUrl: server.url, limits: { connections: 1 } }, silentLog);
  const asked = ["idle", "interval", "count"].map(
    (what) => `current_setting('tcp_keepalives_${what}')::int as ${what}`,
  );
  const { rows } = await handle.pool.query<Record<"idle" | "interval" | "count", number>>(`select ${asked.join(", ")}`);
  await handle.close();
  const [{ idle, interval, count: times } = { idle: 0, interval: 0, count: 0 }] = rows;
  expect(idle).toBeGreaterThan(0);
  // Three gateways of ten connections that are cut off every half minute stay below the hundred a server has.
  expect(idle + interval * times).toBeLessThanOrEqual(30);
});
