// C15: three agents were asked in vain. The caller hears so at once, in plain words, and may be called back; the assistant
// knows afterwards what happened.
import { afterAll, beforeAll, expect, test } from "vitest";

import { clip } from "../../lab/audio/clips.ts";
import type { HistoryEntry } from "../../lab/openai/brain.ts";
import { listenTo } from "../../lab/people/ear.ts";
import { lineAsked, lineHeard } from "./assistant-lines.ts";
import { lineOf } from "./caller-line.ts";
import { callerAsksForPerson, endOf, escalationOf, offerAt, openScene, type Scene, sitDown } from "./scene.ts";

/** What the model knew when it answered the caller afterwards. */
let known: readonly HistoryEntry[] = [];

let scene: Scene;
beforeAll(async () => {
  scene = await openScene({
    callsPerSecond: 50,
    rows: [
      {
        hears: /still there/iu,
        when: ({ history }) => {
          known = history;
          return true;
        },
        does: [{ say: "I am still here with you." }],
      },
    ],
  });
  for (const id of ["ada", "ben", "cleo"]) await sitDown(scene, { id, phone: { kind: "declines", afterMs: 300 } });
});
afterAll(() => scene.close());

test(
  "the caller hears what happened within two seconds and takes a callback; the assistant knows of three attempts",
  { timeout: 60_000 },
  async ({ annotate }) => {
    const { rig } = scene;
    const { log } = rig.twilio;
    const caller = await callerAsksForPerson(scene);
    const last = scene.agents.get("cleo");
    if (!last) throw new Error("Cleo is not there");
    const { escalationId } = await offerAt(scene, last);
    const offer = await lineAsked(rig, /nobody could take your call/u);
    expect(offer.text).toMatch(
      /^I tried our service team 3 times, but nobody could take your call\. .*call you back\?/u,
    );
    const failed = log.of("call", ({ event, to }) => event === "ended" && to === last.phone.address)[0];
    const heardAt = await lineHeard(caller, offer);
    await annotate(`heard ${Math.round(heardAt - (failed?.at ?? 0))} ms after the last agent's leg was over`);
    expect(heardAt - (failed?.at ?? 0)).toBeLessThanOrEqual(2_000);

    // A callback, with its time, read back and confirmed.
    const ear = listenTo(caller);
    await caller.say(clip("call-me-back").audio);
    const readBack = await lineAsked(rig, /your number/u);
    expect(readBack.text).toMatch(/5 5 5, 0 1 4 2.*The call would come in \d+ minutes/u);
    await lineHeard(caller, readBack);
    await caller.say(clip("yes").audio);
    const confirmed = await lineAsked(rig, /That is arranged/u);
    await lineHeard(caller, confirmed);
    await ear.untilSpokenTo(600);
    await caller.say(clip("still-there").audio);
    await ear.untilSpokenTo(600);
    ear.close();

    const notes = known
      .filter(({ role }) => role === "system")
      .map((entry) => ("text" in entry ? (entry.text ?? "") : ""));
    expect(notes.filter((text) => /handoff .* has ended/iu.test(text))).toEqual([
      expect.stringMatching(/outcome callback\. 3 agents were asked\..*callback is stored/iu),
    ]);

    caller.hangUp();
    await endOf(scene, caller.callSid);
    expect(await escalationOf(scene, escalationId)).toMatchObject({
      handoff: { state: "closed", outcome: "callback" },
      callback: { status: "scheduled" },
      offers: ["ada", "ben", "cleo"].map((agent) => ({ agent, outcome: "declined", raw: "busy 603" })),
    });
    expect(await lineOf(scene, caller, escalationId)).toMatchObject({ tooQuiet: false, emptyPromises: [] });
  },
);
