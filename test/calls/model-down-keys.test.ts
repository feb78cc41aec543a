// C16: the model cannot be reached. The carrier's own voice and keys lead to a person or to a callback, with no model at all.
import { afterAll, beforeAll, describe, test } from "vitest";

import { audibleSpans } from "../../lab/audio/analyse.ts";
import type { Handset } from "../../lab/twilio/handset.ts";
import { carrierHeard, lineOf } from "./caller-line.ts";
import { lanes } from "./numbers.ts";
import { answerAt, caseIn, endOf, escalationOf, openScene, type Scene, sitDown, timelineOf, until } from "./scene.ts";

const numbers = lanes(["people", "callbacks"]);
const [PEOPLE = "", CALLBACKS = ""] = numbers.map(({ number }) => number);

let scene: Scene;
beforeAll(async () => {
  scene = await openScene({ numbers });
  scene.rig.openai.faults.refuseUpgrade = 503;
  await sitDown(scene, { id: "dana", queue: "people", phone: { kind: "answers", afterMs: 500 } });
});
afterAll(() => scene.close());

/** What is said inside a <Gather> is logged with it. */
const SPEAKS: ReadonlySet<string> = new Set(["Say", "Gather"]);

/** The carrier says something to this caller that fits, from `since` on. */
const hears = (caller: Handset, words: RegExp, since = 0) =>
  scene.rig.twilio.log.waitFor(
    "verb",
    (it) => it.callSid === caller.callSid && SPEAKS.has(it.verb) && words.test(it.text) && it.at >= since,
    25_000,
  );

async function arrives(to: string): Promise<Handset> {
  const caller = scene.rig.twilio.callIn({ from: "+14155550142", to });
  await caller.answered;
  return caller;
}

describe.concurrent("without a model", () => {
  test("key 1 brings a person", { timeout: 50_000 }, async ({ expect, annotate }) => {
    const caller = await arrives(PEOPLE);
    const { log } = scene.rig.twilio;
    const disclosure = await hears(caller, /automated assistant/u);
    const menu = await hears(caller, /Press one for a person/u);
    // From the end of the disclosure to the first sound of the menu, both where the caller hears them.
    const menuAt = await carrierHeard(caller, menu);
    const { heard } = caller.recording;
    const [last] = audibleSpans(heard.between(disclosure.at, menuAt)).slice(-1);
    const silentMs = menuAt - disclosure.at - (last?.toMs ?? 0);
    await annotate(`the menu began ${Math.round(silentMs)} ms after the disclosure ended`);
    expect(silentMs).toBeLessThanOrEqual(3_000);
    await caller.press("1");
    const dana = scene.agents.get("dana");
    if (!dana) throw new Error("Dana is not there");
    const agent = await answerAt(dana);
    await agent.untilAsked();
    await agent.press("1");
    const { frame } = await dana.seat.waitFor((each) => each.type === "state" && each["state"] === "bridged");
    const escalationId = String(frame["escalationId"]);
    const rooms = log.of("conference", ({ event }) => event === "conference-start");
    expect(rooms).toHaveLength(1);
    dana.seat.send({ type: "end", escalationId });
    await endOf(scene, caller.callSid);
    expect(await escalationOf(scene, escalationId)).toMatchObject({
      trigger: "explicit-request",
      handoff: { outcome: "bridged" },
    });
    expect(await lineOf(scene, caller, escalationId)).toMatchObject({ tooQuiet: false, emptyPromises: [] });
    expect(scene.rig.openai.sessions).toEqual([]);
  });

  test("key 2 gives a callback, stored before it is said", { timeout: 50_000 }, async ({ expect }) => {
    const caller = await arrives(CALLBACKS);
    await hears(caller, /two to be called back/u);
    await caller.press("2");
    const readBack = await hears(caller, /number.*(?:press one|Say yes)/iu);
    expect(readBack.text).toContain("0 1 4 2");
    await caller.press("1");
    const confirmed = await hears(caller, /That is arranged/u);
    const { items } = (await scene.rig.api("GET", "/api/callbacks")) as {
      items: { escalationId: string; reference: string; status: string }[];
    };
    const { id } = await caseIn(scene, "callbacks");
    const stored = items.find(({ escalationId }) => escalationId === id);
    expect(stored).toMatchObject({ status: "scheduled" });
    expect(confirmed.text).toContain(stored?.reference);
    const timeline = await timelineOf(scene, id);
    const storedAt = Date.parse(timeline.find(({ state }) => state === "closed")?.at ?? "");
    expect(storedAt).toBeLessThanOrEqual(confirmed.at);
    await endOf(scene, caller.callSid, 15_000);
    const closed = await until("the case is closed", 5_000, async () => {
      const found = await escalationOf(scene, id);
      return found.handoff?.state === "closed" ? found : undefined;
    });
    expect(closed).toMatchObject({ handoff: { outcome: "callback" } });
    expect(await lineOf(scene, caller, id)).toMatchObject({ tooQuiet: false, emptyPromises: [] });
  });
});
