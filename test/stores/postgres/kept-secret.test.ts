// What nobody had to choose is the same on every gateway of one database, also when two start in the same moment.
import { afterAll, beforeAll, expect, test } from "vitest";
import { openPostgres, type PostgresStores } from "../../../src/stores/postgres/open.ts";
import { silentLog } from "../../support/silent-log.ts";
import { type Server, startPostgres } from "../servers.ts";

let server: Server;
let nodes: readonly PostgresStores[] = [];
beforeAll(async () => {
  server = await startPostgres();
  nodes = await Promise.all([1, 2, 3].map(() => openPostgres({ databaseUrl: server.url }, silentLog)));
});
afterAll(async () => {
  await Promise.all(nodes.map((node) => node.close()));
  await server.stop();
});

test("all gateways get one secret, long enough to sign with, and keep it", async () => {
  const secrets = await Promise.all(nodes.map((node) => node.secret("session")));
  expect(new Set(secrets).size).toBe(1);
  expect(secrets[0]?.length).toBeGreaterThanOrEqual(32);
  expect(await nodes[0]?.secret("session")).toBe(secrets[0]);
});

test("another name is another secret", async () => {
  expect(await nodes[0]?.secret("other")).not.toBe(await nodes[0]?.secret("session"));
});
