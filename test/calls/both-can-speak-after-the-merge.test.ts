// C6: after the move caller and agent hear each other within 1.5 s, and the assistant hears nothing more.
import { afterAll, beforeAll, expect, test } from "vitest";

import { toneLevel } from "../../lab/audio/analyse.ts";
import { tone } from "../../lab/audio/tones.ts";
import { clip } from "../../lab/audio/clips.ts";
import type { Handset } from "../../lab/twilio/handset.ts";
import { lineOf } from "./caller-line.ts";
import { type Agent, answerAt, callerAsksForPerson, offerAt, openScene, type Scene, sitDown } from "./scene.ts";

const CALLERS_HZ = 500;
const AGENTS_HZ = 900;
/** A wave of level 0.2 peaks at -14 dBFS; without it the detector stays below -50. */
const HEARD_DB = -25;
const STEP_MS = 40;

let scene: Scene;
let dana: Agent;
beforeAll(async () => {
  scene = await openScene();
  dana = await sitDown(scene, { phone: { kind: "answers", afterMs: 300 } });
});
afterAll(() => scene.close());

/** When a party first heard this tone for three steps in a row; `undefined`: never between the two times. */
function firstHeard(party: Handset, hz: number, fromMs: number, toMs: number): number | undefined {
  const { heard } = party.recording;
  let since: number | undefined;
  for (let at = fromMs; at < toMs; at += STEP_MS) {
    const there = toneLevel(heard.between(at, at + STEP_MS), hz, { fromMs: 0, toMs: STEP_MS }) > HEARD_DB;
    if (!there) since = undefined;
    else since ??= at;
    if (since !== undefined && at - since >= STEP_MS * 2) return since;
  }
  return undefined;
}

test("tones pass both ways within 1.5 s of the move order, and none reaches the assistant", async ({ annotate }) => {
  const { openai, twilio } = scene.rig;
  const caller = await callerAsksForPerson(scene);
  const { escalationId } = await offerAt(scene, dana);
  const agent = await answerAt(dana);
  await agent.untilAsked();
  await agent.press("1");
  const moving = await dana.seat.waitFor((frame) => frame.type === "state" && frame["state"] === "moving");
  const orderedAt = Date.parse(String(moving.frame["at"]));
  const [session] = openai.sessions;
  const talking = Promise.all([caller.say(tone([CALLERS_HZ], 3_500)), agent.say(tone([AGENTS_HZ], 3_500))]);
  await twilio.log.waitFor(
    "stream",
    (it) => it.callSid === caller.callSid && (it.event === "closed" || it.event === "stopped"),
  );
  const closedAt = Date.now();
  await talking;

  const atAgent = firstHeard(agent, CALLERS_HZ, orderedAt, orderedAt + 5_000);
  const atCaller = firstHeard(caller, AGENTS_HZ, orderedAt, orderedAt + 5_000);
  await annotate(
    `ms after the move order: the agent hears ${(atAgent ?? NaN) - orderedAt}, the caller ${(atCaller ?? NaN) - orderedAt}`,
  );
  expect((atAgent ?? Infinity) - orderedAt).toBeLessThanOrEqual(1_500);
  expect((atCaller ?? Infinity) - orderedAt).toBeLessThanOrEqual(1_500);

  // The assistant's session ends with the stream; a word said afterwards is heard by the agent and by nobody else.
  expect(openai.sessions).toHaveLength(1);
  expect((session?.closedAt ?? Infinity) - closedAt).toBeLessThanOrEqual(500);
  const { appends } = session?.received ?? { appends: NaN };
  await caller.say(clip("marker-pineapple").audio);
  expect(session?.received.appends).toBe(appends);
  expect(openai.sessions).toHaveLength(1);
  expect(session?.heard.map(({ text }) => text)).not.toContain(clip("marker-pineapple").text);

  dana.seat.send({ type: "end", escalationId });
  await Promise.all([caller.ended, agent.ended]);
  expect(await lineOf(scene, caller, escalationId)).toMatchObject({ tooQuiet: false, emptyPromises: [] });
});
