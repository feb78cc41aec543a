import { decodeMulaw } from "../audio/mulaw.ts";
import { voice } from "../audio/voice.ts";
import type { AudioFormat } from "./settings.ts";

/** One `response.output_audio.delta`: the base64 of it, and how much sound that is. */
export type SpeechChunk = { base64: string; ms: number };

/** As recorded, deltas hold about a quarter of a second. */
const CHUNK_MS = 250;
const CACHE_MAX = 300;

const cache = new Map<string, readonly SpeechChunk[]>();

/** The assistant's voice saying a text, cut into deltas in the declared format. Shared between sessions that say the same. */
export function speechChunks(text: string, format: AudioFormat): readonly SpeechChunk[] {
  const key = `${format.type}:${text}`;
  const known = cache.get(key);
  if (known) return known;
  const chunks: SpeechChunk[] = [];
  const audio = voice("assistant", text);
  for (let at = 0; at < audio.length; at += CHUNK_MS * 8) {
    const part = audio.subarray(at, at + CHUNK_MS * 8);
    const bytes = format.type === "audio/pcm" ? toPcm24(part) : part;
    chunks.push({ base64: Buffer.from(bytes).toString("base64"), ms: part.length / 8 });
  }
  const oldest = cache.keys().next().value;
  if (cache.size >= CACHE_MAX && oldest !== undefined) cache.delete(oldest);
  cache.set(key, chunks);
  return chunks;
}

function toPcm24(mulaw: Uint8Array): Uint8Array {
  const pcm = decodeMulaw(mulaw);
  const out = new Int16Array(pcm.length * 3);
  for (let i = 0; i < out.length; i++) out[i] = pcm[Math.floor(i / 3)] ?? 0;
  return new Uint8Array(out.buffer);
}
