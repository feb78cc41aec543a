import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { AgentId, CallId } from "../../../src/domain/ids.ts";
import { openPostgres, postgresStores } from "../../../src/stores/postgres/open.ts";
import { reachPostgres } from "../../../src/stores/postgres/reach.ts";
import { conversationsContract } from "../../contracts/conversations.ts";
import { directoryContract } from "../../contracts/directory.ts";
import { journalContract } from "../../contracts/journal.ts";
import { keptAnswersContract } from "../../contracts/kept-answers.ts";
import { callerState, commit, silentLog } from "../values.ts";
import { sharedPostgres } from "./shared.ts";

let dataDir = "";
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "warmline-test-"));
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));

const open = sharedPostgres(() => reachPostgres({ dataDir: join(dataDir, "contract") }, silentLog));
journalContract("PGlite", open);
conversationsContract("PGlite", open);
directoryContract("PGlite", open);
keptAnswersContract("PGlite", open);

// One directory, because making a database takes seconds: each test is the only one in it, with a case of its own.
describe("the embedded database", () => {
  test("keeps what was committed over a restart", { timeout: 60_000 }, async () => {
    const place = { dataDir: join(dataDir, "alone") };
    const first = await openPostgres(place, silentLog);
    await first.journal.commit(commit("c1", 1, { state: callerState("c1"), held: [AgentId("dana")] }));
    await first.close();
    const second = await openPostgres(place, silentLog);
    expect(await second.ready()).toEqual({ ok: true });
    expect(await second.journal.load(CallId("c1"))).toEqual({ seq: 1, state: callerState("c1") });
    expect(await second.journal.commit(commit("c2", 1, { held: [AgentId("dana")] }))).toMatchObject({
      kind: "agent-held",
    });
    await second.close();
  });

  test(
    "a connection that is lost leaves nothing to the next one: no plan, no open transaction",
    { timeout: 60_000 },
    async () => {
      const place = { dataDir: join(dataDir, "alone") };
      const handle = await reachPostgres(place, silentLog);
      const { journal } = postgresStores(handle);
      await journal.commit(commit("c3", 1, { state: callerState("c3") }));
      // The pool gives a connection up whose question failed, whatever the reason.
      await expect(handle.pool.query("select nothing_of_that_name")).rejects.toThrow("does not exist");
      expect(await journal.commit(commit("c4", 1))).toEqual({ kind: "committed" });
      const lost = await handle.pool.connect();
      await lost.query("begin");
      await lost.query("delete from cases");
      lost.release(true);
      expect(await journal.commit(commit("c5", 1))).toEqual({ kind: "committed" });
      await handle.close();
      const again = await openPostgres(place, silentLog);
      for (const id of ["c3", "c4", "c5"])
        expect([id, await again.journal.load(CallId(id))]).toMatchObject([id, { seq: 1 }]);
      await again.close();
    },
  );

  test("refuses a second opener of the same directory, naming it", { timeout: 60_000 }, async () => {
    const place = { dataDir: join(dataDir, "alone") };
    const first = await openPostgres(place, silentLog);
    await expect(openPostgres(place, silentLog)).rejects.toMatchObject({
      code: "data-dir-in-use",
      blame: "admin",
      message: expect.stringContaining(place.dataDir),
    });
    expect(await first.ready()).toEqual({ ok: true });
    await first.close();
  });

  test(
    "a process that is killed leaves everything it committed, and the directory free",
    { timeout: 60_000 },
    async () => {
      const place = { dataDir: join(dataDir, "alone") };
      const child = spawn(
        process.execPath,
        [fileURLToPath(new URL("./commit-and-wait.ts", import.meta.url)), place.dataDir],
        {
          stdio: ["ignore", "pipe", "inherit"],
        },
      );
      await once(child.stdout, "data");
      await expect(openPostgres(place, silentLog)).rejects.toMatchObject({ code: "data-dir-in-use" });
      child.kill("SIGKILL");
      await once(child, "exit");
      const next = await openPostgres(place, silentLog);
      expect(await next.journal.load(CallId("killed"))).toEqual({ seq: 50, state: callerState("killed") });
      expect(await next.journal.entries(CallId("killed"))).toHaveLength(50);
      await next.close();
    },
  );
});
