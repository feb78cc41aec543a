// What people report of transfers with Vapi most often (facts/vapi.md §14), each through the twins. Two more are elsewhere:
// nobody answers and the assistant goes on (15.4 in vapi-sequences), and the shapes of webhook replies and of their context
// (test/vendors/vapi).
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";

import { findVoice } from "../../lab/audio/find-voice.ts";
import { clip } from "../../lab/audio/clips.ts";
import type { Handset } from "../../lab/twilio/handset.ts";
import type { PhoneBehaviour } from "../../lab/twilio/phone-book.ts";
import { noFaults } from "../../lab/vapi/faults.ts";
import { lineOf } from "./caller-line.ts";
import { type Agent, answerAt, endOf, offerAt, openScene, type Scene, sitDown, timelineOf, until } from "./scene.ts";
import { callerMeetsAssistant, saidAfter, sayAndHear, twinOf, vapiCallAt } from "./vapi-call.ts";

let scene: Scene;
beforeAll(async () => {
  scene = await openScene({ assistant: "vapi" });
  const twin = twinOf(scene);
  // As consoles often are: it reminds, it hangs up on silence and on a word, and it plays an office.
  for (const assistant of twin.calls.assistants.things.values())
    Object.assign(assistant, {
      silenceTimeoutSeconds: 5,
      maxDurationSeconds: 20,
      endCallPhrases: ["still here", "patience"],
      backgroundSound: "office",
      hooks: [
        {
          on: "customer.speech.timeout",
          options: { timeoutSeconds: 3 },
          do: [{ type: "say", exact: "Are you still there?" }],
        },
      ],
    });
});
beforeEach(() => void Object.assign(twinOf(scene).faults, noFaults()));
afterAll(() => scene.close());

/** Each call has its own agent, and nobody of an earlier one is rung for a later one, even when a test has failed. */
let onDuty: Agent | undefined;
let onLine: Handset | undefined;
afterEach(() => over());
async function over(): Promise<void> {
  onLine?.hangUp();
  onDuty?.seat.send({ type: "presence", status: "offline" });
  if (onLine !== undefined) await endOf(scene, onLine.callSid);
  await until("an empty carrier", 15_000, () => (scene.rig.twilio.legs().length === 0 ? true : undefined));
  onLine = undefined;
  onDuty = undefined;
}

let count = 0;
async function someone(phone: PhoneBehaviour): Promise<Agent> {
  onDuty = await sitDown(scene, { id: `sam${(count += 1)}`, phone });
  return onDuty;
}
async function meet() {
  const arrived = await callerMeetsAssistant(scene);
  onLine = arrived.caller;
  return arrived;
}

async function bridged(agent: Agent): Promise<{ readonly escalationId: string }> {
  const { escalationId } = await offerAt(scene, agent);
  const handset = await answerAt(agent, 0);
  await handset.untilAsked();
  await handset.press("1");
  await agent.seat.waitFor((frame) => frame.type === "state" && frame["state"] === "bridged");
  return { escalationId };
}

test("6: their own transfer ends the assistant's call, and the caller is not lost", { timeout: 60_000 }, async () => {
  const { caller, vapi } = await meet();
  const { controlUrl } = vapi.record;
  const body = JSON.stringify({ type: "transfer", destination: { type: "number", number: "+15005550199" } });
  await fetch(controlUrl, { method: "POST", body, headers: { "content-type": "application/json" } });
  expect(vapi.record.endedReason).toBe("assistant-forwarded-call");
  const again = await vapiCallAt(scene, twinOf(scene).all.indexOf(vapi) + 1);
  await until("the next visit", 10_000, () => (again.record.status === "in-progress" ? true : undefined));
  const at = Date.now();
  await sayAndHear(caller, clip("still-there").audio);
  expect(saidAfter(again, at)).toContain("I am still here with you.");
});

test(
  "8 and 9: the caller comes back from the agent to an assistant that knows them, on the leg they have",
  { timeout: 90_000 },
  async () => {
    const sam = await someone({ kind: "answers", afterMs: 300 });
    const { caller, vapi } = await meet();
    await sayAndHear(caller, clip("marker-pineapple").audio);
    await caller.say(clip("speak-to-human").audio);
    const { escalationId } = await bridged(sam);
    const askedAt = Date.now();
    sam.seat.send({ type: "hand-back", escalationId, instruction: "Read the opening hours." });
    const again = await vapiCallAt(scene, twinOf(scene).all.indexOf(vapi) + 1);
    await until("a word to the caller", 10_000, () => again.spoken[0]);
    expect(Date.now() - askedAt).toBeLessThan(6_000);
    expect(again.spoken.map(({ text }) => text)).not.toContain("Good morning. How can I help you today?");
    expect(JSON.stringify(again.mind.history)).toContain("pineapple");
    await until("the agent's word", 5_000, () =>
      JSON.stringify(again.mind.history).includes("opening hours") ? true : undefined,
    );
    expect(caller.status).toBe("in-progress");
    caller.hangUp();
    await endOf(scene, caller.callSid);
  },
);

test(
  "1, 2, 5 and 13: no transfer of theirs is ever ordered; what is to be said is said",
  { timeout: 90_000 },
  async () => {
    const sam = await someone({ kind: "answers", afterMs: 300 });
    const { caller, vapi } = await meet();
    await caller.say(clip("speak-to-human").audio);
    const { escalationId } = await bridged(sam);
    const said = vapi.spoken.filter(({ source }) => source === "force-say").map(({ text }) => text);
    expect(said.at(-1)).toContain("Sam");
    expect(
      twinOf(scene).controls.filter(({ id, message }) => id === vapi.record.id && message["type"] === "transfer"),
    ).toEqual([]);
    expect(await lineOf(scene, caller, escalationId)).toMatchObject({ tooQuiet: false });
    // 14: what is for the agent alone reaches no caller.
    const whisper = scene.rig.twilio.log.of("verb", ({ verb, text }) => verb === "Say" && text.includes("Press 1"));
    expect(whisper.every(({ callSid }) => callSid !== caller.callSid)).toBe(true);
    caller.hangUp();
    await endOf(scene, caller.callSid);
  },
);

test("4: the agent declines, and is not put through", { timeout: 60_000 }, async () => {
  const sam = await someone({ kind: "declines", afterMs: 200 });
  const { caller, vapi } = await meet();
  await caller.say(clip("speak-to-human").audio);
  const { escalationId } = await offerAt(scene, sam);
  await until("the fallback", 30_000, async () =>
    (await timelineOf(scene, escalationId)).find(({ state }) => state === "offering-fallback"),
  );
  expect(vapi.over).toBe(false);
  expect(scene.rig.twilio.conferences()).toEqual([]);
});

test(
  "settings of the console that end, remind or play do not reach a waiting caller",
  { timeout: 60_000 },
  async () => {
    const sam = await someone({ kind: "rings" });
    const { caller, vapi } = await meet();
    await caller.say(clip("speak-to-human").audio);
    const { escalationId } = await offerAt(scene, sam);
    const at = Date.now();
    // Longer than its own silence limit, and longer than its calls may last.
    await until("a while", 15_000, () => (Date.now() - at > 9_000 ? true : undefined));
    expect(vapi.over).toBe(false);
    expect(vapi.spoken.map(({ text }) => text)).not.toContain("Are you still there?");
    expect(await lineOf(scene, caller, escalationId)).toMatchObject({ tooQuiet: false });
  },
);

test(
  "messages twice, out of order and with a stale call: the record is that of the orderly run",
  { timeout: 90_000 },
  async () => {
    const events: string[][] = [];
    for (const faults of [{}, { duplicates: true, reorder: true, toolCallShape: "legacy" as const }]) {
      Object.assign(twinOf(scene).faults, noFaults(), faults);
      const sam = await someone({ kind: "answers", afterMs: 300 });
      const { caller } = await meet();
      await caller.say(clip("speak-to-human").audio);
      const { escalationId } = await bridged(sam);
      const rows = await timelineOf(scene, escalationId);
      events.push(rows.map(({ event, state }) => `${event}>${state}`).filter((row) => !row.startsWith("time-passed")));
      await over();
    }
    expect(events[1]?.toSorted()).toEqual(events[0]?.toSorted());
  },
);

test(
  "12: none of their events about the end comes, and the record is complete all the same",
  { timeout: 60_000 },
  async () => {
    Object.assign(twinOf(scene).faults, { lost: ["status-update", "end-of-call-report"] });
    const sam = await someone({ kind: "answers", afterMs: 300 });
    const { caller } = await meet();
    await caller.say(clip("speak-to-human").audio);
    const { escalationId } = await bridged(sam);
    caller.hangUp();
    await endOf(scene, caller.callSid);
    const row = await until("the end", 10_000, async () =>
      (await timelineOf(scene, escalationId)).find(({ state }) => state === "wrapping-up"),
    );
    expect(row.actor).toBe("carrier");
  },
);

test("a slow model keeps nobody from a person", { timeout: 60_000 }, async () => {
  const sam = await someone({ kind: "answers", afterMs: 300 });
  const { caller, vapi } = await meet();
  twinOf(scene).faults.modelStallMs = 8_000;
  const askedAt = Date.now();
  await caller.say(clip("speak-to-human").audio);
  await until("the promise", 8_000, () =>
    vapi.spoken.find(({ at, text }) => at > askedAt && text.includes("our service team")),
  );
  const { escalationId } = await bridged(sam);
  expect(await lineOf(scene, caller, escalationId)).toMatchObject({ tooQuiet: false });
});

test(
  "its voice does not come on order: the carrier speaks, and another visit begins",
  { timeout: 60_000 },
  async () => {
    const sam = await someone({ kind: "rings" });
    const { caller, vapi } = await meet();
    twinOf(scene).faults.deafToSay = true;
    await caller.say(clip("speak-to-human").audio);
    const { escalationId } = await offerAt(scene, sam);
    const again = await vapiCallAt(scene, twinOf(scene).all.indexOf(vapi) + 1);
    twinOf(scene).faults.deafToSay = false;
    await until("company", 15_000, () => again.spoken.find(({ source }) => source === "force-say"));
    expect(await lineOf(scene, caller, escalationId)).toMatchObject({ tooQuiet: false });
    expect(findVoice(caller.recording.heard.heard(), clip("agent-intro").audio)).toEqual([]);
    caller.hangUp();
    await endOf(scene, caller.callSid);
  },
);
