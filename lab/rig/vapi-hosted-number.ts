// A number that Vapi hosts, in the rig: the vendor's own carrier account answers it with the assistant, and carries the
// caller on where the assistant's transfer says. A number of ours that is dialled from outside rings at the gateway.

import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { OWN_TOOL_NAMES } from "./own-tool-names.ts";
import type { Brain } from "../openai/brain.ts";
import type { Handset } from "../twilio/handset.ts";
import type { TwilioTwin } from "../twilio/twin.ts";
import type { FunctionTool } from "../vapi/settings.ts";
import type { VapiTwin } from "../vapi/twin.ts";
import { connectSip } from "./hosted-twins.ts";

/** Callers of the vendor's number reach this one. */
export const VAPI_NUMBER = "+15005550188";
const SIP = "sip:hosted-lab@sip.vapi.lab";
export const HOSTED_ASSISTANT = "a55157a7-0000-4000-8000-000000000002";

export type HostedNumber = { close(): Promise<void> };

/** `bridge`: the gateway's number to which people are to be brought. */
export async function hostNumber(
  twin: VapiTwin,
  about: {
    readonly carrier: TwilioTwin;
    readonly gateway: string;
    readonly brain: Brain;
    readonly bridge: string;
    readonly greeting: string;
  },
): Promise<HostedNumber> {
  const { carrier, gateway, brain, bridge, greeting } = about;
  const server = { url: `${gateway}/vapi/webhook` };
  const tools = OWN_TOOL_NAMES.map((name): FunctionTool => ({ type: "function", function: { name }, server }));
  const serverMessages = ["transcript", "tool-calls", "status-update", "speech-update", "end-of-call-report"];
  twin.assistant({
    id: HOSTED_ASSISTANT,
    name: "Hosted",
    firstMessage: greeting,
    brain,
    tools,
    serverMessages,
    server,
  });
  twin.number({
    id: "hosted",
    provider: "twilio",
    number: VAPI_NUMBER,
    sipUri: SIP,
    assistantId: HOSTED_ASSISTANT,
    server,
  });
  connectSip(twin, carrier, SIP);
  const documents = await vendorsDocuments(twin);
  const { port } = documents.address() as AddressInfo;
  carrier.number({ phoneNumber: VAPI_NUMBER, voiceUrl: `http://127.0.0.1:${port}/voice`, statusCallback: "" });
  reachable(carrier, bridge);
  return { close: () => new Promise((resolve) => documents.close(() => resolve())) };
}

/** What the vendor's carrier account does with a call: the assistant, then wherever it was transferred to. */
async function vendorsDocuments(twin: VapiTwin): Promise<Server> {
  const documents = createServer((request, response) => {
    request.resume();
    response.writeHead(200, { "content-type": "text/xml" });
    const to = twin.controls.findLast(({ message, status }) => message["type"] === "transfer" && status === 200);
    const number = (to?.message["destination"] as { number?: string } | undefined)?.number;
    const next = number === undefined ? "<Hangup/>" : `<Dial><Number>${number}</Number></Dial>`;
    const answered = request.url === "/voice" ? `<Dial action="/after"><Sip>${SIP}</Sip></Dial>` : next;
    response.end(`<?xml version="1.0" encoding="UTF-8"?><Response>${answered}</Response>`);
  });
  await new Promise<void>((resolve) => documents.listen(0, "127.0.0.1", resolve));
  return documents;
}

/** The telephone network between two accounts: who dials the number is a caller there. */
function reachable(carrier: TwilioTwin, number: string): void {
  const phone = carrier.phone(number, { kind: "rings" });
  phone.ringMs = 100;
  phone.onRing = (ring) => {
    const inbound = carrier.callIn({ from: ring.from, to: number });
    void ring.over.then((how) => (how === "answered" ? undefined : inbound.hangUp()));
    void inbound.answered.then(() => {
      const outbound = ring.answer();
      if (outbound === undefined) return inbound.hangUp();
      return patch(inbound, outbound);
    });
  };
}

function patch(one: Handset, other: Handset): void {
  one.hear((frame) => void other.say(frame));
  other.hear((frame) => void one.say(frame));
  void one.ended.then(() => other.hangUp());
  void other.ended.then(() => one.hangUp());
}
