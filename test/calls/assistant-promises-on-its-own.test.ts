// C18: a model that promises a person although nobody is reserved. The caller never hears it: the sentence is cut before
// its audio and another one is said; a model that insists has asked for a person, who is then really got.
import { afterAll, beforeAll, expect, test } from "vitest";

import { clip } from "../../lab/audio/clips.ts";
import { findVoice } from "../../lab/audio/find-voice.ts";
import { promisesOnItsOwn } from "../../lab/openai/dispute-brain.ts";
import { listenTo } from "../../lab/people/ear.ts";
import { lineAsked, lineHeard } from "./assistant-lines.ts";
import { lineOf, promisesHeard } from "./caller-line.ts";
import {
  type Agent,
  callerArrives,
  endOf,
  escalationOf,
  offerAt,
  openScene,
  presenceOf,
  type Scene,
  sitDown,
} from "./scene.ts";

let scene: Scene;
let dana: Agent;
beforeAll(async () => {
  scene = await openScene({ rows: [promisesOnItsOwn] });
  dana = await sitDown(scene, { phone: { kind: "rings" } });
});
afterAll(() => scene.close());

test("the empty promise is cut unheard and replaced; what is promised then has somebody behind it", async ({
  annotate,
}) => {
  const { rig } = scene;
  const promise = clip("promise-unasked");
  const caller = await callerArrives(scene);
  await caller.say(clip("card-ends-in").audio);
  const replaced = await lineAsked(rig, /first check what I can do/u);
  await lineHeard(caller, replaced);

  // It says it again, and is taken at its word: now there is a reservation, and then a promise.
  const { escalationId } = await offerAt(scene, dana);
  const reserved = await presenceOf(dana.seat, "reserved");
  const promised = await lineAsked(rig, /getting someone from/u);
  const promisedAt = await lineHeard(caller, promised);
  const ear = listenTo(caller);
  await ear.untilSpokenTo();
  ear.close();
  await annotate(`reserved ${Math.round(promisedAt - reserved.at)} ms before the promise was heard`);
  expect(promisedAt).toBeGreaterThan(reserved.at);

  const said = rig.openai.sessions
    .flatMap(({ spoken }) => spoken)
    .filter(({ text }) => text.startsWith("I'll connect"));
  expect(said.length).toBeGreaterThanOrEqual(2);
  expect(said.every(({ status }) => status === "cancelled")).toBe(true);
  expect(findVoice(caller.recording.heard.heard(), promise.audio, { firstMs: 600 })).toEqual([]);
  expect(promisesHeard(scene, caller).map(({ text }) => text)).toEqual([promised.text]);

  caller.hangUp();
  await endOf(scene, caller.callSid);
  expect(await escalationOf(scene, escalationId)).toMatchObject({ trigger: "assistant-request" });
  expect(await lineOf(scene, caller, escalationId)).toMatchObject({ tooQuiet: false, emptyPromises: [] });
});
