import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Fault } from "../../../src/domain/fault.ts";
import { CallId, QueueId } from "../../../src/domain/ids.ts";
import type { AgentProfile } from "../../../src/ports/directory.ts";
import type { Journal } from "../../../src/ports/journal.ts";
import { createMemoryConversations } from "../../../src/stores/memory/conversations.ts";
import { createMemoryDirectory } from "../../../src/stores/memory/directory.ts";
import { createMemoryJournal } from "../../../src/stores/memory/journal.ts";
import { keepConversations } from "../../../src/stores/spool/kept-conversations.ts";
import { recallDirectory } from "../../../src/stores/spool/recall-directory.ts";
import { createSpool, type Spool } from "../../../src/stores/spool/spool.ts";
import { type SpooledJournal, withSpool } from "../../../src/stores/spool/with-spool.ts";
import { fakeClock } from "../fake-clock.ts";
import { agent, at, commit, silentLog } from "../values.ts";

// A store that says nothing: nobody waits for it longer than a caller can, and it is asked again until it answers (H13).

/** A question to a silent store stays open for ever; one that was let go is answered. */
function silence() {
  let silent = false;
  let resume: (() => void)[] = [];
  return {
    fall: () => {
      silent = true;
    },
    lift: () => {
      silent = false;
      for (const go of resume) go();
      resume = [];
    },
    behind: async <T>(work: () => Promise<T>): Promise<T> => {
      if (silent) await new Promise<void>((go) => resume.push(go));
      return work();
    },
  };
}

function silentJournal(store: ReturnType<typeof silence>): Journal {
  const memory = createMemoryJournal();
  return {
    ...memory,
    load: (caseId) => store.behind(() => memory.load(caseId)),
    commit: (one) => store.behind(() => memory.commit(one)),
    overdue: (before, limit) => store.behind(() => memory.overdue(before, limit)),
    entries: (caseId) => store.behind(() => memory.entries(caseId)),
  };
}

let dir = "";
let store: ReturnType<typeof silence>;
let clock: ReturnType<typeof fakeClock>;
let spool: Spool;
let journal: SpooledJournal;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "warmline-silent-"));
  store = silence();
  clock = fakeClock(10_000);
  spool = await createSpool(dir, { limitBytes: 1_000_000, log: silentLog });
  journal = withSpool({ journal: silentJournal(store), spool, clock, log: silentLog });
});
afterEach(async () => {
  journal.close();
  await spool.close();
  await rm(dir, { recursive: true, force: true });
});

const kept = { kind: "committed", durable: "spool" };
const sentence = (index: number, text: string) => ({ index, role: "caller" as const, text, at: at(1_000 + index) });
const profile = (id: string): AgentProfile => ({
  id: agent(id),
  name: id,
  skills: [],
  queues: [QueueId("general")],
  languages: ["en"],
  device: { kind: "phone", address: "+15005550111" },
});

/** Time passes after what is under way has asked for it. */
const passes = async (ms: number): Promise<void> => {
  await new Promise((resolve) => setImmediate(resolve));
  clock.passTo(ms);
};

test("a commit nobody answers is kept here after a second, and is in the record once, whatever comes late", async () => {
  await journal.commit(commit("c1", 1));
  store.fall();
  const second = journal.commit(commit("c1", 2));
  await passes(10_999);
  expect(journal.caughtUp()).toBe(true);
  await passes(11_000);
  expect(await second).toEqual(kept);
  expect(await journal.commit(commit("c1", 3))).toEqual(kept);
  // The late answers come, and the spool is replayed.
  store.lift();
  await passes(11_500);
  await expect.poll(() => journal.caughtUp(), { timeout: 10_000 }).toBe(true);
  expect((await journal.entries(CallId("c1"))).map(({ seq }) => seq)).toEqual([1, 2, 3]);
  expect(spool.size()).toMatchObject({ commits: 0, lost: 0 });
  // Another node may need longer to give back what it kept.
  expect(journal.settled()).toBe(false);
  await passes(14_499);
  expect(journal.settled()).toBe(false);
  await passes(14_500);
  expect(journal.settled()).toBe(true);
});

test("the look-ups of every second find out that it is silent, before a caller has to wait for it", async () => {
  store.fall();
  const look = journal.overdue(at(10_000), 1);
  const refused = expect(look).rejects.toMatchObject({ code: "store-late", blame: "store" });
  await passes(11_000);
  await refused;
  expect(journal.caughtUp()).toBe(false);
  expect(await journal.commit(commit("c1", 1))).toEqual(kept);
});

test("whoever waits for it when it is found to be away is refused at once", async () => {
  store.fall();
  const list = expect(journal.entries(CallId("c1"))).rejects.toMatchObject({ code: "store-away" });
  const other = expect(journal.whileThere(() => new Promise(() => undefined))).rejects.toMatchObject({
    blame: "store",
  });
  const first = journal.commit(commit("c1", 1));
  await passes(11_000);
  expect(await first).toEqual(kept);
  await Promise.all([list, other]);
});

test("what is said meanwhile is kept here in its order, answered from memory, and given back once", async () => {
  const memory = createMemoryConversations(() => []);
  const given: string[] = [];
  const conversations = await keepConversations(dir, {
    conversations: {
      ...memory,
      turns: (id) => store.behind(() => memory.turns(id)),
      saveTurn: (id, turn) =>
        store.behind(async () => {
          given.push(turn.text);
          await memory.saveTurn(id, turn);
        }),
    },
    away: () => !journal.caughtUp(),
    whileThere: journal.whileThere,
    clock,
    log: silentLog,
    limitBytes: 1_000_000,
  });
  const call = CallId("c1");
  await conversations.saveTurn(call, sentence(0, "before"));
  store.fall();
  const waiting = journal.commit(commit("c1", 1));
  const said = conversations.saveTurn(call, sentence(1, "during"));
  await passes(11_000);
  await Promise.all([waiting, said]);
  expect(conversations.waiting()).toBe(1);
  expect((await conversations.turns(call)).map(({ text }) => text)).toEqual(["before", "during"]);
  store.lift();
  await passes(11_500);
  await expect.poll(() => journal.caughtUp(), { timeout: 10_000 }).toBe(true);
  await passes(12_500);
  await expect.poll(() => conversations.waiting(), { timeout: 10_000 }).toBe(0);
  expect((await memory.turns(call)).map(({ text }) => text)).toEqual(["before", "during"]);
  // The one that was asked when it fell silent was done late, and is the same.
  expect(given.filter((text) => text === "before")).toHaveLength(1);
  await conversations.close();
});

test("agents are known without waiting, and one who was added meanwhile is known too", async () => {
  const there = createMemoryDirectory([profile("dana")]);
  let away = false;
  const directory = recallDirectory({
    directory: { ...there, agents: () => store.behind(() => there.agents()) },
    away: () => away,
    clock,
    log: silentLog,
  });
  await directory.agents();
  store.fall();
  const asked = directory.agents();
  await passes(10_300);
  expect((await asked).map(({ id }) => id)).toEqual(["dana"]);
  away = true;
  await directory.save(profile("eve"));
  expect((await directory.agents()).map(({ id }) => id)).toEqual(["dana", "eve"]);
  expect(await directory.agent(agent("eve"))).toMatchObject({ name: "eve" });
  await directory.remove(agent("dana"));
  expect((await directory.agents()).map(({ id }) => id)).toEqual(["eve"]);
});

test("a store that refuses is away at once, and a bug of ours is not the store's", async () => {
  const broken = createMemoryJournal();
  let error: Error = new Fault("postgres-unreachable", { blame: "store", retryable: true });
  const refusing = withSpool({
    journal: { ...broken, overdue: () => Promise.reject(error) },
    spool,
    clock,
    log: silentLog,
  });
  await expect(refusing.overdue(at(1), 1)).rejects.toBe(error);
  expect(refusing.caughtUp()).toBe(false);
  refusing.close();
  error = new Error("bug");
  const buggy = withSpool({
    journal: { ...broken, overdue: () => Promise.reject(error) },
    spool,
    clock,
    log: silentLog,
  });
  await expect(buggy.overdue(at(1), 1)).rejects.toBe(error);
  expect(buggy.caughtUp()).toBe(true);
  buggy.close();
});
