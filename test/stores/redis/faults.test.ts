import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { linkRedis } from "../../../src/stores/redis/link.ts";
import type { RedisLink } from "../../../src/stores/redis/link.ts";
import { createRedisPresence } from "../../../src/stores/redis/presence.ts";
import type { RedisPresence } from "../../../src/stores/redis/presence.ts";
import { startProxy } from "../proxy.ts";
import type { Proxy } from "../proxy.ts";
import { startRedis } from "../servers.ts";
import type { Server } from "../servers.ts";
import { agent, at, silentLog, token } from "../values.ts";
import { settableClock } from "../settable-clock.ts";
import { openRoom } from "./rooms.ts";

// H13: when Redis cannot answer, presence says so in time, and works again when Redis does.

const [dana, t1] = [agent("dana"), token("t1")];
/** The link's limit is 250 ms; a loaded machine may take longer to notice, a hang would take for ever. */
const IN_TIME_MS = 3_000;

let server: Server;
let proxy: Proxy;
let link: RedisLink;
let presence: RedisPresence;
let rooms = 0;
beforeAll(async () => {
  server = await startRedis();
});
afterAll(() => server.stop());
beforeEach(async () => {
  proxy = await startProxy(server.port);
  link = linkRedis(`redis://127.0.0.1:${proxy.port}`, silentLog);
  presence = createRedisPresence({ link, clock: settableClock(), log: silentLog, prefix: `faults-${(rooms += 1)}` });
  await answers();
});
afterEach(async () => {
  presence.close();
  await link.close();
  await proxy.close();
});

/** Back to work: a wish is answered again. */
const answers = () =>
  expect
    .poll(
      async () => (await presence.set({ agent: dana, status: "available", at: at(1_000), leaseUntil: at(90_000) })).ok,
      { timeout: 20_000, interval: 50 },
    )
    .toBe(true);

const reserve = () => presence.reserve({ candidates: [dana], token: t1, at: at(2_000), expiresAt: at(9_000) });

async function refusedInTime(): Promise<void> {
  const began = performance.now();
  const all = await Promise.all([
    reserve(),
    presence.hold({ agent: dana, token: t1, status: "busy", at: at(2_000), until: at(9_000) }),
    presence.release({ agent: dana, token: t1, next: "available", at: at(2_000) }),
    presence.renew(dana, at(2_000), at(9_000)),
    presence.get([dana], at(2_000)),
  ]);
  expect(all.map(({ ok }) => ok)).toEqual([false, false, false, false, false]);
  expect(performance.now() - began).toBeLessThan(IN_TIME_MS);
}

describe("presence when Redis is away", () => {
  test("silent: every question is refused in time, and answered again afterwards", async () => {
    proxy.weather({ kind: "silent" });
    await refusedInTime();
    await refusedInTime();
    proxy.weather({ kind: "clear" });
    await answers();
    expect(await reserve()).toEqual({ ok: true, value: dana });
  });

  test("silent, then well again without a closed connection: the link makes itself a new one", async () => {
    proxy.weather({ kind: "silent" });
    await refusedInTime();
    proxy.weather({ kind: "slow", ms: 0 });
    await answers();
  });

  test("resetting: refused at once, answered again afterwards", async () => {
    proxy.weather({ kind: "reset" });
    await refusedInTime();
    await refusedInTime();
    proxy.weather({ kind: "clear" });
    await answers();
  });

  test("slower than the limit: refused in time, though it may have been done; the same token then finds its agent", async () => {
    proxy.weather({ kind: "slow", ms: 1_000 });
    expect((await reserve()).ok).toBe(false);
    proxy.weather({ kind: "clear" });
    await answers();
    expect(await reserve()).toEqual({ ok: true, value: dana });
    const rival = { candidates: [dana], token: token("t2"), at: at(2_000), expiresAt: at(9_000) };
    expect(await presence.reserve(rival)).toEqual({ ok: true, value: undefined });
  });

  test("a restart that loses everything: nobody is available until they say so, and no old token counts", async () => {
    expect(await reserve()).toEqual({ ok: true, value: dana });
    await server.end("SIGKILL");
    await refusedInTime();
    await server.start();
    await expect
      .poll(async () => presence.get([dana], at(3_000)), { timeout: 20_000, interval: 50 })
      .toEqual({ ok: true, value: [{ agent: dana, status: "offline", since: 3_000 }] });
    expect(await presence.renew(dana, at(3_000), at(9_000))).toEqual({ ok: true, value: false });
    const late = { agent: dana, token: t1, next: "available" as const, at: at(3_000) };
    expect(await presence.release(late)).toEqual({ ok: true, value: false });
    await answers();
    expect(await reserve()).toEqual({ ok: true, value: dana });
  });

  test("changes made while this node could not hear are told when it can again", async () => {
    const prefix = `faults-${rooms}`;
    const heard: string[] = [];
    presence.onChange(({ agent: who, status }) => heard.push(`${who} ${status}`));
    const other = await openRoom(server.url, prefix);
    proxy.weather({ kind: "reset" });
    await refusedInTime();
    await other.presence.set({ agent: agent("eve"), status: "away", at: at(5_000), leaseUntil: at(90_000) });
    proxy.weather({ kind: "clear" });
    await expect.poll(() => heard, { timeout: 20_000 }).toContain("eve away");
    await other.close();
  });
});
