// C10 on the wire: every webhook of a transfer comes four times, or seconds late and out of order, or again when all is
// over. The record is that of the call in which nothing of this happened (H7).
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { clip } from "../../lab/audio/clips.ts";
import { signRequest } from "../../lab/twilio/signature.ts";
import { lineOf } from "./caller-line.ts";
import { lanes } from "./numbers.ts";
import {
  TWILIO_TOKEN,
  type Agent,
  answerAt,
  callerKeysForPerson,
  endOf,
  escalationOf,
  freeAgain,
  leftovers,
  NOTHING_LEFT,
  offerAt,
  openScene,
  type Scene,
  sitDown,
  timelineOf,
  until,
} from "./scene.ts";

const LANES = ["plain", "twice", "late"] as const;
type Lane = (typeof LANES)[number];
const numbers = lanes(LANES);

/** Late by so much, each kind differently, so that they overtake each other. Milliseconds. */
const DELAYS: Readonly<Record<string, number>> = {
  initiated: 2_500,
  ringing: 1_200,
  "in-progress": 3_000,
  completed: 2_000,
  "participant-join": 1_500,
  "participant-leave": 2_200,
};

let scene: Scene;
/** Whose webhooks are whose: the caller's leg, and the agent's once it is there. */
const legs = new Map<string, Lane>();

const laneOf = (params: Readonly<Record<string, string>>, url: string): Lane | undefined =>
  legs.get(params["CallSid"] ?? "") ?? legs.get(new URL(url).searchParams.get("call") ?? "");

beforeAll(async () => {
  scene = await openScene({ numbers, callsPerSecond: 50 });
  for (const queue of LANES) await sitDown(scene, { id: queue, queue, phone: { kind: "answers", afterMs: 800 } });
  const { faults, log } = scene.rig.twilio;
  // An agent's leg belongs to the lane of the phone it rings.
  const learn = (): void => {
    for (const { callSid, to } of log.of("call", ({ event }) => event === "created")) {
      const agent = [...scene.agents.values()].find(({ phone }) => phone.address === to);
      if (agent) legs.set(callSid, agent.id as Lane);
    }
  };
  const ofLane = (lane: Lane) => (webhook: { url: string; params: Readonly<Record<string, string>> }) => {
    learn();
    return laneOf(webhook.params, webhook.url) === lane;
  };
  faults.add({ name: "webhook-duplicate", copies: 3, gapMs: 150, times: 1_000, when: ofLane("twice") });
  for (const [word, ms] of Object.entries(DELAYS)) {
    faults.add({
      name: "webhook-delay",
      ms,
      times: 1_000,
      when: (webhook) =>
        (webhook.purpose === "call-status" || webhook.purpose === "conference-status") &&
        (webhook.params["StatusCallbackEvent"] === word || webhook.params["CallStatus"] === word) &&
        ofLane("late")(webhook),
    });
  }
});
afterAll(() => scene.close());

const agentOf = (lane: Lane): Agent => {
  const agent = scene.agents.get(lane);
  if (!agent) throw new Error(`nobody serves ${lane}`);
  return agent;
};

/** A whole transfer, from the request to the agent's closing work. */
async function transfer(lane: Lane, to: string): Promise<string> {
  const agent = agentOf(lane);
  const knownLegs = new Set(scene.rig.twilio.legs().map(({ sid }) => sid));
  const calling = callerKeysForPerson(scene, { to });
  const call = await until("the caller's leg", 5_000, () =>
    scene.rig.twilio.legs().find((leg) => leg.facts.to === to && !knownLegs.has(leg.sid)),
  );
  legs.set(call.sid, lane);
  const caller = await calling;
  const { escalationId } = await offerAt(scene, agent);
  const handset = await answerAt(agent);
  await handset.untilAsked();
  await handset.press("1");
  await agent.seat.waitFor((frame) => frame.type === "state" && frame["state"] === "bridged", 15_000);
  // Long enough for the latest word of the beginning to arrive in the middle of the conversation.
  await handset.say(clip("agent-look").audio);
  agent.seat.send({ type: "end", escalationId });
  await Promise.all([endOf(scene, caller.callSid), endOf(scene, handset.callSid)]);
  agent.seat.send({ type: "wrap-up", escalationId, disposition: "resolved", resolved: true, notes: "" });
  await agent.seat.waitFor((frame) => frame.type === "state" && frame["cause"] === "wrapped-up");
  await freeAgain(agent.seat);
  expect(await lineOf(scene, caller, escalationId)).toMatchObject({ tooQuiet: false, emptyPromises: [] });
  return escalationId;
}

/** What remains of a case when names, times and numbers are taken off. */
async function recordOf(lane: Lane, id: string): Promise<unknown> {
  const { status, trigger, handoff, callback, ...rest } = await escalationOf(scene, id);
  const { offers } = rest as unknown as { offers: { outcome: string; degraded?: true }[] };
  const presence = agentOf(lane).seat.received.findLast(({ frame }) => frame.type === "presence")?.frame["status"];
  return {
    status,
    trigger,
    // Each lane has its own agent.
    handoff: handoff && { ...handoff, agent: handoff.agent === agentOf(lane).id ? "the lane's" : handoff.agent },
    callback,
    offers: offers.map(({ outcome, degraded }) => ({ outcome, degraded })),
    presence,
  };
}

/** States once left for good: nothing may come before them again. */
const ORDER = ["reserving", "offering", "accepted", "moving", "bridged", "wrapping-up", "closed"];

const regressions = (states: readonly string[]): string[] =>
  states.flatMap((state, index) => {
    const before = states[index - 1];
    return before !== undefined && ORDER.indexOf(state) < ORDER.indexOf(before) ? [`${before} → ${state}`] : [];
  });

describe("webhooks that come twice, late and out of order", () => {
  test("end with the same record as those that come once and in time", { timeout: 60_000 }, async ({ annotate }) => {
    const ids = await Promise.all(numbers.map(({ queue, number }) => transfer(queue as Lane, number)));
    const [plain, twice, late] = await Promise.all(LANES.map((lane, index) => recordOf(lane, ids[index] ?? "")));
    expect(plain).toEqual({
      status: "resolved",
      trigger: "explicit-request",
      handoff: { state: "closed", outcome: "bridged", agent: "the lane's" },
      callback: undefined,
      offers: [{ outcome: "accepted", degraded: undefined }],
      presence: "available",
    });
    expect(twice).toEqual(plain);
    expect(late).toEqual(plain);
    for (const id of ids) expect(regressions((await timelineOf(scene, id)).map(({ state }) => state))).toEqual([]);
    expect(scene.rig.twilio.faults.fired("webhook-duplicate")).toBeGreaterThan(8);
    expect(scene.rig.twilio.faults.fired("webhook-delay")).toBeGreaterThan(8);
    for (const { phone } of scene.agents.values()) expect(phone.rings).toHaveLength(1);

    // And once more, when everything is over: each of them, signed, in reverse.
    const { log } = scene.rig.twilio;
    const told = log.of("webhook", ({ purpose }) => purpose !== "document").toReversed();
    const states = async () => Promise.all(ids.map(async (id) => (await timelineOf(scene, id)).at(-1)?.state));
    for (const { url, params } of told) {
      const answer = await fetch(url, {
        method: "POST",
        headers: { "x-twilio-signature": signRequest(TWILIO_TOKEN, url, params) },
        body: new URLSearchParams({ ...params }),
      });
      expect(answer.status).toBe(200);
    }
    await annotate(`${told.length} webhooks told again`);
    expect(await states()).toEqual(["closed", "closed", "closed"]);
    expect(await Promise.all(LANES.map((lane, index) => recordOf(lane, ids[index] ?? "")))).toEqual([
      plain,
      plain,
      plain,
    ]);
    expect(leftovers(scene)).toEqual(NOTHING_LEFT);
  });
});
