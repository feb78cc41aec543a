// Admission: a second caller where there is room for one. The carrier's own voice says so and offers a callback by keys;
// the first caller's conversation goes on, and when they leave there is room again.
import { afterAll, beforeAll, expect, test } from "vitest";

import { listenTo } from "../../lab/people/ear.ts";
import type { Handset } from "../../lab/twilio/handset.ts";
import { PLAIN_NUMBER } from "../../lab/rig/start-rig.ts";
import { callerArrives, endOf, openScene, type Scene, until } from "./scene.ts";

const SECOND = "+14155550143";

let scene: Scene;
beforeAll(async () => {
  scene = await openScene({ env: { LIVE_CALLS_MAX: "1" } });
});
afterAll(() => scene.close());

/** The carrier's own voice, in a menu or outside one. */
const says = (caller: Handset, words: RegExp) =>
  scene.rig.twilio.log.waitFor("verb", (it) => it.callSid === caller.callSid && words.test(it.text), 25_000);

const readiness = async (): Promise<{ code: number; status: string; why?: string }> => {
  const answer = await fetch(`${scene.rig.url}/readyz`);
  const { status, checks } = (await answer.json()) as { status: string; checks: { name: string; why?: string }[] };
  const why = checks.find(({ name }) => name === "calls")?.why;
  return { code: answer.status, status, ...(why !== undefined && { why }) };
};

const figures = async (): Promise<string> => (await fetch(`${scene.rig.url}/metrics`)).text();

test("the second caller is offered a callback at once, without a model", { timeout: 90_000 }, async () => {
  const { openai, twilio } = scene.rig;
  expect((await readiness()).status).toBe("ready");
  const first = await callerArrives(scene);
  const sessions = openai.sessions.length;
  expect(await readiness()).toEqual({ code: 200, status: "full", why: "full: 1 of 1 calls on this gateway" });

  const second = twilio.callIn({ from: SECOND, to: PLAIN_NUMBER });
  await second.answered;
  const ear = listenTo(second);
  const voiced = ear.untilSound(5_000);
  await says(second, /lines are busy/u);
  await voiced;
  ear.close();
  await second.press("2");
  await says(second, /your number as .*Is that right/u);
  await second.press("1");
  await says(second, /Your reference is/u);
  await endOf(scene, second.callSid, 20_000);

  const callbacks = (await scene.rig.api("GET", "/api/callbacks")) as { items: { status: string; number?: string }[] };
  expect(callbacks.items).toEqual([expect.objectContaining({ status: "scheduled" })]);
  // The first caller's session is the only one there ever was, and goes on.
  expect(openai.sessions).toHaveLength(sessions);
  expect(twilio.streams()).toHaveLength(1);
  expect(await figures()).toMatch(/warmline_admissions_total\{answer="node-full"\} 1/u);

  first.hangUp();
  await endOf(scene, first.callSid);
  await until("room again", 10_000, async () => ((await readiness()).status === "ready" ? true : undefined));
  const third = await callerArrives(scene, { from: SECOND });
  expect(await figures()).toMatch(/warmline_admissions_total\{answer="admitted"\} 2/u);
  third.hangUp();
  await endOf(scene, third.callSid);
});
