// C41: the node dies while an agent is being reserved, and while the carrier has been asked to ring them and has not
// answered. Nobody may be held for nothing, and nobody rung twice.
import { afterAll, beforeAll, expect, test } from "vitest";

import { caseOf, reached } from "./fleet-scene.ts";
import { endsWell, type Hospital, openHospital, survives } from "./owner-dies-at.ts";

let scene: Hospital;
beforeAll(async () => {
  scene = await openHospital();
});
afterAll(() => scene.close());

test("while reserving: nobody is promised, and who waits for a person gets one", async () => {
  const outcome = await survives(scene, {
    variant: "unnoticed",
    at: ({ state }) => state === "reserving",
    prepare: ({ redisOfTheDoomed }) => redisOfTheDoomed.weather({ kind: "slow", ms: 200 }),
    afterwards: async (_scene, caller, diedAt) => {
      const { at } = await reached(scene, caller, "offering-fallback");
      expect(at - diedAt).toBeLessThanOrEqual(5_000);
      await scene.committed(
        "the assistant is back",
        (it) => it.case === caseOf(caller) && it.event === "assistant-started" && it.at > diedAt,
      );
      await caller.press("1");
    },
  });
  await endsWell(scene, outcome);
});

test("while the create is under way: the carrier is asked what became of it, and never asked to ring again", async () => {
  const { faults, log } = scene.fleet.twilio;
  const outcome = await survives(scene, {
    variant: "noticed",
    at: () => false,
    prepare: () =>
      faults.add({
        name: "rest-slow",
        ms: 1_500,
        when: ({ method, path }) => method === "POST" && path.endsWith("/Calls.json"),
      }),
    moment: () => log.waitFor("fault", ({ name }) => name === "rest-slow", 20_000),
  });
  await endsWell(scene, outcome);
  expect(faults.fired("rest-slow")).toBe(1);
});
