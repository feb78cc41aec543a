// Three of the five sequences of a call whose assistant Vapi runs, dialled over SIP: normal, started by its tool, started by
// us. The other two are in vapi-returned.test.ts.
import { afterAll, beforeAll, expect, test } from "vitest";

import { findVoice } from "../../lab/audio/find-voice.ts";
import { clip } from "../../lab/audio/clips.ts";
import type { Handset } from "../../lab/twilio/handset.ts";
import type { PhoneBehaviour } from "../../lab/twilio/phone-book.ts";
import { lineOf } from "./caller-line.ts";
import {
  type Agent,
  answerAt,
  endOf,
  escalationOf,
  leftovers,
  NOTHING_LEFT,
  offerAt,
  openScene,
  type Scene,
  sitDown,
  until,
} from "./scene.ts";
import { callerMeetsAssistant, messagesOf, saidAfter, sayAndHear, twinOf } from "./vapi-call.ts";

let scene: Scene;
beforeAll(async () => {
  scene = await openScene({
    assistant: "vapi",
    opening: "An assistant speaks.",
    rows: [
      {
        hears: /tuesday/iu,
        when: (turn) => turn.tools.includes("escalate_to_human"),
        does: [{ call: "escalate_to_human", arguments: { reason: "An unknown charge.", summary: "A charge." } }],
      },
    ],
  });
});
afterAll(() => scene.close());

let count = 0;
/** Each test has its own agent, so that none waits for another's paperwork. */
const someone = (phone: PhoneBehaviour): Promise<Agent> => sitDown(scene, { id: `dana${(count += 1)}`, phone });
const leaves = ({ seat }: Agent): void => seat.send({ type: "presence", status: "offline" });
const untilHeard = (caller: Handset, id: string) =>
  until(`"${id}" on the caller's line`, 5_000, () => findVoice(caller.recording.heard.heard(), clip(id).audio)[0]);

test("15.1 normal: turns both ways, and the record after the caller has hung up", { timeout: 60_000 }, async () => {
  const { caller, vapi } = await callerMeetsAssistant(scene);
  const asked = Date.now();
  await sayAndHear(caller, clip("still-there").audio);
  expect(saidAfter(vapi, asked)).toContain("I am still here with you.");
  await untilHeard(caller, "hold-still-here");
  caller.hangUp();
  await endOf(scene, caller.callSid);
  await until("the report", 10_000, () => messagesOf(scene, vapi, "end-of-call-report")[0]?.status);
  expect(vapi.record.endedReason).toBe("customer-ended-call");
  expect(twinOf(scene).webhooks.every(({ status }) => status === 200)).toBe(true);
  expect(leftovers(scene)).toEqual(NOTHING_LEFT);
});

test("15.2 started by the assistant's own tool: bridged, and its leg is gone", { timeout: 90_000 }, async () => {
  const dana = await someone({ kind: "answers", afterMs: 300 });
  const { caller, vapi } = await callerMeetsAssistant(scene);
  await caller.say(clip("last-tuesday").audio);
  const { escalationId } = await offerAt(scene, dana);
  const agent = await answerAt(dana, 0);
  await agent.untilAsked();
  await agent.press("1");
  await dana.seat.waitFor((frame) => frame.type === "state" && frame["state"] === "bridged");
  expect(await escalationOf(scene, escalationId)).toMatchObject({ trigger: "assistant-request" });
  const [asked] = messagesOf(scene, vapi, "tool-calls");
  expect(asked?.answer).toMatchObject({ results: [{ result: expect.stringContaining("Nothing is arranged yet") }] });
  await until("the assistant's end", 5_000, () => (vapi.over ? true : undefined));
  await agent.say(clip("agent-intro").audio);
  await untilHeard(caller, "agent-intro");
  expect(await lineOf(scene, caller, escalationId)).toMatchObject({ tooQuiet: false });
  dana.seat.send({ type: "end", escalationId });
  await Promise.all([caller.ended, agent.ended]);
  leaves(dana);
});

test("15.3 started by us: the promise and the announcement word for word", { timeout: 90_000 }, async () => {
  const dana = await someone({ kind: "answers", afterMs: 300 });
  const { caller, vapi } = await callerMeetsAssistant(scene);
  await caller.say(clip("speak-to-human").audio);
  const { escalationId } = await offerAt(scene, dana);
  const agent = await answerAt(dana, 0);
  await agent.untilAsked();
  await agent.press("1");
  await dana.seat.waitFor((frame) => frame.type === "state" && frame["state"] === "bridged");
  expect(await escalationOf(scene, escalationId)).toMatchObject({ trigger: "explicit-request" });
  const ordered = vapi.spoken.filter(({ source }) => source === "force-say").map(({ text }) => text);
  expect(ordered[0]).toContain("our service team");
  expect(ordered.at(-1)).toContain("Dana");
  // What the agent says from here on reaches no assistant (H9).
  await agent.say(clip("marker-walnut").audio);
  expect(JSON.stringify(twinOf(scene).all.map(({ mind }) => mind.history))).not.toContain("walnut");
  expect(await lineOf(scene, caller, escalationId)).toMatchObject({ tooQuiet: false });
  caller.hangUp();
  await Promise.all([endOf(scene, caller.callSid), agent.ended]);
  leaves(dana);
});
