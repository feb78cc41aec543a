import { afterEach, expect, test } from "vitest";

import { Fault } from "../../src/domain/fault.ts";
import { AgentId, CallId, LegId, NodeId } from "../../src/domain/ids.ts";
import { decide } from "../../src/handoff/decide.ts";
import { defaultPolicy } from "../../src/handoff/policy.ts";
import type { Journal } from "../../src/ports/journal.ts";
import { createCaseLoop, type CaseLoop } from "../../src/runtime/case-loop.ts";
import { type CaseOwner, findCaseOwner } from "../../src/runtime/fleet/case-owner.ts";
import { randomIds } from "../../src/runtime/random-ids.ts";
import { createSystemClock } from "../../src/runtime/system-clock.ts";
import { createMemoryBus } from "../../src/stores/memory/bus.ts";
import { createMemoryJournal } from "../../src/stores/memory/journal.ts";
import { silentLog, target } from "../stores/values.ts";

// H13 on several nodes: the record is away, and what happens to a call reaches whichever node the balancer picks. One node
// decides on the case, so that the record that catches up later has every event, in one order.

const call = CallId("c1");
const away = (): never => {
  throw new Fault("store-away", { blame: "store", retryable: false });
};

type One = { readonly name: string; readonly cases: CaseLoop; readonly own: string[]; readonly owner: CaseOwner };

/** Nodes on one journal that can go away; each then keeps what it commits to itself, as a spool does. */
function fleet(names: readonly string[]) {
  const clock = createSystemClock();
  const bus = createMemoryBus(silentLog);
  const record = createMemoryJournal();
  const lines = new Map<string, CallId>();
  let isAway = false;
  /** It falls silent, and the next one who asks finds out. */
  let fallsSilent = false;
  let justBack = false;
  const nodes: One[] = names.map((name) => {
    const own: string[] = [];
    let newest: Awaited<ReturnType<Journal["load"]>>;
    const journal: Journal = {
      ...record,
      load: async (id) => {
        isAway ||= fallsSilent;
        return newest ?? (isAway ? away() : record.load(id));
      },
      commit: async (commit) => {
        isAway ||= fallsSilent;
        if (!isAway) return record.commit(commit);
        newest = { seq: commit.seq, state: commit.state };
        own.push(`${commit.seq} ${commit.event.kind}`);
        return { kind: "committed", durable: "spool" };
      },
    };
    const node = NodeId(name);
    const owner = findCaseOwner({
      node,
      bus,
      clock,
      log: silentLog,
      others: async () => names.length > 1,
      here: {
        knows: (id) => {
          const seq = cases.seqOf(id);
          const line = lines.get(name) === id;
          return seq === undefined && !line ? undefined : { keeps: own.length > 0, line, seq: seq ?? 0 };
        },
        deliver: (id, news, actor) => cases.deliverHere(id, news, actor),
        state: (id) => cases.stateHere(id),
      },
    });
    const cases = createCaseLoop({
      journal,
      clock,
      ids: randomIds,
      node,
      decide,
      shared: true,
      caughtUp: () => !isAway,
      settled: () => !isAway && !justBack,
      ownerOf: (id) => owner.of(id),
      policy: defaultPolicy,
      callbackDueMs: 900_000,
      log: silentLog,
    });
    cases.performWith(() => undefined);
    return { name, cases, own, owner };
  });
  opened.push(...nodes);
  const [one, two, three] = nodes;
  if (!one || !two || !three) throw new Error("three nodes are wanted");
  return {
    one,
    two,
    three,
    nodes,
    holdsLine: ({ name }: One) => void lines.set(name, call),
    goesAway: () => {
      isAway = true;
    },
    fallsSilent: () => {
      fallsSilent = true;
    },
    comesBack: () => {
      isAway = false;
      justBack = true;
    },
  };
}

const opened: One[] = [];
afterEach(() => {
  for (const { cases, owner } of opened.splice(0)) {
    cases.close();
    owner.close();
  }
});

const arrives = (cases: CaseLoop) =>
  cases.deliver(
    call,
    { kind: "call-arrived", call, leg: LegId("l1"), mode: "assistant", language: "en", target, canCallBack: true },
    "carrier",
  );
const starts = (cases: CaseLoop) => cases.deliver(call, { kind: "assistant-started", stream: "s1" }, "carrier");

test("what reaches another node is decided where the caller's line is, and answered with its state", async () => {
  const { one, two, three, holdsLine, goesAway } = fleet(["one", "two", "three"]);
  await arrives(one.cases);
  holdsLine(one);
  goesAway();
  const state = await starts(two.cases);
  expect(state.caller).toMatchObject({ place: "assistant" });
  expect(await three.cases.state(call)).toEqual(state);
  await three.cases.deliver(call, { kind: "caller-left" }, "carrier");
  expect(one.own).toEqual(["2 assistant-started", "3 caller-left"]);
  expect([...two.own, ...three.own]).toEqual([]);
});

test("without a line it is the node that saw the case last, and then whoever keeps its newest events", async () => {
  const { one, two, three, goesAway } = fleet(["one", "two", "three"]);
  await arrives(one.cases);
  // The first node still remembers the case as it was before.
  await starts(two.cases);
  goesAway();
  await one.cases.deliver(call, { kind: "caller-pressed", key: "1" }, "caller");
  await three.cases.deliver(call, { kind: "caller-left" }, "carrier");
  expect(two.own.map((line) => line.split(" ")[0])).toEqual(["3", "4"]);
  expect([...one.own, ...three.own]).toEqual([]);
});

test("a call that nobody knows yet is the node's own where it arrives", async () => {
  const { two, three, goesAway } = fleet(["one", "two", "three"]);
  goesAway();
  await arrives(two.cases);
  await starts(three.cases);
  expect(two.own).toEqual(["1 call-arrived", "2 assistant-started"]);
  expect(three.own).toEqual([]);
});

test("a case that nobody knows is the store's fault, as on one node", async () => {
  const { three, goesAway } = fleet(["one", "two", "three"]);
  goesAway();
  const late = three.cases.deliver(call, { kind: "desk-lost", agent: AgentId("dana"), forced: false }, "agent");
  await expect(late).rejects.toMatchObject({ blame: "store" });
});

test("while the record is there nobody is asked", async () => {
  const { one, two, three, holdsLine } = fleet(["one", "two", "three"]);
  await arrives(one.cases);
  holdsLine(one);
  await starts(two.cases);
  expect(three.cases.seqOf(call)).toBeUndefined();
  expect(two.cases.seqOf(call)).toBe(2);
  expect(one.own).toEqual([]);
});

test("just after it is back, the node that has to catch up is asked still", async () => {
  const { one, two, holdsLine, goesAway, comesBack } = fleet(["one", "two", "three"]);
  await arrives(one.cases);
  holdsLine(one);
  goesAway();
  await starts(one.cases);
  comesBack();
  // The record has the arrival only: alone, this node would take the place of what the first one kept.
  expect((await two.cases.state(call))?.caller).toMatchObject({ place: "assistant" });
});

test("a node that was told of a newer state and cannot load it leaves the case to whoever has it", async () => {
  const { one, two, three, fallsSilent } = fleet(["one", "two", "three"]);
  await arrives(one.cases);
  await starts(two.cases);
  fallsSilent();
  // Nobody has found out yet: the first node would decide on what it remembers from before.
  one.cases.heard(call, 2, true);
  await one.cases.deliver(call, { kind: "caller-left" }, "carrier");
  expect(two.own).toEqual(["3 caller-left"]);
  expect([...one.own, ...three.own]).toEqual([]);
});

test("where nobody has it any more the node goes on with what it remembers", async () => {
  const { one, fallsSilent } = fleet(["one", "two", "three"]);
  await arrives(one.cases);
  fallsSilent();
  // Told by a node that has died since.
  one.cases.heard(call, 2, true);
  await one.cases.deliver(call, { kind: "caller-left" }, "carrier");
  expect(one.own).toEqual(["2 caller-left"]);
});

test("while the record is there a newer state is loaded before anything is decided", async () => {
  const { one, two } = fleet(["one", "two", "three"]);
  await arrives(one.cases);
  await starts(two.cases);
  one.cases.heard(call, 2, true);
  await one.cases.deliver(call, { kind: "caller-left" }, "carrier");
  expect(one.cases.seqOf(call)).toBeUndefined();
  expect((await two.cases.state(call))?.caller).toMatchObject({ place: "gone" });
});
