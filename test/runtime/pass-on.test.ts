// What a vendor told the wrong gateway reaches the one that has the call.
import { beforeEach, expect, test } from "vitest";
import type { Bus } from "../../src/ports/bus.ts";
import { createPassOn } from "../../src/runtime/fleet/pass-on.ts";
import { createMemoryBus } from "../../src/stores/memory/bus.ts";
import { silentLog } from "../support/silent-log.ts";
import { fakeClock } from "../stores/fake-clock.ts";

let bus: Bus;
let clock: ReturnType<typeof fakeClock>;
beforeEach(() => {
  bus = createMemoryBus(silentLog);
  clock = fakeClock(1_000);
});
const node = () => createPassOn({ bus, clock, log: silentLog });
const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

test("the node that has the call answers, however long it takes, and no other one does", async () => {
  const [asking, having, other] = [node(), node(), node()];
  const done = Promise.withResolvers<string>();
  const seen: string[] = [];
  other.serve("vendor", () => undefined);
  having.serve("vendor", (body) => {
    seen.push(body);
    return done.promise;
  });
  having.serve("another vendor", () => Promise.resolve("wrong"));
  const answer = asking.pass("vendor", "news");
  await settled();
  clock.advance(5_000);
  done.resolve("done");
  expect([await answer, seen]).toEqual(["done", ["news"]]);
});

test("nobody has it: that is known within a moment; nobody is kept waiting by one who never answers", async () => {
  const asking = node();
  const unanswered = asking.pass("vendor", "news");
  await settled();
  clock.advance(250);
  expect(await unanswered).toBeUndefined();
  node().serve("vendor", () => new Promise(() => undefined));
  const stuck = asking.pass("vendor", "news");
  await settled();
  clock.advance(23_000);
  expect(await stuck).toBeUndefined();
});

test("the bus is away: for this node to serve, at once", async () => {
  bus = { ...bus, publish: () => Promise.resolve(false) };
  expect(await node().pass("vendor", "news")).toBeUndefined();
});
