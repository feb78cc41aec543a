import type { AssistantSetup } from "../../ports/assistant.ts";
import type { ServerEvent } from "./realtime-events.ts";

export type RealtimeSettings = {
  readonly apiKey: string;
  /** `http://h:p/v1` means Realtime at `ws://h:p/v1/realtime`. */
  readonly baseUrl: string;
  readonly model: string;
  readonly transcriptionModel: string;
};

/** μ-law at 8 kHz both ways, so that the telephone's base64 passes through untouched. */
const TELEPHONE = "audio/pcmu";
const DEFAULT_VOICE = "marin";

/** Tokens a model of this name can have before it (facts/openai.md §1.2): from there on the vendor drops the oldest turns. */
export const contextWindow = (model: string): number => (model.startsWith("gpt-realtime-2") ? 128_000 : 28_224);

/** The socket's address, from the HTTP base address. */
export function realtimeUrl(settings: RealtimeSettings): string {
  const url = new URL(`${settings.baseUrl.replace(/\/+$/, "")}/realtime`);
  url.protocol = url.protocol === "http:" ? "ws:" : "wss:";
  url.searchParams.set("model", settings.model);
  return url.href;
}

/** No `OpenAI-Beta` header: it would select the shape that was switched off. */
export function upgradeHeaders(settings: RealtimeSettings, setup: AssistantSetup): Record<string, string> {
  return {
    Authorization: `Bearer ${settings.apiKey}`,
    ...(setup.safetyId === undefined ? {} : { "OpenAI-Safety-Identifier": setup.safetyId }),
  };
}

/** The session as we want it. Turns are cut by the server, but answers and interruptions are ours to decide. */
export function sessionBody(settings: RealtimeSettings, setup: AssistantSetup): object {
  return {
    type: "realtime",
    output_modalities: ["audio"],
    instructions: setup.instructions,
    max_output_tokens: 1024,
    tools: setup.tools.map((tool) => ({ type: "function", ...tool })),
    tool_choice: "auto",
    // Keeps the cached prefix stable on long calls (facts/openai.md §1.3).
    truncation: { type: "retention_ratio", retention_ratio: 0.8 },
    audio: {
      input: {
        format: { type: TELEPHONE },
        noise_reduction: { type: "far_field" },
        transcription: transcription(settings.transcriptionModel, setup.language),
        turn_detection: {
          type: "server_vad",
          threshold: 0.6,
          prefix_padding_ms: 300,
          silence_duration_ms: 500,
          create_response: false,
          interrupt_response: false,
        },
      },
      output: { format: { type: TELEPHONE }, voice: setup.voice ?? DEFAULT_VOICE, speed: 1 },
    },
  };
}

/** The newer recognisers take a list of languages, the others exactly one (facts/openai.md §1.3). */
function transcription(model: string, tag: string): object {
  const language = tag.slice(0, 2).toLowerCase();
  const several = model.startsWith("gpt-live-transcribe") || model.startsWith("gpt-transcribe");
  return several ? { model, languages: [language] } : { model, language };
}

/** Did the server take our audio format? It has been seen to fall back silently, and then the caller hears noise. */
export function speaksTelephone(event: Extract<ServerEvent, { type: "session.updated" }>): boolean {
  const { audio } = event.session;
  return audio?.input?.format.type === TELEPHONE && audio.output?.format.type === TELEPHONE;
}

/** Earlier turns as items. Spoken history can only be given as text; assistant audio cannot be seeded. */
export function historyItem(turn: { readonly role: "caller" | "assistant" | "note"; readonly text: string }): object {
  if (turn.role === "assistant")
    return { type: "message", role: "assistant", content: [{ type: "output_text", text: turn.text }] };
  const role = turn.role === "caller" ? "user" : "system";
  return { type: "message", role, content: [{ type: "input_text", text: turn.text }] };
}
