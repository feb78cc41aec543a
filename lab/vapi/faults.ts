/** In which of the documented shapes a tool call comes (facts: the vendor's own material disagrees). */
export type ToolCallShape = "function-object" | "function-string" | "arguments" | "parameters" | "with-tool" | "legacy";

/** What goes wrong, or is unverified and can be one way or the other. Change at any time. */
export type VapiFaults = {
  toolCallShape: ToolCallShape;
  /** `message.call.status` lags behind `message.status`. */
  staleCall: boolean;
  /** Every server message comes twice. */
  duplicates: boolean;
  /** Every second server message is held back until the next one has been sent. */
  reorder: boolean;
  /** Server messages of these types never come. */
  lost: string[];
  /** Every server message waits so long, in milliseconds. */
  webhookDelayMs: number;
  /** Fields and types nobody has heard of. */
  unknownFields: boolean;
  /** Answers `POST /call` so late, in milliseconds. */
  createDelayMs: number;
  /** Answers `POST /call` with this status. */
  createStatus: number;
  /** Answers the control URL with this status. */
  controlStatus: number;
  /** The control URL answers so late, in milliseconds. */
  controlDelayMs: number;
  /** No `assistant.speechStarted` although it was asked for. */
  noSpeechStarted: boolean;
  /** The model needs so much longer, in milliseconds; a `hang` message is sent after 3 s. */
  modelStallMs: number;
  /** The transport socket carries frames only while the assistant speaks. */
  quietSocket: boolean;
  /** A BYE from the other side is reported in the carrier's words. */
  byeReason: "customer-ended-call" | "call.in-progress.sip-completed-call";
  /** The INVITE is refused with this SIP status. */
  refuseInvite: number;
  /** Commands to the control URL are obeyed without an effect that can be heard. */
  deafToSay: boolean;
  /** No report after a call. */
  noReport: boolean;
};

export const noFaults = (): VapiFaults => ({
  toolCallShape: "function-object",
  staleCall: true,
  duplicates: false,
  reorder: false,
  lost: [],
  webhookDelayMs: 0,
  unknownFields: true,
  createDelayMs: 0,
  createStatus: 0,
  controlStatus: 0,
  controlDelayMs: 0,
  noSpeechStarted: false,
  modelStallMs: 0,
  quietSocket: false,
  byeReason: "customer-ended-call",
  refuseInvite: 0,
  deafToSay: false,
  noReport: false,
});
