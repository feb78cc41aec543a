// Retell in the rig: an agent as a customer has set it up, and its SIP addresses as far ends of the carrier's dials.

import type { Brain } from "../openai/brain.ts";
import type { CustomFunction, TransferTool } from "../retell/agent.ts";
import { type RetellTwin, startRetellTwin } from "../retell/twin.ts";
import type { TwilioTwin } from "../twilio/twin.ts";
import { networkThrough, obedient } from "./retell-hosted-number.ts";
import { sipThrough } from "./sip-through-twilio.ts";

export const RETELL_SOCKET_SECRET = "retell-socket-secret-of-the-lab";
export const AGENT_ID = "agent_of_the_lab";
const GREETING = "Good morning. How can I help you today?";

/** The gateway's own tools answer by taking over: the model does not speak about them. */
const OWN = ["escalate_to_human", "request_callback", "cancel_handoff"];
const LOOKUPS = ["find_transactions", "lookup_merchant", "search_knowledge", "draft_dispute"];

export async function startRetell(options: {
  readonly brain: Brain;
  /** The gateway's address: two kinds of URLs point at it. */
  readonly gateway: string;
  readonly carrier: TwilioTwin;
  readonly port?: number;
  /** It also hosts a number, from which callers in need of a person are transferred to this number of ours. */
  readonly bridge?: string;
}): Promise<RetellTwin> {
  const { brain, gateway, carrier, port = 0, bridge } = options;
  const functionAt = (name: string, speak_after_execution: boolean): CustomFunction => ({
    name,
    ...(bridge !== undefined && name === "escalate_to_human" && { response_variables: { warmline_code: "extension" } }),
    url: `${gateway}/retell/functions/${name}`,
    timeout_ms: 10_000,
    speak_after_execution,
  });
  // A model that is to transfer by itself has to be asked again once the function has answered.
  const own = OWN.map((name) => functionAt(name, bridge !== undefined && name === "escalate_to_human"));
  const functions = [...own, ...LOOKUPS.map((name) => functionAt(name, true))];
  return startRetellTwin({
    sip: sipThrough(carrier),
    ...(bridge !== undefined && { network: networkThrough(carrier) }),
    port,
    agents: [
      {
        agent_id: AGENT_ID,
        agent_name: "Front desk",
        version: 1,
        response_engine: {
          type: "retell-llm",
          llm_id: "llm_of_the_lab",
          prompt: "",
          begin_message: GREETING,
          functions,
          ...(bridge === undefined ? { brain } : { brain: obedient(brain), transfers: transfersTo(bridge) }),
        },
      },
    ],
  });
}

/** As the gateway's set-up command makes them. */
const transferTo = (name: string, number: string, extension?: string): TransferTool => ({
  type: "transfer_call",
  name,
  transfer_destination: { type: "predefined", number, ...(extension !== undefined && { extension }) },
  transfer_option: { type: "cold_transfer", cold_transfer_mode: "sip_invite", show_transferee_as_caller: true },
});
const transfersTo = (number: string): TransferTool[] => [
  transferTo("transfer_to_person", number),
  transferTo("transfer_with_code", number, "{{warmline_code}}"),
];

/** The gateway's environment for the twin. */
export const retellEnvironment = (twin: Pick<RetellTwin, "apiKey" | "url">): Record<string, string> => ({
  RETELL_API_KEY: twin.apiKey,
  RETELL_API_URL: twin.url,
  RETELL_SOCKET_SECRET,
});

/** The part of an assistant's configuration that names the vendor's agent. */
export const RETELL_PART = `    retell:\n      agentId: ${AGENT_ID}\n`;
