import type { HostedEnd } from "../../ports/hosted-assistant.ts";

/** The vendor's list has some five hundred; these are named, and families are told by their beginning (facts §5.3). */
const NAMED: Readonly<Record<string, HostedEnd>> = {
  "customer-ended-call": "line-ended",
  "call.in-progress.sip-completed-call": "line-ended",
  "call.in-progress.twilio-completed-call": "line-ended",
  "phone-call-provider-closed-websocket": "line-ended",
  "call.ringing.sip-inbound-caller-hungup-before-call-connect": "line-ended",
  "customer-ended-call-during-transfer": "line-ended",
  "customer-ended-call-before-warm-transfer": "line-ended",
  "customer-ended-call-after-warm-transfer-attempt": "line-ended",
  "assistant-ended-call": "assistant-ended",
  "assistant-said-end-call-phrase": "assistant-ended",
  "assistant-ended-call-after-message-spoken": "assistant-ended",
  "assistant-ended-call-with-hangup-task": "assistant-ended",
  "manually-canceled": "stopped",
  "call-deleted": "stopped",
  "assistant-forwarded-call": "transferred",
  "call.ringing.hook-executed-transfer": "transferred",
  "call.ending.hook-executed-transfer": "transferred",
  "silence-timed-out": "silence",
  "exceeded-max-duration": "too-long",
  voicemail: "voicemail",
  "customer-busy": "refused",
  "customer-did-not-answer": "refused",
  "assistant-not-found": "refused",
};
const REFUSED = /^(?:assistant-request-|call\.start\.|call\.ringing\.|twilio-failed|phone-call-provider-bypass)/u;

/** Our word for how a call ended; whatever is not known is the vendor's fault, and its word is kept. */
export function endOf(reason: string): HostedEnd {
  return NAMED[reason] ?? (REFUSED.test(reason) ? "refused" : "failed");
}
