import Retell, { APIError } from "retell-sdk";
import type { Log } from "../../telemetry/log.ts";

/** What a registration answers: its call id is the SIP address and so a secret; `raw` holds no id. */
export type Registered = { readonly ok: true; readonly callId: string } | { readonly ok: false; readonly raw: string };

export type Override = NonNullable<Retell.CallRegisterPhoneCallParams["agent_override"]>;

/** The REST API, as far as a live call needs it. Nothing here rejects; no call id reaches the log. */
export type RetellApi = {
  /** Within 1.8 s; never tried twice, since a second registration would be a second call (H8). */
  register(ask: {
    readonly agentId: string;
    readonly metadata: Readonly<Record<string, string>>;
    readonly variables: Readonly<Record<string, string>>;
    readonly override: Override;
  }): Promise<Registered>;
  /** Adds context to a live call and, with `speak`, has the model speak now. False: not taken. */
  steer(callId: string, context: string, speak: boolean): Promise<boolean>;
  /** A call that is over already is stopped well enough. */
  stop(callId: string): Promise<void>;
};

const REGISTER_MS = 1_800;
const COMMAND_MS = 3_000;

export function createRetellApi(options: {
  readonly apiKey: string;
  /** Another base address. */
  readonly apiUrl?: string | undefined;
  readonly log: Log;
}): RetellApi {
  const { apiKey, apiUrl, log } = options;
  // Its log could quote call ids; its retries repeat creates without an idempotency key (facts §2).
  const client = new Retell({
    apiKey,
    maxRetries: 0,
    logLevel: "off",
    ...(apiUrl !== undefined && { baseURL: apiUrl }),
  });
  return {
    register: async ({ agentId, metadata, variables, override }) => {
      try {
        const call = await client.call.registerPhoneCall(
          {
            agent_id: agentId,
            direction: "inbound",
            metadata,
            retell_llm_dynamic_variables: { ...variables },
            agent_override: override,
          },
          { maxRetries: 0, timeout: REGISTER_MS },
        );
        return { ok: true, callId: call.call_id };
      } catch (error) {
        return { ok: false, raw: failureOf(error) };
      }
    },
    steer: async (callId, context, speak) => {
      try {
        const call_control = { additional_context: context, ...(speak && { trigger_response: true }) };
        const answer = await client.call.updateLive(callId, { call_control }, { timeout: COMMAND_MS });
        return answer.success;
      } catch (error) {
        log.warn({ door: "retell", raw: failureOf(error) }, "a hosted assistant could not be steered");
        return false;
      }
    },
    stop: async (callId) => {
      try {
        await client.call.stop(callId, { timeout: COMMAND_MS });
      } catch (error) {
        // 422, and to be safe 404: it is over already (facts §6.4).
        const over = error instanceof APIError && (error.status === 422 || error.status === 404);
        if (!over) log.warn({ door: "retell", raw: failureOf(error) }, "a hosted call could not be stopped");
      }
    },
  };
}

/** The vendor's status and nothing that could hold an id. */
function failureOf(error: unknown): string {
  if (error instanceof APIError && typeof error.status === "number") return `status ${error.status}`;
  return error instanceof Error ? error.constructor.name : "unknown";
}
