// C20: several things ask for a person at once, or one after the other. There is one handoff: the same team is merged,
// another team replaces it, and the first ring is taken back before the second one begins.
import { afterAll, beforeAll, describe, test } from "vitest";

import { clip } from "../../lab/audio/clips.ts";
import { lineOf } from "./caller-line.ts";
import { saying } from "./caller-words.ts";
import { lanes } from "./numbers.ts";
import {
  type Agent,
  callerArrives,
  callerKeysForPerson,
  caseIn,
  creates,
  endOf,
  escalationOf,
  frameAfter,
  offerAt,
  openScene,
  ringAt,
  type Scene,
  sitDown,
  timelineOf,
} from "./scene.ts";

const numbers = lanes(["both", "again", "first", "gardens"]);
const numberOf = (queue: string): string => numbers.find((number) => number.queue === queue)?.number ?? "";
const ANOTHER_TEAM = "I would like to speak to somebody from the gardens team, please.";

let scene: Scene;
beforeAll(async () => {
  scene = await openScene({
    numbers,
    callsPerSecond: 50,
    rows: [
      // The model hears the same wish as the fast path does, and calls its tool in the same turn.
      {
        hears: /speak to a human/iu,
        does: [{ call: "escalate_to_human", arguments: { reason: "The caller asked for a person." } }],
      },
      {
        hears: /last Tuesday/iu,
        does: [{ call: "escalate_to_human", arguments: { reason: "It is about a dispute." } }],
      },
    ],
  });
  for (const { queue } of numbers) await sitDown(scene, { id: queue, queue, phone: { kind: "rings" } });
});
afterAll(() => scene.close());

const agentOf = (queue: string): Agent => {
  const agent = scene.agents.get(queue);
  if (!agent) throw new Error(`nobody serves ${queue}`);
  return agent;
};

const decisions = async (escalationId: string) =>
  (await timelineOf(scene, escalationId)).filter(({ event }) => event === "escalation-decided");

/** Every case of this queue. */
async function casesOf(queue: string): Promise<unknown[]> {
  const { items } = (await scene.rig.api("GET", `/api/escalations?queue=${queue}`)) as { items: unknown[] };
  return items;
}

const callId = (event: unknown): string | undefined => /"call_id":"([^"]+)"/u.exec(JSON.stringify(event))?.[1];

/** The model's own tool call for this reason was answered: whatever it leads to is under way. */
async function toolAnswered(reason: string): Promise<void> {
  const { openai } = scene.rig;

  const called = await openai.waitFor(
    ({ from, event }) => from === "server" && JSON.stringify(event).includes(reason) && callId(event) !== undefined,
  );
  const id = callId(called.event);
  await openai.waitFor(
    ({ from, event }) =>
      from === "client" && JSON.stringify(event).includes("function_call_output") && callId(event) === id,
  );
}

describe.concurrent("two reasons for a person", () => {
  test("in the same turn: one handoff, one ring", { timeout: 40_000 }, async ({ expect }) => {
    const agent = agentOf("both");
    const caller = await callerArrives(scene, { to: numberOf("both") });
    await caller.say(clip("speak-to-human").audio);
    const { escalationId } = await offerAt(scene, agent);
    const ring = await ringAt(agent);
    await toolAnswered("The caller asked for a person.");
    // What the second one would have brought about, had it been taken for another.
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(await casesOf("both")).toHaveLength(1);
    expect(creates(scene, agent.phone.address)).toHaveLength(1);
    expect(agent.seat.received.filter(({ frame }) => frame.type === "offer")).toHaveLength(1);
    expect(agent.seat.received.some(({ frame }) => frame.type === "offer-withdrawn")).toBe(false);
    expect((await escalationOf(scene, escalationId)).trigger).toBe("explicit-request");
    caller.hangUp();
    await endOf(scene, ring.callSid);
    expect(await lineOf(scene, caller, escalationId)).toMatchObject({ tooQuiet: false, emptyPromises: [] });
  });

  test("for the same team, a moment later: merged", { timeout: 40_000 }, async ({ expect }) => {
    const agent = agentOf("again");
    const caller = await callerKeysForPerson(scene, { to: numberOf("again") });
    const { escalationId } = await offerAt(scene, agent);
    const ring = await ringAt(agent);
    await caller.say(clip("last-tuesday").audio);
    await toolAnswered("It is about a dispute.");
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(await casesOf("again")).toHaveLength(1);
    expect(creates(scene, agent.phone.address)).toHaveLength(1);
    expect(agent.seat.received.some(({ frame }) => frame.type === "offer-withdrawn")).toBe(false);
    caller.hangUp();
    await endOf(scene, ring.callSid);
    expect(await lineOf(scene, caller, escalationId)).toMatchObject({ tooQuiet: false, emptyPromises: [] });
  });

  test("for another team: the first ring is taken back, then the other rings", { timeout: 40_000 }, async (context) => {
    const { expect, annotate } = context;
    const [first, gardens] = [agentOf("first"), agentOf("gardens")];
    const caller = await callerKeysForPerson(scene, { to: numberOf("first") });
    const { escalationId, offerId } = await offerAt(scene, first);
    const ring = await ringAt(first);
    const known = first.seat.received.length;
    await caller.say(saying(ANOTHER_TEAM));
    const second = await ringAt(gardens);
    const firstEndedAt = await endOf(scene, ring.callSid);
    const [create] = creates(scene, gardens.phone.address);
    await annotate(
      `the other team was rung ${Math.round((create?.at ?? 0) - firstEndedAt)} ms after the first was let go`,
    );
    expect(firstEndedAt).toBeLessThanOrEqual(create?.at ?? 0);
    const withdrawn = await first.seat.waitFor(({ type }) => type === "offer-withdrawn");
    expect(withdrawn.frame).toMatchObject({ offerId, reason: "replaced" });
    await frameAfter(first.seat, known, ({ type, status }) => type === "presence" && status === "available");
    expect(await offerAt(scene, gardens)).toMatchObject({ escalationId });
    expect(await decisions(escalationId)).toHaveLength(1);
    expect((await caseIn(scene, "gardens")).id).toBe(escalationId);
    expect(await casesOf("first")).toEqual([]);
    caller.hangUp();
    await endOf(scene, second.callSid);
    expect(await escalationOf(scene, escalationId)).toMatchObject({
      offers: [
        { agent: "first", outcome: "replaced" },
        { agent: "gardens", outcome: "caller-left" },
      ],
    });
    expect(await lineOf(scene, caller, escalationId)).toMatchObject({ tooQuiet: false, emptyPromises: [] });
  });
});
