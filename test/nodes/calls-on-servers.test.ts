// The ways a call ends that matter most, on real Redis and Postgres and two gateways behind a balancer that sends each
// request to either of them: bridged and written up, called back, and left by the caller while the agent's phone rings.
// test/calls has the same on one gateway with embedded stores.
import { afterAll, beforeAll, expect, test } from "vitest";

import { clip } from "../../lab/audio/clips.ts";
import { lineAsked, lineHeard, linesAsked } from "../calls/assistant-lines.ts";
import { promisesHeard } from "../calls/caller-line.ts";
import { lanes } from "../calls/numbers.ts";
import {
  answerAt,
  callerAsksForPerson,
  caseIn,
  creates,
  endOf,
  escalationOf,
  leftovers,
  NOTHING_LEFT,
  offerAt,
  presenceOf,
  ringAt,
  sitDown,
  timelineOf,
  until,
} from "../calls/scene.ts";
import { type FleetScene, openFleet, reached, recordOf, withoutGap } from "./fleet-scene.ts";

const numbers = lanes(["bridged", "callback", "leaves"]);
const [bridgedTo = "", callbackTo = "", leavesTo = ""] = numbers.map(({ number }) => number);

let scene: FleetScene;
beforeAll(async () => {
  scene = await openFleet({ nodes: 2, numbers, callsPerSecond: 20 });
});
afterAll(() => scene.close());

test("bridged by key, ended at the desk, written up", { timeout: 120_000 }, async () => {
  const dana = await sitDown(scene, { id: "dana", queue: "bridged", phone: { kind: "answers", afterMs: 300 } });
  const caller = await callerAsksForPerson(scene, { to: bridgedTo, from: "+14155553401" });
  const { escalationId } = await offerAt(scene, dana);
  const handset = await answerAt(dana);
  await handset.untilAsked();
  await handset.press("1");
  await dana.seat.waitFor((frame) => frame.type === "state" && frame["state"] === "bridged", 20_000);
  expect(await scene.rig.api("GET", `/api/agents/${dana.id}/presence`)).toMatchObject({ status: "busy" });
  dana.seat.send({ type: "end", escalationId });
  await endOf(scene, caller.callSid);
  await presenceOf(dana.seat, "wrap-up");
  dana.seat.send({ type: "wrap-up", escalationId, disposition: "resolved", resolved: true, notes: "paid back" });
  await reached(scene, caller, "closed");
  expect(await escalationOf(scene, escalationId)).toMatchObject({
    status: "resolved",
    handoff: { state: "closed", outcome: "bridged" },
  });
  // Who, what and why, in milliseconds, in the order in which it happened.
  const rows = await timelineOf(scene, escalationId);
  expect(rows.every(({ at }) => /T[\d:]+\.\d{3}Z$/u.test(at))).toBe(true);
  const places = rows.map(({ seq }) => seq);
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(rows).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        event: "escalation-decided",
        actor: "caller",
        cause: expect.stringMatching(/explicit/u),
      }),
      expect.objectContaining({ event: "agent-reserved", actor: "presence", cause: "attempt 1" }),
      expect.objectContaining({ event: "agent-consented", cause: "key" }),
      expect.objectContaining({ event: "agent-ended", actor: "agent:dana" }),
    ]),
  );
  expect(withoutGap(await recordOf(scene, caller))).toBe(true);
});

test("nobody there: the callback is stored before it is confirmed", { timeout: 120_000 }, async () => {
  const { rig } = scene;
  await sitDown(scene, { id: "pat", queue: "callback", phone: { kind: "rings" }, available: false });
  const caller = await callerAsksForPerson(scene, { to: callbackTo, from: "+14155553402" });
  await lineHeard(caller, await lineAsked(rig, /call you back\?/u));
  await caller.say(clip("call-me-back").audio);
  await lineHeard(caller, await lineAsked(rig, /your number/u));
  expect(await rig.api("GET", "/api/callbacks")).toMatchObject({ items: [] });
  await caller.press("1");
  const stored = await reached(scene, caller, "closed");
  const confirmed = await lineAsked(rig, /That is arranged/u);
  expect(await lineHeard(caller, confirmed)).toBeGreaterThan(stored.at);
  expect(await rig.api("GET", "/api/callbacks")).toMatchObject({
    items: [{ number: "+14155553402", status: "scheduled" }],
  });
  expect(linesAsked(rig).filter(({ text }) => text === confirmed.text)).toHaveLength(1);
  expect(promisesHeard(scene, caller)).toEqual([]);
  caller.hangUp();
  await endOf(scene, caller.callSid);
  expect(await caseIn(scene, "callback")).toMatchObject({ handoff: { state: "closed", outcome: "callback" } });
});

test("the caller leaves while the phone rings: nobody is kept", { timeout: 120_000 }, async () => {
  const lee = await sitDown(scene, { id: "lee", queue: "leaves", phone: { kind: "rings" } });
  const caller = await callerAsksForPerson(scene, { to: leavesTo, from: "+14155553403" });
  const ring = await ringAt(lee);
  const { escalationId, offerId } = await offerAt(scene, lee);
  caller.hangUp();
  const leftAt = await endOf(scene, caller.callSid);
  // H6: every ring, offer and reservation is gone within 1 s.
  expect((await endOf(scene, ring.callSid)) - leftAt).toBeLessThanOrEqual(1_000);
  await lee.seat.waitFor((frame) => frame.type === "offer-withdrawn" && frame["offerId"] === offerId);
  expect(lee.seat.received.find(({ frame }) => frame.type === "offer-withdrawn")?.frame["reason"]).toBe("caller-left");
  await until("the agent is free", 5_000, async () => {
    const { status } = (await scene.rig.api("GET", "/api/agents/lee/presence")) as { status: string };
    return status === "available" ? true : undefined;
  });
  expect(await escalationOf(scene, escalationId)).toMatchObject({ handoff: { state: "closed", outcome: "abandoned" } });
  expect(creates(scene, lee.phone.address)).toHaveLength(1);
  const held = await scene.db.query("select agent from held_agents");
  expect(held.rows).toEqual([]);
  await until("nothing is left at the carrier", 10_000, () =>
    JSON.stringify(leftovers(scene)) === JSON.stringify(NOTHING_LEFT) ? true : undefined,
  );
});
