import { afterEach, beforeEach, expect, test } from "vitest";
import { Fault } from "../../src/domain/fault.ts";
import { startFreeingForgotten } from "../../src/runtime/forgotten-holds.ts";
import { createMemoryJournal } from "../../src/stores/memory/journal.ts";
import { createMemoryPresence } from "../../src/stores/memory/presence.ts";
import { fakeClock } from "../stores/fake-clock.ts";
import { agent, at, callerState, commit, escalationPart, offer, silentLog, token } from "../stores/values.ts";

// What a presence that lost acknowledged writes holds for nobody is free again; what a case stands behind stays held.

const START = 100_000;
const LEASE = at(START + 3_600_000);

let clock: ReturnType<typeof fakeClock>;
let presence: ReturnType<typeof createMemoryPresence>;
let journal: ReturnType<typeof createMemoryJournal>;
let away = false;
let awayElsewhere = false;
let stop: () => void;
beforeEach(async () => {
  clock = fakeClock(START);
  presence = createMemoryPresence({ clock, log: silentLog });
  journal = createMemoryJournal();
  away = false;
  awayElsewhere = false;
  const owners: typeof journal.owners = (agents) =>
    away
      ? Promise.reject(new Fault("postgres-unreachable", { blame: "store", retryable: true }))
      : journal.owners(agents);
  stop = startFreeingForgotten({
    presence,
    journal: { owners },
    awayElsewhere: () => awayElsewhere,
    clock,
    log: silentLog,
  });
  for (const who of ["ann", "bob"]) {
    await presence.set({ agent: agent(who), status: "available", at: at(START), leaseUntil: LEASE });
  }
});
afterEach(() => {
  stop();
  presence.close();
});

const reserve = (who: string, owner: string) =>
  presence.reserve({ candidates: [agent(who)], token: token(owner), at: clock.now(), expiresAt: LEASE });

/** Second by second, so that every look comes at its time. */
async function passes(seconds: number): Promise<void> {
  for (let i = 0; i < seconds; i += 1) {
    clock.passTo(clock.now() + 1_000);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const statusOf = async (who: string): Promise<string | undefined> => {
  const answer = await presence.get([agent(who)], clock.now());
  return answer.ok ? answer.value[0]?.status : undefined;
};

const offering = (id: string, who: string) => ({
  kind: "offering" as const,
  offer: offer(id, who),
  by: at(START + 26_000),
  t0: at(START),
  attempt: 1,
  tried: [],
});

test("while another node goes on without the record nobody is freed, nor counted towards it", async () => {
  await reserve("ann", "token-of-a-case-on-another-disk");
  awayElsewhere = true;
  await passes(60);
  expect(await statusOf("ann")).toBe("reserved");
  awayElsewhere = false;
  await passes(14);
  expect(await statusOf("ann")).toBe("reserved");
  await passes(6);
  expect(await statusOf("ann")).toBe("available");
});

test("a hold that no case has is ended within 20 s, not before 14 s; the other stays", async () => {
  await reserve("ann", "token-of-nobody");
  await reserve("bob", "token-o1");
  const state = callerState("c1", { escalation: escalationPart("e1"), handoff: offering("o1", "bob") });
  await journal.commit(commit("c1", 1, { state, held: [agent("bob")] }));
  await passes(14);
  expect(await statusOf("ann")).toBe("reserved");
  await passes(6);
  expect(await statusOf("ann")).toBe("available");
  await passes(60);
  expect(await statusOf("bob")).toBe("reserved");
});

test("who talked for a case that is over has to say that they are there", async () => {
  await reserve("ann", "t1");
  const hold = { agent: agent("ann"), token: token("t1"), status: "busy" as const, at: clock.now(), until: LEASE };
  await presence.hold(hold);
  await passes(20);
  expect(await statusOf("ann")).toBe("check-in");
});

test("a case that comes to its record late keeps its agent, and so does one whose record is away", async () => {
  await reserve("ann", "token-o1");
  await passes(10);
  away = true;
  await passes(30);
  expect(await statusOf("ann")).toBe("reserved");
  away = false;
  // Counted from now on: the node that went on with the case needs a moment to give its record back.
  await passes(9);
  expect(await statusOf("ann")).toBe("reserved");
  const state = callerState("c1", { escalation: escalationPart("e1"), handoff: offering("o1", "ann") });
  await journal.commit(commit("c1", 1, { state, held: [agent("ann")] }));
  await passes(60);
  expect(await statusOf("ann")).toBe("reserved");
});

test("another owner of the same agent is another hold, counted anew", async () => {
  await reserve("ann", "t1");
  await passes(12);
  await presence.release({ agent: agent("ann"), token: token("t1"), next: "available", at: clock.now() });
  await reserve("ann", "t2");
  await passes(10);
  expect(await statusOf("ann")).toBe("reserved");
  await passes(10);
  expect(await statusOf("ann")).toBe("available");
});
