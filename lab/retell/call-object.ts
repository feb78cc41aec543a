import type Retell from "retell-sdk";
import type { RetellCall } from "./call.ts";

/** The call object as REST and webhooks show it. */
export function callObject(call: RetellCall, analysed: boolean): Retell.PhoneCallResponse {
  const {
    direction = "inbound",
    from_number = "",
    to_number = "",
    retell_llm_dynamic_variables: variables,
  } = call.registration;
  const { startedAt, endedAt, reason, metadata } = call;
  const over = startedAt !== undefined && endedAt !== undefined;
  return {
    call_type: "phone_call",
    call_id: call.id,
    agent_id: call.agent.agent_id,
    agent_version: call.agent.version,
    agent_name: call.agent.agent_name,
    call_status: call.status,
    direction,
    from_number,
    to_number,
    ...(metadata !== undefined && { metadata }),
    ...(variables !== undefined && { retell_llm_dynamic_variables: variables }),
    ...(startedAt !== undefined && {
      start_timestamp: startedAt,
      transcript: call.transcript.text(),
      transcript_object: call.transcript.spoken(),
    }),
    ...(over && {
      end_timestamp: endedAt,
      duration_ms: endedAt - startedAt,
      transcript_with_tool_calls: call.transcript.withTools(),
      ...COST,
    }),
    ...(reason !== undefined && { disconnection_reason: reason }),
    ...(call.transferred !== undefined && { transfer_destination: call.transferred.number }),
    ...(call.transferred?.endedAt !== undefined && { transfer_end_timestamp: call.transferred.endedAt }),
    ...(over && analysed && { call_analysis: analysisOf(call.transcript.text()) }),
  };
}

/** What every finished call cost and how fast it was. */
const COST = {
  call_cost: {
    combined_cost: 12,
    product_costs: [{ product: "lab", cost: 12 }],
    total_duration_seconds: 60,
    total_duration_unit_price: 0.2,
  },
  latency: { e2e: { p50: 900, p90: 1_200 }, llm: { p50: 500 } },
};

/** What the vendor's own analysis makes of a transcript. */
function analysisOf(transcript: string): NonNullable<Retell.PhoneCallResponse["call_analysis"]> {
  const human = /real person|human/iu.test(transcript);
  return {
    call_summary: "The caller asked about a charge.",
    call_successful: !human,
    in_voicemail: false,
    user_sentiment: human ? "Negative" : "Neutral",
    custom_analysis_data: {},
  };
}
