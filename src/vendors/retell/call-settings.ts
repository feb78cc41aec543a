import type { Override } from "./retell-api.ts";

/** Quiet that a waiting caller may need, and the longest call the vendor allows, in milliseconds (facts §8). */
const SILENCE_MAX_MS = 3_600_000;
const DURATION_MAX_MS = 7_200_000;

const EVENTS: ("call_started" | "call_ended" | "call_analyzed" | "transcript_updated")[] = [
  "call_started",
  "call_ended",
  "call_analyzed",
  "transcript_updated",
];

/**
 * What holds for calls of ours alone, whatever the agent's own settings are (facts §10): a waiting assistant does not
 * remind, hang up, or take hold music for a voice mailbox. `begin`: its opening words are its own, or there are none.
 */
export function callSettings(ask: {
  readonly webhookUrl: string;
  /** Warmline is the model: its socket, secret included. */
  readonly socketUrl?: string;
  readonly begin: "own" | "silent";
}): Override {
  const { webhookUrl, socketUrl, begin } = ask;
  return {
    agent: {
      webhook_url: webhookUrl,
      webhook_events: EVENTS,
      reminder_max_count: 0,
      end_call_after_silence_ms: SILENCE_MAX_MS,
      max_call_duration_ms: DURATION_MAX_MS,
      voicemail_option: null,
      ivr_option: null,
      enable_backchannel: false,
      ...(socketUrl !== undefined && {
        response_engine: { type: "custom-llm" as const, llm_websocket_url: socketUrl },
      }),
    },
    ...(socketUrl === undefined && begin === "silent" && { retell_llm: { start_speaker: "user" as const } }),
  };
}
