// Every number has a mode, and switching it is the kill switch: straight to people, closed, or somewhere else.
import { afterAll, beforeAll, describe, test } from "vitest";

import { clip } from "../../lab/audio/clips.ts";
import { findVoice } from "../../lab/audio/find-voice.ts";
import type { Handset } from "../../lab/twilio/handset.ts";
import type { Phone } from "../../lab/twilio/phone-book.ts";
import { lineOf } from "./caller-line.ts";
import { answerAt, CALLER, creates, endOf, escalationOf, offerAt, openScene, type Scene, sitDown } from "./scene.ts";

const QUEUE = "+15005552000";
const CLOSED = "+15005552001";
const FORWARD = "+15005552002";
const ELSEWHERE = "+15005553000";

let scene: Scene;
let elsewhere: Phone;
beforeAll(async () => {
  scene = await openScene({
    numbers: [
      { number: QUEUE, queue: "people", mode: "queue" },
      { number: CLOSED, queue: "people", mode: "closed" },
      { number: FORWARD, queue: "people", mode: "forward", forwardTo: ELSEWHERE },
    ],
  });
  elsewhere = scene.rig.twilio.phone(ELSEWHERE, { kind: "answers", afterMs: 500 });
  await sitDown(scene, { id: "dana", queue: "people", phone: { kind: "answers", afterMs: 500 } });
});
afterAll(() => scene.close());

async function arrives(to: string): Promise<Handset> {
  const caller = scene.rig.twilio.callIn({ from: CALLER, to });
  await caller.answered;
  return caller;
}

const said = (caller: Handset): string[] =>
  scene.rig.twilio.log.of("verb", (it) => it.callSid === caller.callSid && it.verb === "Say").map(({ text }) => text);

describe.concurrent("a number's mode", () => {
  test("queue: an agent is rung at once, without an assistant", { timeout: 40_000 }, async ({ expect, annotate }) => {
    const dana = scene.agents.get("dana");
    if (!dana) throw new Error("Dana is not there");
    const caller = await arrives(QUEUE);
    const { escalationId } = await offerAt(scene, dana);
    const agent = await answerAt(dana);
    const asked = creates(scene, dana.phone.address)[0]?.at ?? Infinity;
    const begun =
      scene.rig.twilio.log.of("call", (it) => it.callSid === caller.callSid && it.event === "ringing")[0]?.at ?? 0;
    await annotate(`the agent's phone was asked for ${Math.round(asked - begun)} ms after the call began`);
    await agent.untilAsked();
    await agent.press("1");
    await dana.seat.waitFor((frame) => frame.type === "state" && frame["state"] === "bridged");
    await agent.say(clip("agent-intro").audio);
    expect(findVoice(caller.recording.heard.heard(), clip("agent-intro").audio, { firstMs: 3_000 })).toHaveLength(1);
    dana.seat.send({ type: "end", escalationId });
    await endOf(scene, caller.callSid);
    expect(await escalationOf(scene, escalationId)).toMatchObject({ handoff: { outcome: "bridged" } });
    expect(scene.rig.openai.sessions).toEqual([]);
    expect(await lineOf(scene, caller, escalationId)).toMatchObject({ tooQuiet: false, emptyPromises: [] });
  });

  test("closed: one sentence, and the call is over", async ({ expect }) => {
    const caller = await arrives(CLOSED);
    await endOf(scene, caller.callSid, 15_000);
    expect(said(caller)).toEqual(["Thank you for calling. This line is closed at the moment. Goodbye."]);
  });

  test("forward: the number the admin has set is rung, and both can speak", async ({ expect }) => {
    const caller = await arrives(FORWARD);
    const there = elsewhere.handsets[0] ?? (await elsewhere.nextAnswer(15_000));
    await there.say(clip("agent-intro").audio);
    await caller.say(clip("thank-you").audio);
    expect(findVoice(caller.recording.heard.heard(), clip("agent-intro").audio)).toHaveLength(1);
    expect(findVoice(there.recording.heard.heard(), clip("thank-you").audio, { firstMs: 1_000 })).toHaveLength(1);
    there.hangUp();
    await endOf(scene, caller.callSid);
    // The far end's hang-up ends the call; it is not dialled again.
    expect(elsewhere.rings).toHaveLength(1);
  });
});
