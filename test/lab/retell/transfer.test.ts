// Retell's own transfer, on a number it hosts: which events come, who hears whom, and what the model is told when it fails.
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { clip } from "../../../lab/audio/clips.ts";
import type { Brain } from "../../../lab/openai/brain.ts";
import { scriptedBrain } from "../../../lab/openai/scripted-brain.ts";
import type { RetellAgent, TransferTool } from "../../../lab/retell/agent.ts";
import { obedient, TRANSFER_FAILED } from "../../../lab/rig/retell-hosted-number.ts";
import { type RetellTwin, startRetellTwin } from "../../../lab/retell/twin.ts";
import { PartyDouble, SipDouble } from "./sip-double.ts";

const CALLER = "+14155550142";
const HOSTED = "+15005550177";
const BRIDGE = "+15005550100";

type Dialled = { readonly from: string; readonly to: string; readonly extension: string; gaveUp: boolean };

let server: Server;
let twin: RetellTwin;
let dialled: Dialled[];
let answer: (party: PartyDouble | undefined) => void;
let dialling: Promise<void>;

const brain: Brain = obedient(
  scriptedBrain([
    { hears: /human|person/iu, does: [{ call: "escalate_to_human", arguments: { reason: "asked" } }] },
    { hears: /still there/iu, does: [{ say: "I am still here with you." }] },
  ]),
);

beforeEach(async () => {
  dialled = [];
  server = createServer((request, response) => {
    request.resume();
    // The customer's function: the model is to transfer, with this extension.
    const said = request.url === "/escalate" ? { status: "Call transfer_to_person now.", extension: "4711" } : {};
    response.writeHead(200).end(JSON.stringify(said));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const next = Promise.withResolvers<void>();
  dialling = next.promise;
  const reached = Promise.withResolvers<PartyDouble | undefined>();
  answer = reached.resolve;
  twin = await startRetellTwin({
    sip: new SipDouble(),
    agents: [agent(url)],
    pace: { endpointMs: 200, asrMs: 5, ttfaMs: 5, ttsMs: 5 },
    network: {
      dial: (ask) => {
        const call = { ...ask, gaveUp: false };
        dialled.push(call);
        next.resolve();
        return { reached: reached.promise, giveUp: () => void (call.gaveUp = true) };
      },
    },
  });
});
afterEach(async () => {
  await twin.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const TRANSFER: TransferTool = {
  type: "transfer_call",
  name: "transfer_to_person",
  transfer_destination: { type: "predefined", number: BRIDGE, extension: "{{code}}" },
  transfer_option: { type: "cold_transfer", show_transferee_as_caller: true },
};

const agent = (url: string): RetellAgent => ({
  agent_id: "agent_1",
  agent_name: "Front desk",
  version: 1,
  webhook_url: `${url}/hook`,
  webhook_events: [
    "call_started",
    "call_ended",
    "transfer_started",
    "transfer_bridged",
    "transfer_cancelled",
    "transfer_ended",
  ],
  response_engine: {
    type: "retell-llm",
    llm_id: "llm_1",
    prompt: "",
    begin_message: "",
    functions: [{ name: "escalate_to_human", url: `${url}/escalate`, response_variables: { code: "$.extension" } }],
    transfers: [TRANSFER],
    brain,
  },
});

/** A caller of the hosted number who has asked for a person. */
async function asks() {
  const party = new PartyDouble();
  const call = twin.take({ agent: "agent_1", from: CALLER, to: HOSTED, party });
  party.spokenTo(clip("speak-to-human").audio);
  await dialling;
  return { party, call };
}

const events = () => twin.webhooks.map(({ event }) => event);
const until = async (fits: () => boolean): Promise<void> => {
  while (!fits()) await new Promise((resolve) => setTimeout(resolve, 5));
};

test("the caller's own number and the extension go along; both hear one another; the events come in their order", async () => {
  const { party, call } = await asks();
  expect(dialled).toEqual([{ from: CALLER, to: BRIDGE, extension: "4711", gaveUp: false }]);
  const other = new PartyDouble();
  answer(other);
  await until(() => call.reason === "call_transfer");
  other.spokenTo(clip("agent-intro").audio, 0);
  party.spokenTo(clip("thank-you").audio, 0);
  expect([party.said.length > 50, other.said.length > 50]).toEqual([true, true]);
  expect(party.hungUp).toBe(false);
  party.leave();
  await until(() => events().includes("transfer_ended"));
  expect(other.hungUp).toBe(true);
  expect(events()).toEqual(["call_started", "transfer_started", "transfer_bridged", "call_ended", "transfer_ended"]);
  const started = JSON.parse(twin.webhooks[1]?.body ?? "{}") as Record<string, unknown>;
  expect(started).toMatchObject({
    transfer_destination: { number: BRIDGE, extension: "4711" },
    transfer_option: { type: "cold_transfer", showTransfereeAsCaller: true },
  });
  expect(call.object()).toMatchObject({ disconnection_reason: "call_transfer", transfer_destination: BRIDGE });
});

test("nobody is reached: the model is told, speaks, and the call goes on", async () => {
  const { party, call } = await asks();
  answer(undefined);
  await until(() => call.spoken.some(({ text }) => text === TRANSFER_FAILED));
  expect([call.ongoing, party.hungUp, events().includes("transfer_cancelled")]).toEqual([true, false, true]);
  expect(call.transcript.items.at(-1)).toMatchObject({
    role: expect.stringMatching(/agent|tool_call_result/u) as string,
  });
});

test("refused by its carrier: no leg at all, and the model is told the same", async () => {
  twin.faults.transferRefused = true;
  const party = new PartyDouble();
  const call = twin.take({ agent: "agent_1", from: CALLER, to: HOSTED, party });
  party.spokenTo(clip("speak-to-human").audio);
  await until(() => call.spoken.some(({ text }) => text === TRANSFER_FAILED));
  expect([dialled, events()]).toEqual([[], ["call_started", "transfer_started", "transfer_cancelled"]]);
});

test("a caller who speaks while it rings calls it off, by a switch", async () => {
  const { party, call } = await asks();
  party.spokenTo(clip("still-there").audio);
  await until(() => events().includes("transfer_cancelled"));
  expect([dialled[0]?.gaveUp, call.ongoing]).toEqual([true, true]);
});

test("a caller who leaves meanwhile leaves no ring behind", async () => {
  const { party, call } = await asks();
  party.leave();
  await until(() => events().includes("call_ended") && events().includes("transfer_cancelled"));
  expect([dialled[0]?.gaveUp, call.reason]).toEqual([true, "user_hangup"]);
});

test("a call that was dialled to an address has no such transfer", async () => {
  const party = new PartyDouble();
  const call = twin.take({ agent: "agent_1", from: CALLER, to: HOSTED, party });
  delete (call.registration as { hosted?: true }).hosted;
  party.spokenTo(clip("speak-to-human").audio);
  await until(() => call.spoken.some(({ text }) => text === TRANSFER_FAILED));
  expect([dialled, events()]).toEqual([[], ["call_started"]]);
});
