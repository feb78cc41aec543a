// C41: the node dies when caller and agent are together. Neither notices; the agent's desk ends the call at another
// node, and an agent who is lost there is a new handoff, with the assistant back.
import { afterAll, beforeAll, expect, test } from "vitest";

import { until } from "../calls/scene.ts";
import { now, reached, voiceAfter } from "./fleet-scene.ts";
import { endsWell, type Hospital, openHospital, survives } from "./owner-dies-at.ts";

let scene: Hospital;
beforeAll(async () => {
  scene = await openHospital();
});
afterAll(() => scene.close());

test("bridged: the conversation goes on and is ended from the desk", async () => {
  await endsWell(scene, await survives(scene, { variant: "unnoticed", at: ({ state }) => state === "bridged" }));
});

test("bridged, then the agent is lost: the caller has a voice again", async () => {
  const { caller, agent } = await survives(scene, { variant: "noticed", at: ({ state }) => state === "bridged" });
  const lostAt = now();
  agent.hangUp();
  await reached(scene, caller, "agent-lost");
  // What the agent said last is still on the way for a moment.
  const voiceAt = await until("the assistant", 10_000, () => voiceAfter(caller, lostAt + 300));
  expect(voiceAt - lostAt).toBeLessThanOrEqual(4_000);
  caller.hangUp();
});
