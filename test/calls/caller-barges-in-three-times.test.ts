// C19: talking over the holding sentences does not disturb the transfer; taking the request back ends it at once.
import { afterAll, beforeAll, expect, test } from "vitest";

import { clip } from "../../lab/audio/clips.ts";
import { listenTo } from "../../lab/people/ear.ts";
import { lineAsked, lineHeard } from "./assistant-lines.ts";
import { lineOf } from "./caller-line.ts";
import {
  type Agent,
  callerAsksForPerson,
  creates,
  endOf,
  escalationOf,
  offerAt,
  openScene,
  type Scene,
  sitDown,
} from "./scene.ts";

let scene: Scene;
let dana: Agent;
beforeAll(async () => {
  scene = await openScene();
  // Picks up late and listens for long, so that one offer lasts for the whole conversation.
  dana = await sitDown(scene, { phone: { kind: "answers", afterMs: 9_000 } });
});
afterAll(() => scene.close());

test(
  "the speech yields three times, one agent is rung once, and a cancellation counts within a second",
  { timeout: 60_000 },
  async ({ annotate }) => {
    const { rig } = scene;
    const { log } = rig.twilio;
    const caller = await callerAsksForPerson(scene);
    const { callSid } = caller;
    const { escalationId } = await offerAt(scene, dana);
    const ear = listenTo(caller);
    const yielded: number[] = [];
    for (const id of ["still-there", "last-tuesday", "card-ends-in"]) {
      // In the middle of a sentence.
      await ear.hears(600);
      const from = Date.now();
      const talking = caller.say(clip(id).audio);
      const clear = await log.waitFor(
        "stream",
        (it) => it.callSid === callSid && it.event === "clear" && it.at >= from,
      );
      yielded.push(Math.round(clear.at - from));
      await talking;
    }
    expect(Math.max(...yielded)).toBeLessThanOrEqual(1_000);
    expect(dana.seat.received.some(({ frame }) => frame.type === "offer-withdrawn")).toBe(false);
    expect(creates(scene)).toHaveLength(1);

    await ear.untilSpokenTo(400);
    const { text, audio } = clip("cancel-go-on");
    await caller.say(audio);
    const saidAt = Date.now();
    const understood = await rig.openai.waitFor(
      ({ type, event }) => type.endsWith("input_audio_transcription.completed") && event["transcript"] === text,
    );
    const withdrawn = await dana.seat.waitFor(({ type }) => type === "offer-withdrawn");
    expect(withdrawn.frame).toMatchObject({ reason: "caller-cancelled" });
    await annotate(
      `ms from speech to yield: ${yielded.join(", ")}; cancelled ${Math.round(withdrawn.at - understood.at)} ms after the transcript, ${Math.round(withdrawn.at - saidAt)} ms after the last word`,
    );
    expect(withdrawn.at - understood.at).toBeLessThanOrEqual(1_000);
    await lineHeard(caller, await lineAsked(rig, /let's go on/u));
    const [create] = creates(scene);
    expect(creates(scene)).toEqual([create]);
    expect(dana.phone.rings).toHaveLength(1);
    for (const leg of log.of("call", (it) => it.event === "created" && it.to === dana.phone.address))
      await endOf(scene, leg.callSid);

    expect(await escalationOf(scene, escalationId)).toMatchObject({
      status: "resolved",
      handoff: { state: "closed", outcome: "returned" },
      offers: [{ agent: "dana", outcome: "caller-cancelled" }],
    });
    ear.close();
    caller.hangUp();
    await endOf(scene, callSid);
    expect(await lineOf(scene, caller, escalationId)).toMatchObject({ tooQuiet: false, emptyPromises: [] });
  },
);
