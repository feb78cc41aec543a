// C8: the assistant dies while an agent's phone rings. The caller hears a voice within 4 s, the ring goes on, and the
// agent who accepts gets the caller.
import { afterAll, beforeAll, expect, test } from "vitest";

import { longestSilence } from "../../lab/audio/analyse.ts";
import { clip } from "../../lab/audio/clips.ts";
import { findVoice } from "../../lab/audio/find-voice.ts";
import { lineOf } from "./caller-line.ts";
import { lanes } from "./numbers.ts";
import {
  answerAt,
  callerKeysForPerson,
  creates,
  endOf,
  escalationOf,
  offerAt,
  openScene,
  ringAt,
  type Scene,
  sitDown,
} from "./scene.ts";

const VOICE_MS = 4_000;

const numbers = lanes(["cut", "frozen", "down"]);

let scene: Scene;
beforeAll(async () => {
  scene = await openScene({ numbers, callsPerSecond: 50 });
  for (const { queue } of numbers) {
    await sitDown(scene, { id: queue, queue, phone: { kind: "rings" } });
  }
});
afterAll(() => scene.close());

test.for([
  ["cut", "its connection is cut, and a new one can be had"],
  ["frozen", "it is connected and does not speak any more"],
  ["down", "its connection is cut, and no new one can be had"],
] as const)("%s: %s", { timeout: 40_000 }, async ([queue], { annotate }) => {
  const { openai } = scene.rig;
  const agent = scene.agents.get(queue);
  const to = numbers.find((number) => number.queue === queue)?.number ?? "";
  if (!agent) throw new Error(`nobody serves ${queue}`);
  const caller = await callerKeysForPerson(scene, { to });
  const ring = await ringAt(agent);
  const { escalationId } = await offerAt(scene, agent);

  if (queue === "frozen") openai.faults.noAudio = true;
  if (queue === "down") openai.faults.refuseUpgrade = 503;
  if (queue !== "frozen") openai.dropSockets();
  const diedAt = Date.now();
  // Long enough for a silence that is too long to be one.
  await new Promise((resolve) => setTimeout(resolve, VOICE_MS + 500));
  const { heard, said } = caller.recording;
  const [from, to4] = [diedAt, diedAt + VOICE_MS + 400];
  const { ms } = longestSilence(heard.between(from, to4), said.between(from, to4));
  await annotate(`the longest silence after it died: ${ms} ms`);
  expect(ms).toBeLessThanOrEqual(VOICE_MS);

  // The same ring, and it leads to the caller.
  expect(agent.seat.received.some(({ frame }) => frame.type === "offer-withdrawn")).toBe(false);
  const there = ring.answer();
  expect(there, "the phone still rings").toBeDefined();
  const handset = await answerAt(agent);
  await handset.untilAsked();
  await handset.press("1");
  await agent.seat.waitFor((frame) => frame.type === "state" && frame["state"] === "bridged");
  await handset.say(clip("agent-intro").audio);
  expect(findVoice(caller.recording.heard.heard(), clip("agent-intro").audio, { firstMs: 3_000 })).toHaveLength(1);
  agent.seat.send({ type: "end", escalationId });
  await Promise.all([endOf(scene, caller.callSid), endOf(scene, handset.callSid)]);
  expect(creates(scene, agent.phone.address)).toHaveLength(1);
  expect(await escalationOf(scene, escalationId)).toMatchObject({
    handoff: { outcome: "bridged" },
    offers: [{ agent: queue, outcome: "accepted" }],
  });
  Object.assign(openai.faults, { noAudio: false, refuseUpgrade: 0 });
  expect(await lineOf(scene, caller, escalationId)).toMatchObject({ tooQuiet: false, emptyPromises: [] });
});
