// C41 and H11, where the carrier notices a dead media socket and asks for each caller's document by itself, before any
// node knows.
import { afterAll, beforeAll, expect, test } from "vitest";

import type { FleetScene } from "./fleet-scene.ts";
import { callersDecide, fiveCallers, killTheirNode, nothingIsMissing, openWard, peopleTakeOver } from "./owner-dies.ts";

let scene: FleetScene;
beforeAll(async () => {
  scene = await openWard({ lostSocket: "noticed" }, 400);
});
afterAll(() => scene.close());

test(
  "five callers, each somewhere else on the way, are carried on by the other node",
  { timeout: 60_000 },
  async () => {
    const ward = await fiveCallers(scene);
    const diedAt = await killTheirNode(scene, ward);
    await Promise.all([peopleTakeOver(scene, ward), callersDecide(scene, ward, diedAt)]);
    await nothingIsMissing(scene, ward);
    expect(scene.fleet.nodes.map(({ up }) => up)).toEqual([false, true]);
  },
);
