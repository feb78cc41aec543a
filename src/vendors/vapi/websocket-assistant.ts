import { VapiClient } from "@vapi-ai/server-sdk";
import type { CallId } from "../../domain/ids.ts";
import type { Assistant } from "../../ports/assistant.ts";
import type { Clock } from "../../ports/clock.ts";
import type { HostedReport } from "../../ports/hosted-assistant.ts";
import type { Log } from "../../telemetry/log.ts";
import type { Metrics } from "../../telemetry/metrics.ts";
import type { CallRegistry } from "./call-registry.ts";
import type { VapiAssistant, VapiOptions } from "./vapi-options.ts";
import { WebsocketConversation } from "./websocket-conversation.ts";

/** A call is made while its caller waits. */
const CREATE_S = 4;

/**
 * A Vapi assistant whose audio runs through us, over their WebSocket transport (μ-law, 8 kHz). Failures come as the
 * session's `closed` event: `refused` when another try would meet the same answer, else `lost`. A call is never created
 * twice: the SDK's own retries are off (facts §2).
 */
export function createVapiAssistant(parts: {
  readonly options: VapiOptions;
  /** By its name in the configuration. */
  readonly assistantOf: (name: string | undefined) => VapiAssistant | undefined;
  readonly registry: CallRegistry;
  readonly report: (call: CallId, report: HostedReport) => void;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics?: Pick<Metrics, "count"> | undefined;
}): Assistant {
  const client = createVapiClient(parts.options);
  return {
    open: (setup, listener) => new WebsocketConversation({ ...parts, client, setup }, listener),
  };
}

export const createVapiClient = ({ apiKey, apiUrl }: Pick<VapiOptions, "apiKey" | "apiUrl">): VapiClient =>
  new VapiClient({
    token: apiKey,
    maxRetries: 0,
    timeoutInSeconds: CREATE_S,
    ...(apiUrl === undefined ? {} : { baseUrl: apiUrl }),
  });
