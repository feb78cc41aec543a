// Twins of vendors that host the assistant, in the rig: the gateway's configuration names one, and its SIP address is a
// device of the carrier's twin.

import { cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Brain } from "../openai/brain.ts";
import { startVapiTwin, type VapiTwin } from "../vapi/twin.ts";
import type { TwilioTwin } from "../twilio/twin.ts";

/** Who runs the assistant of the lab's number. */
export type RigAssistant = "openai" | "vapi" | "vapi-websocket" | "retell" | "retell-llm";

export const VAPI_SECRET = "vapi-webhook-secret-of-the-lab";
export const VAPI_SIP = "sip:warmline-lab@sip.vapi.lab";
const ASSISTANT_ID = "a55157a7-0000-4000-8000-000000000001";
export const GREETING = "Good morning. How can I help you today?";

/** The vendor's side as a customer has set it up: an assistant, and a SIP number whose calls are asked about. */
export async function startVapi(options: {
  readonly brain: Brain;
  readonly gateway: string;
  readonly port?: number;
  readonly carrier: TwilioTwin;
}): Promise<VapiTwin> {
  const server = { url: `${options.gateway}/vapi/webhook` };
  const twin = await startVapiTwin({ port: options.port ?? 0, credential: { kind: "secret", secret: VAPI_SECRET } });
  twin.assistant({ id: ASSISTANT_ID, name: "Front desk", prompt: "", firstMessage: GREETING, brain: options.brain });
  twin.number({ id: "number-of-the-lab", provider: "vapi", sipUri: VAPI_SIP, assistantId: null, server });
  connectSip(twin, options.carrier, VAPI_SIP);
  return twin;
}

/** What the carrier dials at the vendor's address rings at the vendor. */
export function connectSip(twin: VapiTwin, carrier: TwilioTwin, address: string): void {
  const phone = carrier.phone(address, { kind: "rings" });
  // A service, not a person's telephone: it answers as fast as it is asked.
  phone.ringMs = 60;
  phone.onRing = (ring) => {
    const ended = Promise.withResolvers<void>();
    void ring.over.then((how) => (how === "answered" ? undefined : ended.resolve()));
    void twin.invite({
      to: ring.to,
      from: ring.from,
      answer: () => {
        const handset = ring.answer();
        void handset?.ended.then(() => ended.resolve());
        return handset;
      },
      reject: (sipCode) => ring.fail(sipCode),
      ended: ended.promise,
    });
  };
}

/** The gateway's environment for a vendor's twin. */
export const vapiEnvironment = (twin: Pick<VapiTwin, "apiKey" | "url">): Record<string, string> => ({
  VAPI_API_KEY: twin.apiKey,
  VAPI_API_URL: twin.url,
  VAPI_WEBHOOK_SECRET: VAPI_SECRET,
});

/** A copy of the configuration in which the assistants are run by another vendor. */
export async function configFor(assistant: RigAssistant, from: string, dir: string, part: string): Promise<string> {
  const to = join(dir, "config");
  await cp(from, to, { recursive: true });
  const file = join(to, "assistants.yaml");
  const text = await readFile(file, "utf8");
  const marked = text.replaceAll(/\n {2}(default|disputes):\n/g, `$&    vendor: ${assistant}\n${part}`);
  if (marked === text) throw new Error(`${file} has no assistant "default" or "disputes"`);
  await writeFile(file, marked);
  return to;
}

export const VAPI_PART = `    vapi:\n      assistantId: ${ASSISTANT_ID}\n      sipUri: ${VAPI_SIP}\n`;
