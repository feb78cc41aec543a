import { appendFile, mkdtemp, readFile, rm, truncate } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Fault } from "../../../src/domain/fault.ts";
import { CallId, NodeId } from "../../../src/domain/ids.ts";
import type { Journal } from "../../../src/ports/journal.ts";
import { createMemoryJournal } from "../../../src/stores/memory/journal.ts";
import { createSpool } from "../../../src/stores/spool/spool.ts";
import type { Spool } from "../../../src/stores/spool/spool.ts";
import { withSpool } from "../../../src/stores/spool/with-spool.ts";
import { fakeClock } from "../fake-clock.ts";
import { agent, at, callerState, commit, endLeg, silentLog } from "../values.ts";

const limitBytes = 1_000_000;
let dir = "";
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "warmline-spool-"));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const openSpool = (limit = limitBytes): Promise<Spool> => createSpool(dir, { limitBytes: limit, log: silentLog });
const path = (): string => join(dir, "spool.jsonl");
const nobodyLost = (): never => {
  throw new Error("nothing should have been lost");
};

describe("the spool", () => {
  test("what was appended is there after the process, in its order", async () => {
    const first = await openSpool();
    await Promise.all([1, 2, 3].map((seq) => first.append(commit("c1", seq, { state: callerState("c1") }))));
    await first.append(commit("c2", 1));
    expect(first.size()).toMatchObject({ commits: 4, limitBytes, lost: 0 });
    await first.close();
    const second = await openSpool();
    expect(second.pending(CallId("c1")).map(({ seq }) => seq)).toEqual([1, 2, 3]);
    expect(second.pending(CallId("c1"))[2]?.state).toEqual(callerState("c1"));
    expect(second.size()).toEqual(first.size());
    await second.close();
  });

  test.each([
    ["cut off", async () => truncate(path(), (await readFile(path())).length - 7)],
    ["half written", () => appendFile(path(), '0badc0de {"kind":"commit","com')],
    ["damaged", () => appendFile(path(), '0badc0de {"kind":"confirm","jobs":[]}\n')],
  ])("a last line that was %s is dropped, and writing goes on after the good ones", async (_how, harm) => {
    const first = await openSpool();
    await first.append(commit("c1", 1));
    await first.append(commit("c1", 2));
    await first.close();
    await harm();
    const second = await openSpool();
    const kept = second.pending(CallId("c1")).length;
    expect(kept).toBe(_how === "cut off" ? 1 : 2);
    await second.append(commit("c1", kept + 1));
    await second.close();
    const third = await openSpool();
    expect(third.pending(CallId("c1"))).toHaveLength(kept + 1);
    await third.close();
  });

  test("replay gives everything to the journal in its order and empties the file", async () => {
    const spool = await openSpool();
    const journal = createMemoryJournal();
    await spool.append(commit("c1", 1));
    await spool.append(commit("c2", 1));
    await spool.append(commit("c1", 2));
    await spool.replay(journal, nobodyLost);
    expect(await journal.load(CallId("c1"))).toMatchObject({ seq: 2 });
    expect(await journal.load(CallId("c2"))).toMatchObject({ seq: 1 });
    expect(spool.size()).toMatchObject({ commits: 0, bytes: 0 });
    expect(await readFile(path(), "utf8")).toBe("");
    await spool.close();
  });

  test("a replay that is cut short and begun again by another process changes nothing twice", async () => {
    const spool = await openSpool();
    const journal = createMemoryJournal();
    for (const seq of [1, 2, 3])
      await spool.append(commit("c1", seq, { jobs: [{ id: `j${seq}`, effect: endLeg("x") }] }));
    let answers = 2;
    const failing: Journal = {
      ...journal,
      commit: async (one) => {
        if ((answers -= 1) < 0) throw new Fault("postgres-timeout", { blame: "store", retryable: true });
        return journal.commit(one);
      },
    };
    await expect(spool.replay(failing, nobodyLost)).rejects.toMatchObject({ blame: "store" });
    await spool.close();
    const next = await openSpool();
    expect(next.size().commits).toBe(3);
    await next.replay(journal, nobodyLost);
    expect(await journal.entries(CallId("c1"))).toHaveLength(3);
    const jobs = await journal.takeJobs({ node: NodeId("n"), before: at(99_000), leaseUntil: at(99_999), limit: 9 });
    expect(jobs.map(({ id, attempts }) => `${id} ${attempts}`)).toEqual(["j1 1", "j2 1", "j3 1"]);
    await next.close();
  });

  test("jobs done meanwhile are not handed out after the replay", async () => {
    const spool = await openSpool();
    const journal = createMemoryJournal();
    await spool.append(commit("c1", 1, { jobs: ["done", "open"].map((id) => ({ id, effect: endLeg("x") })) }));
    await spool.confirm(["done"]);
    await spool.close();
    const next = await openSpool();
    await next.replay(journal, nobodyLost);
    const jobs = await journal.takeJobs({ node: NodeId("n"), before: at(9_000), leaseUntil: at(9_999), limit: 9 });
    expect(jobs.map(({ id }) => id)).toEqual(["open"]);
    await next.close();
  });

  test("a case that another node went on with is named as lost, with all that follows of it, and the others are kept", async () => {
    const spool = await openSpool();
    const journal = createMemoryJournal();
    await journal.commit(commit("c1", 1, { node: NodeId("other") }));
    await journal.commit(commit("c3", 1, { held: [agent("dana")] }));
    await spool.append(commit("c1", 1));
    await spool.append(commit("c1", 2));
    await spool.append(commit("c2", 1));
    await spool.append(commit("c4", 1, { held: [agent("dana")] }));
    const lost: string[] = [];
    await spool.replay(journal, ({ caseId, seq }) => lost.push(`${caseId} ${seq}`));
    expect(lost).toEqual(["c1 1", "c1 2", "c4 1"]);
    expect(spool.size()).toMatchObject({ commits: 0, lost: 3 });
    expect(await journal.load(CallId("c1"))).toMatchObject({ seq: 1 });
    expect(await journal.load(CallId("c2"))).toMatchObject({ seq: 1 });
    expect((await readFile(join(dir, "overtaken.jsonl"), "utf8")).trim().split("\n")).toHaveLength(3);
    // The next time it is decided from the record again, and is no more lost than any other.
    await spool.append(commit("c1", 2));
    await spool.replay(journal, nobodyLost);
    expect(await journal.load(CallId("c1"))).toMatchObject({ seq: 2 });
    await spool.close();
  });

  test("a full spool refuses, and has what it took", async () => {
    const spool = await openSpool(500);
    let taken = 0;
    const fill = async (): Promise<never> => {
      for (;;) {
        await spool.append(commit("c1", taken + 1));
        taken += 1;
      }
    };
    await expect(fill()).rejects.toMatchObject({ code: "spool-full", blame: "store" });
    expect(spool.pending(CallId("c1"))).toHaveLength(taken);
    expect(taken).toBeGreaterThan(0);
    await spool.close();
  });
});

describe("a journal with a spool", () => {
  type Store = { readonly journal: Journal; away: boolean; asked: number };
  const breakable = (): Store => {
    const memory = createMemoryJournal();
    const guarded = async <T>(work: () => Promise<T>): Promise<T> => {
      store.asked += 1;
      if (store.away) throw new Fault("postgres-unreachable", { blame: "store", retryable: true });
      return work();
    };
    const store: Store = {
      away: false,
      asked: 0,
      journal: {
        ...memory,
        load: (caseId) => guarded(() => memory.load(caseId)),
        commit: (one) => guarded(() => memory.commit(one)),
        confirm: (jobs) => guarded(() => memory.confirm(jobs)),
        overdue: (before, limit) => guarded(() => memory.overdue(before, limit)),
      },
    };
    return store;
  };

  test("while the store answers, the spool is not used", async () => {
    const spool = await openSpool();
    const store = breakable();
    const journal = withSpool({ journal: store.journal, spool, clock: fakeClock(), log: silentLog });
    expect(await journal.commit(commit("c1", 1))).toEqual({ kind: "committed" });
    expect(await journal.commit(commit("c1", 1, { node: NodeId("other") }))).toEqual({ kind: "seq-taken" });
    expect(spool.size().commits).toBe(0);
    expect(journal.caughtUp()).toBe(true);
    await spool.close();
  });

  test("when it fails, commits are kept here, nobody waits for it again, and all is replayed before anything new", async () => {
    const spool = await openSpool();
    const store = breakable();
    const clock = fakeClock(10_000);
    const journal = withSpool({ journal: store.journal, spool, clock, log: silentLog });
    await journal.commit(commit("c1", 1, { jobs: [{ id: "j1", effect: endLeg("x") }] }));
    store.away = true;
    const kept = { kind: "committed", durable: "spool" };
    expect(await journal.commit(commit("c1", 2, { state: callerState("c1") }))).toEqual(kept);
    const asked = store.asked;
    expect(await journal.commit(commit("c1", 3))).toEqual(kept);
    expect(await journal.commit(commit("c2", 1))).toEqual(kept);
    await journal.confirm(["j1"]);
    expect(store.asked).toBe(asked);
    expect(journal.caughtUp()).toBe(false);
    expect(await journal.load(CallId("c1"))).toMatchObject({ seq: 3 });

    store.away = false;
    // Still away as far as this node knows: order first.
    expect(await journal.commit(commit("c2", 2))).toEqual(kept);
    clock.passTo(11_000);
    await expect.poll(() => journal.caughtUp(), { timeout: 10_000 }).toBe(true);
    expect(spool.size()).toMatchObject({ commits: 0, lost: 0 });
    expect(await journal.commit(commit("c2", 3))).toEqual({ kind: "committed" });
    expect((await store.journal.entries(CallId("c1"))).map(({ seq }) => seq)).toEqual([1, 2, 3]);
    expect((await store.journal.entries(CallId("c2"))).map(({ seq }) => seq)).toEqual([1, 2, 3]);
    const ask = { node: NodeId("n"), before: at(99_000), leaseUntil: at(99_999), limit: 9 };
    expect(await store.journal.takeJobs(ask)).toEqual([]);
    await spool.close();
  });

  test("what a dead process left is replayed first by the next one, and what was overtaken is named", async () => {
    const before = await openSpool();
    await before.append(commit("c1", 2));
    await before.append(commit("c2", 1));
    await before.close();
    const store = breakable();
    await store.journal.commit(commit("c1", 1));
    await store.journal.commit(commit("c1", 2, { node: NodeId("took-over") }));
    const lost: string[] = [];
    const spool = await openSpool();
    const clock = fakeClock(10_000);
    const parts = { journal: store.journal, spool, clock, log: silentLog };
    const journal = withSpool({
      ...parts,
      lost: (commits) =>
        lost.push(...commits.map(({ caseId }) => `${caseId}, the record can be asked: ${journal.caughtUp()}`)),
    });
    expect(journal.caughtUp()).toBe(false);
    clock.passTo(11_000);
    await expect.poll(() => journal.caughtUp(), { timeout: 10_000 }).toBe(true);
    expect(lost).toEqual(["c1, the record can be asked: true"]);
    expect(await journal.load(CallId("c2"))).toMatchObject({ seq: 1 });
    await spool.close();
  });

  test("that the store is away is told at once, and again with every look until it is back", async () => {
    const spool = await openSpool();
    const store = breakable();
    const clock = fakeClock(10_000);
    let told = 0;
    const journal = withSpool({ journal: store.journal, spool, clock, log: silentLog, away: () => (told += 1) });
    await journal.commit(commit("c1", 1));
    expect(told).toBe(0);
    store.away = true;
    await journal.commit(commit("c1", 2));
    expect(told).toBe(1);
    clock.passTo(10_500);
    await expect.poll(() => told).toBe(2);
    clock.passTo(11_000);
    await expect.poll(() => told).toBe(3);
    store.away = false;
    clock.passTo(11_500);
    await expect.poll(() => journal.caughtUp()).toBe(true);
    clock.passTo(20_000);
    expect(told).toBe(3);
    await spool.close();
  });

  test("commits that keep coming while the spool is replayed are all there at the end, once, without a gap", async () => {
    const spool = await openSpool();
    const store = breakable();
    const clock = fakeClock(10_000);
    const journal = withSpool({ journal: store.journal, spool, clock, log: silentLog });
    store.away = true;
    for (let seq = 1; seq <= 20; seq += 1) {
      await Promise.all(["c1", "c2", "c3"].map((call) => journal.commit(commit(call, seq))));
    }
    store.away = false;
    clock.passTo(11_000);
    for (let seq = 21; seq <= 60; seq += 1) {
      await Promise.all(["c1", "c2", "c3"].map((call) => journal.commit(commit(call, seq))));
    }
    await expect.poll(() => journal.caughtUp(), { timeout: 10_000 }).toBe(true);
    for (const call of ["c1", "c2", "c3"]) {
      const seqs = (await store.journal.entries(CallId(call))).map(({ seq }) => seq);
      expect(seqs).toEqual(Array.from({ length: 60 }, (_, i) => i + 1));
    }
    expect(spool.size()).toMatchObject({ commits: 0, bytes: 0, lost: 0 });
    await spool.close();
  });

  test("a refusal that is no fault of the store, and a bug, are passed on", async () => {
    const spool = await openSpool();
    const bug = new Error("bug");
    const broken: Journal = { ...createMemoryJournal(), commit: () => Promise.reject(bug) };
    const journal = withSpool({ journal: broken, spool, clock: fakeClock(), log: silentLog });
    await expect(journal.commit(commit("c1", 1))).rejects.toBe(bug);
    expect(spool.size().commits).toBe(0);
    await spool.close();
  });
});
