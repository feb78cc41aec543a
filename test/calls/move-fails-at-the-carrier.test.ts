// C4: the agent has accepted, and the carrier fails the order that moves the caller. It is asked what became of it, and
// the order is repeated only where it did not happen, once; then the next agent is asked. The caller is never left alone.
import { afterAll, beforeAll, describe, test } from "vitest";

import { audibleSpans } from "../../lab/audio/analyse.ts";
import { clip } from "../../lab/audio/clips.ts";
import type { FaultRule } from "../../lab/twilio/fault-switches.ts";
import type { Handset } from "../../lab/twilio/handset.ts";
import { lineOf } from "./caller-line.ts";
import type { NumberSetting } from "./numbers.ts";
import {
  type Agent,
  answerAt,
  callerKeysForPerson,
  endOf,
  escalationOf,
  offerAt,
  openScene,
  ringAt,
  type Scene,
  sitDown,
  timelineOf,
} from "./scene.ts";

const VOICE_MS = 2_000;

type Fault = "rest-500-before" | "rest-500-after" | "rest-answer-lost" | "rest-timeout";

type Row = {
  readonly queue: string;
  readonly what: string;
  readonly fault: Fault;
  readonly times: number;
  /** Orders that reach the carrier: the first one, its repetition, and the one that brings the caller back out. */
  readonly orders: number;
  /** The agent hangs up while the carrier is being asked. */
  readonly hangsUp?: true;
  readonly ends: "bridged" | "next-agent";
};

/** These callers are in the carrier's menu, from where only an order over REST moves them. */
const ROWS: readonly Row[] = [
  { queue: "refused", what: "500, not performed", fault: "rest-500-before", times: 1, orders: 2, ends: "bridged" },
  { queue: "performed", what: "500, performed", fault: "rest-500-after", times: 1, orders: 1, ends: "bridged" },
  { queue: "lost", what: "no answer, performed", fault: "rest-answer-lost", times: 1, orders: 1, ends: "bridged" },
  { queue: "gone", what: "no answer, not performed", fault: "rest-timeout", times: 1, orders: 2, ends: "bridged" },
  { queue: "twice", what: "500 twice", fault: "rest-500-before", times: 2, orders: 3, ends: "next-agent" },
  {
    queue: "left",
    what: "500, and the agent hangs up meanwhile",
    fault: "rest-500-before",
    times: 1,
    orders: 2,
    hangsUp: true,
    ends: "next-agent",
  },
];

/** These callers talk with the assistant, whose end of the line is closed: the carrier is slow to ask what comes next. */
const SLOW = "slow";
const SLOW_AND_REFUSED = "slow-and-refused";

const numbers: NumberSetting[] = [...ROWS.map(({ queue }) => queue), SLOW, SLOW_AND_REFUSED].map((queue, place) => ({
  number: `+1500555${2_000 + place}`,
  queue,
  mode: queue.startsWith(SLOW) ? "assistant" : "queue",
}));
const numberOf = (queue: string): string => numbers.find((number) => number.queue === queue)?.number ?? "";

let scene: Scene;
beforeAll(async () => {
  scene = await openScene({ numbers, callsPerSecond: 50 });
  for (const { queue } of numbers) {
    await sitDown(scene, { id: `${queue}-first`, queue, phone: { kind: "answers", afterMs: 300 } });
    await sitDown(scene, { id: `${queue}-next`, queue, phone: { kind: "rings" } });
  }
});
afterAll(() => scene.close());

const agentOf = (id: string): Agent => {
  const agent = scene.agents.get(id);
  if (!agent) throw new Error(`${id} is not there`);
  return agent;
};

/** Orders to move this caller that reached the carrier, in time. */
const ordersOf = ({ callSid }: Handset, since: number) =>
  scene.rig.twilio.log.of(
    "rest",
    ({ method, path, at }) => method === "POST" && path.endsWith(`/Calls/${callSid}.json`) && at >= since,
  );

/** Times at which the carrier was asked who is in the room. */
const questions = (since: number): number[] =>
  scene.rig.twilio.log
    .of("rest", ({ method, path, at }) => method === "GET" && path.endsWith("/Conferences.json") && at >= since)
    .map(({ at }) => at);

/** Speaks for as long as the call lasts, so that whoever is in the room is heard there. */
async function speakOn(party: Handset): Promise<void> {
  while (party.status === "in-progress") await party.say(clip("agent-look").audio);
}

/** The first voice on the caller's line from then on, in milliseconds. */
function voiceMs(caller: Handset, from: number): number {
  const { heard } = caller.recording;
  const [first] = audibleSpans(heard.between(from, (heard.startedAt ?? from) + heard.durationMs));
  return first?.fromMs ?? Infinity;
}

describe.concurrent("an order to move the caller", () => {
  test.for(ROWS)("$what", { timeout: 50_000 }, async (row, { expect, annotate }) => {
    const { queue, fault, times, orders } = row;
    const { twilio } = scene.rig;
    const [first, next] = [agentOf(`${queue}-first`), agentOf(`${queue}-next`)];
    const caller = twilio.callIn({ from: "+14155550142", to: numberOf(queue) });
    await caller.answered;
    const { escalationId } = await offerAt(scene, first);
    const agent = await answerAt(first);
    const mine: FaultRule["when"] = ({ path, method }: { path?: string; method?: string }) =>
      method === "POST" && path?.endsWith(`/Calls/${caller.callSid}.json`) === true;
    twilio.faults.add({ name: fault, times, when: mine });
    await agent.untilAsked();
    const acceptedAt = Date.now();
    await agent.press("1");
    void speakOn(agent);
    if (row.hangsUp) {
      await twilio.log.waitFor("fault", ({ name, subject }) => name === fault && subject.includes(caller.callSid));
      agent.hangUp();
    }

    if (row.ends === "bridged") {
      await first.seat.waitFor((frame) => frame.type === "state" && frame["state"] === "bridged");
    } else {
      await ringAt(next);
    }
    const sent = ordersOf(caller, acceptedAt);
    const timeline = await timelineOf(scene, escalationId);
    await annotate(timeline.map(({ event, state }) => `${event} → ${state}`).join(", "));
    const [order, again] = sent;
    if (!order) throw new Error("no order reached the carrier");
    expect(sent).toHaveLength(orders);
    if (again && !row.hangsUp) expect(questions(order.at).some((at) => at < again.at)).toBe(true);
    // The answer, or the time it was waited for, and then a voice.
    await new Promise((resolve) => setTimeout(resolve, VOICE_MS));
    const afterMs = voiceMs(caller, order.response?.at ?? order.at);
    await annotate(`a voice ${Math.round(afterMs)} ms after the carrier failed`);
    expect(afterMs).toBeLessThanOrEqual(VOICE_MS);

    if (row.ends === "bridged") first.seat.send({ type: "end", escalationId });
    else caller.hangUp();
    const rung = next.phone.rings.map(({ callSid }) => callSid);
    await Promise.all([caller.callSid, agent.callSid, ...rung].map((leg) => endOf(scene, leg)));
    expect(await escalationOf(scene, escalationId)).toMatchObject(
      row.ends === "bridged"
        ? { handoff: { outcome: "bridged" }, offers: [{ agent: first.id, outcome: "accepted" }] }
        : {
            handoff: { outcome: "abandoned" },
            offers: [
              { agent: first.id, outcome: "no-audio" },
              { agent: next.id, outcome: "caller-left" },
            ],
          },
    );
    expect(await lineOf(scene, caller, escalationId)).toMatchObject({ tooQuiet: false, emptyPromises: [] });
  });
});

describe.concurrent("a line that is let go, and the carrier asks nothing:", () => {
  beforeAll(() => {
    // The carrier takes its time between the closed socket and the question what comes next.
    scene.rig.twilio.latencies.actionMs = 4_000;
  });

  test("the order brings the caller", { timeout: 50_000 }, async ({ expect, annotate }) => {
    const { caller, agent, first, escalationId, acceptedAt } = await acceptedIn(SLOW);
    await first.seat.waitFor((frame) => frame.type === "state" && frame["state"] === "bridged");
    const [order, ...others] = ordersOf(caller, acceptedAt);
    expect(others).toEqual([]);
    expect(questions(acceptedAt).some((at) => at < (order?.at ?? 0))).toBe(true);
    await annotate(await stepsOf(escalationId));
    first.seat.send({ type: "end", escalationId });
    await Promise.all([endOf(scene, caller.callSid), endOf(scene, agent.callSid)]);
    expect(await lineOf(scene, caller, escalationId)).toMatchObject({ tooQuiet: false, emptyPromises: [] });
  });

  test("the order fails too: the assistant is back", { timeout: 50_000 }, async ({ expect, annotate }) => {
    const { caller, agent, escalationId, acceptedAt } = await acceptedIn(SLOW_AND_REFUSED, "rest-500-before");
    const ring = await ringAt(agentOf(`${SLOW_AND_REFUSED}-next`));
    const [order] = ordersOf(caller, acceptedAt);
    expect(order?.response?.status).toBe(500);
    await annotate(await stepsOf(escalationId));
    await new Promise((resolve) => setTimeout(resolve, VOICE_MS));
    const afterMs = voiceMs(caller, order?.response?.at ?? 0);
    await annotate(`a voice ${Math.round(afterMs)} ms after the carrier failed`);
    expect(afterMs).toBeLessThanOrEqual(VOICE_MS);
    caller.hangUp();
    await Promise.all([caller.callSid, agent.callSid, ring.callSid].map((leg) => endOf(scene, leg)));
    expect(await escalationOf(scene, escalationId)).toMatchObject({
      offers: [
        { agent: `${SLOW_AND_REFUSED}-first`, outcome: "no-audio" },
        { agent: `${SLOW_AND_REFUSED}-next`, outcome: "caller-left" },
      ],
    });
    expect(await lineOf(scene, caller, escalationId)).toMatchObject({ tooQuiet: false, emptyPromises: [] });
  });
});

/** The agent has accepted and speaks, the caller is with the assistant until this moment. */
async function acceptedIn(queue: string, fault?: "rest-500-before") {
  const { faults } = scene.rig.twilio;
  const first = agentOf(`${queue}-first`);
  const caller = await callerKeysForPerson(scene, { to: numberOf(queue) });
  const mine = ({ path, method }: { path: string; method: string }): boolean =>
    method === "POST" && path.endsWith(`/Calls/${caller.callSid}.json`);
  if (fault) faults.add({ name: fault, when: mine });
  const { escalationId } = await offerAt(scene, first);
  const agent = await answerAt(first);
  await agent.untilAsked();
  const acceptedAt = Date.now();
  await agent.press("1");
  void speakOn(agent);
  return { caller, agent, first, escalationId, acceptedAt };
}

const stepsOf = async (escalationId: string): Promise<string> =>
  (await timelineOf(scene, escalationId)).map(({ event, state }) => `${event} → ${state}`).join(", ");
