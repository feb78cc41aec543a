// C22, with decision 0012: there is no machine detection, because a machine cannot press 1. Whatever answers an agent's
// telephone hears the briefing at once, and only a key brings the caller. A machine is missed; a person who says little,
// nothing, or something that sounds like a machine, has the caller with the key.
import { afterAll, beforeAll, describe, test } from "vitest";

import { audibleSpans } from "../../lab/audio/analyse.ts";
import { clip } from "../../lab/audio/clips.ts";
import { HOLD_MUSIC, joinAudio, silence, tone } from "../../lab/audio/tones.ts";
import { findVoice } from "../../lab/audio/find-voice.ts";
import { voice } from "../../lab/audio/voice.ts";
import type { Handset } from "../../lab/twilio/handset.ts";
import { lineOf } from "./caller-line.ts";
import { lanes } from "./numbers.ts";
import {
  type Agent,
  answerAt,
  callerKeysForPerson,
  endOf,
  escalationOf,
  offerAt,
  openScene,
  ringAt,
  type Scene,
  sitDown,
  timelineOf,
} from "./scene.ts";

/** What an agent's telephone may answer with. Synthetic speech and real tones: nobody here understands the words. */
const BEEP = tone([1_000], 400);
const says = (words: string): Uint8Array => voice("agent", words);

type Row = { readonly queue: string; readonly sound: Uint8Array; readonly machine: boolean };

const MACHINES: readonly Row[] = [
  {
    queue: "voicemail",
    machine: true,
    sound: joinAudio([
      says("You have reached the voicemail of extension four. Please leave a message after the tone."),
      BEEP,
      silence(8_000),
    ]),
  },
  {
    // It asks for a key, and presses none.
    queue: "menu",
    machine: true,
    sound: joinAudio([
      says("Welcome. For sales, press one. For support, press two. To repeat this menu, press nine."),
      silence(500),
      says("I did not understand. For sales, press one."),
    ]),
  },
  {
    queue: "hold",
    machine: true,
    sound: joinAudio([says("All our agents are busy. Please hold."), HOLD_MUSIC, HOLD_MUSIC]),
  },
];

const PEOPLE: readonly Row[] = [
  { queue: "somebody-else", machine: false, sound: says("He is not available at the moment, can I help you?") },
  { queue: "short-hello", machine: false, sound: clip("agent-hello").audio },
  { queue: "silent", machine: false, sound: silence(3_000) },
];

/** Nobody waits for a verdict: what comes is the briefing, and with it the question for the key. */
const BRIEFING_MS = 500;
/** From the pick-up to that question, which is what doubt leads to; and from the key to the acceptance. */
const VERDICT_MS = 4_000;

const ROWS = [...MACHINES, ...PEOPLE];
const numbers = lanes(ROWS.map(({ queue }) => queue));

let scene: Scene;
beforeAll(async () => {
  scene = await openScene({ numbers, callsPerSecond: 50 });
  for (const { queue, machine } of ROWS) {
    await sitDown(scene, { id: queue, queue, phone: { kind: "answers", afterMs: 300 } });
    if (machine) await sitDown(scene, { id: `${queue}-next`, queue, phone: { kind: "rings" } });
  }
});
afterAll(() => scene.close());

const agentOf = (id: string): Agent => {
  const agent = scene.agents.get(id);
  if (!agent) throw new Error(`${id} is not there`);
  return agent;
};

/** How long after the pick-up the briefing began, in milliseconds. */
async function briefingMs({ callSid, recording }: Handset): Promise<number> {
  const { log } = scene.rig.twilio;
  const picked = await log.waitFor("call", (it) => it.callSid === callSid && it.event === "answered");
  const { heard } = recording;
  const [first] = audibleSpans(heard.between(picked.at, (heard.startedAt ?? 0) + heard.durationMs));
  return first?.fromMs ?? Infinity;
}

/** How long after the pick-up a key was first asked for, in milliseconds. */
async function askedMs({ callSid }: Handset): Promise<number> {
  const { log } = scene.rig.twilio;
  const picked = await log.waitFor("call", (it) => it.callSid === callSid && it.event === "answered");
  const asked = await log.waitFor("verb", (it) => it.callSid === callSid && it.verb === "Gather");
  return asked.at - picked.at;
}

const arrive = async (queue: string) => {
  const caller = await callerKeysForPerson(scene, { to: numbers.find((it) => it.queue === queue)?.number ?? "" });
  const agent = agentOf(queue);
  const { escalationId } = await offerAt(scene, agent);
  const handset = await answerAt(agent);
  return { caller, agent, handset, escalationId };
};

describe.concurrent("an agent's telephone is answered by", () => {
  test.for(MACHINES)("a machine: $queue", { timeout: 50_000 }, async ({ queue, sound }, { expect, annotate }) => {
    const { caller, agent, handset, escalationId } = await arrive(queue);
    void handset.say(sound);
    const { frame } = await agent.seat.waitFor(({ type }) => type === "offer-withdrawn", 20_000);
    const ms = await briefingMs(handset);
    const verdictMs = await askedMs(handset);
    await annotate(`the briefing began ${ms} ms after the pick-up, a key was asked for after ${verdictMs} ms`);
    expect(ms).toBeLessThanOrEqual(BRIEFING_MS);
    expect(verdictMs).toBeLessThanOrEqual(VERDICT_MS);
    expect(frame).toMatchObject({ reason: "missed" });
    const ring = await ringAt(agentOf(`${queue}-next`));
    const states = (await timelineOf(scene, escalationId)).map(({ state }) => state);
    expect(states).not.toContain("accepted");
    expect(scene.rig.twilio.log.of("conference", ({ callSid }) => callSid === handset.callSid)).toEqual([]);
    caller.hangUp();
    await endOf(scene, ring.callSid);
    // Nothing of what the machine played reached the caller.
    expect(findVoice(caller.recording.heard.heard(), sound, { firstMs: 2_000 })).toEqual([]);
    expect(await lineOf(scene, caller, escalationId)).toMatchObject({ tooQuiet: false, emptyPromises: [] });
  });

  test.for(PEOPLE)("a person: $queue", { timeout: 50_000 }, async ({ queue, sound }, { expect, annotate }) => {
    const { caller, agent, handset, escalationId } = await arrive(queue);
    const { log } = scene.rig.twilio;
    const picked = await log.waitFor("call", (it) => it.callSid === handset.callSid && it.event === "answered");
    await handset.say(sound);
    // Whatever they said, they were taken for nothing: the offer is as it was, and the key counts at once.
    expect((await timelineOf(scene, escalationId)).at(-1)?.state).toBe("offering");
    const pressedAt = Date.now();
    await handset.press("1");
    const accepted = await agent.seat.waitFor((each) => each.type === "state" && each["state"] === "accepted");
    const verdictMs = Date.parse(String(accepted.frame["at"])) - pressedAt;
    const ms = await briefingMs(handset);
    await annotate(
      `briefing ${ms} ms after the pick-up, key ${Math.round(pressedAt - picked.at)} ms after it, taken after ${verdictMs} ms`,
    );
    expect(ms).toBeLessThanOrEqual(BRIEFING_MS);
    expect(await askedMs(handset)).toBeLessThanOrEqual(VERDICT_MS);
    expect(verdictMs).toBeLessThanOrEqual(VERDICT_MS);
    await agent.seat.waitFor((each) => each.type === "state" && each["state"] === "bridged");
    agent.seat.send({ type: "end", escalationId });
    await Promise.all([endOf(scene, caller.callSid), endOf(scene, handset.callSid)]);
    expect(await escalationOf(scene, escalationId)).toMatchObject({
      handoff: { outcome: "bridged" },
      offers: [{ agent: queue, outcome: "accepted" }],
    });
    expect(await lineOf(scene, caller, escalationId)).toMatchObject({ tooQuiet: false, emptyPromises: [] });
  });
});
