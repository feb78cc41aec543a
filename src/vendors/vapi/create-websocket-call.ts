import { type VapiClient, VapiError } from "@vapi-ai/server-sdk";
import { z } from "zod";
import type { AssistantSetup } from "../../ports/assistant.ts";
import { callOverrides } from "./call-overrides.ts";
import type { VapiAssistant, VapiOptions } from "./vapi-options.ts";

/** Answers to the create that another try would get again. */
const REFUSED: ReadonlySet<number> = new Set([400, 401, 402, 403, 404, 429]);

/** The SDK's type of this field is wrong: the API takes the format's name (https://docs.vapi.ai/calls/websocket-transport). */
const MULAW = z.custom<Record<string, unknown>>((value) => value === "mulaw").parse("mulaw");

const created = z.looseObject({
  id: z.string().min(1),
  monitor: z.looseObject({ controlUrl: z.string().optional() }).nullish(),
  transport: z.looseObject({ websocketCallUrl: z.string() }),
});

export type CreatedCall =
  | { readonly ok: true; readonly id: string; readonly controlUrl: string | undefined; readonly socketUrl: string }
  | { readonly ok: false; readonly how: "refused" | "lost"; readonly raw: string };

/** Creates a call whose audio runs over the transport socket; never rejects. */
export async function createWebsocketCall(about: {
  readonly client: VapiClient;
  readonly options: VapiOptions;
  readonly assistant: VapiAssistant;
  readonly setup: AssistantSetup;
}): Promise<CreatedCall> {
  const { client, options, assistant, setup } = about;
  try {
    const answer = await client.calls.create({
      assistantId: assistant.assistantId,
      transport: { provider: "vapi.websocket", audioFormat: { format: MULAW, container: "raw", sampleRate: 8_000 } },
      assistantOverrides: callOverrides({
        options,
        assistant,
        tools: setup.tools,
        // The greeting is ours, as every fixed line.
        waits: true,
        variables: {},
        serverMessages: ["tool-calls", "status-update", "end-of-call-report", "hang"],
        clientMessages: [
          "assistant.speechStarted",
          "conversation-update",
          "model-output",
          "speech-update",
          "status-update",
          "transcript",
          "user-interrupted",
          "hang",
        ],
      }),
    });
    const { id, monitor, transport } = created.parse(answer);
    return { ok: true, id, controlUrl: monitor?.controlUrl, socketUrl: transport.websocketCallUrl };
  } catch (err) {
    const status = err instanceof VapiError ? err.statusCode : undefined;
    const raw = status === undefined ? (err instanceof Error ? err.name : "error") : `create ${status}`;
    return { ok: false, how: status !== undefined && REFUSED.has(status) ? "refused" : "lost", raw };
  }
}
