// C7: another tool of the account (the agent's own phone system) puts the caller on hold in the room and takes a third
// leg in. A flag that is changed on a held participant is accepted and does nothing: the gateway never needs one, since
// nobody's leaving ends the room. Who hangs up leaves, and a held caller is still found by everything that moves them.
import { afterAll, beforeAll, describe, test } from "vitest";

import { clip } from "../../lab/audio/clips.ts";
import { NUMBER } from "../../lab/rig/start-rig.ts";
import type { Handset } from "../../lab/twilio/handset.ts";
import { lineAsked, lineHeard } from "./assistant-lines.ts";
import { callAt, participant, roomOf, update } from "./carrier-rest.ts";
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
  presenceOf,
  type Scene,
  sitDown,
} from "./scene.ts";

/** H1: from the agent's loss to the assistant on the line, and to its first words, which no hold music drowns. */
const BACK_MS = 2_000;
const SAYS_SO_MS = 3_000;
const THIRD = "+15005557001";

const numbers = lanes(["leaves", "lost", "ends"]);
const [LEAVES = "", LOST = "", ENDS = ""] = numbers.map(({ number }) => number);

let scene: Scene;
beforeAll(async () => {
  scene = await openScene({ numbers, callsPerSecond: 50 });
  for (const { queue } of numbers) {
    await sitDown(scene, { id: queue, queue, phone: { kind: "answers", afterMs: 300 } });
  }
});
afterAll(() => scene.close());

type Held = { readonly caller: Handset; readonly agent: Handset; readonly dana: Agent; readonly escalationId: string };

/** Together, and then the caller is put on hold by somebody who is not the gateway. */
async function held(queue: string, to: string): Promise<Held> {
  const dana = scene.agents.get(queue);
  if (!dana) throw new Error(`nobody serves ${queue}`);
  const caller = await callerKeysForPerson(scene, { to });
  const { escalationId } = await offerAt(scene, dana);
  const agent = await answerAt(dana);
  await agent.untilAsked();
  await agent.press("1");
  await dana.seat.waitFor((frame) => frame.type === "state" && frame["state"] === "bridged");
  await update(scene.rig, participant(scene.rig, caller.callSid), { Hold: "true" });
  return { caller, agent, dana, escalationId };
}

const roomEnded = (agent: Handset) =>
  scene.rig.twilio.log.of(
    "conference",
    ({ event, conferenceSid }) => event === "conference-end" && conferenceSid === roomOf(scene.rig, agent.callSid),
  );

describe.concurrent("a caller on hold in the room", () => {
  test("hangs up with a third leg there: only their leg ends", { timeout: 40_000 }, async ({ expect }) => {
    const { rig } = scene;
    const { log } = rig.twilio;
    const { caller, agent, dana, escalationId } = await held("leaves", LEAVES);
    const third = rig.twilio.phone(THIRD, { kind: "answers", afterMs: 200 });
    await update(rig, `/Conferences/${roomOf(rig, agent.callSid)}/Participants.json`, {
      From: NUMBER,
      To: THIRD,
      StartConferenceOnEnter: "true",
      EndConferenceOnExit: "false",
    });
    const colleague = third.handsets[0] ?? (await third.nextAnswer());
    const there = await log.waitFor(
      "conference",
      (it) => it.event === "participant-join" && it.callSid === colleague.callSid,
    );
    // Accepted, and without effect: the carrier says 200 and the room would still do as it did before.
    await update(rig, participant(rig, caller.callSid), { EndConferenceOnExit: "true" });
    expect(log.of("warning", ({ message }) => message.includes("held participant has no effect"))).toHaveLength(1);
    await update(rig, participant(rig, caller.callSid), { EndConferenceOnExit: "false" });

    caller.hangUp();
    const leftAt = await endOf(scene, caller.callSid);
    // The agent is let go by the gateway, by name; the room goes on for whoever else is in it.
    const agentGoneAt = await endOf(scene, agent.callSid);
    expect(agentGoneAt - leftAt).toBeLessThanOrEqual(6_000);
    const ordered = log.of("rest", ({ method, path }) => method === "POST" && path.includes(agent.callSid));
    expect(ordered.some(({ at, params }) => at >= leftAt && params["Status"]?.[0] === "completed")).toBe(true);
    expect(roomEnded(agent)).toEqual([]);
    expect((await callAt(rig, colleague.callSid)).status).toBe("in-progress");
    expect(there.conferenceSid).toBe(roomOf(rig, agent.callSid));

    await presenceOf(dana.seat, "wrap-up");
    expect(await escalationOf(scene, escalationId)).toMatchObject({ handoff: { state: "wrapping-up" } });
    colleague.hangUp();
    await endOf(scene, colleague.callSid);
    expect(await lineOf(scene, caller, escalationId)).toMatchObject({ tooQuiet: false, emptyPromises: [] });
  });

  test("loses the agent: the assistant is back all the same", { timeout: 40_000 }, async ({ expect, annotate }) => {
    const { caller, agent, escalationId } = await held("lost", LOST);
    agent.hangUp();
    const lostAt = await endOf(scene, agent.callSid);
    const asked = await lineAsked(scene.rig, /our lost team was cut off/u);
    const heardAt = await lineHeard(caller, asked);
    const { callSid } = caller;
    const back = await scene.rig.twilio.log.waitFor(
      "stream",
      (it) => it.callSid === callSid && it.event === "opened" && it.at >= lostAt,
    );
    const [backMs, heardMs] = [Math.round(back.at - lostAt), Math.round(heardAt - lostAt)];
    await annotate(`the assistant is back after ${backMs} ms, and says so after ${heardMs} ms`);
    expect(backMs).toBeLessThanOrEqual(BACK_MS);
    expect(heardMs).toBeLessThanOrEqual(SAYS_SO_MS);
    caller.hangUp();
    await endOf(scene, caller.callSid);
    expect(await lineOf(scene, caller, escalationId)).toMatchObject({ tooQuiet: false, emptyPromises: [] });
  });

  test("and the agent ends the call: both legs end", { timeout: 40_000 }, async ({ expect }) => {
    const { caller, agent, dana, escalationId } = await held("ends", ENDS);
    await agent.say(clip("agent-hello").audio);
    const orderedAt = Date.now();
    dana.seat.send({ type: "end", escalationId });
    const ends = await Promise.all([endOf(scene, caller.callSid), endOf(scene, agent.callSid)]);
    expect(Math.max(...ends) - orderedAt).toBeLessThanOrEqual(2_000);
    expect(await lineOf(scene, caller, escalationId)).toMatchObject({ tooQuiet: false, emptyPromises: [] });
  });
});
