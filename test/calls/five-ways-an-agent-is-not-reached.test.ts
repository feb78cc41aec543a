// C13, C14: busy, declined, not answered, never rung and refused by the network are five different things. Each is stored
// with the carrier's own code, and each leads to the next agent.
import { afterAll, beforeAll, describe, test } from "vitest";

import type { PhoneBehaviour } from "../../lab/twilio/phone-book.ts";
import { lineAsked, lineHeard } from "./assistant-lines.ts";
import { lineOf } from "./caller-line.ts";
import { lanes } from "./numbers.ts";
import {
  callerAsksForPerson,
  creates,
  endOf,
  escalationOf,
  offerAt,
  openScene,
  ringAt,
  type Scene,
  sitDown,
  timelineOf,
} from "./scene.ts";

type Row = {
  readonly queue: string;
  readonly phone: PhoneBehaviour;
  readonly outcome: string;
  readonly raw: string;
  /** What the timeline gives as the cause of the step that ended the offer. */
  readonly event: string;
  /** Where the first agent is afterwards: a miss asks them to check in, their own "no" does not. */
  readonly presence: "check-in" | "available";
  /** From the first request to ring to the one for the next agent, in milliseconds. */
  readonly nextWithinMs: number;
};

/** Ringing takes 0.4 s here, a refusal 0.2 s; the next card has 0.3 s to be painted, and five calls share the machine. */
const ROWS: readonly Row[] = [
  {
    queue: "busy",
    phone: { kind: "busy" },
    outcome: "busy",
    raw: "busy 486",
    event: "agent-leg-ended",
    presence: "check-in",
    nextWithinMs: 2_000,
  },
  {
    queue: "declining",
    phone: { kind: "declines", afterMs: 500 },
    outcome: "declined",
    raw: "busy 603",
    event: "agent-leg-ended",
    presence: "available",
    nextWithinMs: 3_000,
  },
  {
    queue: "silent",
    phone: { kind: "rings" },
    outcome: "missed",
    raw: "ring-window",
    event: "time-passed",
    presence: "check-in",
    nextWithinMs: 14_000,
  },
  {
    queue: "dead",
    phone: { kind: "silent" },
    outcome: "carrier-fault",
    raw: "never-rang",
    event: "time-passed",
    presence: "check-in",
    nextWithinMs: 11_000,
  },
  {
    queue: "trunk",
    phone: { kind: "fails", sipCode: 503 },
    outcome: "carrier-fault",
    raw: "failed 503",
    event: "agent-leg-ended",
    presence: "check-in",
    nextWithinMs: 2_000,
  },
];

const numbers = lanes(ROWS.map(({ queue }) => queue));

let scene: Scene;
beforeAll(async () => {
  scene = await openScene({ numbers, callsPerSecond: 50 });
  for (const { queue, phone } of ROWS) {
    await sitDown(scene, { id: `${queue}-first`, queue, phone });
    await sitDown(scene, { id: `${queue}-second`, queue, phone: { kind: "rings" } });
  }
});
afterAll(() => scene.close());

describe.concurrent("an agent who is not reached", () => {
  test.for(ROWS)("$queue: $outcome ($raw)", { timeout: 50_000 }, async (row, { expect, annotate }) => {
    const { queue, outcome, raw } = row;
    const first = scene.agents.get(`${queue}-first`);
    const second = scene.agents.get(`${queue}-second`);
    const to = numbers.find((number) => number.queue === queue)?.number;
    if (!first || !second || to === undefined) throw new Error(`nobody serves ${queue}`);

    const caller = await callerAsksForPerson(scene, { to });
    const { escalationId } = await offerAt(scene, first);
    const { frame } = await first.seat.waitFor(({ type }) => type === "offer-withdrawn", 20_000);
    expect(frame).toMatchObject({ reason: outcome });
    const ring = await ringAt(second);
    const [firstCreate] = creates(scene, first.phone.address);
    const [secondCreate] = creates(scene, second.phone.address);
    const nextMs = (secondCreate?.at ?? Infinity) - (firstCreate?.at ?? 0);
    const nextFromRing = first.phone.rings[0] ? (secondCreate?.at ?? Infinity) - first.phone.rings[0].at : 0;
    await annotate(
      `next agent asked ${Math.round(nextMs)} ms after the first; from the first ring ${Math.round(nextFromRing)} ms`,
    );
    expect(nextMs).toBeLessThanOrEqual(row.nextWithinMs);
    expect(nextFromRing).toBeLessThanOrEqual(13_000);

    const next = await lineAsked(scene.rig, new RegExp(`did not answer.*our ${queue} team`, "u"));
    await lineHeard(caller, next);
    caller.hangUp();
    await endOf(scene, ring.callSid);
    expect(await escalationOf(scene, escalationId)).toMatchObject({
      handoff: { outcome: "abandoned" },
      offers: [
        { agent: first.id, outcome, raw },
        { agent: second.id, outcome: "caller-left" },
      ],
    });
    const timeline = await timelineOf(scene, escalationId);
    const step = timeline.find(({ event, state }) => event === row.event && state === "reserving");
    expect(step).toBeDefined();
    if (row.event === "agent-leg-ended") expect(step?.cause).toContain(raw);
    expect(first.seat.received.findLast((got) => got.frame.type === "presence")?.frame["status"]).toBe(row.presence);
    expect(await lineOf(scene, caller, escalationId)).toMatchObject({ tooQuiet: false, emptyPromises: [] });
  });
});
