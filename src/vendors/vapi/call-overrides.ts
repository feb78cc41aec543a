import type { Vapi } from "@vapi-ai/server-sdk";
import { z } from "zod";
import type { AssistantTool } from "../../ports/assistant.ts";
import type { VapiAssistant, VapiOptions } from "./vapi-options.ts";

/** As long as a call may last there; our own limits end it sooner. */
const MAX_DURATION_S = 43_200;
/** A caller who waits for a person says nothing: the assistant must not hang up on them (facts §12). */
const SILENCE_S = 3_600;
/** Ours answer at once, a configured one within 20 s (`config/assistants.yaml`). */
const TOOL_TIMEOUT_S = 25;

/** Not in the SDK's types, and taken by the API. */
type Untyped = { readonly silenceTimeoutSeconds: number };
export type CallOverrides = Vapi.AssistantOverrides & Untyped;

export type OverridesAsk = {
  readonly options: VapiOptions;
  readonly assistant: VapiAssistant;
  readonly tools: readonly AssistantTool[];
  /** The assistant does not speak first: we do, or the conversation is already under way. */
  readonly waits: boolean;
  readonly variables: Readonly<Record<string, string>>;
  readonly serverMessages: Vapi.AssistantOverrides["serverMessages"] & object;
  readonly clientMessages: Vapi.AssistantOverrides["clientMessages"] & object;
};

/**
 * What we set for each call, whatever the console says: what must not happen while a caller waits (hanging up, reminding,
 * background sound), which messages come, where they go, and our tools.
 */
export function callOverrides(ask: OverridesAsk): CallOverrides {
  const { waits, variables, tools } = ask;
  const server = serverOf(ask.options, ask.assistant);
  return {
    serverMessages: ask.serverMessages,
    clientMessages: ask.clientMessages,
    server,
    silenceTimeoutSeconds: SILENCE_S,
    maxDurationSeconds: MAX_DURATION_S,
    backgroundSound: "off",
    endCallPhrases: [],
    // Reminders ("are you still there") are ours.
    hooks: [],
    monitorPlan: { controlEnabled: true, listenEnabled: false },
    "tools:append": tools.map((tool) => functionTool(tool, server)),
    variableValues: { ...variables },
    ...(waits ? { firstMessageMode: "assistant-waits-for-user" as const, firstMessage: "" } : {}),
  };
}

/** Configured schemas are checked where they are read; here only that the type says so too. */
const schemaObject = z.custom<Vapi.OpenAiFunctionParameters>(
  (value) => z.looseObject({ type: z.literal("object") }).safeParse(value).success,
);

/** A tool of ours, as Vapi is told of it. */
export function functionTool({ name, description, parameters }: AssistantTool, server: Vapi.Server) {
  return {
    type: "function" as const,
    async: false,
    function: { name, description, parameters: schemaObject.parse(parameters) },
    // No filler: the system says what there is to say.
    messages: [],
    server: { ...server, timeoutSeconds: TOOL_TIMEOUT_S },
  };
}

export const serverOf = (
  { publicUrl, webhookSecret }: VapiOptions,
  { credentialId }: Pick<VapiAssistant, "credentialId">,
): Vapi.Server => ({
  url: `${publicUrl}/vapi/webhook`,
  timeoutSeconds: 20,
  ...(credentialId === undefined ? { headers: { "x-vapi-secret": webhookSecret } } : { credentialId }),
});
