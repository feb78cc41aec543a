import { z } from "zod";
import { EpochMs } from "../../domain/time.ts";
import type { HostedEnd, HostedReport } from "../../ports/hosted-assistant.ts";

/** Our own mark in a call's metadata: the token of the visit. */
export const TOKEN_KEY = "warmline";

const time = z.number().int().positive().transform(EpochMs);

/** Of an utterance only what is said by whom; the vendor adds roles and fields without notice, so all others pass. */
const utterance = z.object({
  role: z.string(),
  content: z.string().optional(),
  words: z
    .array(z.object({ start: z.number().optional() }))
    .optional()
    .catch(undefined),
});

/** The fields of the call object we read; unknown ones pass. */
export const callSchema = z.object({
  call_id: z.string().min(1).max(200),
  agent_id: z.string().optional(),
  from_number: z.string().max(100).optional(),
  to_number: z.string().max(100).optional().catch(undefined),
  metadata: z.record(z.string(), z.unknown()).optional().catch(undefined),
  start_timestamp: time.optional(),
  end_timestamp: time.optional(),
  disconnection_reason: z.string().max(100).optional(),
  transcript_object: z.array(utterance).optional().catch(undefined),
  call_analysis: z
    .object({
      call_summary: z.string().optional(),
      call_successful: z.boolean().optional(),
      user_sentiment: z.string().optional(),
      custom_analysis_data: z.record(z.string(), z.unknown()).optional().catch(undefined),
    })
    .optional(),
  call_cost: z.object({ combined_cost: z.number() }).optional().catch(undefined),
  latency: z
    .object({ e2e: z.object({ p50: z.number().optional() }).optional() })
    .optional()
    .catch(undefined),
});

export type RetellCallObject = z.output<typeof callSchema>;

/** The visit's token in a call's metadata; absent when the call is none of ours. */
export function tokenOf({ metadata }: Pick<RetellCallObject, "metadata">): string | undefined {
  const token = metadata?.[TOKEN_KEY];
  return typeof token === "string" ? token : undefined;
}

/** The vendor's reasons, as documented; what comes later is `failed` with its raw word when it names an error. */
const ENDS: Readonly<Record<string, HostedEnd>> = {
  user_hangup: "line-ended",
  agent_hangup: "assistant-ended",
  manual_stopped: "stopped",
  call_take_over: "transferred",
  call_transfer: "transferred",
  transfer_bridged: "transferred",
  transfer_cancelled: "line-ended",
  inactivity: "silence",
  max_duration_reached: "too-long",
  voicemail_reached: "voicemail",
  ivr_reached: "voicemail",
  registered_call_timeout: "refused",
  concurrency_limit_reached: "refused",
  no_concurrency_fallback: "refused",
  no_valid_payment: "refused",
  scam_detected: "refused",
  dial_busy: "refused",
  dial_failed: "refused",
  dial_no_answer: "refused",
  invalid_destination: "refused",
  telephony_provider_permission_denied: "refused",
  telephony_provider_unavailable: "refused",
  sip_routing_error: "refused",
  marked_as_spam: "refused",
  user_declined: "refused",
  error_user_not_joined: "refused",
};

/** A closed set of ours for the vendor's open one. */
export const endOf = (reason: string | undefined): HostedEnd =>
  reason !== undefined && Object.hasOwn(ENDS, reason) ? (ENDS[reason] ?? "failed") : "failed";

const SENTIMENTS = { Negative: "negative", Neutral: "neutral", Positive: "positive", Unknown: "unknown" } as const;

/** The vendor's analysis in our words. Content. */
export function reportOf(call: RetellCallObject): HostedReport {
  const p50 = call.latency?.e2e?.p50;
  return {
    vendor: "retell",
    ...(call.disconnection_reason !== undefined && { endedRaw: call.disconnection_reason }),
    ...analysisOf(call.call_analysis),
    // Retell counts in cents.
    ...(call.call_cost !== undefined && { costUsd: call.call_cost.combined_cost / 100 }),
    ...(p50 !== undefined && { latencyMs: Math.round(p50) }),
    ...(call.start_timestamp !== undefined && { startedAt: call.start_timestamp }),
    ...(call.end_timestamp !== undefined && { endedAt: call.end_timestamp }),
  };
}

function analysisOf(analysis: RetellCallObject["call_analysis"]): Partial<HostedReport> {
  if (analysis === undefined) return {};
  const { call_summary: summary, call_successful: success, custom_analysis_data: findings } = analysis;
  const sentiment = Object.entries(SENTIMENTS).find(([theirs]) => theirs === analysis.user_sentiment)?.[1];
  return {
    ...(summary !== undefined && { summary }),
    ...(sentiment !== undefined && { sentiment }),
    ...(success !== undefined && { success: String(success) }),
    ...(findings !== undefined && { findings }),
  };
}
