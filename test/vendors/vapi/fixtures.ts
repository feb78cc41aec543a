// Server messages as the vendor's SDK types them, so that a fixture that could not come does not compile.

import type { Vapi } from "@vapi-ai/server-sdk";
import type { ServerMessage } from "../../../src/vendors/vapi/server-message.ts";

const CONTROL_URL = "https://phone-call-websocket.vapi.ai/call-1-secret/control";

export const call: Vapi.Call = {
  id: "7420f27a-30fd-4f49-a995-5549ae7cc00d",
  orgId: "org",
  createdAt: "2026-11-20T10:00:00.000Z",
  updatedAt: "2026-11-20T10:00:00.000Z",
  type: "inboundPhoneCall",
  status: "queued",
  phoneCallProvider: "vapi",
  phoneCallTransport: "sip",
  customer: { sipUri: "sip:+14155550142@carrier.example" },
  monitor: { listenUrl: "wss://phone-call-websocket.vapi.ai/call-1/listen", controlUrl: CONTROL_URL },
};

export const status = (
  value: Vapi.ServerMessageStatusUpdateStatus,
  timestamp: number,
  endedReason?: Vapi.ServerMessageStatusUpdateEndedReason,
): Vapi.ServerMessageStatusUpdate => ({
  type: "status-update",
  status: value,
  timestamp,
  call,
  ...(endedReason === undefined ? {} : { endedReason }),
});

export const speech = (
  role: Vapi.ServerMessageSpeechUpdateRole,
  value: Vapi.ServerMessageSpeechUpdateStatus,
  timestamp: number,
): Vapi.ServerMessageSpeechUpdate => ({ type: "speech-update", role, status: value, timestamp, call });

export const transcript = (
  role: Vapi.ServerMessageTranscriptRole,
  transcriptType: Vapi.ServerMessageTranscriptTranscriptType,
  text: string,
  timestamp: number,
): Vapi.ServerMessageTranscript => ({ type: "transcript", role, transcriptType, transcript: text, timestamp, call });

export const speaking = (text: string, timestamp: number): Vapi.ServerMessageAssistantSpeech => ({
  type: "assistant.speechStarted",
  text,
  source: "model",
  timestamp,
  call,
});

export const hang = (timestamp: number): Vapi.ServerMessageHang => ({ type: "hang", timestamp, call });

export const interrupted = (timestamp: number): Vapi.ServerMessageUserInterrupted => ({
  type: "user-interrupted",
  timestamp,
  call,
});

export const report: Vapi.ServerMessageEndOfCallReport = {
  type: "end-of-call-report",
  endedReason: "customer-ended-call",
  timestamp: 9_000,
  cost: 0.12,
  startedAt: "2026-11-20T10:00:00.000Z",
  endedAt: "2026-11-20T10:01:00.000Z",
  analysis: {
    summary: "A caller asked about a charge.",
    successEvaluation: "true",
    structuredData: { topic: "charge" },
  },
  artifact: { performanceMetrics: { turnLatencyAverage: 850 } },
  call,
};

/** As it arrives: fields nobody has heard of beside the known ones. */
export const arrived = (message: object): ServerMessage =>
  JSON.parse(JSON.stringify({ ...message, aura: { colour: "blue" } })) as ServerMessage;
