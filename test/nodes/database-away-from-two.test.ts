// H13 on two nodes behind a balancer that sends each request to either of them: Postgres freezes while a caller talks. The
// node that has the line decides; what reaches the other one is handed over, and the record that catches up has it all.
import { afterAll, beforeAll, expect, test } from "vitest";

import { clip } from "../../lab/audio/clips.ts";
import { lanes } from "../calls/numbers.ts";
import { answerAt, callerArrives, creates, endOf, escalationOf, offerAt, ringAt, sitDown } from "../calls/scene.ts";
import { type FleetScene, openFleet, recordOf, withoutGap } from "./fleet-scene.ts";
import { caughtUp, figure, freeze } from "./store-weather.ts";

const numbers = lanes(["bridged", "leaves"]);
const [bridgedTo = "", leavesTo = ""] = numbers.map(({ number }) => number);

let scene: FleetScene;
beforeAll(async () => {
  scene = await openFleet({ nodes: 2, numbers, callsPerSecond: 20 });
});
afterAll(() => scene.close());

test("one caller is bridged, another one leaves, and no event is lost", { timeout: 150_000 }, async () => {
  const { fleet, postgres } = scene;
  const dana = await sitDown(scene, { id: "dana", queue: "bridged", phone: { kind: "answers", afterMs: 300 } });
  const pat = await sitDown(scene, { id: "pat", queue: "leaves", phone: { kind: "rings" } });
  const [bridged, leaves] = await Promise.all([
    callerArrives(scene, { to: bridgedTo, from: "+14155553301" }),
    callerArrives(scene, { to: leavesTo, from: "+14155553302" }),
  ]);
  const thaw = freeze(postgres);
  let escalationId: string;
  try {
    const asks = clip("speak-to-human").audio;
    await Promise.all([bridged.say(asks), leaves.say(asks)]);
    ({ escalationId } = await offerAt(scene, dana));
    const handset = await answerAt(dana);
    await handset.untilAsked();
    await handset.press("1");
    const ring = await ringAt(pat);
    leaves.hangUp();
    await endOf(scene, ring.callSid);
    await pat.seat.waitFor(({ type, reason }) => type === "offer-withdrawn" && reason === "caller-left");
    await dana.seat.waitFor(({ type, state }) => type === "state" && state === "bridged", 20_000);
  } finally {
    thaw();
  }
  await Promise.all(fleet.nodes.map(caughtUp));
  for (const node of fleet.nodes) expect(await figure(node, "warmline_spool_lost")).toBe(0);
  for (const caller of [bridged, leaves]) expect(withoutGap(await recordOf(scene, caller))).toBe(true);
  expect(await escalationOf(scene, escalationId)).toMatchObject({ handoff: { state: "bridged", agent: "dana" } });
  const left = (await recordOf(scene, leaves)).map(({ event }) => event);
  expect(left.filter((event) => event === "caller-left")).toHaveLength(1);
  for (const { phone } of [dana, pat]) expect(creates(scene, phone.address)).toHaveLength(1);
  bridged.hangUp();
  await endOf(scene, bridged.callSid);
});
