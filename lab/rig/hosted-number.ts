// A vendor has the callers first, on a number of its own; our assistant has them when they need a person.

import type { Brain } from "../openai/brain.ts";
import type { RetellTwin } from "../retell/twin.ts";
import type { TwilioTwin } from "../twilio/twin.ts";
import type { VapiTwin } from "../vapi/twin.ts";
import { configFor, GREETING, type RigAssistant, startVapi, vapiEnvironment } from "./hosted-twins.ts";
import { hostRetellNumber } from "./retell-hosted-number.ts";
import { AGENT_ID, retellEnvironment, startRetell } from "./retell-in-rig.ts";
import { HOSTED_ASSISTANT, hostNumber } from "./vapi-hosted-number.ts";

/** The twin of whoever runs the assistant, and what the gateway is told of it. */
export type HostedTwins = {
  readonly env: Readonly<Record<string, string>>;
  readonly vapi?: VapiTwin;
  readonly retell?: RetellTwin;
  close(): Promise<void>;
};

type About = {
  readonly vendor: RigAssistant;
  readonly brain: Brain;
  readonly carrier: TwilioTwin;
  readonly gateway: string;
  /** The gateway's number to which people are to be brought. */
  readonly bridge: string;
  readonly from: string;
  readonly dataDir: string;
};

/** `vendor`: Retell, or else Vapi. */
export const startHostedNumber = (about: About): Promise<HostedTwins> =>
  about.vendor === "retell" ? retellHosts(about) : vapiHosts(about);

async function vapiHosts({ brain, carrier, gateway, bridge, from, dataDir }: About): Promise<HostedTwins> {
  const vapi = await startVapi({ brain, gateway, carrier });
  const number = await hostNumber(vapi, { carrier, gateway, brain, bridge, greeting: GREETING });
  const part = `    vapi:\n      assistantId: ${HOSTED_ASSISTANT}\n      bridgeNumber: "${bridge}"\n`;
  const dir = await configFor("openai", from, dataDir, part);
  const close = async (): Promise<void> => {
    await Promise.all([vapi.close(), number.close()]);
  };
  return { env: { ...vapiEnvironment(vapi), CONFIG_DIR: dir }, vapi, close };
}

async function retellHosts({ brain, carrier, gateway, bridge, from, dataDir }: About): Promise<HostedTwins> {
  const retell = await startRetell({ brain, gateway, carrier, bridge });
  const number = await hostRetellNumber(retell, { carrier, agent: AGENT_ID });
  const part = `    retell:\n      agentId: ${AGENT_ID}\n      bridgeNumber: "${bridge}"\n`;
  const dir = await configFor("openai", from, dataDir, part);
  const close = async (): Promise<void> => {
    await Promise.all([retell.close(), number.close()]);
  };
  return { env: { ...retellEnvironment(retell), CONFIG_DIR: dir }, retell, close };
}
