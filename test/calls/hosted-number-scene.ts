// A gateway whose number is the bridge behind a number that a vendor hosts; Dana of the disputes team, and a caller.

import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest";
import { clip } from "../../lab/audio/clips.ts";
import { scriptedBrain } from "../../lab/openai/scripted-brain.ts";
import type { DeskSeat, Frame } from "../../lab/people/desk-seat.ts";
import { listenTo } from "../../lab/people/ear.ts";
import { noFaults as noRetellFaults } from "../../lab/retell/faults.ts";
import { RETELL_NUMBER } from "../../lab/rig/retell-hosted-number.ts";
import { VAPI_NUMBER } from "../../lab/rig/vapi-hosted-number.ts";
import type { Handset } from "../../lab/twilio/handset.ts";
import type { Phone } from "../../lab/twilio/phone-book.ts";
import { noFaults as noVapiFaults } from "../../lab/vapi/faults.ts";
import { CALLER, emptyCarrier, type EscalationView, openScene, type Scene, sitDown, until } from "./scene.ts";

export type HostedScene = Scene & {
  readonly seat: DeskSeat;
  readonly phone: Phone;
  /** A caller of the vendor's number who was greeted there and says something. */
  calls(says: string, from?: string): Promise<Handset>;
};

/** Its assistant asks for a person in the caller's own words, and says something of its own afterwards. */
const brain = scriptedBrain([
  {
    hears: /human|person/iu,
    when: (turn) => turn.tools.includes("escalate_to_human"),
    does: [{ call: "escalate_to_human", arguments: { reason: "The caller asks for a person." } }],
  },
  { hears: /marker/iu, does: [{ say: "Thank you, I have noted that." }] },
  { hears: /hello|still there/iu, does: [{ say: "I am still here with you." }] },
]);

/**
 * One scene for all tests of a file: the vendor is healthy before each of them, and nobody is on the line or at the desk
 * after it.
 */
export function hostedScene(assistant: "vapi" | "retell"): () => HostedScene {
  let scene: HostedScene | undefined;
  let caller: Handset | undefined;
  const opened = (): HostedScene => {
    if (scene === undefined) throw new Error("the scene opens before the first test");
    return scene;
  };
  beforeAll(async () => {
    const bare = await openScene({ assistant, hostedNumber: true, brain, env: { LOG_LEVEL: "info" } });
    const dana = { queue: "disputes", skills: ["disputes"], available: false };
    const { seat, phone } = await sitDown(bare, { ...dana, phone: { kind: "answers", afterMs: 300 } });
    scene = { ...bare, seat, phone, calls: async (...how) => (caller = await callsHosted(bare, ...how)) };
  });
  beforeEach(() => {
    const { vapi, retell } = opened().rig;
    if (vapi !== undefined) Object.assign(vapi.faults, noVapiFaults());
    if (retell !== undefined) Object.assign(retell.faults, noRetellFaults());
  });
  afterEach(async () => {
    caller?.hangUp();
    opened().seat.send({ type: "presence", status: "offline" });
    await emptyCarrier(opened());
  });
  afterAll(() => scene?.close());
  return opened;
}

async function callsHosted({ rig }: Scene, says: string, from = CALLER): Promise<Handset> {
  const to = rig.retell === undefined ? VAPI_NUMBER : RETELL_NUMBER;
  const caller = rig.twilio.callIn({ from, to });
  await caller.answered;
  const ear = listenTo(caller);
  await ear.untilSpokenTo(400, 15_000);
  ear.close();
  await caller.say(clip(says).audio);
  return caller;
}

/** The caller lets the assistant finish, and asks for a person. */
export async function asksForPerson(caller: Handset): Promise<void> {
  const ear = listenTo(caller);
  await ear.untilSpokenTo(600, 15_000);
  ear.close();
  await caller.say(clip("speak-to-human").audio);
}

export type DanasCall = {
  readonly caller: Handset;
  readonly agent: Handset;
  /** What came to her desk. */
  readonly offer: Frame;
  readonly escalationId: string;
};

/** A caller tells the vendor's assistant something and asks for a person: Dana's phone rings, and she knows of it. */
export async function danaIsOffered(scene: HostedScene): Promise<DanasCall> {
  const { seat, phone } = scene;
  await seat.becomes("available");
  const answered = phone.nextAnswer(60_000);
  const caller = await scene.calls("marker-pineapple");
  await asksForPerson(caller);
  const agent = await answered;
  const { frame: offer } = await seat.waitFor((frame) => frame.type === "offer");
  expect(JSON.stringify(offer["packet"])).toContain("pineapple");
  return { caller, agent, offer, escalationId: String(offer["escalationId"]) };
}

/** She presses 1, and is put through. */
export async function danaAccepts({ seat }: HostedScene, { agent }: DanasCall): Promise<void> {
  await agent.untilAsked();
  await agent.press("1");
  await seat.waitFor((frame) => frame.type === "state" && frame["state"] === "bridged", 20_000);
}

/** She ends the call at her desk and writes it up. */
export async function danaFinishes({ seat }: HostedScene, { caller, escalationId }: DanasCall): Promise<void> {
  seat.send({ type: "end", escalationId });
  await caller.ended;
  seat.send({ type: "wrap-up", escalationId, disposition: "resolved", resolved: true, notes: "" });
  await seat.waitFor((frame) => frame.type === "state" && frame["cause"] === "wrapped-up");
}

/** Nobody is at a desk: our own assistant says so, and offers what there is. */
export const untilChoice = ({ rig }: HostedScene): Promise<unknown> =>
  until("the choice", 20_000, () =>
    rig.openai.sessions.at(-1)?.spoken.find(({ text }) => /wait|call you back|leave/iu.test(text)),
  );

/** Callers whom our own assistant has, oldest first. */
export const bridgeCalls = ({ rig }: HostedScene) =>
  rig.twilio.log.of("stream", ({ event }) => event === "opened").map(({ callSid }) => callSid);

/** The newest case of the bridge number, once there are more than `known`. */
export const caseAfter = ({ rig }: HostedScene, known: number): Promise<EscalationView> =>
  until("a case at the bridge number", 30_000, async () => {
    const { items } = (await rig.api("GET", "/api/escalations?queue=disputes")) as { items: EscalationView[] };
    return items.length > known ? items[0] : undefined;
  });
