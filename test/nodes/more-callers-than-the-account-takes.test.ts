// `ACCOUNT_CALLS_MAX` is one limit of all gateways: a caller who still hears the opening on one of them has the place, and
// who comes to another one meanwhile is offered a callback at once.
import { afterAll, beforeAll, expect, test } from "vitest";

import { PLAIN_NUMBER } from "../../lab/rig/start-rig.ts";
import type { Handset } from "../../lab/twilio/handset.ts";
import { endOf, until } from "../calls/scene.ts";
import { type FleetScene, nodeAt, openFleet, prefer } from "./fleet-scene.ts";

let scene: FleetScene;
beforeAll(async () => {
  scene = await openFleet({ env: { ACCOUNT_CALLS_MAX: "1" } });
});
afterAll(() => scene.close());

const says = (caller: Handset, words: RegExp) =>
  scene.fleet.twilio.log.waitFor("verb", (it) => it.callSid === caller.callSid && words.test(it.text), 25_000);
const call = (from: string): Handset => scene.fleet.twilio.callIn({ from, to: PLAIN_NUMBER });

test("one place, two gateways: the second caller is not admitted on the other one", { timeout: 90_000 }, async () => {
  const [one, other] = [nodeAt(scene, 0), nodeAt(scene, 1)];
  prefer(scene, { calls: one });
  const first = call("+14155550142");
  await first.answered;
  prefer(scene, { calls: other });
  const second = call("+14155550143");
  await says(second, /lines are busy/u);
  first.hangUp();
  second.hangUp();
  await Promise.all([first, second].map(({ callSid }) => endOf(scene, callSid)));
  // Whoever heard that the first one left, there is room again on both.
  const admitted = await until("room again", 15_000, async () => {
    const third = call("+14155550144");
    const opening = says(third, /lines are busy|assistant/u);
    const busy = /busy/u.test((await opening).text);
    third.hangUp();
    await endOf(scene, third.callSid);
    return busy ? undefined : true;
  });
  expect(admitted).toBe(true);
});
