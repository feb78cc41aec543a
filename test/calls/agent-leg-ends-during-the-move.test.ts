// C5: the agent's leg ends while the caller is on the way into the room, for every reason the carrier gives. None of them
// leaves the case in `moving` for more than 3 s; the caller has a voice, and the next agent is rung.
import { afterAll, beforeAll, describe, test } from "vitest";

import type { Handset } from "../../lab/twilio/handset.ts";
import { participant, remove, roomOf, update } from "./carrier-rest.ts";
import { lineOf } from "./caller-line.ts";
import { lanes } from "./numbers.ts";
import {
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
  type TimelineRow,
} from "./scene.ts";

const MOVING_MAX_MS = 3_000;

type Row = {
  readonly queue: string;
  /** What happens to the agent's leg in the moment the caller is let go. */
  readonly ends: (scene: Scene, agent: Handset) => unknown;
  /** What the carrier does not tell of it. */
  readonly unheard?: "call-status" | "conference-status";
};

const callPath = (agent: Handset): string => `/Calls/${agent.callSid}.json`;

const ROWS: readonly Row[] = [
  { queue: "hangs-up", ends: (_, agent) => agent.hangUp() },
  { queue: "hangs-up-and-only-the-room-says-so", ends: (_, agent) => agent.hangUp(), unheard: "call-status" },
  { queue: "hangs-up-and-only-the-call-says-so", ends: (_, agent) => agent.hangUp(), unheard: "conference-status" },
  { queue: "ended-over-the-api", ends: ({ rig }, agent) => update(rig, callPath(agent), { Status: "completed" }) },
  { queue: "cut-off-by-the-network", ends: (_, agent) => agent.cutOff("failed", 503) },
  { queue: "session-timer-of-the-trunk", ends: (_, agent) => agent.cutOff("failed", 408) },
  { queue: "reported-as-not-answered", ends: (_, agent) => agent.cutOff("no-answer", 480) },
  { queue: "reported-as-busy", ends: (_, agent) => agent.cutOff("busy", 486) },
  { queue: "reported-as-cancelled", ends: (_, agent) => agent.cutOff("canceled", 487) },
  { queue: "taken-out-of-the-room", ends: ({ rig }, agent) => remove(rig, participant(rig, agent.callSid)) },
  {
    queue: "room-ended-over-the-api",
    ends: ({ rig }, agent) => update(rig, `/Conferences/${roomOf(rig, agent.callSid)}.json`, { Status: "completed" }),
  },
  {
    queue: "leaving-ends-the-room",
    ends: async ({ rig }, agent) => {
      await update(rig, participant(rig, agent.callSid), { EndConferenceOnExit: "true" });
      agent.hangUp();
    },
  },
];

const numbers = lanes(ROWS.map(({ queue }) => queue));

let scene: Scene;
beforeAll(async () => {
  scene = await openScene({ numbers, callsPerSecond: 50 });
  const { faults, latencies } = scene.rig.twilio;
  // The caller takes a while into the room, so that there is time for everything that can happen meanwhile.
  latencies.actionMs = 600;
  for (const { queue, unheard } of ROWS) {
    const first = await sitDown(scene, { id: `${queue}-first`, queue, phone: ANSWERS });
    await sitDown(scene, { id: `${queue}-next`, queue, phone: { kind: "rings" } });
    const { address } = first.phone;
    if (unheard === undefined) continue;
    faults.add({
      name: "webhook-drop",
      when: ({ purpose, params }) =>
        purpose === unheard &&
        (params["To"] === address || isOf(address, params["CallSid"])) &&
        (params["CallStatus"] === "completed" || params["StatusCallbackEvent"] === "participant-leave"),
    });
  }
});
afterAll(() => scene.close());

const ANSWERS = { kind: "answers", afterMs: 300 } as const;

const isOf = (address: string, callSid: string | undefined): boolean =>
  callSid !== undefined && scene.rig.twilio.call(callSid)?.facts.to === address;

const agentOf = (queue: string, which: "first" | "next") => {
  const agent = scene.agents.get(`${queue}-${which}`);
  if (!agent) throw new Error(`nobody is the ${which} of ${queue}`);
  return agent;
};

/** How long the case was in `moving`, each time. */
function movingMs(rows: readonly TimelineRow[]): number[] {
  const spans: number[] = [];
  for (const [place, { at, state }] of rows.entries()) {
    const before = rows[place - 1];
    if (before?.state !== "moving" || state === "moving") continue;
    const entered = rows.findLastIndex((row, index) => index < place && row.state !== "moving") + 1;
    spans.push(Date.parse(at) - Date.parse(rows[entered]?.at ?? ""));
  }
  return spans;
}

describe.concurrent("the agent's leg", () => {
  test.for(ROWS)("$queue", { timeout: 50_000 }, async (row, { expect, annotate }) => {
    const { queue } = row;
    const [first, next] = [agentOf(queue, "first"), agentOf(queue, "next")];
    const to = numbers.find((number) => number.queue === queue)?.number ?? "";
    const caller = await callerKeysForPerson(scene, { to });
    const { escalationId } = await offerAt(scene, first);
    const agent = await answerAt(first);
    await agent.untilAsked();
    await agent.press("1");
    await first.seat.waitFor((frame) => frame.type === "state" && frame["state"] === "moving");
    await row.ends(scene, agent);

    const ring = await ringAt(next);
    const timeline = await timelineOf(scene, escalationId);
    await annotate(timeline.map(({ event, state }) => `${event} → ${state}`).join(", "));
    const spans = movingMs(timeline);
    expect(spans).toHaveLength(1);
    expect(Math.max(...spans)).toBeLessThanOrEqual(MOVING_MAX_MS);
    caller.hangUp();
    await Promise.all([endOf(scene, ring.callSid), endOf(scene, agent.callSid)]);
    expect(await escalationOf(scene, escalationId)).toMatchObject({
      handoff: { state: "closed", outcome: "abandoned" },
      offers: [
        { agent: first.id, outcome: "no-audio" },
        { agent: next.id, outcome: "caller-left" },
      ],
    });
    expect(await lineOf(scene, caller, escalationId)).toMatchObject({ tooQuiet: false, emptyPromises: [] });
  });
});
