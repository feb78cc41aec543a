// H13: one gateway of two loses the database, alone. It goes on with its calls from its disk; requests go to the other one,
// which has the record and would decide from it, were it not told. Nothing that was decided is lost.
import { afterAll, beforeAll, expect, test } from "vitest";

import { clip } from "../../lab/audio/clips.ts";
import { lanes } from "../calls/numbers.ts";
import { answerAt, callerArrives, creates, endOf, escalationOf, offerAt, sitDown } from "../calls/scene.ts";
import { type Proxy, startProxy } from "../stores/proxy.ts";
import { type FleetScene, nodeAt, openFleet, prefer, recordOf, withoutGap } from "./fleet-scene.ts";
import { caughtUp, figure, readiness } from "./store-weather.ts";

const numbers = lanes(["alone"]);
const [to = ""] = numbers.map(({ number }) => number);

let scene: FleetScene;
let proxy: Proxy;
/** The first gateway's way to the database; the second one goes straight. */
let byTheProxy: string;
beforeAll(async () => {
  scene = await openFleet({
    nodes: 2,
    numbers,
    callsPerSecond: 20,
    through: async ({ redis, postgres }) => {
      proxy = await startProxy(postgres.port);
      byTheProxy = postgres.url.replace(`:${postgres.port}`, `:${proxy.port}`);
      return { redisUrl: redis.url, databaseUrl: postgres.url };
    },
    envOf: (place) => (place === 0 ? { DATABASE_URL: byTheProxy } : {}),
  });
});
afterAll(async () => {
  await scene.close();
  await proxy.close();
});

test("its caller gets an agent, and the record all of it", { timeout: 150_000 }, async () => {
  const [alone, other] = [nodeAt(scene, 0), nodeAt(scene, 1)];
  prefer(scene, { calls: alone, desks: other });
  const dana = await sitDown(scene, { id: "dana", queue: "alone", phone: { kind: "answers", afterMs: 300 } });
  const caller = await callerArrives(scene, { to, from: "+14155553401" });
  proxy.weather({ kind: "silent" });
  await expect.poll(async () => (await readiness(alone)).http, { timeout: 20_000 }).toBe(503);
  // As a balancer does: whoever is not ready gets no new requests.
  prefer(scene, { calls: other, desks: other });
  await caller.say(clip("speak-to-human").audio);
  const { escalationId } = await offerAt(scene, dana);
  const handset = await answerAt(dana);
  await handset.untilAsked();
  await handset.press("1");
  await dana.seat.waitFor(({ type, state }) => type === "state" && state === "bridged", 30_000);
  caller.hangUp();
  await endOf(scene, handset.callSid);

  proxy.weather({ kind: "clear" });
  await caughtUp(alone);
  for (const node of [alone, other]) expect(await figure(node, "warmline_spool_lost")).toBe(0);
  const record = await recordOf(scene, caller);
  expect(withoutGap(record)).toBe(true);
  expect(record.filter(({ event }) => event === "caller-left")).toHaveLength(1);
  expect(await escalationOf(scene, escalationId)).toMatchObject({ status: "assigned", assignee: "dana" });
  expect(creates(scene, dana.phone.address)).toHaveLength(1);
});
