// A gateway whose number is the bridge behind a number that a vendor hosts; Dana of the disputes team, and a caller.

import { clip } from "../../lab/audio/clips.ts";
import { scriptedBrain } from "../../lab/openai/scripted-brain.ts";
import { openDeskSeat, type DeskSeat } from "../../lab/people/desk-seat.ts";
import { listenTo } from "../../lab/people/ear.ts";
import { RETELL_NUMBER } from "../../lab/rig/retell-hosted-number.ts";
import { DESK_KEY, type Rig, startRig } from "../../lab/rig/start-rig.ts";
import { VAPI_NUMBER } from "../../lab/rig/vapi-hosted-number.ts";
import type { Handset } from "../../lab/twilio/handset.ts";
import type { Phone } from "../../lab/twilio/phone-book.ts";
import { noCallTooQuiet } from "./line-silence.ts";
import { ROOT } from "./root.ts";
import { CALLER, type EscalationView, until } from "./scene.ts";

const DANAS_PHONE = "+15005550111";

export type HostedScene = {
  readonly rig: Rig;
  readonly seat: DeskSeat;
  readonly phone: Phone;
  close(): Promise<void>;
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

export async function openHostedScene(assistant: "vapi" | "retell"): Promise<HostedScene> {
  const rig = await startRig({
    gateway: [process.execPath, "src/main.ts"],
    cwd: ROOT,
    brain,
    assistant,
    hostedNumber: true,
    env: { LOG_LEVEL: "info" },
  });
  await rig.api("POST", "/api/agents", {
    id: "dana",
    name: "Dana",
    skills: ["disputes"],
    queues: ["disputes"],
    languages: ["en"],
    device: { kind: "phone", address: DANAS_PHONE },
  });
  const seat = await openDeskSeat({ url: rig.url, apiKey: DESK_KEY, agent: "dana" });
  return {
    rig,
    seat,
    phone: rig.twilio.phone(DANAS_PHONE, { kind: "answers", afterMs: 300 }),
    close: async () => {
      const [quiet] = await Promise.allSettled([noCallTooQuiet(rig)]);
      await seat.close();
      await rig.close();
      if (quiet.status === "rejected") throw quiet.reason;
    },
  };
}

export async function danaIs(seat: DeskSeat, status: "available" | "offline"): Promise<void> {
  const known = new Set(seat.received.map(({ frame }) => frame));
  seat.send({ type: "presence", status });
  await seat.waitFor((frame) => !known.has(frame) && frame.type === "presence" && frame["status"] === status, 10_000);
}

/** A caller of the vendor's number who was greeted there and says something. */
export async function callsHosted({ rig }: HostedScene, says: string, from = CALLER): Promise<Handset> {
  const to = rig.retell === undefined ? VAPI_NUMBER : RETELL_NUMBER;
  const caller = rig.twilio.callIn({ from, to });
  await caller.answered;
  const ear = listenTo(caller);
  await ear.untilSpokenTo(400, 15_000);
  ear.close();
  await caller.say(clip(says).audio);
  return caller;
}

/** Callers whom our own assistant has, oldest first. */
export const bridgeCalls = ({ rig }: HostedScene) =>
  rig.twilio.log.of("stream", ({ event }) => event === "opened").map(({ callSid }) => callSid);

/** The newest case of the bridge number, once there are more than `known`. */
export const caseAfter = ({ rig }: HostedScene, known: number): Promise<EscalationView> =>
  until("a case at the bridge number", 30_000, async () => {
    const { items } = (await rig.api("GET", "/api/escalations?queue=disputes")) as { items: EscalationView[] };
    return items.length > known ? items[0] : undefined;
  });

/** Everybody has hung up, and no leg is left. */
export const emptyCarrier = ({ rig }: HostedScene): Promise<true> =>
  until("an empty carrier", 20_000, () => (rig.twilio.legs().length === 0 ? true : undefined));
