import type { Assistant } from "../../ports/assistant.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Log } from "../../telemetry/log.ts";
import type { Metrics } from "../../telemetry/metrics.ts";
import { RotatingSession } from "./realtime-rotation.ts";

/** Streams words while the caller still talks, also beside server-side turn detection. */
const TRANSCRIPTION_MODEL = "gpt-realtime-whisper";

/**
 * OpenAI Realtime over a plain WebSocket (the SDK's class cannot speak `ws:`). Failures come as the session's `closed`
 * event: `refused` for 401, 403, 404, 429, a wrong audio format and a model that does not exist, `expired` for the
 * vendor's session limit, else `lost`. A session is renewed 120 s before that limit by itself.
 */
export function createOpenAiAssistant(options: {
  readonly apiKey: string;
  /** The HTTP base address, `https://api.openai.com/v1`. */
  readonly baseUrl: string;
  readonly model: string;
  readonly transcriptionModel?: string;
  readonly log: Log;
  readonly clock: Clock;
  readonly metrics?: Pick<Metrics, "count">;
}): Assistant {
  const { log, clock, metrics, ...rest } = options;
  const settings = { ...rest, transcriptionModel: rest.transcriptionModel ?? TRANSCRIPTION_MODEL };
  return { open: (setup, listener) => new RotatingSession({ settings, setup, clock, log, metrics }, listener) };
}
