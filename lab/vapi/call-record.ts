import { randomUUID } from "node:crypto";
import type { HistoryEntry } from "../openai/brain.ts";
import type { Json } from "../openai/wire.ts";
import type { AssistantSettings } from "./settings.ts";

export type CallStatus = "queued" | "ringing" | "in-progress" | "forwarding" | "ended";

/** What the service keeps of a call. */
export type CallRecord = {
  readonly id: string;
  readonly type: "inboundPhoneCall" | "vapi.websocketCall";
  readonly createdAt: number;
  status: CallStatus;
  startedAt?: number;
  endedAt?: number;
  endedReason?: string;
  assistantId?: string;
  overrides: AssistantSettings;
  /** Of the INVITE, names as they came. */
  readonly sipHeaders: Readonly<Record<string, string>>;
  readonly customer?: Json;
  readonly phoneNumberId?: string;
  readonly websocketUrl?: string;
  controlUrl: string;
  listenUrl: string;
  /** A carrier's credentials, as recorded payloads carry them: nobody may log them. */
  readonly carrierSecret: string;
};

export const newCallId = (): string => randomUUID();

const iso = (at: number | undefined): string | undefined => (at === undefined ? undefined : new Date(at).toISOString());

/** The call as it goes over the wire. `status` may be an older one. */
export function callJson(call: CallRecord, status: CallStatus = call.status): Json {
  const inbound = call.type === "inboundPhoneCall";
  return {
    id: call.id,
    orgId: "org-of-the-lab",
    createdAt: iso(call.createdAt),
    updatedAt: iso(call.endedAt ?? call.startedAt ?? call.createdAt),
    startedAt: iso(call.startedAt),
    endedAt: iso(call.endedAt),
    endedReason: call.endedReason,
    type: call.type,
    status,
    assistantId: call.assistantId,
    assistantOverrides: call.overrides,
    monitor: { listenUrl: call.listenUrl, controlUrl: call.controlUrl },
    customer: call.customer,
    phoneNumberId: call.phoneNumberId,
    transport: inbound
      ? { provider: "vapi.sip" }
      : { provider: "vapi.websocket", websocketCallUrl: call.websocketUrl, conversationType: "voice" },
    ...(inbound
      ? {
          phoneCallProvider: "vapi",
          phoneCallTransport: "sip",
          phoneCallProviderDetails: {
            sip: { headers: call.sipHeaders, raw: `INVITE sip:… Identity: ${call.carrierSecret}` },
          },
        }
      : {}),
  };
}

/** The conversation as the service shows it. */
export function messagesJson(history: readonly HistoryEntry[]): { messages: Json[]; messagesOpenAIFormatted: Json[] } {
  const spoken = history.flatMap((entry): { role: string; text: string }[] => {
    if (entry.role === "user") return [{ role: "user", text: entry.text ?? "" }];
    return entry.role === "assistant" || entry.role === "system" ? [{ role: entry.role, text: entry.text }] : [];
  });
  return {
    messages: [
      ...spoken.map(({ role, text }) => ({ role: role === "assistant" ? "bot" : role, message: text })),
      ...history.flatMap((entry) => toolEntry(entry, history)),
    ],
    messagesOpenAIFormatted: spoken.map(({ role, text }) => ({ role, content: text })),
  };
}

function toolEntry(entry: HistoryEntry, history: readonly HistoryEntry[]): Json[] {
  if (entry.role === "call") {
    const { callId: id, name, arguments: input } = entry;
    return [{ role: "tool_calls", toolCalls: [{ id, type: "function", function: { name, arguments: input } }] }];
  }
  if (entry.role !== "output") return [];
  const call = history.find((each) => each.role === "call" && each.callId === entry.callId);
  const name = call?.role === "call" ? call.name : "";
  return [{ role: "tool_call_result", toolCallId: entry.callId, name, result: entry.output }];
}
