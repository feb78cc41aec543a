import { describe, expect, test } from "vitest";
import { CallId, NodeId } from "../../src/domain/ids.ts";
import { EpochMs } from "../../src/domain/time.ts";
import { createAdmission } from "../../src/runtime/admission.ts";
import { countElsewhere } from "../../src/runtime/fleet/count-elsewhere.ts";
import { createMemoryLeases } from "../../src/stores/memory/leases.ts";
import { fakeClock } from "../stores/fake-clock.ts";
import { silentLog } from "../support/silent-log.ts";

const call = (n: number): CallId => CallId(`call-${n}`);

function open(limits: { perNode: number; perAccount?: number }) {
  const clock = fakeClock(1_000);
  const live: CallId[] = [];
  const others = { count: 0 };
  const admission = createAdmission({ limits, live: () => live, elsewhere: () => others.count, clock });
  return { clock, live, others, admission };
}

describe("the limit of one node", () => {
  test("calls of the same moment count before any of them has its media", () => {
    const { admission } = open({ perNode: 2 });
    expect([1, 2, 3].map((n) => admission.ask(call(n)))).toEqual(["admitted", "admitted", "node-full"]);
  });

  test("a repeated request gets the same answer and takes no second place", () => {
    const { admission } = open({ perNode: 2 });
    expect([1, 1, 1, 2].map((n) => admission.ask(call(n)))).toEqual(Array(4).fill("admitted"));
  });

  test("the place becomes the call's own when its media come, and is free when they end", () => {
    const { admission, live, clock } = open({ perNode: 1 });
    admission.ask(call(1));
    live.push(call(1));
    clock.passTo(60_000);
    expect(admission.ask(call(2))).toBe("node-full");
    live.length = 0;
    expect(admission.ask(call(2))).toBe("admitted");
  });

  test("a call whose media never come gives its place back: at once when it is known to be gone, else after 20 s", () => {
    const { admission, clock } = open({ perNode: 1 });
    admission.ask(call(1));
    admission.left(call(1));
    expect(admission.ask(call(2))).toBe("admitted");
    clock.passTo(20_999);
    expect(admission.ask(call(3))).toBe("node-full");
    clock.passTo(21_000);
    expect(admission.ask(call(3))).toBe("admitted");
  });

  test("says why the next call would be refused", () => {
    const { admission } = open({ perNode: 1 });
    expect(admission.full()).toBeUndefined();
    admission.ask(call(1));
    expect(admission.full()).toBe("full: 1 of 1 calls on this gateway");
  });
});

describe("the limit of the account", () => {
  test("counts the other nodes' calls too", () => {
    const { admission, others } = open({ perNode: 10, perAccount: 3 });
    others.count = 2;
    expect([1, 2].map((n) => admission.ask(call(n)))).toEqual(["admitted", "account-full"]);
    expect(admission.full()).toBe("full: 3 of 3 calls of the account");
    others.count = 1;
    expect(admission.ask(call(2))).toBe("admitted");
  });

  test("what the other nodes hold is looked at every second, and a dead node's calls no longer count", async () => {
    const clock = fakeClock(1_000);
    const leases = createMemoryLeases();
    const [mine, other] = [NodeId("mine"), NodeId("other")];
    await leases.renew(mine, EpochMs(60_000));
    await leases.renew(other, EpochMs(3_500));
    await leases.hold(call(1), mine);
    await leases.hold(call(2), other);
    await leases.hold(call(3), other);
    const elsewhere = countElsewhere({ node: mine, leases, clock, log: silentLog });
    await expect.poll(() => elsewhere.count()).toBe(2);
    // Each look ends before the next is due; until then time stands.
    for (let at = 2_000; elsewhere.count() > 0 && at <= 60_000; at += 1_000) {
      clock.passTo(at);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(elsewhere.count()).toBe(0);
    elsewhere.close();
  });
});
