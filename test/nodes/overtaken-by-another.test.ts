// H13: the database is away, a gateway bridges a caller from its disk, and dies. The database comes back, the caller leaves,
// and the other gateway knows of no agent: what the dead one decided is lost when it is started again. Its agent's leg is not:
// an agent whom it has put into a room must not wait there for somebody who never comes.
import { afterAll, beforeAll, expect, test } from "vitest";

import { clip } from "../../lab/audio/clips.ts";
import { lanes } from "../calls/numbers.ts";
import { answerAt, callerArrives, endOf, sitDown, until } from "../calls/scene.ts";
import { type FleetScene, happened, kill, nodeAt, openFleet, prefer, recordOf, withoutGap } from "./fleet-scene.ts";
import { figure, withNetwork } from "./store-weather.ts";

const numbers = lanes(["overtaken"]);
const [to = ""] = numbers.map(({ number }) => number);
const { through, network } = withNetwork();

let scene: FleetScene;
beforeAll(async () => {
  scene = await openFleet({ nodes: 2, numbers, callsPerSecond: 20, through });
});
afterAll(async () => {
  await scene.close();
  const { redis, postgres } = network();
  await Promise.all([redis.close(), postgres.close()]);
});

test("the agent's leg of a decision that was overtaken is ended", { timeout: 150_000 }, async () => {
  const [dies, other] = [nodeAt(scene, 0), nodeAt(scene, 1)];
  prefer(scene, { calls: dies, desks: dies });
  const dana = await sitDown(scene, { id: "dana", queue: "overtaken", phone: { kind: "answers", afterMs: 300 } });
  const caller = await callerArrives(scene, { to, from: "+14155553401" });
  network().postgres.weather({ kind: "silent" });
  await caller.say(clip("speak-to-human").audio);
  const handset = await answerAt(dana);
  await handset.untilAsked();
  await handset.press("1");
  await dana.seat.waitFor(({ type, state }) => type === "state" && state === "bridged", 30_000);

  await kill(dies);
  prefer(scene, { calls: other, desks: other });
  network().postgres.weather({ kind: "clear" });
  caller.hangUp();
  await happened(scene, caller, "caller-left");
  expect(scene.fleet.twilio.legs().map(({ sid }) => sid)).toEqual([handset.callSid]);

  await dies.start();
  await endOf(scene, handset.callSid);
  await until("what it had decided is known to be lost", 30_000, async () =>
    (await figure(dies, "warmline_spool_lost")) > 0 ? true : undefined,
  );
  const record = await recordOf(scene, caller);
  expect(withoutGap(record)).toBe(true);
  expect(record.map(({ event }) => event)).toContain("leg-left-behind");
});
