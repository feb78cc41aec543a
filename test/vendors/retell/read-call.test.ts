import type Retell from "retell-sdk";
import { expect, test } from "vitest";
import { callSchema, endOf, reportOf, tokenOf } from "../../../src/vendors/retell/read-call.ts";

type Reason = NonNullable<Retell.PhoneCallResponse["disconnection_reason"]>;

/** Every reason the SDK knows; one that is added there does not compile here before it is thought about. */
const EXPECTED: Record<Reason, ReturnType<typeof endOf>> = {
  user_hangup: "line-ended",
  agent_hangup: "assistant-ended",
  call_transfer: "transferred",
  voicemail_reached: "voicemail",
  ivr_reached: "voicemail",
  inactivity: "silence",
  max_duration_reached: "too-long",
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
  error_llm_websocket_open: "failed",
  error_llm_websocket_lost_connection: "failed",
  error_llm_websocket_runtime: "failed",
  error_llm_websocket_corrupt_payload: "failed",
  error_no_audio_received: "failed",
  error_asr: "failed",
  error_retell: "failed",
  error_unknown: "failed",
  error_user_not_joined: "refused",
  registered_call_timeout: "refused",
  transfer_bridged: "transferred",
  transfer_cancelled: "line-ended",
  manual_stopped: "stopped",
  call_take_over: "transferred",
};

test.each(Object.entries(EXPECTED))("%s is %s to us", (reason, end) => {
  expect(endOf(reason)).toBe(end);
});

test("a reason of tomorrow, or none, is a failure, never an ordinary end", () => {
  expect([endOf("aura_lost"), endOf(undefined), endOf("constructor")]).toEqual(["failed", "failed", "failed"]);
});

const whole: Retell.PhoneCallResponse = {
  call_id: "call_1",
  call_type: "phone_call",
  call_status: "ended",
  agent_id: "agent_1",
  agent_version: 1,
  direction: "inbound",
  from_number: "",
  to_number: "",
  metadata: { warmline: "token1" },
  disconnection_reason: "user_hangup",
  call_analysis: {
    call_summary: "A charge.",
    call_successful: true,
    user_sentiment: "Negative",
    custom_analysis_data: { a: 1 },
  },
  call_cost: { combined_cost: 250, product_costs: [], total_duration_seconds: 60, total_duration_unit_price: 1 },
  latency: { e2e: { p50: 812.4 } },
};

test("the vendor's analysis in our words; unknown and wrongly typed parts cost themselves only", () => {
  const call = callSchema.parse(whole);
  expect(tokenOf(call)).toBe("token1");
  expect(reportOf(call)).toEqual({
    vendor: "retell",
    endedRaw: "user_hangup",
    summary: "A charge.",
    success: "true",
    sentiment: "negative",
    findings: { a: 1 },
    costUsd: 2.5,
    latencyMs: 812,
  });
  const strange = callSchema.parse({
    ...whole,
    metadata: "text",
    latency: 7,
    call_cost: { combined_cost: "x" },
    aura: {},
  });
  expect(tokenOf(strange)).toBeUndefined();
  expect(reportOf(strange)).not.toHaveProperty("costUsd");
});
