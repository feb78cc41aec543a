// C21: no machine detection stands between the agent's hello and the briefing; the key alone accepts.
import { afterAll, beforeAll, expect, test } from "vitest";

import { audibleSpans } from "../../lab/audio/analyse.ts";
import { listenTo } from "../../lab/people/ear.ts";
import { lineOf } from "./caller-line.ts";
import {
  type Agent,
  answerAt,
  callerAsksForPerson,
  creates,
  escalationOf,
  offerAt,
  openScene,
  type Scene,
  sitDown,
  timelineOf,
} from "./scene.ts";

let scene: Scene;
let dana: Agent;
beforeAll(async () => {
  scene = await openScene();
  dana = await sitDown(scene, { phone: { kind: "answers", afterMs: 500 } });
});
afterAll(() => scene.close());

test("whoever picks up hears the briefing within half a second, and only key 1 brings the caller", async ({
  annotate,
}) => {
  const { log } = scene.rig.twilio;
  const caller = await callerAsksForPerson(scene);
  const { escalationId } = await offerAt(scene, dana);
  const agent = await answerAt(dana);
  const picked = await log.waitFor("call", (it) => it.callSid === agent.callSid && it.event === "answered");
  const ear = listenTo(agent);
  await ear.hears(1_500);
  ear.close();

  const { heard } = agent.recording;
  const [first] = audibleSpans(heard.between(picked.at, picked.at + 2_000));
  await annotate(`the briefing began ${first?.fromMs} ms after the pick-up`);
  expect(first?.fromMs ?? Infinity).toBeLessThanOrEqual(500);

  const [create, ...others] = creates(scene);
  expect(others).toEqual([]);
  expect(Object.keys(create?.params ?? {}).filter((name) => /machine|amd/iu.test(name))).toEqual([]);

  // Having picked up is no consent: nothing has moved.
  expect((await timelineOf(scene, escalationId)).at(-1)?.state).toBe("offering");
  await agent.press("1");
  await dana.seat.waitFor((frame) => frame.type === "state" && frame["state"] === "bridged");
  const consent = (await timelineOf(scene, escalationId)).find(({ event }) => event === "agent-consented");
  expect(consent).toMatchObject({ cause: "key" });

  dana.seat.send({ type: "end", escalationId });
  await Promise.all([caller.ended, agent.ended]);
  expect(await escalationOf(scene, escalationId)).toMatchObject({ handoff: { outcome: "bridged" } });
  expect(await lineOf(scene, caller, escalationId)).toMatchObject({ tooQuiet: false, emptyPromises: [] });
});
