// The agent gives the caller back to the assistant, with a word of what to do. The caller is with the assistant before the
// agent's leg is dropped, and nobody is alone on the way.
import { afterAll, beforeAll, expect, test } from "vitest";

import { longestSilence } from "../../lab/audio/analyse.ts";
import { clip } from "../../lab/audio/clips.ts";
import type { HistoryEntry } from "../../lab/openai/brain.ts";
import { listenTo } from "../../lab/people/ear.ts";
import { lineAsked, lineHeard } from "./assistant-lines.ts";
import { lineOf } from "./caller-line.ts";
import {
  type Agent,
  answerAt,
  callerAsksForPerson,
  endOf,
  escalationOf,
  leftovers,
  NOTHING_LEFT,
  offerAt,
  openScene,
  presenceOf,
  type Scene,
  sitDown,
} from "./scene.ts";

let known: readonly HistoryEntry[] = [];

let scene: Scene;
let dana: Agent;
beforeAll(async () => {
  scene = await openScene({
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
  dana = await sitDown(scene, { phone: { kind: "answers", afterMs: 300 } });
});
afterAll(() => scene.close());

test(
  "the assistant is back before the agent goes, and knows that it has the caller again",
  { timeout: 60_000 },
  async ({ annotate }) => {
    const { rig } = scene;
    const { log } = rig.twilio;
    const caller = await callerAsksForPerson(scene);
    const { escalationId } = await offerAt(scene, dana);
    const agent = await answerAt(dana);
    await agent.untilAsked();
    await agent.press("1");
    await dana.seat.waitFor((frame) => frame.type === "state" && frame["state"] === "bridged");
    await agent.say(clip("agent-intro").audio);

    const askedAt = Date.now();
    dana.seat.send({ type: "hand-back", escalationId, instruction: "Read the opening hours to the caller." });
    const opened = await log.waitFor(
      "stream",
      (it) => it.callSid === caller.callSid && it.event === "opened" && it.at > askedAt,
    );
    const agentGoneAt = await endOf(scene, agent.callSid);
    expect(agentGoneAt).toBeGreaterThanOrEqual(opened.at);
    const back = await lineAsked(rig, /I am back with you/u);
    const heardAt = await lineHeard(caller, back);
    await annotate(
      `ms after the hand-back: stream open ${Math.round(opened.at - askedAt)}, agent gone ${Math.round(agentGoneAt - askedAt)}, voice ${Math.round(heardAt - askedAt)}`,
    );
    expect(heardAt - askedAt).toBeLessThanOrEqual(2_000 + 500);

    const ear = listenTo(caller);
    await ear.untilSpokenTo(500);
    await caller.say(clip("still-there").audio);
    await ear.untilSpokenTo(500);
    ear.close();
    const told = known
      .flatMap((entry) => (entry.role === "system" && entry.text !== undefined ? [entry.text] : []))
      .join("\n");
    expect(told).toMatch(/handoff .* has ended/iu);
    expect(told).toContain("Read the opening hours to the caller.");

    // Her closing work is hers; the case is not the caller's any more.
    await presenceOf(dana.seat, "wrap-up");
    dana.seat.send({ type: "wrap-up", escalationId, disposition: "handed-back", resolved: false, notes: "hours" });
    await dana.seat.waitFor((frame) => frame.type === "state" && frame["cause"] === "wrapped-up");
    caller.hangUp();
    await endOf(scene, caller.callSid);
    expect(await escalationOf(scene, escalationId)).toMatchObject({ handoff: { state: "closed", outcome: "bridged" } });
    expect(leftovers(scene)).toEqual(NOTHING_LEFT);
    const { heard } = caller.recording;
    expect(longestSilence(heard.between(askedAt, heardAt + 500)).ms).toBeLessThanOrEqual(4_000);
    expect(await lineOf(scene, caller, escalationId)).toMatchObject({ tooQuiet: false, emptyPromises: [] });
  },
);
