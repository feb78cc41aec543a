// C1: the caller hangs up while the agent's phone rings. Nobody is left ringing, held or waiting (H6).
import { afterAll, beforeAll, expect, test } from "vitest";

import { lineOf } from "./caller-line.ts";
import {
  type Agent,
  callerAsksForPerson,
  creates,
  endOf,
  escalationOf,
  frameAfter,
  leftovers,
  NOTHING_LEFT,
  offerAt,
  openScene,
  ringAt,
  type Scene,
  sitDown,
} from "./scene.ts";

let scene: Scene;
let dana: Agent;
beforeAll(async () => {
  scene = await openScene();
  dana = await sitDown(scene, { phone: { kind: "rings" } });
});
afterAll(() => scene.close());

test("the ring, the card and the reservation are gone within a second, at no cost to the agent", async ({
  annotate,
}) => {
  const { log } = scene.rig.twilio;
  const caller = await callerAsksForPerson(scene);
  const { escalationId, offerId } = await offerAt(scene, dana);
  const { callSid } = await ringAt(dana);
  const known = dana.seat.received.length;
  caller.hangUp();
  const leftAt = await endOf(scene, caller.callSid);

  const ringEndedAt = await endOf(scene, callSid);
  const withdrawn = await dana.seat.waitFor(({ type }) => type === "offer-withdrawn");
  const free = await frameAfter(dana.seat, known, ({ type }) => type === "presence");
  expect(ringEndedAt - leftAt).toBeLessThanOrEqual(1_000);
  expect(withdrawn.frame).toMatchObject({ offerId, reason: "caller-left" });
  expect(withdrawn.at - leftAt).toBeLessThanOrEqual(1_000);
  // Available, not "check in": the miss was not theirs.
  expect(free.frame).toMatchObject({ status: "available" });
  expect(free.at - leftAt).toBeLessThanOrEqual(1_000);

  await annotate(
    `ms after the hang-up: ring ${ringEndedAt - leftAt}, card ${withdrawn.at - leftAt}, agent ${free.at - leftAt}`,
  );

  const escalation = await escalationOf(scene, escalationId);
  expect(escalation).toMatchObject({ status: "open", handoff: { state: "closed", outcome: "abandoned" } });
  expect(leftovers(scene)).toEqual(NOTHING_LEFT);
  expect(log.of("conference")).toEqual([]);
  expect(await lineOf(scene, caller, escalationId)).toMatchObject({ tooQuiet: false, emptyPromises: [] });
});

test("a call whose SID is not known yet when the caller leaves is ended as soon as it is", async () => {
  const { log, faults } = scene.rig.twilio;
  // The carrier takes its time to answer the create: the caller is gone before.
  faults.add({
    name: "rest-slow",
    ms: 1_500,
    when: ({ method, path }) => method === "POST" && path.endsWith("/Calls.json"),
  });
  const before = creates(scene).length;
  const caller = await callerAsksForPerson(scene, { from: "+14155550143" });
  await log.waitFor("fault", ({ name }) => name === "rest-slow");
  const known = dana.seat.received.length;
  caller.hangUp();
  const leftAt = await endOf(scene, caller.callSid);
  const withdrawn = await frameAfter(dana.seat, known, ({ type }) => type === "offer-withdrawn");
  expect(withdrawn.frame).toMatchObject({ reason: "caller-left" });
  expect(withdrawn.at - leftAt).toBeLessThanOrEqual(1_000);

  const created = await log.waitFor("call", (it) => it.event === "created" && it.at > leftAt);
  const endedAt = await endOf(scene, created.callSid);
  expect(endedAt - created.at).toBeLessThanOrEqual(1_000);
  expect(creates(scene)).toHaveLength(before + 1);
  expect(leftovers(scene)).toEqual(NOTHING_LEFT);
});
