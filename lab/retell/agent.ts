import type { Brain } from "../openai/brain.ts";

/** A custom function of an agent: an address of the customer's that the model may call. */
export type CustomFunction = {
  name: string;
  url: string;
  description?: string;
  parameters?: unknown;
  args_at_root?: boolean;
  /** 1,000 to 600,000; default 120,000, each try. */
  timeout_ms?: number;
  /** 0 to 5; default 0. */
  max_retry?: number;
  speak_during_execution?: boolean;
  execution_message_description?: string;
  speak_after_execution?: boolean;
  /** A dynamic variable from a field of the answer: its name and the field's path (`$.field`). */
  response_variables?: Record<string, string>;
};

/** The vendor's own transfer, as a tool of a hosted model. Only cold transfers by INVITE are played here. */
export type TransferTool = {
  type: "transfer_call";
  name: string;
  description?: string;
  /** Both may hold `{{variables}}`. */
  transfer_destination: { type: "predefined"; number: string; extension?: string };
  transfer_option: {
    type: "cold_transfer";
    cold_transfer_mode?: "sip_invite";
    show_transferee_as_caller?: boolean;
    /** 5,000 to 300,000; default 30,000. */
    transfer_ring_duration_ms?: number;
  };
};

/** What of an agent may be overridden for one call. */
export type AgentSettings = {
  interruption_sensitivity: number;
  reminder_trigger_ms: number;
  reminder_max_count: number;
  end_call_after_silence_ms: number;
  max_call_duration_ms: number;
};

/** Who generates the words: a model hosted by the vendor, or somebody's socket. */
export type ResponseEngine =
  | {
      type: "retell-llm";
      llm_id: string;
      prompt: string;
      begin_message: string;
      functions: CustomFunction[];
      transfers?: TransferTool[];
      brain: Brain;
    }
  | { type: "custom-llm"; llm_websocket_url: string };

/** An agent as it was made in the vendor's console. */
export type RetellAgent = Partial<AgentSettings> & {
  agent_id: string;
  agent_name: string;
  version: number;
  response_engine: ResponseEngine;
  webhook_url?: string;
  /** Default: `call_started`, `call_ended`, `call_analyzed`; the others have to be asked for. */
  webhook_events?: string[];
  webhook_timeout_ms?: number;
};

/** Where an agent says nothing. */
export const SETTINGS: AgentSettings = {
  interruption_sensitivity: 1,
  reminder_trigger_ms: 10_000,
  reminder_max_count: 1,
  end_call_after_silence_ms: 600_000,
  max_call_duration_ms: 3_600_000,
};

export const DEFAULT_EVENTS: readonly string[] = ["call_started", "call_ended", "call_analyzed"];
