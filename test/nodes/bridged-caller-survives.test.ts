// A caller whom a vendor's assistant has sent to our bridge number for a person: the gateway that answered dies while they
// hear the opening, and the one that goes on looks for that person as if it had answered itself.
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";
import { parse, stringify } from "yaml";

import { PLAIN_NUMBER } from "../../lab/rig/start-rig.ts";
import { configWith } from "../calls/numbers.ts";
import { CALLER } from "../calls/scene.ts";
import { type FleetScene, kill, nodeAt, openFleet, prefer, reached, recordOf } from "./fleet-scene.ts";

const SECRET = "a-secret-of-the-test-000000";
const THEIRS = "11111111-2222-4333-8444-555555555555";

let scene: FleetScene;
let dir = "";
beforeAll(async () => {
  dir = await configWith([]);
  const file = join(dir, "assistants.yaml");
  const config = parse(await readFile(file, "utf8")) as { assistants: Record<string, Record<string, unknown>> };
  config.assistants["default"] = {
    ...config.assistants["default"],
    vapi: { assistantId: THEIRS, bridgeNumber: PLAIN_NUMBER },
  };
  await writeFile(file, stringify(config));
  const vapi = { VAPI_API_KEY: "a-key-of-the-test", VAPI_WEBHOOK_SECRET: SECRET };
  scene = await openFleet({ env: { CONFIG_DIR: dir, ...vapi } });
});
afterAll(async () => {
  await scene.close();
  await rm(dir, { recursive: true, force: true });
});

/** The vendor's assistant asks for a person, in a call that the vendor took itself. */
async function asksElsewhere(): Promise<number> {
  const message = {
    type: "tool-calls",
    call: { id: "their-call-1", type: "inboundPhoneCall", assistantId: THEIRS, customer: { number: CALLER } },
    artifact: { messages: [{ role: "user", message: "I want to talk to a human.", time: Date.now() }] },
    toolCallList: [{ id: "call_1", type: "function", function: { name: "escalate_to_human", arguments: "{}" } }],
  };
  const answer = await fetch(`${scene.fleet.url}/vapi/webhook`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-vapi-secret": SECRET },
    body: JSON.stringify({ message }),
  });
  return answer.status;
}

test("the wish for a person is in the case, not in the gateway that heard of it", { timeout: 120_000 }, async () => {
  const [doomed, healthy] = [nodeAt(scene, 0), nodeAt(scene, 1)];
  expect(await asksElsewhere()).toBe(200);
  prefer(scene, { calls: doomed });
  const caller = scene.fleet.twilio.callIn({ from: CALLER, to: PLAIN_NUMBER });
  // The opening is under way: the carrier has its document, and has not come to the stream.
  await scene.fleet.twilio.log.waitFor("verb", (it) => it.callSid === caller.callSid && it.text !== "", 20_000);
  await kill(doomed);
  prefer(scene, {});
  // Nobody is at a desk: what is offered instead shows that somebody was looked for.
  await reached(scene, caller, "offering-fallback", 60_000);
  const record = await recordOf(scene, caller);
  expect(record.map(({ event }) => event).slice(0, 2)).toEqual(["call-arrived", "assistant-started"]);
  expect(record.slice(1).every(({ node }) => node === healthy.id)).toBe(true);
  const { items } = (await scene.rig.api("GET", "/api/escalations")) as { items: { trigger?: string }[] };
  expect(items).toEqual([expect.objectContaining({ trigger: "assistant-request" })]);
  caller.hangUp();
});
