import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CallId, NodeId } from "../../../src/domain/ids.ts";
import type { Journal } from "../../../src/ports/journal.ts";
import type { PostgresHandle } from "../../../src/stores/postgres/connect.ts";
import { openPostgres, postgresStores } from "../../../src/stores/postgres/open.ts";
import { reachPostgres } from "../../../src/stores/postgres/reach.ts";
import { createSystemClock } from "../../../src/runtime/system-clock.ts";
import { createSpool } from "../../../src/stores/spool/spool.ts";
import { withSpool } from "../../../src/stores/spool/with-spool.ts";
import { conversationsContract } from "../../contracts/conversations.ts";
import { directoryContract } from "../../contracts/directory.ts";
import { journalContract } from "../../contracts/journal.ts";
import { keptAnswersContract } from "../../contracts/kept-answers.ts";
import { startProxy } from "../proxy.ts";
import type { Proxy } from "../proxy.ts";
import { startPostgres } from "../servers.ts";
import type { Server } from "../servers.ts";
import { agent, callerState, commit, silentLog } from "../values.ts";
import { sharedPostgres } from "./shared.ts";

let server: Server;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

/** A loaded machine must not fail a test of what Postgres answers; the limits have tests of their own. */
const PATIENT = { statementMs: 20_000, queryMs: 25_000, connectMs: 20_000 };

const open = sharedPostgres(() => reachPostgres({ databaseUrl: server.url, limits: PATIENT }, silentLog));
journalContract("Postgres", open);
conversationsContract("Postgres", open);
directoryContract("Postgres", open);
keptAnswersContract("Postgres", open);

async function emptyDatabase(name: string): Promise<string> {
  const client = new Client({ connectionString: server.url });
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
  return server.url.replace(/postgres$/, name);
}

async function query(url: string, text: string): Promise<readonly unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(text);
    return rows;
  } finally {
    await client.end();
  }
}

describe("migrations", () => {
  test("nodes that start together on an empty database migrate it once", async () => {
    const databaseUrl = await emptyDatabase("together");
    const nodes = await Promise.all([1, 2, 3].map(() => openPostgres({ databaseUrl, limits: PATIENT }, silentLog)));
    for (const node of nodes) expect(await node.ready()).toEqual({ ok: true });
    const rows = await query(databaseUrl, "select version from migrations order by version");
    expect(rows[0]).toEqual({ version: 1 });
    expect(new Set(rows.map((row) => JSON.stringify(row))).size).toBe(rows.length);
    await Promise.all(nodes.map((node) => node.close()));
  });

  test("a migration that was changed after it was applied stops the start, naming the file", async () => {
    const databaseUrl = await emptyDatabase("changed");
    await (await openPostgres({ databaseUrl }, silentLog)).close();
    await query(databaseUrl, "update migrations set hash = 'other' where version = 1");
    await expect(openPostgres({ databaseUrl }, silentLog)).rejects.toMatchObject({
      blame: "admin",
      message: expect.stringContaining("0001-cases.sql"),
    });
  });

  test("a server that is not there is a fault that says what to check, without the password", async () => {
    const databaseUrl = "postgres://warmline:hunter2@127.0.0.1:1/postgres";
    const failed = await openPostgres({ databaseUrl }, silentLog).catch((error: unknown) => error);
    expect(failed).toMatchObject({ blame: "admin", message: expect.stringContaining("DATABASE_URL") });
    expect(String(failed)).not.toContain("hunter2");
  });
});

describe("several nodes on one database", () => {
  test("an agent wanted by forty cases on four nodes at once is held by one", async () => {
    const databaseUrl = await emptyDatabase("race");
    const nodes = await Promise.all([1, 2, 3, 4].map(() => openPostgres({ databaseUrl, limits: PATIENT }, silentLog)));
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, i) =>
        nodes.map(({ journal }, n) =>
          journal.commit(commit(`c${i}-${n}`, 1, { held: [agent("dana")], node: NodeId(`node-${n}`) })),
        ),
      ).flat(),
    );
    expect(answers.filter(({ kind }) => kind === "committed")).toHaveLength(1);
    expect(answers.filter(({ kind }) => kind === "agent-held")).toHaveLength(39);
    await Promise.all(nodes.map((node) => node.close()));
  });
});

const answersAgain = (work: () => Promise<unknown>) =>
  expect
    .poll(
      () =>
        work().then(
          () => "answered",
          () => "refused",
        ),
      { timeout: 20_000 },
    )
    .toBe("answered");

// H13: when Postgres cannot answer, the journal says so in time, and works again when Postgres does.
describe("the journal when Postgres is away", () => {
  const limits = { statementMs: 300, queryMs: 600, connectMs: 600, connections: 3 };
  /** The limits bound it well below this; a loaded machine may add to it, a hang would take for ever. */
  const IN_TIME_MS = 5_000;

  async function under(
    run: (about: {
      readonly handle: PostgresHandle;
      readonly journal: Journal;
      readonly proxy: Proxy;
    }) => Promise<void>,
  ): Promise<void> {
    const proxy = await startProxy(server.port);
    const databaseUrl = server.url.replace(`:${server.port}/`, `:${proxy.port}/`);
    const handle = await reachPostgres({ databaseUrl, limits }, silentLog);
    await handle.pool.query("truncate cases, case_events, held_agents, jobs");
    try {
      await run({ handle, journal: postgresStores(handle).journal, proxy });
    } finally {
      await handle.close();
      await proxy.close();
    }
  }

  async function refusedInTime(work: () => Promise<unknown>): Promise<void> {
    const began = performance.now();
    await expect(work()).rejects.toMatchObject({ name: "Fault", blame: "store", retryable: true });
    expect(performance.now() - began).toBeLessThan(IN_TIME_MS);
  }

  test("silent: refused in time on every connection of the pool, answered again afterwards", () =>
    under(async ({ journal, proxy }) => {
      await journal.commit(commit("c1", 1));
      proxy.weather({ kind: "silent" });
      await Promise.all([
        refusedInTime(() => journal.commit(commit("c1", 2))),
        refusedInTime(() => journal.load(CallId("c1"))),
        refusedInTime(() => journal.entries(CallId("c1"))),
        refusedInTime(() => journal.confirm(["j1"])),
      ]);
      await refusedInTime(() => journal.commit(commit("c1", 2)));
      proxy.weather({ kind: "clear" });
      await answersAgain(() => journal.load(CallId("c1")));
      // Whether it was done meanwhile or not: the same commit again is done once.
      expect(await journal.commit(commit("c1", 2))).toEqual({ kind: "committed" });
      expect(await journal.load(CallId("c1"))).toMatchObject({ seq: 2 });
    }));

  test("resetting: refused at once, answered again afterwards", () =>
    under(async ({ journal, proxy }) => {
      proxy.weather({ kind: "reset" });
      await refusedInTime(() => journal.commit(commit("c1", 1)));
      await refusedInTime(() => journal.load(CallId("c1")));
      proxy.weather({ kind: "clear" });
      await answersAgain(() => journal.commit(commit("c1", 1)));
    }));

  test("cut between two questions of one transaction: the second is refused, and the connection not used again", () =>
    under(async ({ handle, journal, proxy }) => {
      const work = handle.db.transaction().execute(async (tx) => {
        await tx.selectFrom("cases").select("id").execute();
        proxy.weather({ kind: "reset" });
        // The news of it comes while nothing is asked.
        await new Promise((resolve) => setTimeout(resolve, 50));
        await tx.selectFrom("cases").select("id").execute();
      });
      await expect(work).rejects.toThrow();
      proxy.weather({ kind: "clear" });
      await answersAgain(() => journal.commit(commit("c1", 1)));
    }));

  test("slower than the limit: refused in time, and a late answer is given to nobody else", () =>
    under(async ({ journal, proxy }) => {
      await journal.commit(commit("c1", 1, { state: callerState("c1") }));
      await journal.commit(commit("c2", 1));
      proxy.weather({ kind: "slow", ms: 1_500 });
      await refusedInTime(() => journal.load(CallId("c1")));
      proxy.weather({ kind: "clear" });
      await answersAgain(() => journal.load(CallId("c2")));
      expect(await journal.load(CallId("c2"))).toMatchObject({ state: { strays: [] } });
      expect(await journal.load(CallId("c1"))).toMatchObject({ state: { caller: { call: "c1" } } });
    }));

  test("a lock that another node keeps: given up by the server in time", () =>
    under(async ({ journal }) => {
      await journal.commit(commit("c1", 1));
      const other = new Client({ connectionString: server.url });
      await other.connect();
      await other.query("begin; select 1 from cases where id = 'c1' for update");
      await refusedInTime(() => journal.commit(commit("c1", 2)));
      await other.query("rollback");
      await other.end();
      expect(await journal.commit(commit("c1", 2))).toEqual({ kind: "committed" });
    }));

  test("a server that dies and comes back has what was committed", () =>
    under(async ({ journal }) => {
      await journal.commit(commit("c1", 1, { held: [agent("dana")] }));
      await server.end("SIGQUIT");
      await refusedInTime(() => journal.commit(commit("c1", 2)));
      await server.start();
      await answersAgain(() => journal.load(CallId("c1")));
      expect(await journal.load(CallId("c1"))).toMatchObject({ seq: 1 });
      expect(await journal.commit(commit("c2", 1, { held: [agent("dana")] }))).toMatchObject({ kind: "agent-held" });
    }));

  test("with a spool the node goes on, and the record catches up", () =>
    under(async ({ journal }) => {
      const dir = await mkdtemp(join(tmpdir(), "warmline-spool-"));
      const spool = await createSpool(dir, { limitBytes: 1_000_000, log: silentLog });
      // In real time: a store that takes some milliseconds more on a busy machine is not away.
      const kept = withSpool({ journal, spool, clock: createSystemClock(), log: silentLog });
      expect(await kept.commit(commit("c1", 1))).toEqual({ kind: "committed" });
      await server.end("SIGQUIT");
      for (const seq of [2, 3, 4]) {
        expect(await kept.commit(commit("c1", seq))).toEqual({ kind: "committed", durable: "spool" });
      }
      await server.start();
      await expect.poll(() => kept.caughtUp(), { timeout: 20_000 }).toBe(true);
      expect((await journal.entries(CallId("c1"))).map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
      expect(await kept.commit(commit("c1", 5))).toEqual({ kind: "committed" });
      kept.close();
      await spool.close();
      await rm(dir, { recursive: true });
    }));
});
