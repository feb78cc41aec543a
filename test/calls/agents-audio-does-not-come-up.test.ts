// C29: the agent has accepted at the desk and picked up, and their audio does not come: the carrier cannot bring their leg
// into the room. 3 s after the pick-up the carrier is asked whether they are there; the claim is given back, the next agent
// is asked, and the first one sees why.
import { afterAll, beforeAll, expect, test } from "vitest";

import { lineOf } from "./caller-line.ts";
import {
  type Agent,
  answerAt,
  callerKeysForPerson,
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
  timelineOf,
} from "./scene.ts";

/** From picking up; then the carrier is asked, and answers. */
const AUDIO_MS = 3_000;
const ANSWER_MS = 1_000;

let scene: Scene;
let dana: Agent;
let lee: Agent;
beforeAll(async () => {
  scene = await openScene({ callsPerSecond: 50 });
  dana = await sitDown(scene, { phone: { kind: "rings" } });
  lee = await sitDown(scene, { id: "lee", phone: { kind: "answers", afterMs: 300 } });
});
afterAll(() => scene.close());

test("the claim is given back and another agent has the caller", { timeout: 50_000 }, async ({ annotate }) => {
  const { twilio } = scene.rig;
  const { faults } = twilio;
  const caller = await callerKeysForPerson(scene);
  const { escalationId, offerId } = await offerAt(scene, dana);
  const ring = await ringAt(dana);
  // The caller goes on talking, so the card may change in this very moment: then she presses again.
  await dana.seat.accepts(offerId);
  // Her line is up and nothing of ours arrives there: the document that leads into the room stays away.
  faults.add({
    name: "webhook-delay",
    ms: 10_000,
    times: 5,
    when: ({ purpose, params }) => purpose === "document" && params["CallSid"] === ring.callSid,
  });
  const known = dana.seat.received.length;
  ring.answer();
  const picked = await twilio.log.waitFor("call", (it) => it.callSid === ring.callSid && it.event === "answered");
  const withdrawn = await frameAfter(dana.seat, known, ({ type }) => type === "offer-withdrawn");
  const free = await frameAfter(dana.seat, known, ({ type, status }) => type === "presence" && status !== "busy");
  await annotate(`given back ${Math.round(withdrawn.at - picked.at)} ms after the pick-up`);
  expect(withdrawn.frame).toMatchObject({ offerId, reason: "no-audio" });
  expect(withdrawn.at - picked.at).toBeLessThanOrEqual(AUDIO_MS + ANSWER_MS);
  // A miss asks for a word; nobody is sent home silently.
  expect(free.frame).toMatchObject({ status: "check-in" });

  const agent = await answerAt(lee);
  expect(await offerAt(scene, lee)).toMatchObject({ escalationId });
  await agent.untilAsked();
  await agent.press("1");
  await lee.seat.waitFor((frame) => frame.type === "state" && frame["state"] === "bridged");
  const timeline = await timelineOf(scene, escalationId);
  await annotate(timeline.map(({ event, state }) => `${event} → ${state}`).join(", "));
  lee.seat.send({ type: "end", escalationId });
  await Promise.all([caller.callSid, agent.callSid, ring.callSid].map((leg) => endOf(scene, leg)));
  expect(leftovers(scene)).toEqual(NOTHING_LEFT);
  expect(await escalationOf(scene, escalationId)).toMatchObject({
    handoff: { outcome: "bridged" },
    offers: [
      { agent: "dana", outcome: "no-audio" },
      { agent: "lee", outcome: "accepted" },
    ],
  });
  expect(await lineOf(scene, caller, escalationId)).toMatchObject({ tooQuiet: false, emptyPromises: [] });
});
