import { clip } from "../../lab/audio/clips.ts";
import { startCallButton } from "../../lab/people/call-button.ts";
import { listenTo } from "../../lab/people/ear.ts";
import { hireAgent } from "../../lab/people/hire-agent.ts";
import { ADMIN_KEY, DESK_KEY, NUMBER, type Rig } from "../../lab/rig/start-rig.ts";
import { ROBIN } from "./play-dispute.ts";

const SAMS_PHONE = "+15005550122";

/** Stays up until Ctrl-C: a person signs in at the desk page and takes the next call by hand. */
export async function keepUp(rig: Rig): Promise<void> {
  const sam = { id: "sam", queue: "disputes", skills: ["disputes"], address: SAMS_PHONE };
  // Sam's phone is picked up by itself; whether to take the call is decided at the desk.
  await hireAgent(rig, sam, { kind: "answers", afterMs: 1_500 });
  const button = await startCallButton(() => void robinCalls(rig).catch((error: unknown) => console.error(error)));
  console.log(`
The demo stays up. Take the next call by hand:
  1. Desk         ${rig.url}/desk
     Sign in as agent "sam" with the key "${DESK_KEY}", then set yourself available.
  2. Caller       ${button.url}  (or: curl -X POST ${button.url}call)
     Place a call. After half a minute Robin asks for a person and the card comes up on your desk.
  3. Accept the card, then end the call and wrap up.
Also up: the API's page ${rig.url}/api/docs (key "${ADMIN_KEY}") and the carrier's twin ${rig.twilio.url}/lab/calls
Ctrl-C ends it.`);
  await new Promise<void>((resolve) => {
    process.once("SIGINT", () => resolve());
    process.once("SIGTERM", () => resolve());
  });
  await button.close();
}

/** Says what it is about, asks for a person, and stays on the line until somebody ends the call. */
async function robinCalls(rig: Rig): Promise<void> {
  const caller = rig.twilio.callIn({ from: ROBIN, to: NUMBER });
  await caller.answered;
  const ear = listenTo(caller);
  await ear.untilSpokenTo(1_500);
  await caller.say(clip("unknown-charge").audio);
  await ear.untilSpokenTo(1_300);
  await caller.say(clip("real-person").audio);
  ear.close();
  await caller.ended;
}
