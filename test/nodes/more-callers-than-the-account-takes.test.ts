// `ACCOUNT_CALLS_MAX` is one limit of all gateways: a caller who still hears the opening on one of them has the place, and
// who comes to another one meanwhile is offered a callback at once.
import { afterAll, beforeAll, expect, test } from "vitest";

import { PLAIN_NUMBER } from "../../lab/rig/start-rig.ts";
import type { Handset } from "../../lab/twilio/handset.ts";
import { signRequest } from "../../lab/twilio/signature.ts";
import { endOf, TWILIO_TOKEN, until } from "../calls/scene.ts";
import { type FleetScene, nodeAt, openFleet, prefer } from "./fleet-scene.ts";

let scene: FleetScene;
beforeAll(async () => {
  scene = await openFleet({ env: { ACCOUNT_CALLS_MAX: "1" } });
});
afterAll(() => scene.close());

const says = (caller: Handset, words: RegExp) =>
  scene.fleet.twilio.log.waitFor("verb", (it) => it.callSid === caller.callSid && words.test(it.text), 25_000);
const call = (from: string): Handset => scene.fleet.twilio.callIn({ from, to: PLAIN_NUMBER });

/** The carrier repeats its request for this call at a certain gateway. */
async function askedAgain(url: string, { callSid }: Handset, from: string): Promise<string> {
  const fields = { AccountSid: `AC${"0".repeat(32)}`, CallSid: callSid, CallStatus: "ringing", Direction: "inbound" };
  const params = { ...fields, From: from, To: PLAIN_NUMBER };
  const signature = signRequest(TWILIO_TOKEN, `${scene.fleet.url}/twilio/voice`, params);
  const answer = await fetch(`${url}/twilio/voice`, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded", "x-twilio-signature": signature },
    body: new URLSearchParams(params).toString(),
  });
  expect(answer.status).toBe(200);
  return answer.text();
}

/** The figure of all gateways together. */
async function counted(answer: string): Promise<number> {
  const line = new RegExp(`warmline_admissions_total\\{answer="${answer}"\\} (\\d+)`, "u");
  const pages = await Promise.all(scene.fleet.nodes.map(async ({ url }) => (await fetch(`${url}/metrics`)).text()));
  return pages.reduce((all, page) => all + Number(line.exec(page)?.[1] ?? 0), 0);
}

test("one place, two gateways: the second caller is not admitted on the other one", { timeout: 90_000 }, async () => {
  const [one, other] = [nodeAt(scene, 0), nodeAt(scene, 1)];
  prefer(scene, { calls: one });
  const first = call("+14155550142");
  await first.answered;
  prefer(scene, { calls: other });
  const second = call("+14155550143");
  await says(second, /lines are busy/u);
  // A request that is repeated somewhere else gets the answer of the first, and is no other call in the figures.
  await askedAgain(other.url, first, "+14155550142");
  expect(await askedAgain(one.url, second, "+14155550143")).toMatch(/busy/u);
  expect(await Promise.all(["admitted", "node-full", "account-full"].map(counted))).toEqual([1, 0, 1]);
  first.hangUp();
  second.hangUp();
  await Promise.all([first, second].map(({ callSid }) => endOf(scene, callSid)));
  // Whoever heard that the first one left, there is room again on both.
  const admitted = await until("room again", 15_000, async () => {
    const third = call("+14155550144");
    const opening = says(third, /lines are busy|assistant/u);
    const busy = /busy/u.test((await opening).text);
    third.hangUp();
    await endOf(scene, third.callSid);
    return busy ? undefined : true;
  });
  expect(admitted).toBe(true);
});
