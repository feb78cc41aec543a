// What a vendor told the wrong gateway reaches the one that has the call, and is done once.
import { beforeEach, expect, test } from "vitest";
import { CallId, NodeId } from "../../src/domain/ids.ts";
import { after, EpochMs } from "../../src/domain/time.ts";
import type { Bus } from "../../src/ports/bus.ts";
import { createPassOn } from "../../src/runtime/fleet/pass-on.ts";
import { createMemoryBus } from "../../src/stores/memory/bus.ts";
import { createMemoryLeases } from "../../src/stores/memory/leases.ts";
import { type FakeClock, fakeClock } from "../stores/fake-clock.ts";
import { silentLog } from "../support/silent-log.ts";

const CALL = CallId("call-1");
const [ASKING, HAVING] = [NodeId("asking"), NodeId("having")];
const news = { body: "news", call: CALL };

let bus: Bus;
let clock: FakeClock;
let leases: ReturnType<typeof createMemoryLeases>;
beforeEach(async () => {
  bus = createMemoryBus(silentLog);
  clock = fakeClock(1_000);
  leases = createMemoryLeases();
  await leases.renew(ASKING, EpochMs(1_000_000));
  await leases.renew(HAVING, EpochMs(1_000_000));
});
const node = (id: NodeId, over: Bus = bus) => createPassOn({ node: id, bus: over, leases, clock, log: silentLog });
/** Everything that waits for nothing but its turn has had it, on however loaded a machine. */
const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};
const pass = async (ms: number): Promise<void> => {
  for (const until = clock.now() + ms; clock.now() < until;) {
    clock.passTo(Math.min(until, clock.now() + 50));
    await settled();
  }
};
/** What this node publishes is heard so much later. */
const late = (ms: number): Bus => ({
  publish: (channel, message) =>
    new Promise((resolve) => clock.at(after(clock.now(), ms), () => void bus.publish(channel, message).then(resolve))),
  subscribe: (channel, listener) => bus.subscribe(channel, listener),
});

test("the node that has the call answers, however long it takes, and no other one does", async () => {
  await leases.hold(CALL, HAVING);
  const [asking, having, other] = [node(ASKING), node(HAVING), node(NodeId("other"))];
  const done = Promise.withResolvers<string>();
  const seen: string[] = [];
  other.serve("vendor", () => undefined);
  having.serve("vendor", (body) => {
    seen.push(body);
    return done.promise;
  });
  having.serve("another vendor", () => Promise.resolve("wrong"));
  const answer = asking.pass("vendor", news);
  await settled();
  await pass(5_000);
  done.resolve("done");
  expect([await answer, seen]).toEqual([{ kind: "done", body: "done" }, ["news"]]);
});

test("a node that is slow on the bus has the call all the same: it does the work once, and nobody else does", async () => {
  await leases.hold(CALL, HAVING);
  let ran = 0;
  node(HAVING, late(1_300)).serve("vendor", async () => {
    ran += 1;
    return "booked";
  });
  const answer = node(ASKING).pass("vendor", news);
  await pass(4_000);
  expect([await answer, ran]).toEqual([{ kind: "done", body: "booked" }, 1]);
});

test("what the node with the call cannot do is told at once, and is not done here", async () => {
  await leases.hold(CALL, HAVING);
  node(HAVING).serve("vendor", () => Promise.reject(new Error("the tool broke")));
  expect(await node(ASKING).pass("vendor", news)).toEqual({ kind: "failed" });
  expect(await leases.holder(CALL, clock.now())).toEqual({ ok: true, value: HAVING });
});

test("a call that nobody has is the asking node's, at once and for good; of two that ask, one gets it", async () => {
  const both = [node(ASKING), node(HAVING)].map((one) => one.pass("vendor", news));
  expect(await both[0]).toEqual({ kind: "here" });
  expect(await leases.holder(CALL, clock.now())).toEqual({ ok: true, value: ASKING });
  await pass(6_000);
  expect(await both[1]).toEqual({ kind: "failed" });
});

test("a node that dies before it says anything loses the call to the one that asks", async () => {
  await leases.renew(HAVING, EpochMs(2_500));
  await leases.hold(CALL, HAVING);
  const answer = node(ASKING).pass("vendor", news);
  await pass(2_000);
  expect(await answer).toEqual({ kind: "here" });
});

test("one that has taken it and never answers: it may have been done, so it is not done again", async () => {
  await leases.hold(CALL, HAVING);
  node(HAVING).serve("vendor", () => new Promise(() => undefined));
  const stuck = node(ASKING).pass("vendor", news);
  await settled();
  await pass(23_500);
  expect(await stuck).toEqual({ kind: "failed" });
});

test("a call that no lease names: whoever has it says so; else nobody has it", async () => {
  const asking = node(ASKING);
  const nobody = asking.pass("vendor", { body: "news" });
  await settled();
  await pass(2_000);
  expect(await nobody).toEqual({ kind: "here" });
  expect(await leases.holder(CALL, clock.now())).toEqual({ ok: true, value: undefined });
  node(HAVING, late(1_300)).serve("vendor", () => Promise.resolve("mine"));
  const somebody = asking.pass("vendor", { body: "news" });
  await settled();
  await pass(3_000);
  expect(await somebody).toEqual({ kind: "done", body: "mine" });
});

const away = async () => ({ ok: false, why: "away" }) as const;

test("the store is away for a moment: the node that has the call is asked all the same", async () => {
  await leases.hold(CALL, HAVING);
  node(HAVING).serve("vendor", () => Promise.resolve("done"));
  const whole = leases;
  leases = { ...whole, own: (...ask) => (clock.now() < 2_000 ? away() : whole.own(...ask)) };
  const answer = node(ASKING).pass("vendor", news);
  await pass(1_500);
  expect(await answer).toEqual({ kind: "done", body: "done" });
});

test("the store stays away: whose the call is cannot be known, nobody was told, and it is soon said so", async () => {
  const told: unknown[] = [];
  bus.subscribe({ name: "pass-on-vendor", read: (raw) => raw }, (message) => told.push(message));
  leases = { ...leases, own: away };
  const answer = node(ASKING).pass("vendor", news);
  await pass(2_000);
  expect([await answer, told]).toEqual([{ kind: "unknown" }, []]);
});

test("the store goes away after somebody was told: they may have done it", async () => {
  await leases.hold(CALL, HAVING);
  const whole = leases;
  leases = { ...whole, own: (...ask) => (clock.now() > 1_000 ? away() : whole.own(...ask)) };
  const answer = node(ASKING).pass("vendor", news);
  await pass(4_000);
  expect(await answer).toEqual({ kind: "failed" });
});
