// A model of Vapi's that is slow, and a voice of Vapi's that does not come.
import { expect, test } from "vitest";

import { findVoice } from "../../lab/audio/find-voice.ts";
import { clip } from "../../lab/audio/clips.ts";
import { lineOf } from "./caller-line.ts";
import { endOf, offerAt, until } from "./scene.ts";
import { twinOf, vapiCallAt } from "./vapi-call.ts";
import { bridged, sharedConsole } from "./vapi-console.ts";

const opened = sharedConsole();

test("a slow model keeps nobody from a person", { timeout: 60_000 }, async () => {
  const calls = opened();
  const { scene } = calls;
  const sam = await calls.someone({ kind: "answers", afterMs: 300 });
  const { caller, vapi } = await calls.meet();
  twinOf(scene).faults.modelStallMs = 8_000;
  const askedAt = Date.now();
  await caller.say(clip("speak-to-human").audio);
  await until("the promise", 8_000, () =>
    vapi.spoken.find(({ at, text }) => at > askedAt && text.includes("our service team")),
  );
  const { escalationId } = await bridged(scene, sam);
  expect(await lineOf(scene, caller, escalationId)).toMatchObject({ tooQuiet: false });
});

test(
  "its voice does not come on order: the carrier speaks, and another visit begins",
  { timeout: 60_000 },
  async () => {
    const calls = opened();
    const { scene } = calls;
    const sam = await calls.someone({ kind: "rings" });
    const { caller, vapi } = await calls.meet();
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
