// C9: the agent ends the call at the desk while a colleague is being rung for it. Every leg is over at the carrier within
// 2 s, by the carrier's own word.
import { afterAll, beforeAll, expect, test } from "vitest";

import { callAt, callsAt } from "./carrier-rest.ts";
import { lineOf } from "./caller-line.ts";
import { lanes } from "./numbers.ts";
import {
  type Agent,
  answerAt,
  callerKeysForPerson,
  escalationOf,
  leftovers,
  NOTHING_LEFT,
  offerAt,
  openScene,
  presenceOf,
  ringAt,
  type Scene,
  sitDown,
  until,
} from "./scene.ts";

const TERMINAL = ["completed", "busy", "failed", "no-answer", "canceled"];

const numbers = lanes(["others"]);

let scene: Scene;
let dana: Agent;
let lee: Agent;
beforeAll(async () => {
  scene = await openScene({ numbers, callsPerSecond: 50 });
  dana = await sitDown(scene, { phone: { kind: "answers", afterMs: 300 } });
  lee = await sitDown(scene, { id: "lee", queue: "others", phone: { kind: "rings" } });
});
afterAll(() => scene.close());

test("caller, agent and the colleague who is being rung are let go, and the carrier says so", async ({ annotate }) => {
  const { rig } = scene;
  const caller = await callerKeysForPerson(scene);
  const { escalationId } = await offerAt(scene, dana);
  const agent = await answerAt(dana);
  await agent.untilAsked();
  await agent.press("1");
  await dana.seat.waitFor((frame) => frame.type === "state" && frame["state"] === "bridged");
  dana.seat.send({ type: "transfer", escalationId, queue: "others", note: "yours" });
  const { callSid: colleague } = await ringAt(lee);
  const legs = [caller.callSid, agent.callSid, colleague];
  expect(new Set((await callsAt(rig)).map(({ sid }) => sid))).toEqual(new Set(legs));
  for (const leg of legs) expect(TERMINAL).not.toContain((await callAt(rig, leg)).status);

  const orderedAt = Date.now();
  dana.seat.send({ type: "end", escalationId });
  await until("every leg is over at the carrier", 10_000, async () => {
    const calls = await callsAt(rig);
    return calls.every(({ status }) => TERMINAL.includes(status)) ? true : undefined;
  });
  // Read back leg by leg; the carrier counts whole seconds there, its log in milliseconds.
  for (const leg of legs) expect(TERMINAL).toContain((await callAt(rig, leg)).status);
  const ended = rig.twilio.log.of("call", ({ event }) => event === "ended").map(({ at }) => Math.round(at - orderedAt));
  await annotate(`ms after the order: ${ended.join(", ")}`);
  expect(ended).toHaveLength(legs.length);
  expect(Math.max(...ended)).toBeLessThanOrEqual(2_000);

  expect(leftovers(scene)).toEqual(NOTHING_LEFT);
  await presenceOf(dana.seat, "wrap-up");
  const withdrawn = await lee.seat.waitFor(({ type }) => type === "offer-withdrawn");
  expect(withdrawn.frame).toMatchObject({ reason: "replaced" });
  expect(await escalationOf(scene, escalationId)).toMatchObject({
    handoff: { state: "wrapping-up" },
    offers: [
      { agent: "dana", outcome: "accepted" },
      { agent: "lee", outcome: "replaced" },
    ],
  });
  expect(await lineOf(scene, caller, escalationId)).toMatchObject({ tooQuiet: false, emptyPromises: [] });
});
