import type { HostedAddress, HostedAssistant } from "../../ports/hosted-assistant.ts";
import { callSettings } from "./call-settings.ts";
import type { RetellCalls } from "./calls.ts";
import { TOKEN_KEY } from "./read-call.ts";
import type { RetellApi } from "./retell-api.ts";
import type { RetellCall } from "./retell-call.ts";
import type { Visit } from "../../ports/hosted-assistant.ts";

/** Told of the conversation so far, an agent's own prompt may use it as `{{warmline_history}}`. */
const HISTORY_MAX = 4_000;
/** Which engine a call has, so that any gateway can take up what the vendor tells of it. */
export const ENGINE_KEY = "warmline_engine";

export type RetellAgentSetup = { readonly agentId: string; readonly sipHost: string };

/**
 * Retell's agents, dialled: each visit is a registered call whose id is its SIP address, good for one INVITE within five
 * minutes (facts §9.1).
 */
export function createRetellAssistant(deps: {
  readonly api: RetellApi;
  readonly calls: RetellCalls;
  readonly publicUrl: string;
  /** Warmline is the model: the socket's address, secret included. Absent: Retell hosts the model. */
  readonly socketUrl?: string;
  readonly agent: (assistant: string) => RetellAgentSetup | undefined;
  readonly open: (visit: Visit, callId: string) => RetellCall;
}): HostedAssistant {
  const { api, calls, publicUrl, socketUrl, agent, open } = deps;
  return {
    follows: socketUrl === undefined,
    address: async ({ visit, token, assistant, setup }): Promise<HostedAddress> => {
      const at = agent(assistant);
      if (at === undefined) return { kind: "unreachable", raw: "this assistant has no Retell agent" };
      const { history, language } = setup;
      const earlier = history.map(({ role, text }) => `${role}: ${text}`).join("\n");
      const registered = await api.register({
        agentId: at.agentId,
        metadata: { [TOKEN_KEY]: token, [ENGINE_KEY]: socketUrl === undefined ? "model" : "socket" },
        variables: { warmline_history: earlier.slice(-HISTORY_MAX), warmline_language: language },
        override: callSettings({
          webhookUrl: `${publicUrl}/retell/webhook`,
          ...(socketUrl !== undefined && { socketUrl }),
          begin: history.length === 0 ? "own" : "silent",
        }),
      });
      if (!registered.ok) return { kind: "unreachable", raw: registered.raw };
      const { callId } = registered;
      calls.of(visit, () => open(visit, callId));
      return { kind: "sip", uri: `sip:${callId}@${at.sipHost};transport=tcp` };
    },
  };
}
