// The carrier's REST API as somebody beside the gateway uses it: an operator at the console, another tool of the account,
// and a test that wants the carrier's own word instead of ours.

import { ACCOUNT, type Rig } from "../../lab/rig/start-rig.ts";
import { TWILIO_TOKEN } from "./scene.ts";

const AUTHORIZATION = `Basic ${Buffer.from(`${ACCOUNT}:${TWILIO_TOKEN}`).toString("base64")}`;

type Rest = Pick<Rig, "twilio">;

async function ask({ twilio }: Rest, method: string, path: string, params?: Record<string, string>): Promise<unknown> {
  const answer = await fetch(`${twilio.url}/2010-04-01/Accounts/${ACCOUNT}${path}`, {
    method,
    headers: { Authorization: AUTHORIZATION },
    ...(params === undefined ? {} : { body: new URLSearchParams(params) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return text === "" ? undefined : (JSON.parse(text) as unknown);
}

export const update = (rig: Rest, path: string, params: Record<string, string>): Promise<unknown> =>
  ask(rig, "POST", path, params);

export const remove = (rig: Rest, path: string): Promise<unknown> => ask(rig, "DELETE", path);

/** What the carrier says about a call now. */
export const callAt = async (rig: Rest, callSid: string): Promise<{ status: string; end_time: string | null }> =>
  (await ask(rig, "GET", `/Calls/${callSid}.json`)) as { status: string; end_time: string | null };

/** Every call the carrier knows, newest first. */
export async function callsAt(rig: Rest): Promise<{ sid: string; to: string; status: string }[]> {
  const { calls } = (await ask(rig, "GET", "/Calls.json?PageSize=200")) as {
    calls: { sid: string; to: string; status: string }[];
  };
  return calls;
}

/** The SID of the room this leg came into last. */
export function roomOf({ twilio }: Rest, callSid: string): string {
  const joined = twilio.log.of("conference", (it) => it.callSid === callSid && it.event === "participant-join").at(-1);
  if (!joined) throw new Error(`${callSid} has not been in a room`);
  return joined.conferenceSid;
}

export const participant = (rig: Rest, callSid: string): string =>
  `/Conferences/${roomOf(rig, callSid)}/Participants/${callSid}.json`;
