// The server events of the Realtime API that we read (GA shape). Unknown types and fields pass unread:
// https://developers.openai.com/api/docs/guides/realtime-conversations

import { z } from "zod";

const format = z.object({ type: z.string() });
const session = z.object({
  expires_at: z.number().nullish(),
  audio: z.object({ input: z.object({ format }).nullish(), output: z.object({ format }).nullish() }).nullish(),
});
const failure = z.object({
  code: z.string().nullish(),
  type: z.string().nullish(),
  message: z.string().nullish(),
  event_id: z.string().nullish(),
});
const content = z.array(z.object({ type: z.string(), transcript: z.string().nullish() }));
const item = z.object({
  id: z.string(),
  type: z.string(),
  status: z.string().nullish(),
  name: z.string().nullish(),
  call_id: z.string().nullish(),
  arguments: z.string().nullish(),
  content: content.nullish(),
});
const response = z.object({
  id: z.string(),
  status: z.string().nullish(),
  status_details: z.object({ reason: z.string().nullish(), error: failure.nullish() }).nullish(),
  metadata: z.record(z.string(), z.string()).nullish(),
  usage: z.object({ total_tokens: z.number().nonnegative() }).nullish().catch(undefined),
});
const logprobs = z.array(z.object({ logprob: z.number() })).nullish();

const serverEvent = z.discriminatedUnion("type", [
  z.object({ type: z.literal("session.created"), session }),
  z.object({ type: z.literal("session.updated"), session }),
  z.object({ type: z.literal("error"), error: failure }),
  z.object({
    type: z.literal("input_audio_buffer.speech_started"),
    item_id: z.string(),
    audio_start_ms: z.number().catch(0),
  }),
  z.object({
    type: z.literal("input_audio_buffer.speech_stopped"),
    item_id: z.string(),
    audio_end_ms: z.number().catch(0),
  }),
  z.object({ type: z.literal("input_audio_buffer.committed"), item_id: z.string() }),
  z.object({
    type: z.literal("conversation.item.input_audio_transcription.delta"),
    item_id: z.string(),
    delta: z.string().catch(""),
  }),
  z.object({
    type: z.literal("conversation.item.input_audio_transcription.completed"),
    item_id: z.string(),
    transcript: z.string(),
    logprobs,
  }),
  z.object({ type: z.literal("conversation.item.input_audio_transcription.failed"), item_id: z.string() }),
  z.object({ type: z.literal("response.created"), response }),
  z.object({ type: z.literal("response.output_item.added"), response_id: z.string(), item }),
  z.object({ type: z.literal("response.output_item.done"), response_id: z.string(), item }),
  z.object({
    type: z.literal("response.output_audio.delta"),
    response_id: z.string(),
    item_id: z.string(),
    delta: z.string(),
  }),
  z.object({
    type: z.literal("response.output_audio_transcript.delta"),
    response_id: z.string(),
    item_id: z.string(),
    delta: z.string(),
  }),
  z.object({
    type: z.literal("response.output_audio_transcript.done"),
    response_id: z.string(),
    item_id: z.string(),
    transcript: z.string(),
  }),
  z.object({ type: z.literal("response.done"), response }),
]);

export type ServerEvent = z.infer<typeof serverEvent>;
export type ServerResponse = z.infer<typeof response>;
export type ServerItem = z.infer<typeof item>;
export type ServerFailure = z.infer<typeof failure>;

const READ: ReadonlySet<string> = new Set(serverEvent.options.map((option) => option.shape.type.value));
const anyEvent = z.object({ type: z.string() });

/** `ignored`: known to nobody here, as the vendor adds events without notice. `malformed`: not what it claims to be. */
export type ReadEvent = ServerEvent | { readonly type: "ignored" } | { readonly type: "malformed" };

/**
 * A piece of the assistant's audio, or of its words, in the usual spelling. These are nine tenths of what comes; looking
 * is several times cheaper than building objects of them and checking those. Anything spelt otherwise takes the long way.
 */
const PIECE =
  /^\{"type":"response\.output_audio(_transcript)?\.delta",(?:"event_id":"[\w-]+",)?"response_id":"([\w-]+)","item_id":"([\w-]+)","output_index":\d+,"content_index":\d+,"delta":"/;
/** What may follow, from the quotation mark on. */
const PIECE_END = /^"(?:,"obfuscation":"\w*")?(?:,"event_id":"[\w-]+")?\}$/;

/** Reads one text frame. */
export function readServerEvent(text: string): ReadEvent {
  return readPiece(text) ?? readSlowly(text);
}

function readPiece(text: string): ServerEvent | undefined {
  const [opening, words, response_id, item_id] = PIECE.exec(text) ?? [];
  if (opening === undefined || response_id === undefined || item_id === undefined) return undefined;
  const end = text.indexOf('"', opening.length);
  const delta = text.slice(opening.length, end);
  // Where something is escaped, the quotation mark may be too.
  if (end < 0 || delta.includes("\\") || !PIECE_END.test(text.slice(end))) return undefined;
  const type = words === undefined ? "response.output_audio.delta" : "response.output_audio_transcript.delta";
  return { type, response_id, item_id, delta };
}

function readSlowly(text: string): ReadEvent {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { type: "malformed" };
  }
  const any = anyEvent.safeParse(json);
  if (!any.success) return { type: "malformed" };
  if (!READ.has(any.data.type)) return { type: "ignored" };
  const read = serverEvent.safeParse(json);
  return read.success ? read.data : { type: "malformed" };
}

/** Mean probability of the recognised tokens, 0 to 1; `undefined` when the model gives none. */
export function confidenceOf(tokens: z.infer<typeof logprobs>): number | undefined {
  if (tokens === null || tokens === undefined || tokens.length === 0) return undefined;
  return Math.exp(tokens.reduce((sum, token) => sum + token.logprob, 0) / tokens.length);
}
