import type { Brain } from "../openai/brain.ts";
import type { Json } from "../openai/wire.ts";

/** Where server messages go. */
export type ServerSetting = {
  url: string;
  /** 1 to 300, default 20. */
  timeoutSeconds?: number;
  headers?: Record<string, string>;
  credentialId?: string;
};

/** A function the assistant may call. */
export type FunctionTool = {
  id?: string;
  type: "function";
  async?: boolean;
  server?: ServerSetting;
  function: { name: string; description?: string; parameters?: Json };
  messages?: { type: string; content?: string }[];
};

/** What of an assistant can be set, and overridden for one call. */
export type AssistantSettings = {
  firstMessage?: string;
  firstMessageMode?:
    | "assistant-speaks-first"
    | "assistant-waits-for-user"
    | "assistant-speaks-first-with-model-generated-message";
  serverMessages?: string[];
  clientMessages?: string[];
  server?: ServerSetting;
  /** Nobody spoke for so long: the call ends. */
  silenceTimeoutSeconds?: number;
  maxDurationSeconds?: number;
  backgroundSound?: string;
  endCallPhrases?: string[];
  /** Actions on events; the only one that is played here is a reminder after silence. */
  hooks?: { on: string; options?: { timeoutSeconds?: number }; do: { type: string; exact?: string }[] }[];
  monitorPlan?: { controlEnabled?: boolean; controlAuthenticationEnabled?: boolean };
  metadata?: Json;
  variableValues?: Json;
};

/** An assistant as it was made in the console. `brain` is its model. */
export type LabAssistant = AssistantSettings & {
  id: string;
  name?: string;
  prompt?: string;
  tools?: FunctionTool[];
  brain?: Brain;
};

export type LabNumber = {
  id: string;
  provider: "vapi" | "twilio";
  sipUri?: string;
  number?: string;
  assistantId?: string | null;
  server?: ServerSetting;
};

/** When an assistant does not say which (SDK types, 2.0.1). */
export const DEFAULT_SERVER_MESSAGES: readonly string[] = [
  "conversation-update",
  "end-of-call-report",
  "function-call",
  "hang",
  "speech-update",
  "status-update",
  "tool-calls",
  "transfer-destination-request",
  "handoff-destination-request",
  "user-interrupted",
  "assistant.started",
];
export const DEFAULT_CLIENT_MESSAGES: readonly string[] = [
  "conversation-update",
  "function-call",
  "hang",
  "model-output",
  "speech-update",
  "status-update",
  "transfer-update",
  "transcript",
  "tool-calls",
  "user-interrupted",
  "voice-input",
  "assistant.started",
];

/** How fast the service hears, thinks and speaks, in milliseconds. */
export type Pace = {
  /** Silence that ends a user's turn. */
  endpointMs: number;
  /** From the end of a turn to its final transcript. */
  asrMs: number;
  /** From the end of a turn to the model's first words. */
  modelMs: number;
  /** From words to their first audio. */
  voiceMs: number;
  /** A voice that goes on so long over the assistant's is an interruption. */
  bargeInMs: number;
  /** From the end of a call to its report. */
  reportMs: number;
};

export const PACE: Pace = { endpointMs: 500, asrMs: 200, modelMs: 500, voiceMs: 250, bargeInMs: 300, reportMs: 1_200 };

/** Vapi's defaults for what ends a call by itself. */
export const SILENCE_TIMEOUT_S = 30;
export const MAX_DURATION_S = 600;
