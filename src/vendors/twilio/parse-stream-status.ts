import { z } from "zod";

import type { LegId } from "../../domain/ids.ts";
import { callSid } from "./parse-call-request.ts";
import { readFields } from "./read-fields.ts";

const streamStatus = z.object({
  CallSid: callSid,
  StreamSid: z
    .string()
    .regex(/^MZ[0-9a-f]{32}$/, "must be MZ and 32 hex digits")
    .optional(),
  StreamEvent: z.string().max(64),
  StreamError: z.string().max(4_096).optional(),
});

export type StreamStatus = {
  readonly leg: LegId;
  readonly stream?: string;
  readonly failed: boolean;
  /** Twilio's own words, cut to what a log line takes. */
  readonly raw: string;
};

export function parseStreamStatus(form: unknown): StreamStatus {
  const { CallSid: leg, StreamSid: stream, StreamEvent: event, StreamError: error } = readFields(streamStatus, form);
  return {
    leg,
    failed: event === "stream-error",
    raw: (error ?? event).slice(0, 200),
    ...(stream !== undefined && { stream }),
  };
}
