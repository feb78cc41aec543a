import { z } from "zod";

import { LegId } from "../../domain/ids.ts";
import { CALL_SID } from "./call-ids.ts";
import { readFields } from "./read-fields.ts";

export const callSid = z.string().regex(CALL_SID, "must be CA and 32 hex digits").transform(LegId);

/** The statuses after which a leg is no more (https://www.twilio.com/docs/voice/api/call-resource#call-status-values). */
export const OVER: readonly string[] = ["completed", "busy", "failed", "no-answer", "canceled"];

// Only what we read: Twilio adds parameters without notice, so unknown ones pass (facts §3).
const callRequest = z.object({
  CallSid: callSid,
  CallStatus: z.string().max(40).optional(),
  From: z.string().max(512).optional(),
  To: z.string().max(512).optional(),
  CallerName: z.string().max(256).optional(),
  StirVerstat: z.string().max(64).optional(),
  Digits: z.string().max(64).optional(),
  DialCallStatus: z.string().max(40).optional(),
  ErrorCode: z.string().max(16).optional(),
});

/** A leg asks for a document, or reports keys or an ended verb. */
export type CallRequest = {
  readonly leg: LegId;
  /** `over`: the leg is gone and nobody will hear the answer. */
  readonly phase: "starting" | "up" | "over";
  /** As the carrier spells it: a number, `anonymous`, a SIP address … */
  readonly from?: string;
  readonly to?: string;
  readonly name?: string;
  readonly verstat?: string;
  /** The first key, and all of them. */
  readonly key?: string;
  readonly keys?: string;
  readonly dialStatus?: string;
  readonly error?: string;
};

/** Throws a `MalformedRequest`, which the door answers with 400. */
export function parseCallRequest(form: unknown): CallRequest {
  const { CallSid: leg, CallStatus: status = "", ...rest } = readFields(callRequest, form);
  return {
    leg,
    phase: OVER.includes(status) ? "over" : status === "in-progress" ? "up" : "starting",
    ...known({
      from: rest.From,
      to: rest.To,
      name: rest.CallerName,
      verstat: rest.StirVerstat,
      key: rest.Digits?.slice(0, 1),
      keys: rest.Digits,
      dialStatus: rest.DialCallStatus,
      error: rest.ErrorCode,
    }),
  };
}

/** Twilio sends what it does not know as an empty string, or not at all. */
function known<T extends Record<string, string | undefined>>(fields: T): { [K in keyof T]?: string } {
  const kept: { [K in keyof T]?: string } = {};
  for (const name in fields) if (fields[name] !== undefined && fields[name] !== "") kept[name] = fields[name];
  return kept;
}
