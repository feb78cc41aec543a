// C41 in the states that come before an offer and after the bridge: the caller waits for somebody to be free, the agent
// asks a colleague, gives the caller back, or writes the call up. Each time the node that committed it all is killed.
import { afterEach, beforeEach, expect, test } from "vitest";

import type { Handset } from "../../lab/twilio/handset.ts";
import { type Agent, answerAt, endOf, frameAfter, offerAt, presenceOf, sitDown, until } from "../calls/scene.ts";
import {
  caseOf,
  type FleetScene,
  happened,
  kill,
  nodeAt,
  openFleet,
  prefer,
  reached,
  recordOf,
  voiceAfter,
  withoutGap,
} from "./fleet-scene.ts";
import { accept } from "./owner-dies-at.ts";

const CARRIED_ON_MS = 5_000;
const VOICE_MS = 4_000;
const PHONE = { kind: "answers", afterMs: 400 } as const;

let scene: FleetScene;
let dana: Agent;
beforeEach(async () => {
  scene = await openFleet({
    callsPerSecond: 20,
    numbers: [{ number: "+15005552901", queue: "colleagues" }],
    twin: { latencies: { lostSocketMs: 500 } },
  });
  prefer(scene, { calls: nodeAt(scene, 0), desks: nodeAt(scene, 1) });
  dana = await sitDown(scene, { phone: PHONE, available: false });
});
afterEach(() => scene.close());

async function arrives(): Promise<Handset> {
  const caller = scene.fleet.twilio.callIn({ from: "+14155554901", to: "+15005550199" });
  await happened(scene, caller, "assistant-started");
  await caller.press("1");
  return caller;
}

/** In conversation with dana. */
async function bridged(): Promise<{ caller: Handset; agent: Handset; escalationId: string }> {
  await dana.seat.becomes("available");
  const caller = await arrives();
  const agent = await accept({ dana }, 0);
  await reached(scene, caller, "bridged", 20_000);
  const { escalationId } = await offerAt(scene, dana);
  return { caller, agent, escalationId };
}

async function killOwner(): Promise<number> {
  const diedAt = await kill(nodeAt(scene, 0));
  prefer(scene, {});
  return diedAt;
}

/** Somebody is audible to the caller within four seconds of the other node's first word about the case. */
async function voiceSoon(caller: Handset, diedAt: number): Promise<void> {
  const { at } = await scene.committed(
    "the other node goes on",
    (it) => it.case === caseOf(caller) && it.node === nodeAt(scene, 1).id && it.at > diedAt,
  );
  const voiceAt = await until("a voice for the caller", 10_000, () => voiceAfter(caller, diedAt));
  expect.soft(at - diedAt, "carried on").toBeLessThanOrEqual(CARRIED_ON_MS);
  expect.soft(voiceAt - at, "a voice").toBeLessThanOrEqual(VOICE_MS);
}

const recordHasNoHole = async (caller: Handset): Promise<void> =>
  expect(withoutGap(await recordOf(scene, caller))).toBe(true);

test("waiting: the caller keeps their place, and the next free agent is theirs", { timeout: 90_000 }, async () => {
  const caller = await arrives();
  await reached(scene, caller, "offering-fallback", 20_000);
  await caller.press("1");
  await reached(scene, caller, "waiting");
  const diedAt = await killOwner();
  await voiceSoon(caller, diedAt);
  await dana.seat.becomes("available");
  await accept({ dana }, 0);
  await reached(scene, caller, "bridged", 20_000);
  expect(dana.phone.rings).toHaveLength(1);
  await recordHasNoHole(caller);
});

test("consulting: the colleague who was being asked gets the caller", { timeout: 90_000 }, async () => {
  const lee = await sitDown(scene, { id: "lee", queue: "colleagues", phone: PHONE });
  const { caller, escalationId } = await bridged();
  dana.seat.send({ type: "transfer", escalationId, queue: "colleagues", note: "A second opinion, please." });
  await reached(scene, caller, "consulting");
  await killOwner();
  const colleague = await answerAt(lee);
  await colleague.untilAsked();
  await colleague.press("1");
  await happened(scene, caller, "agent-consented");
  dana.seat.send({ type: "end", escalationId });
  await scene.committed(
    "the colleague has the caller",
    (it) => it.case === caseOf(caller) && it.event === "agent-ended" && it.state === "bridged",
  );
  expect(lee.phone.rings).toHaveLength(1);
  expect(caller.status).toBe("in-progress");
  await recordHasNoHole(caller);
});

test("handing back: the assistant has the caller again, and the agent's line ends", { timeout: 90_000 }, async () => {
  const { caller, agent, escalationId } = await bridged();
  dana.seat.send({ type: "hand-back", escalationId, instruction: "Tell them when the card comes." });
  await reached(scene, caller, "handing-back");
  const diedAt = await killOwner();
  await voiceSoon(caller, diedAt);
  await scene.committed(
    "the assistant is back",
    (it) => it.case === caseOf(caller) && it.event === "assistant-started" && it.at > diedAt,
  );
  await endOf(scene, agent.callSid);
  expect(caller.status).toBe("in-progress");
  await recordHasNoHole(caller);
});

test("wrapping up: both legs end, and the agent's closing work is kept", { timeout: 90_000 }, async () => {
  const { caller, agent, escalationId } = await bridged();
  dana.seat.send({ type: "end", escalationId });
  await reached(scene, caller, "wrapping-up");
  await killOwner();
  await Promise.all([endOf(scene, caller.callSid), endOf(scene, agent.callSid)]);
  await presenceOf(dana.seat, "wrap-up");
  const known = dana.seat.received.length;
  dana.seat.send({ type: "wrap-up", escalationId, disposition: "resolved", resolved: true, notes: "" });
  await frameAfter(dana.seat, known, (frame) => frame.type === "presence" && frame["status"] === "available");
  await reached(scene, caller, "closed");
  await recordHasNoHole(caller);
});
