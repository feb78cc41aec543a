// C8: the assistant dies while an agent's phone rings. The caller hears a voice within 4 s, the ring goes on, and the
// agent who accepts gets the caller.
import { afterAll, beforeAll, expect, test } from "vitest";

import { longestSilence } from "../../lab/audio/analyse.ts";
import { clip } from "../../lab/audio/clips.ts";
import { findVoice } from "../../lab/audio/find-voice.ts";
import type { Handset } from "../../lab/twilio/handset.ts";
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

type Openai = Scene["rig"]["openai"];

/** One ring lasts for both deaths of the first row. */
const DEATHS: readonly (readonly [string, string, readonly ((openai: Openai) => void)[]])[] = [
  [
    "cut",
    "its connection is cut, and the next one too, with no other to be had",
    [
      (openai) => openai.dropSockets(),
      (openai) => {
        openai.faults.refuseUpgrade = 503;
        openai.dropSockets();
      },
    ],
  ],
  [
    "frozen",
    "it is connected and does not speak any more",
    [
      ({ faults }) => {
        faults.noAudio = true;
      },
    ],
  ],
];

const numbers = lanes(DEATHS.map(([queue]) => queue));

let scene: Scene;
beforeAll(async () => {
  scene = await openScene({ numbers, callsPerSecond: 50 });
  for (const { queue } of numbers) await sitDown(scene, { id: queue, queue, phone: { kind: "rings" } });
});
afterAll(() => scene.close());

/** The longest time without a voice on the caller's line, from now for a little longer than it may be. */
async function quietFor({ recording }: Handset): Promise<number> {
  const from = Date.now();
  await new Promise((resolve) => setTimeout(resolve, VOICE_MS + 500));
  const to = from + VOICE_MS + 400;
  return longestSilence(recording.heard.between(from, to), recording.said.between(from, to)).ms;
}

test.for(DEATHS)("%s: %s", { timeout: 40_000 }, async ([queue, , deaths], { annotate }) => {
  const { openai } = scene.rig;
  const agent = scene.agents.get(queue);
  const to = numbers.find((number) => number.queue === queue)?.number ?? "";
  if (!agent) throw new Error(`nobody serves ${queue}`);
  const caller = await callerKeysForPerson(scene, { to });
  const { escalationId } = await offerAt(scene, agent);
  const ring = await ringAt(agent);
  for (const dies of deaths) {
    dies(openai);
    const ms = await quietFor(caller);
    await annotate(`the longest silence after it died: ${ms} ms`);
    expect(ms).toBeLessThanOrEqual(VOICE_MS);
  }

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
