// The agent's line breaks in the middle of the conversation: the caller is not left in an empty room. The assistant is back
// within 2 s, says what happened, and gets another agent in the same case (H1).
import { afterAll, beforeAll, expect, test } from "vitest";

import { audibleSpans } from "../../lab/audio/analyse.ts";
import { clip } from "../../lab/audio/clips.ts";
import { lineAsked, lineHeard } from "./assistant-lines.ts";
import { lineOf } from "./caller-line.ts";
import {
  type Agent,
  answerAt,
  callerAsksForPerson,
  endOf,
  escalationOf,
  leftovers,
  NOTHING_LEFT,
  offerAt,
  openScene,
  presenceOf,
  type Scene,
  sitDown,
} from "./scene.ts";

let scene: Scene;
let dana: Agent;
let lee: Agent;
beforeAll(async () => {
  scene = await openScene();
  dana = await sitDown(scene, { id: "dana", phone: { kind: "answers", afterMs: 300 } });
  lee = await sitDown(scene, { id: "lee", phone: { kind: "answers", afterMs: 1_000 } });
});
afterAll(() => scene.close());

test(
  "the assistant is back within two seconds and the next agent takes over",
  { timeout: 60_000 },
  async ({ annotate }) => {
    const { rig } = scene;
    const caller = await callerAsksForPerson(scene);
    const { escalationId } = await offerAt(scene, dana);
    const first = await answerAt(dana);
    await first.untilAsked();
    await first.press("1");
    await dana.seat.waitFor((frame) => frame.type === "state" && frame["state"] === "bridged");
    await first.say(clip("agent-look").audio);
    first.hangUp();
    const lostAt = await endOf(scene, first.callSid);

    const sorry = await lineAsked(rig, /line to our service team was cut off/u);
    const sorryAt = await lineHeard(caller, sorry);
    const { heard } = caller.recording;
    // The very end of her last word may still be on its way.
    const [voice] = audibleSpans(heard.between(lostAt + 100, sorryAt + 1_000));
    const backMs = (voice?.fromMs ?? Infinity) + 100;
    await annotate(
      `the caller heard a voice ${backMs} ms after the agent was lost, the sentence after ${Math.round(sorryAt - lostAt)} ms`,
    );
    expect(backMs).toBeLessThanOrEqual(2_000);

    // The same case, another agent; Dana has her closing work and is not asked again.
    const again = await offerAt(scene, lee);
    expect(again.escalationId).toBe(escalationId);
    const second = await answerAt(lee);
    await second.untilAsked();
    await second.press("1");
    await lee.seat.waitFor((frame) => frame.type === "state" && frame["state"] === "bridged");
    await presenceOf(dana.seat, "wrap-up");
    lee.seat.send({ type: "end", escalationId });
    await Promise.all([endOf(scene, caller.callSid), endOf(scene, second.callSid)]);
    expect(await escalationOf(scene, escalationId)).toMatchObject({
      assignee: "lee",
      handoff: { outcome: "bridged" },
      offers: [
        { agent: "dana", outcome: "accepted" },
        { agent: "lee", outcome: "accepted" },
      ],
    });
    expect(leftovers(scene)).toEqual(NOTHING_LEFT);
    expect(await lineOf(scene, caller, escalationId)).toMatchObject({ tooQuiet: false, emptyPromises: [] });
  },
);
