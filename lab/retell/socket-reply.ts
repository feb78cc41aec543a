import { isJson, type Json } from "../openai/wire.ts";
import type { AgentSettings } from "./agent.ts";

type Words = { content: string; content_complete: boolean; no_interruption_allowed?: boolean; end_call?: boolean };

/** What the owner of a custom model may send. */
export type SocketReply =
  | {
      response_type: "config";
      config: { auto_reconnect?: boolean; call_details?: boolean; transcript_with_tool_calls?: boolean };
    }
  | { response_type: "ping_pong" }
  | ({ response_type: "response"; response_id: number } & Words)
  | ({ response_type: "agent_interrupt"; interrupt_id: number } & Words)
  | { response_type: "tool_call_invocation"; tool_call_id: string; name: string; arguments: string }
  | { response_type: "tool_call_result"; tool_call_id: string; content: string; successful?: boolean }
  | { response_type: "update_agent"; agent_config: Partial<AgentSettings> }
  | { response_type: "metadata" };

type Check = (message: Json) => boolean;

const hasWords: Check = ({ content, content_complete }) =>
  typeof content === "string" && typeof content_complete === "boolean";
const text = (...names: string[]): Check => {
  return (message) => names.every((name) => typeof message[name] === "string");
};

const CHECKS: Record<SocketReply["response_type"], Check> = {
  config: ({ config }) => isJson(config),
  ping_pong: ({ timestamp }) => typeof timestamp === "number",
  response: (message) => Number.isInteger(message["response_id"]) && hasWords(message),
  agent_interrupt: (message) => Number.isInteger(message["interrupt_id"]) && hasWords(message),
  tool_call_invocation: text("tool_call_id", "name", "arguments"),
  tool_call_result: text("tool_call_id", "content"),
  update_agent: ({ agent_config }) => isJson(agent_config),
  metadata: () => true,
};

/** Reads a frame; `undefined` for what the service drops without notice. A frame without a type is a response. */
export function readReply(frame: string): SocketReply | undefined {
  const message = parsed(frame);
  if (message === undefined) return undefined;
  const type = message["response_type"] ?? "response";
  if (typeof type !== "string" || !Object.hasOwn(CHECKS, type)) return undefined;
  const known = type as SocketReply["response_type"];
  return CHECKS[known](message) ? ({ ...message, response_type: known } as SocketReply) : undefined;
}

function parsed(frame: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(frame);
    return isJson(value) ? value : undefined;
  } catch {
    // Dropped like any other frame of the wrong kind.
    return undefined;
  }
}
