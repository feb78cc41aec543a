// C41: the node dies when the agent has just accepted, and when the caller is on the way into the room.
import { afterAll, beforeAll, test } from "vitest";

import { endsWell, type Hospital, openHospital, survives } from "./owner-dies-at.ts";

let scene: Hospital;
beforeAll(async () => {
  scene = await openHospital();
});
afterAll(() => scene.close());

test("accepted: the caller goes in although nobody holds their line any more", async () => {
  await endsWell(scene, await survives(scene, { variant: "unnoticed", at: ({ state }) => state === "accepted" }));
});

test("moving: the caller arrives, whoever answers the carrier", async () => {
  await endsWell(scene, await survives(scene, { variant: "noticed", at: ({ state }) => state === "moving" }));
});
