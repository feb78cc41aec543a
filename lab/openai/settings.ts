import { anything, boolean, either, list, nullable, number, object, oneOf, type Rule, text } from "./rules.ts";
import { isJson, type Json, type Problem } from "./wire.ts";

/** `{type:"audio/pcmu"}` or `{type:"audio/pcma"}` (8 kHz, no rate), or PCM at 24 kHz. */
export type AudioFormat = { type: string; rate?: number };

export type TurnDetection = {
  type: "server_vad" | "semantic_vad";
  threshold?: number;
  prefix_padding_ms?: number;
  silence_duration_ms?: number;
  idle_timeout_ms?: number | null;
  create_response: boolean;
  interrupt_response: boolean;
};

/** The session object, as `session.created` and `session.updated` show it. */
export type SessionSettings = {
  type: "realtime";
  object: "realtime.session";
  id: string;
  model: string;
  output_modalities: string[];
  instructions: string;
  tools: { type: string; name?: string }[];
  tool_choice: unknown;
  max_output_tokens: number | "inf";
  tracing: unknown;
  truncation: unknown;
  prompt: unknown;
  expires_at: number;
  audio: {
    input: {
      format: AudioFormat;
      transcription: ({ model: string } & Json) | null;
      noise_reduction: unknown;
      turn_detection: TurnDetection | null;
    };
    output: { format: AudioFormat; voice: unknown; speed: number };
  };
  include: string[] | null;
};

const BUILT_IN_INSTRUCTIONS =
  "Your knowledge cutoff is 2023-10. You are a helpful, witty, and friendly AI. Act like a human, but remember that you aren't a human.";

const VOICES = ["alloy", "ash", "ballad", "coral", "echo", "sage", "shimmer", "verse", "marin", "cedar"];

const format: Rule = (value, path) => {
  const bare = object({ type: oneOf("audio/pcmu", "audio/pcma", "audio/pcm") }, ["type"]);
  // The G.711 forms carry no rate; PCM knows one only.
  const isPcm = isJson(value) && value["type"] === "audio/pcm";
  return isPcm ? object({ type: text, rate: oneOf(24_000) })(value, path) : bare(value, path);
};

const tool: Rule = object(
  {
    type: oneOf("function", "mcp"),
    name: text,
    description: text,
    parameters: anything,
    server_label: text,
    server_url: text,
  },
  ["type"],
);

const turnDetection: Rule = (value, path) => {
  const shared = { type: oneOf("server_vad", "semantic_vad"), create_response: boolean, interrupt_response: boolean };
  if (isJson(value) && value["type"] === "semantic_vad")
    return object({ ...shared, eagerness: oneOf("low", "medium", "high", "auto") }, ["type"])(value, path);
  return object({
    ...shared,
    threshold: number(0, 1),
    prefix_padding_ms: number(0, 60_000, "integer"),
    silence_duration_ms: number(0, 60_000, "integer"),
    idle_timeout_ms: nullable(number(5000, 30_000, "integer")),
  })(value, path);
};

const transcription = object({
  model: text,
  language: nullable(text),
  prompt: nullable(text),
  delay: oneOf("minimal", "low", "medium", "high", "xhigh"),
  languages: list(text),
  keywords: list(text),
});

const voiceRule = either(oneOf(...VOICES), object({ id: text }, ["id"]));
const reasoning = object({ effort: oneOf("minimal", "low", "medium", "high", "xhigh") }, ["effort"]);
const tokens = either(oneOf("inf"), number(1, 4096, "integer"));
const modalities = either(
  (value) => (JSON.stringify(value) === '["audio"]' ? undefined : { code: "invalid_value", message: "" }),
  (value, path) =>
    JSON.stringify(value) === '["text"]'
      ? undefined
      : {
          code: "invalid_value",
          message: `Invalid '${path}': supported combinations are: ['text'], ['audio'].`,
          param: path,
        },
);

const shared = {
  instructions: text,
  output_modalities: modalities,
  max_output_tokens: tokens,
  tools: list(tool),
  tool_choice: either(
    oneOf("auto", "none", "required"),
    object({ type: oneOf("function", "mcp"), name: text, server_label: text }),
  ),
  parallel_tool_calls: boolean,
  reasoning,
  prompt: anything,
};

const sessionRule: Rule = object(
  {
    ...shared,
    type: oneOf("realtime"),
    model: text,
    tracing: anything,
    truncation: anything,
    include: nullable(list(oneOf("item.input_audio_transcription.logprobs"))),
    audio: object({
      input: object({
        format,
        transcription: nullable(transcription),
        noise_reduction: nullable(object({ type: oneOf("near_field", "far_field"), strength: anything })),
        turn_detection: nullable(turnDetection),
      }),
      output: object({ format, voice: voiceRule, speed: number(0.25, 1.5) }),
    }),
  },
  ["type"],
);

/** The rule of `response.create`'s `response`. */
export const responseRule: Rule = object({
  ...shared,
  conversation: oneOf("auto", "none"),
  input: list(anything),
  audio: object({ output: object({ format, voice: voiceRule }) }),
  metadata: nullable(anything),
});

/** What a new session has when nothing was asked for; it depends on the model's generation. */
export function defaultSettings(id: string, model: string, expiresAt: number): SessionSettings {
  const modern = model.startsWith("gpt-realtime-2");
  return {
    type: "realtime",
    object: "realtime.session",
    id,
    model,
    output_modalities: ["audio"],
    instructions: BUILT_IN_INSTRUCTIONS,
    tools: [],
    tool_choice: "auto",
    max_output_tokens: "inf",
    tracing: null,
    truncation: "auto",
    prompt: null,
    expires_at: expiresAt,
    audio: {
      input: {
        format: { type: "audio/pcm", rate: 24_000 },
        transcription: null,
        noise_reduction: null,
        turn_detection: serverVad(modern ? 500 : 200),
      },
      output: { format: { type: "audio/pcm", rate: 24_000 }, voice: modern ? "marin" : "alloy", speed: 1 },
    },
    include: null,
  };
}

function serverVad(silenceMs: number): TurnDetection {
  return {
    type: "server_vad",
    threshold: 0.5,
    prefix_padding_ms: 300,
    silence_duration_ms: silenceMs,
    idle_timeout_ms: null,
    create_response: true,
    interrupt_response: true,
  };
}

/**
 * The settings after a `session.update`: fields that are absent keep their value. A problem changes nothing.
 * `spoke` says that the session has produced audio, after which its voice is fixed.
 */
export function updatedSettings(old: SessionSettings, update: unknown, spoke: boolean): SessionSettings | Problem {
  const problem = sessionRule(update ?? {}, "session");
  if (problem) return problem;
  const change = update as Json & { model?: string };
  if (change.model !== undefined && change.model !== old.model)
    return { code: "invalid_value", message: "The model of a session cannot be changed.", param: "session.model" };
  const merged = merge(structuredClone(old), change) as SessionSettings;
  if (spoke && JSON.stringify(merged.audio.output.voice) !== JSON.stringify(old.audio.output.voice))
    return {
      code: "cannot_update_voice",
      message: "Cannot update a conversation's voice if assistant audio is present.",
      param: "session.audio.output.voice",
    };
  if (merged.instructions === "") merged.instructions = BUILT_IN_INSTRUCTIONS;
  const { input } = merged.audio;
  if (input.transcription) input.transcription = { language: null, prompt: null, ...input.transcription };
  if (input.turn_detection?.type === "server_vad")
    input.turn_detection = { ...serverVad(500), ...input.turn_detection };
  if (input.turn_detection?.type === "semantic_vad") input.turn_detection = semantic(input.turn_detection);
  return merged;
}

function semantic(detection: TurnDetection): TurnDetection {
  const { threshold: _t, prefix_padding_ms: _p, silence_duration_ms: _s, idle_timeout_ms: _i, ...rest } = detection;
  return rest;
}

export function isProblem(value: SessionSettings | Problem): value is Problem {
  return "message" in value;
}

/** Objects merge, everything else is replaced; a format is replaced whole, so that no rate is left behind. */
function merge(old: unknown, change: unknown, name = ""): unknown {
  if (!isJson(old) || !isJson(change) || name === "format" || name === "truncation" || name === "tool_choice")
    return change;
  const merged: Json = { ...old };
  for (const [key, value] of Object.entries(change)) if (value !== undefined) merged[key] = merge(old[key], value, key);
  return merged;
}
