// A number that Vapi hosts, in the rig: the vendor's own carrier account answers it with the assistant, and carries the
// caller on where the assistant's transfer says. A number of ours that is dialled from outside rings at the gateway.

import type { Brain } from "../openai/brain.ts";
import type { Handset } from "../twilio/handset.ts";
import type { TwilioTwin } from "../twilio/twin.ts";
import type { FunctionTool } from "../vapi/settings.ts";
import type { VapiTwin } from "../vapi/twin.ts";
import { connectSip } from "./hosted-twins.ts";
import { OWN_TOOL_NAMES } from "./own-tool-names.ts";
import { serveDocuments, type VendorDocuments } from "./vendor-documents.ts";

/** Callers of the vendor's number reach this one. */
export const VAPI_NUMBER = "+15005550188";
const SIP = "sip:hosted-lab@sip.vapi.lab";
export const HOSTED_ASSISTANT = "a55157a7-0000-4000-8000-000000000002";

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
): Promise<VendorDocuments> {
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
  const documents = await serveDocuments((path) => (path === "/voice" ? VOICE : afterwards(twin)));
  carrier.number({ phoneNumber: VAPI_NUMBER, voiceUrl: documents.voiceUrl, statusCallback: "" });
  reachable(carrier, bridge, () => transferOf(twin)?.extension ?? "");
  return documents;
}

const VOICE = `<Dial action="/after"><Sip>${SIP}</Sip></Dial>`;

const transferOf = (twin: VapiTwin): { number?: string; extension?: string } | undefined =>
  twin.controls.findLast(({ message, status }) => message["type"] === "transfer" && status === 200)?.message[
    "destination"
  ] as { number?: string; extension?: string } | undefined;

/** Once the assistant's call is over the caller is wherever it was transferred to. */
function afterwards(twin: VapiTwin): string {
  const number = transferOf(twin)?.number;
  return number === undefined ? "<Hangup/>" : `<Dial><Number>${number}</Number></Dial>`;
}

/** The telephone network between two accounts: who dials the number is a caller there, and dials an extension afterwards. */
function reachable(carrier: TwilioTwin, number: string, extension: () => string): void {
  const phone = carrier.phone(number, { kind: "rings" });
  phone.ringMs = 100;
  phone.onRing = (ring) => {
    const inbound = carrier.callIn({ from: ring.from, to: number });
    void ring.over.then((how) => (how === "answered" ? undefined : inbound.hangUp()));
    void inbound.answered.then(() => {
      const outbound = ring.answer();
      if (outbound === undefined) return inbound.hangUp();
      patch(inbound, outbound);
      return inbound.press(extension());
    });
  };
}

function patch(one: Handset, other: Handset): void {
  one.hear((frame) => void other.say(frame));
  other.hear((frame) => void one.say(frame));
  void one.ended.then(() => other.hangUp());
  void other.ended.then(() => one.hangUp());
}
