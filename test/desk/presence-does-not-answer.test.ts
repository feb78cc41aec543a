// Redis slow or away while an agent is at the desk: they hear so at once, and the desk comes to its right state by itself.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { EpochMs } from "../../src/domain/time.ts";
import { DANA, deskBench, type DeskBench } from "./desk-bench.ts";

const AWAY = { ok: false, why: "redis did not answer within 250 ms" } as const;

let bench: DeskBench;
let whole: DeskBench["presence"];
beforeEach(async () => {
  bench = await deskBench();
  whole = { ...bench.presence };
});
afterEach(async () => {
  back();
  await bench.close();
});

const asked = { get: 0, set: [] as string[] };
/** Presence does not answer from now on. */
function away(): void {
  asked.get = 0;
  asked.set = [];
  Object.assign(bench.presence, {
    get: async () => {
      asked.get += 1;
      return AWAY;
    },
    set: async ({ status }: { readonly status: string }) => {
      asked.set.push(status);
      return AWAY;
    },
    renew: async () => AWAY,
  });
}
const back = (): void => void Object.assign(bench.presence, whole);
const available = (leaseMs = 14_000) =>
  whole.set({
    agent: DANA.id,
    status: "available",
    at: bench.clock.now(),
    leaseUntil: EpochMs(bench.clock.now() + leaseMs),
  });
const status = async (): Promise<string | undefined> => {
  const answer = await whole.get([DANA.id], bench.clock.now());
  return answer.ok ? answer.value[0]?.status : undefined;
};

describe("a desk that opens", () => {
  test("is greeted, hears that its state is not known, and gets it when there is an answer", async () => {
    await available();
    away();
    const tab = await bench.sit("dana");
    expect(tab.frames[0]).toMatchObject({ type: "hello", presence: { status: "offline" } });
    expect(await tab.next("error")).toMatchObject({ code: "presence-unavailable" });
    bench.clock.advance(1_000);
    await bench.until(() => expect(asked.get).toBe(2));
    back();
    await tab.settled();
    bench.clock.advance(1_000);
    expect(await tab.next("presence")).toMatchObject({ status: "available" });
  });

  test("says nothing of it when there was an answer", async () => {
    const tab = await bench.sit("dana");
    await tab.settled();
    bench.clock.advance(3_000);
    await tab.settled();
    expect(tab.frames.filter(({ type }) => type === "presence")).toEqual([]);
  });
});

describe("an agent's word that cannot be stored", () => {
  test("is answered at once, and obeyed when that is possible", async () => {
    const tab = await bench.sit("dana");
    away();
    tab.send({ type: "presence", status: "available" });
    expect(await tab.next("error")).toMatchObject({ code: "presence-unavailable" });
    expect(await status()).toBe("offline");
    back();
    bench.clock.advance(1_000);
    expect(await tab.next("presence")).toMatchObject({ status: "available" });
    expect(await status()).toBe("available");
  });

  test("is forgotten for what they say next", async () => {
    const tab = await bench.sit("dana");
    away();
    tab.send({ type: "presence", status: "available" });
    await tab.next("error");
    tab.send({ type: "presence", status: "away" });
    await tab.next("error");
    bench.clock.advance(1_000);
    await bench.until(() => expect(asked.set).toEqual(["available", "away", "away"]));
    back();
    await tab.settled();
    bench.clock.advance(1_000);
    expect(await tab.next("presence")).toMatchObject({ status: "away" });
  });

  test("is forgotten when their desk is closed: nobody becomes available who is not there", async () => {
    const tab = await bench.sit("dana");
    away();
    tab.send({ type: "presence", status: "available" });
    await tab.next("error");
    tab.socket.close();
    await tab.closed;
    await bench.until(() => expect(bench.hub.tabs()).toBe(0));
    back();
    bench.clock.advance(1_000);
    const again = await bench.sit("dana");
    bench.clock.advance(3_000);
    await again.settled();
    expect(await status()).toBe("offline");
  });

  test("comes before a mere state: a second tab that opens meanwhile changes nothing", async () => {
    const tab = await bench.sit("dana");
    away();
    tab.send({ type: "presence", status: "available" });
    await tab.next("error");
    const second = await bench.sit("dana");
    await second.next("error");
    back();
    bench.clock.advance(1_000);
    expect(await second.next("presence")).toMatchObject({ status: "available" });
  });
});
