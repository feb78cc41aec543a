// One warm transfer with an assistant of Vapi's, looked at for what people report of Vapi's own (facts/vapi.md §14: the ten most
// cited, 3, 4 and 7 elsewhere: test/vendors/vapi/doors, vapi-decline, vapi-sequences). Each test can fail by itself.
import { afterAll, beforeAll, expect, test } from "vitest";

import { findVoice } from "../../lab/audio/find-voice.ts";
import { clip } from "../../lab/audio/clips.ts";
import { voice } from "../../lab/audio/voice.ts";
import type { Handset } from "../../lab/twilio/handset.ts";
import { lineOf } from "./caller-line.ts";
import { answerAt, endOf, type Scene, timelineOf, until } from "./scene.ts";
import { type Arrived, sayAndHear, twinOf, vapiCallAt } from "./vapi-call.ts";
import { bridged, type Console, openConsole } from "./vapi-console.ts";

let calls: Console;
let scene: Scene;
let arrived: Arrived;
let agent: Handset;
let escalationId: string;
let restUpdates: readonly string[];
/** The same caller, handed back. */
let again: Arrived["vapi"];
let handedBackAt: number;
beforeAll(async () => {
  calls = await openConsole();
  scene = calls.scene;
  const sam = await calls.someone({ kind: "answers", afterMs: 300 });
  arrived = await calls.meet();
  const { caller, vapi } = arrived;
  await sayAndHear(caller, clip("marker-pineapple").audio);
  await caller.say(clip("speak-to-human").audio);
  ({ escalationId } = await bridged(scene, sam));
  agent = await answerAt(sam, 0);
  await agent.say(clip("agent-intro").audio);
  await agent.say(clip("agent-look").audio);
  handedBackAt = Date.now();
  sam.seat.send({ type: "hand-back", escalationId, instruction: "Read the opening hours." });
  again = await vapiCallAt(scene, twinOf(scene).all.indexOf(vapi) + 1);
  await until("a word to the caller", 10_000, () => again.spoken[0]);
  await until("the agent's wish", 5_000, () =>
    JSON.stringify(again.mind.history).includes("opening hours") ? true : undefined,
  );
  restUpdates = scene.rig.twilio.log
    .of("rest", ({ method, path }) => method === "POST" && path.includes("/Calls/"))
    .map(({ params }) => JSON.stringify(params));
}, 120_000);
afterAll(async () => {
  await calls.over();
  await scene.close();
});

/** What was spoken on the agent's leg before anybody was in the conference. */
const whispered = () =>
  scene.rig.twilio.log.of("verb", ({ callSid, text }) => callSid === agent.callSid && text !== "");
const ordered = () => arrived.vapi.spoken.filter(({ source }) => source === "force-say").map(({ text }) => text);

test("pitfall 1: nothing waits for a REFER: the two are in a conference of ours, and the assistant's leg ends by our BYE", () => {
  expect(JSON.stringify(scene.rig.twilio.log.of("verb"))).not.toMatch(/refer/iu);
  expect(arrived.vapi.record.endedReason).toBe("customer-ended-call");
  const joined = scene.rig.twilio.log.of("conference", ({ event }) => event === "participant-join");
  expect(joined.map(({ callSid }) => callSid)).toEqual(
    expect.arrayContaining([arrived.caller.callSid, agent.callSid]) as string[],
  );
});

test("pitfall 2: it does not arrive blind: the agent hears what it is about before they are joined", () => {
  const whisper = whispered();
  const [joined] = scene.rig.twilio.log.of(
    "conference",
    ({ event, callSid }) => event === "participant-join" && callSid === agent.callSid,
  );
  expect(whisper[0]?.at).toBeLessThan(joined?.at ?? 0);
  expect(whisper.map(({ text }) => text).join(" ").length).toBeGreaterThan(40);
});

test("pitfall 5: what is to be said at the transfer is said, and heard", () => {
  const announcement = ordered().findLast((text) => text.includes("Sam")) ?? "";
  const heard = arrived.caller.recording.heard.heard();
  expect(findVoice(heard, voice("assistant", announcement), { firstMs: 1_000 }).length).toBeGreaterThan(0);
});

test("pitfall 8: the caller comes back from the agent to an assistant that knows them", () => {
  expect((again.spoken[0]?.at ?? Infinity) - handedBackAt).toBeLessThan(8_000);
  expect(again.spoken.map(({ text }) => text)).not.toContain("Good morning. How can I help you today?");
  expect(JSON.stringify(again.mind.history)).toContain("pineapple");
});

test("pitfall 9: a call in progress is sent to no address of Vapi's: it is dialled from a document of ours, on the leg they have", () => {
  expect(restUpdates.join("\n")).not.toContain("vapi");
  expect(arrived.caller.status).toBe("in-progress");
});

test("pitfall 10: asking the agent puts nobody on hold: until then somebody speaks with the caller", async () => {
  expect(await lineOf(scene, arrived.caller, escalationId)).toMatchObject({ tooQuiet: false });
  const rows = await timelineOf(scene, escalationId);
  const accepted = Date.parse(rows.find(({ state }) => state === "accepted")?.at ?? "");
  expect(arrived.vapi.spoken.some(({ at }) => at < accepted && at > Date.parse(rows[0]?.at ?? ""))).toBe(true);
});

test("pitfall 13: no transfer of theirs is ever ordered", () => {
  const theirs = twinOf(scene).controls.filter(({ id }) => id === arrived.vapi.record.id);
  expect(theirs.length).toBeGreaterThan(0);
  expect(theirs.filter(({ message }) => message["type"] === "transfer")).toEqual([]);
});

test("pitfall 14: what is for the agent alone reaches no caller", () => {
  const [first] = whispered();
  const heard = scene.rig.twilio.log.of("verb", ({ callSid }) => callSid === arrived.caller.callSid);
  expect(first?.text).toMatch(/press/iu);
  expect(heard.map(({ text }) => text).join("\n")).not.toContain(first?.text);
  expect(findVoice(arrived.caller.recording.heard.heard(), voice("carrier", first?.text ?? ""))).toEqual([]);
});

test(
  "pitfall 6: their own transfer ends the assistant's call, and the caller is not lost",
  { timeout: 60_000 },
  async () => {
    await calls.over();
    const { caller, vapi } = await calls.meet();
    const body = JSON.stringify({ type: "transfer", destination: { type: "number", number: "+15005550199" } });
    const headers = { "content-type": "application/json" };
    await fetch(vapi.record.controlUrl, { method: "POST", body, headers });
    expect(vapi.record.endedReason).toBe("assistant-forwarded-call");
    const next = await vapiCallAt(scene, twinOf(scene).all.indexOf(vapi) + 1);
    await until("the next visit", 10_000, () => (next.record.status === "in-progress" ? true : undefined));
    const at = Date.now();
    await sayAndHear(caller, clip("still-there").audio);
    expect(next.spoken.filter((each) => each.at >= at).map(({ text }) => text)).toContain("I am still here with you.");
    caller.hangUp();
    await endOf(scene, caller.callSid);
  },
);
