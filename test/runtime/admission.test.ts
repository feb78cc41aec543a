import { describe, expect, test } from "vitest";
import { CallId, NodeId } from "../../src/domain/ids.ts";
import { EpochMs } from "../../src/domain/time.ts";
import type { Places } from "../../src/ports/places.ts";
import { createAdmission } from "../../src/runtime/admission.ts";
import { openAccountPlaces } from "../../src/runtime/fleet/account-places.ts";
import { rememberFleetSize } from "../../src/runtime/fleet/fleet-size.ts";
import { createMemoryLeases } from "../../src/stores/memory/leases.ts";
import { createMemoryPlaces } from "../../src/stores/memory/places.ts";
import { fakeClock, type FakeClock } from "../stores/fake-clock.ts";
import { silentLog } from "../support/silent-log.ts";

const call = (n: number): CallId => CallId(`call-${n}`);
const calls = (from: number, count: number) => Array.from({ length: count }, (_, place) => call(from + place));
const settled = () => new Promise((resolve) => setImmediate(resolve));

function open(limits: { perNode: number }) {
  const clock = fakeClock(1_000);
  const live: CallId[] = [];
  const admission = createAdmission({ limits, live: () => live, clock });
  const ask = async (n: number) => (await admission.ask(call(n))).answer;
  return { clock, live, admission, ask };
}

describe("the limit of one node", () => {
  test("calls of the same moment count before any of them has its media", async () => {
    const { ask } = open({ perNode: 2 });
    expect(await Promise.all([1, 2, 3].map(ask))).toEqual(["admitted", "admitted", "node-full"]);
  });

  test("a repeated request gets the same answer, takes no second place, and is known to be one", async () => {
    const { admission, live } = open({ perNode: 2 });
    const ask = async (n: number) => {
      const { answer, again } = await admission.ask(call(n));
      return again ? "again" : answer;
    };
    expect(await Promise.all([1, 1, 1, 2, 3, 3].map(ask))).toEqual([
      "admitted",
      "again",
      "again",
      "admitted",
      "node-full",
      "again",
    ]);
    // Also when there is room by now: the refused caller hears the fixed lines already.
    admission.left(call(1));
    expect(await admission.ask(call(3))).toEqual({ answer: "node-full", again: true });
    live.push(call(4));
    expect(await admission.ask(call(4))).toEqual({ answer: "admitted", again: true });
  });

  test("the place becomes the call's own when its media come, and is free when they end", async () => {
    const { ask, live, clock } = open({ perNode: 1 });
    await ask(1);
    live.push(call(1));
    clock.passTo(60_000);
    expect(await ask(2)).toBe("node-full");
    live.length = 0;
    expect(await ask(3)).toBe("admitted");
  });

  test("a call whose media never come gives its place back: at once when it is known to be gone, else after 20 s", async () => {
    const { admission, ask, clock } = open({ perNode: 1 });
    await ask(1);
    admission.left(call(1));
    expect(await ask(2)).toBe("admitted");
    clock.passTo(20_999);
    expect(await ask(3)).toBe("node-full");
    clock.passTo(21_000);
    expect(await ask(4)).toBe("admitted");
  });

  test("says why the next call would be refused", async () => {
    const { admission, ask } = open({ perNode: 1 });
    expect(admission.full()).toBeUndefined();
    await ask(1);
    expect(admission.full()).toBe("full: 1 of 1 calls on this gateway");
  });
});

const away = async () => ({ ok: false, why: "away" }) as const;

/** A store that can be away. */
function storeOf(inner: Places): { readonly places: Places; away: boolean } {
  const places: Places = {
    take: (ask) => (store.away ? away() : inner.take(ask)),
    keep: (kept, at, until) => (store.away ? away() : inner.keep(kept, at, until)),
    give: (one) => (store.away ? away() : inner.give(one)),
  };
  const store = { away: false, places };
  return store;
}

/** Several gateways of one account: limit 10. */
function fleet(size: number) {
  const clock = fakeClock(1_000);
  const store = storeOf(createMemoryPlaces());
  const nodes = Array.from({ length: size }, () => {
    const live: CallId[] = [];
    const account = openAccountPlaces({
      limit: 10,
      places: store.places,
      nodes: () => size,
      live: () => live,
      clock,
      log: silentLog,
    });
    const admission = createAdmission({ limits: { perNode: 150 }, live: () => live, account, clock });
    const admit = async (from: number, count: number): Promise<number> => {
      const answers = await Promise.all(calls(from, count).map((one) => admission.ask(one)));
      return answers.filter(({ answer }) => answer === "admitted").length;
    };
    return { live, account, admission, admit };
  });
  const [a, b, c] = nodes;
  if (!a || !b || !c) throw new Error("a fleet of three or more");
  return { clock, store, a, b, c };
}

/** Each look ends before the next is due. */
async function pass(clock: FakeClock, ms: number): Promise<void> {
  for (const until = clock.now() + ms; clock.now() < until;) {
    clock.passTo(Math.min(until, clock.now() + 500));
    await settled();
  }
}

describe("the limit of the account", () => {
  test("counts a call on every gateway from its admission on, while its caller still hears the opening", async () => {
    const { clock, a, b, c } = fleet(3);
    expect(await a.admit(100, 10)).toBe(10);
    await pass(clock, 3_000);
    expect([await b.admit(200, 10), b.admission.full()]).toEqual([0, "full: 10 of 10 calls of the account"]);
    await pass(clock, 3_000);
    expect(await c.admit(300, 10)).toBe(0);
  });

  test("asked on three gateways in the same moment, no more are admitted than there are places", async () => {
    const { a, b, c } = fleet(3);
    const admitted = await Promise.all([a.admit(100, 10), b.admit(200, 10), c.admit(300, 10)]);
    expect(admitted.reduce((sum, one) => sum + one, 0)).toBe(10);
  });

  test("a call keeps its place as long as its media are somewhere; those of a dead gateway are free after 5 s", async () => {
    const { clock, a, b } = fleet(3);
    await a.admit(100, 10);
    a.live.push(...calls(100, 10));
    await pass(clock, 60_000);
    expect(await b.admit(200, 1)).toBe(0);
    a.account.close();
    await pass(clock, 4_000);
    expect(await b.admit(300, 1)).toBe(0);
    await pass(clock, 1_000);
    expect(await b.admit(400, 1)).toBe(1);
  });

  test("a caller who leaves during the opening frees the place for everybody, wherever that was heard", async () => {
    const { a, b, c } = fleet(3);
    await a.admit(100, 10);
    b.admission.left(call(100));
    await settled();
    expect(await c.admit(300, 2)).toBe(1);
  });

  test("with the store away each gateway keeps to its share, and to what was free", async () => {
    const { clock, store, a, b, c } = fleet(3);
    await a.admit(100, 6);
    a.live.push(...calls(100, 6));
    await pass(clock, 1_500);
    store.away = true;
    await pass(clock, 1_500);
    expect([await a.admit(150, 5), await b.admit(200, 5), await c.admit(300, 5)]).toEqual([0, 3, 3]);
    expect(b.admission.full()).toBe("full: 3 calls, this gateway's share of 10");
  });
});

test("how many gateways there are is what the store said last", async () => {
  const inner = createMemoryLeases();
  let silent = false;
  const { leases, nodes } = rememberFleetSize({
    ...inner,
    nodes: async (at) => (silent ? { ok: false, why: "away" } : inner.nodes(at)),
  });
  expect(nodes()).toBe(1);
  for (const id of ["one", "two", "three"]) await leases.renew(NodeId(id), EpochMs(id === "three" ? 1_500 : 3_000));
  await leases.nodes(EpochMs(1_000));
  expect(nodes()).toBe(3);
  await leases.nodes(EpochMs(2_000));
  expect(nodes()).toBe(2);
  silent = true;
  await leases.nodes(EpochMs(9_000));
  expect(nodes()).toBe(2);
});
