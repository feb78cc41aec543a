// C16 in the middle of a call: the model's session dies for good, its voice stops, or nothing the caller says is written down
// any more. What the caller hears each time, and that a person or a callback is still to be had.
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";

import { clip } from "../../lab/audio/clips.ts";
import { noFaults } from "../../lab/openai/faults.ts";
import { listenTo } from "../../lab/people/ear.ts";
import type { Handset } from "../../lab/twilio/handset.ts";
import { lineAsked, lineHeard } from "./assistant-lines.ts";
import { carrierHeard, lineOf } from "./caller-line.ts";
import { lanes } from "./numbers.ts";
import {
  answerAt,
  callerArrives,
  callerKeysForPerson,
  caseIn,
  endOf,
  escalationOf,
  offerAt,
  openScene,
  ringAt,
  type Scene,
  sitDown,
} from "./scene.ts";

/** C16: a sentence is there within this. */
const SENTENCE_MS = 3_000;
/** C17, for a voice that only stays away: it has to be missed first. */
const SILENCE_MS = 4_000;

const numbers = lanes(["dies", "mute", "deaf"]);
const [DIES = "", MUTE = "", DEAF = ""] = numbers.map(({ number }) => number);

let scene: Scene;
beforeAll(async () => {
  scene = await openScene({ numbers, callsPerSecond: 50 });
  await sitDown(scene, { id: "dies", queue: "dies", phone: { kind: "answers", afterMs: 300 } });
  await sitDown(scene, { id: "mute", queue: "mute", phone: { kind: "rings" } });
  await sitDown(scene, { id: "deaf", queue: "deaf", phone: { kind: "answers", afterMs: 300 } });
});
afterEach(() => {
  Object.assign(scene.rig.openai.faults, noFaults());
});
afterAll(() => scene.close());

/** When the caller heard the carrier begin to say this, in milliseconds since `since`. */
async function carrierAfter(caller: Handset, words: RegExp, since: number): Promise<number> {
  const said = await scene.rig.twilio.log.waitFor(
    "verb",
    (it) => it.callSid === caller.callSid && it.verb === "Gather" && words.test(it.text) && it.at >= since,
    25_000,
  );
  return Math.round((await carrierHeard(caller, said)) - since);
}

/** The agent takes the call, talks and ends it. */
async function isBridged(caller: Handset, queue: string): Promise<void> {
  const agent = scene.agents.get(queue);
  if (!agent) throw new Error(`nobody serves ${queue}`);
  const { escalationId } = await offerAt(scene, agent);
  const handset = await answerAt(agent);
  await handset.untilAsked();
  await handset.press("1");
  await agent.seat.waitFor((frame) => frame.type === "state" && frame["state"] === "bridged");
  agent.seat.send({ type: "end", escalationId });
  await endOf(scene, caller.callSid);
  expect(await escalationOf(scene, escalationId)).toMatchObject({ handoff: { outcome: "bridged" } });
  expect(await lineOf(scene, caller, escalationId)).toMatchObject({ tooQuiet: false, emptyPromises: [] });
}

test("its session dies, and no other is to be had: the menu, and key 1", { timeout: 60_000 }, async ({ annotate }) => {
  const { openai } = scene.rig;
  const caller = await callerArrives(scene, { to: DIES });
  openai.faults.refuseUpgrade = 503;
  const diedAt = Date.now();
  openai.dropSockets();
  const ms = await carrierAfter(caller, /Press one for a person/u, diedAt);
  await annotate(`the menu began ${ms} ms after the session died`);
  expect(ms).toBeLessThanOrEqual(SENTENCE_MS);
  const sessions = openai.sessions.length;
  await caller.press("1");
  await isBridged(caller, "dies");
  expect(openai.sessions).toHaveLength(sessions);
});

test("its voice stops while the caller waits: the carrier's, and key 2", { timeout: 60_000 }, async ({ annotate }) => {
  const agent = scene.agents.get("mute");
  if (!agent) throw new Error("nobody is there");
  const caller = await callerKeysForPerson(scene, { to: MUTE });
  await ringAt(agent);
  scene.rig.openai.faults.noAudio = true;
  const stoppedAt = Date.now();
  const ms = await carrierAfter(caller, /Please stay on the line/u, stoppedAt);
  await annotate(`the carrier spoke ${ms} ms after the voice had stopped`);
  await caller.press("2");
  await carrierAfter(caller, /number.*press one/iu, stoppedAt);
  await caller.press("1");
  const { id } = await caseIn(scene, "mute");
  await endOf(scene, caller.callSid, 30_000);
  expect(await escalationOf(scene, id)).toMatchObject({ handoff: { outcome: "callback" } });
  const { silenceMs, emptyPromises } = await lineOf(scene, caller, id);
  await annotate(`the longest silence was ${silenceMs} ms`);
  expect(silenceMs).toBeLessThanOrEqual(SILENCE_MS);
  expect(emptyPromises).toEqual([]);
});

test("nothing is transcribed: an answer all the same, and key 1", { timeout: 60_000 }, async ({ annotate }) => {
  const caller = await callerArrives(scene, { to: DEAF });
  scene.rig.openai.faults.noAsr = true;
  const ear = listenTo(caller);
  await caller.say(clip("unknown-charge").audio);
  const saidAt = Date.now();
  await ear.untilSound(SILENCE_MS);
  await annotate(`answered after ${Date.now() - saidAt} ms`);
  await ear.untilSpokenTo(300);
  ear.close();
  const pressedAt = Date.now();
  await caller.press("1");
  const promise = await lineAsked(scene.rig, /getting someone from our deaf team/u);
  const ms = Math.round((await lineHeard(caller, promise)) - pressedAt);
  await annotate(`the promise began ${ms} ms after the key`);
  expect(ms).toBeLessThanOrEqual(SENTENCE_MS);
  await isBridged(caller, "deaf");
});
