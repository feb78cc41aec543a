// Nobody is there. The caller hears it within 5 s and is promised nothing until it is stored: the callback is in the list
// before the sentence that confirms it is heard (H2).
import { afterAll, beforeAll, expect, test } from "vitest";

import { clip } from "../../lab/audio/clips.ts";
import { listenTo } from "../../lab/people/ear.ts";
import { lineAsked, lineHeard, linesAsked } from "./assistant-lines.ts";
import { lineOf, promisesHeard } from "./caller-line.ts";
import {
  CALLER,
  callerAsksForPerson,
  caseIn,
  creates,
  endOf,
  escalationOf,
  openScene,
  type Scene,
  sitDown,
} from "./scene.ts";

type Callbacks = {
  items: { id: string; escalationId: string; number?: string; status: string; reference?: string; dueAt?: string }[];
};

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
  await sitDown(scene, { phone: { kind: "rings" }, available: false });
});
afterAll(() => scene.close());

test(
  "the offer comes within 5 s, the number is read back, and a yes is stored before it is confirmed",
  { timeout: 60_000 },
  async ({ annotate }) => {
    const { rig } = scene;
    const caller = await callerAsksForPerson(scene);
    const offer = await lineAsked(rig, /call you back\?/u);
    const offeredAt = await lineHeard(caller, offer);
    const { id } = await caseIn(scene);
    const { items: rows } = (await rig.api("GET", `/api/escalations/${id}/timeline`)) as {
      items: { at: string; event: string }[];
    };
    const decidedAt = Date.parse(rows.find(({ event }) => event === "escalation-decided")?.at ?? "");
    expect(offeredAt - decidedAt).toBeLessThanOrEqual(5_000);

    await caller.say(clip("call-me-back").audio);
    const readBack = await lineAsked(rig, /your number/u);
    // Enough of it to know one's own number, digit by digit.
    expect(readBack.text).toContain("5 5 5, 0 1 4 2");
    await lineHeard(caller, readBack);
    expect((await rig.api("GET", "/api/callbacks")) as Callbacks).toMatchObject({ items: [] });

    const ear = listenTo(caller);
    await ear.untilSpokenTo(400);
    // The model takes its time, so that asking the list is faster than its first audio.
    rig.openai.pace.ttfaMs = 900;
    await caller.say(clip("yes").audio);
    const confirmed = await lineAsked(rig, /That is arranged/u);
    const { items } = (await rig.api("GET", "/api/callbacks")) as Callbacks;
    const seenAt = Date.now();
    const heardAt = await lineHeard(caller, confirmed);
    await annotate(
      `offered ${Math.round(offeredAt - decidedAt)} ms after the decision; in the list ${Math.round(heardAt - seenAt)} ms before it was confirmed`,
    );
    expect(seenAt).toBeLessThan(heardAt);
    expect(items).toMatchObject([{ escalationId: id, number: CALLER, status: "scheduled" }]);
    expect(confirmed.text).toContain(items[0]?.reference ?? "no reference");
    expect(linesAsked(rig).filter(({ text }) => /arranged/u.test(text))).toHaveLength(1);

    await ear.untilSpokenTo(600);
    ear.close();
    caller.hangUp();
    await endOf(scene, caller.callSid);
    expect(await escalationOf(scene, id)).toMatchObject({
      handoff: { state: "closed", outcome: "callback" },
      callback: { id: items[0]?.id, status: "scheduled" },
      reference: items[0]?.reference,
    });
    expect(creates(scene)).toEqual([]);
    expect(promisesHeard(scene, caller)).toEqual([]);
    expect(await lineOf(scene, caller, id)).toMatchObject({ tooQuiet: false, emptyPromises: [] });
  },
);
