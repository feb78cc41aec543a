// Gateways whose clocks are apart, and leases of seconds: Redis's clock is the one that counts.
import { afterAll, beforeAll, expect, test } from "vitest";
import { CallId, NodeId } from "../../../src/domain/ids.ts";
import { after, EpochMs } from "../../../src/domain/time.ts";
import { createRedisLeases } from "../../../src/stores/redis/leases.ts";
import { createRedisPlaces } from "../../../src/stores/redis/places.ts";
import { leasesIn, openSharedTime, placesIn, rateIn } from "../../../src/stores/redis/shared-time.ts";
import { createRedisSlidingWindow } from "../../../src/stores/redis/sliding-window.ts";
import { type FakeClock, fakeClock } from "../fake-clock.ts";
import { startRedis, type Server } from "../servers.ts";
import { silentLog } from "../values.ts";
import { connected } from "./rooms.ts";

let server: Server;
beforeAll(async () => {
  server = await startRedis();
});
afterAll(() => server.stop());

/** A gateway whose clock is so far ahead of the others', once Redis has told it the time. */
async function gateway(aheadMs: number) {
  const link = await connected(server.url);
  const clock: FakeClock = fakeClock(Date.now() + aheadMs);
  const asked = Promise.withResolvers<void>();
  const run: typeof link.run = async (...command) => {
    const answer = await link.run(...command);
    // The answer is read in the turn after this.
    setImmediate(asked.resolve);
    return answer;
  };
  const time = openSharedTime({ link: { run }, clock, log: silentLog });
  await asked.promise;
  return {
    clock,
    leases: leasesIn(time, createRedisLeases({ link })),
    places: placesIn(time, createRedisPlaces({ link })),
    rate: rateIn(time, createRedisSlidingWindow({ link, name: "dials", rate: { perSecond: 2 } })),
    close: async () => {
      time.close();
      await link.close();
    },
  };
}

const CALL = CallId("call-1");
const [ON_TIME, AHEAD] = [NodeId("on-time"), NodeId("ahead")];

test.each([10_000, -10_000, 0])(
  "a clock that is %i ms ahead: both live, and a call stays where it is",
  async (apart) => {
    const [one, other] = [await gateway(0), await gateway(apart)];
    await one.leases.renew(ON_TIME, after(one.clock.now(), 2_000));
    await other.leases.renew(AHEAD, after(other.clock.now(), 2_000));
    for (const { leases, clock } of [one, other]) {
      expect(await leases.nodes(clock.now())).toEqual({ ok: true, value: { live: [AHEAD, ON_TIME], lapsed: [] } });
      await leases.hold(CALL, ON_TIME);
      expect(await leases.holder(CALL, clock.now())).toEqual({ ok: true, value: ON_TIME });
      expect(await leases.own(CALL, AHEAD, clock.now())).toEqual({ ok: true, value: ON_TIME });
    }
    await Promise.all([one.close(), other.close()]);
  },
);

/** Two gateways that say and look as gateways do, on a Redis whose clock jumps. */
test.each([10_000, -10_000])(
  "the clock of Redis jumps by %i ms: nobody is taken for dead, and who dies then is",
  async (jump) => {
    const link = await connected(server.url);
    const clock = fakeClock(Date.now());
    let jumped = 0;
    const run: typeof link.run = async (script, ...rest) => {
      if (!script.lua.includes("'TIME'")) return link.run(script, ...rest);
      const now = clock.now() + jumped;
      return [String(Math.floor(now / 1_000)), String((now % 1_000) * 1_000)];
    };
    const open = () => {
      const time = openSharedTime({ link: { run }, clock, log: silentLog });
      return { time, leases: leasesIn(time, createRedisLeases({ link, prefix: `jump-${jump}` })) };
    };
    const one = open();
    // It asks every five seconds from here on, the other one not in the same moment.
    await new Promise((resolve) => setImmediate(resolve));
    clock.advance(2_000);
    const other = open();
    const beat = async ({ leases }: typeof one, node: NodeId) => {
      await leases.renew(node, after(clock.now(), 2_000));
      return leases.nodes(clock.now());
    };
    await beat(other, AHEAD);
    for (let beats = 0; beats < 20; beats += 1) {
      if (beats === 4) jumped = jump;
      for (const seen of [await beat(one, ON_TIME), await beat(other, AHEAD)])
        expect([beats, seen]).toEqual([beats, { ok: true, value: { live: [AHEAD, ON_TIME], lapsed: [] } }]);
      clock.advance(500);
    }
    clock.advance(2_000);
    expect(await beat(one, ON_TIME)).toEqual({ ok: true, value: { live: [ON_TIME], lapsed: [AHEAD] } });
    one.time.close();
    other.time.close();
    await link.close();
  },
);

test("the places of the others are not given away by a clock that is ahead", async () => {
  const [one, other] = [await gateway(0), await gateway(10_000)];
  const ask = (limit: number, call: string, { clock }: typeof one) => ({
    call: CallId(call),
    limit,
    at: clock.now(),
    until: after(clock.now(), 5_000),
  });
  expect(await one.places.take(ask(1, "first", one))).toEqual({ ok: true, value: "taken" });
  expect(await other.places.take(ask(1, "second", other))).toEqual({ ok: true, value: "full" });
  expect(await other.places.keep([], other.clock.now(), after(other.clock.now(), 5_000))).toEqual({
    ok: true,
    value: 1,
  });
  await Promise.all([one.close(), other.close()]);
});

test("a gateway whose clock is ahead keeps nobody from dialling, and dials no more than its rate", async () => {
  const [one, other] = [await gateway(0), await gateway(60_000)];
  const take = ({ rate, clock }: typeof one, wanted: number) => rate.take(clock.now(), wanted);
  expect(await take(other, 1)).toEqual({ ok: true, value: { taken: 1, waitMs: 0 } });
  expect(await take(one, 1)).toEqual({ ok: true, value: { taken: 1, waitMs: 0 } });
  // Their clocks stand still, so the window stays full, for a second at most but for the way of Redis's answer.
  for (const full of [await take(one, 1), await take(other, 1)]) {
    expect(full).toMatchObject({ ok: true, value: { taken: 0 } });
    expect(full.ok && full.value.waitMs).toBeLessThan(2_000);
  }
  await Promise.all([one.close(), other.close()]);
});

test("Redis does not say, or says so late that it tells nothing: the gateway's own clock counts", async () => {
  const clock = fakeClock(1_000);
  const mute = openSharedTime({ link: { run: () => Promise.reject(new Error("away")) }, clock, log: silentLog });
  const slow = openSharedTime({
    link: {
      run: async () => {
        clock.advance(300);
        return ["50", "0"];
      },
    },
    clock,
    log: silentLog,
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect([mute.of(EpochMs(7)), slow.of(EpochMs(7))]).toEqual([7, 7]);
  clock.advance(5_000);
  mute.close();
  slow.close();
});
