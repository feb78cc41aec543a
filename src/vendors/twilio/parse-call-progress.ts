import { z } from "zod";

import type { LegId, OfferId } from "../../domain/ids.ts";
import type { LegEnd } from "../../handoff/vocabulary.ts";
import type { News } from "../../ports/cases.ts";
import { callSid } from "./parse-call-request.ts";
import { readFields } from "./read-fields.ts";

const callProgress = z.object({
  CallSid: callSid,
  CallStatus: z.enum([
    "queued",
    "initiated",
    "ringing",
    "in-progress",
    "completed",
    "busy",
    "no-answer",
    "failed",
    "canceled",
  ]),
  SipResponseCode: z
    .string()
    .regex(/^\d{0,3}$/)
    .optional(),
});

type Progress = z.output<typeof callProgress>;

/** Whether the number's status callback says that the caller's leg is over, and which leg. */
export function parseCallerProgress(form: unknown): { readonly leg: LegId; readonly over: boolean } {
  const { CallSid: leg, CallStatus: status } = readFields(callProgress, form);
  return { leg, over: !["queued", "initiated", "ringing", "in-progress"].includes(status) };
}

/**
 * One step of an agent's leg. The first one also settles a create whose answer was lost (H8): the offer's id is in the
 * URL, the leg's in the form.
 */
export function parseAgentProgress(form: unknown, offer: OfferId): News {
  const progress = readFields(callProgress, form);
  const leg = progress.CallSid;
  switch (progress.CallStatus) {
    case "queued":
    case "initiated":
      return { kind: "dial-accepted", offer, leg };
    case "ringing":
      return { kind: "agent-leg-ringing", offer, leg };
    case "in-progress":
      return { kind: "agent-leg-answered", offer, leg };
    case "completed":
    case "busy":
    case "no-answer":
    case "failed":
    case "canceled":
      return { kind: "agent-leg-ended", offer, leg, how: endOf(progress), raw: rawOf(progress) };
    default:
      return progress.CallStatus satisfies never;
  }
}

/** The network's own answer says more than Twilio's word: 603 is somebody pressing "decline" (RFC 3261 §21). */
const BY_SIP_CODE: Readonly<Record<string, LegEnd>> = {
  "486": "busy",
  "600": "busy",
  "408": "no-answer",
  "480": "no-answer",
  "487": "no-answer",
  "603": "declined",
};

function endOf({ CallStatus: status, SipResponseCode: code }: Progress): LegEnd {
  if (status === "completed") return "hung-up";
  // 487 is what the network says of a call we took back, and of one that rang too long.
  if (status === "canceled") return "cancelled";
  const said = BY_SIP_CODE[code ?? ""];
  if (said !== undefined) return said;
  return status === "busy" || status === "no-answer" ? status : "failed";
}

const rawOf = ({ CallStatus: status, SipResponseCode: code }: Progress): string =>
  code === undefined || code === "" ? status : `${status} ${code}`;
