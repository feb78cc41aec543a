import { clipFor, type Speaker } from "./clips.ts";
import { encodeMulaw, FRAME_BYTES, SILENCE_BYTE } from "./mulaw.ts";

/** How long a synthesised sentence takes, in milliseconds a character: a brisk reading pace. */
const MS_A_CHARACTER = 65;
const MIN_MS = 300;
const SAMPLES_A_MS = 8;
/** Sentences kept; a long run that never repeats itself must not grow. */
const CACHE_MAX = 500;
/** Harmonics of a voice that are built; the telephone band cuts what lies outside it. */
const HARMONICS_MAX = 14;
const BAND = { low: 300, high: 3400 };
const SPEECH_RMS = 0.1 * 32_767;

/** Fundamental of each speaker's synthetic voice, in hertz; far enough apart to be told from each other. */
const PITCH: Record<Speaker, number> = { caller: 172, assistant: 214, agent: 118, carrier: 146 };

/** Between two sentences, 120 ms. */
const PAUSE = new Uint8Array(120 * SAMPLES_A_MS).fill(SILENCE_BYTE);

const SINE = Float32Array.from({ length: 4096 }, (_, i) => Math.sin((2 * Math.PI * i) / 4096));

const cache = new Map<string, Uint8Array>();

/**
 * A sentence spoken by a speaker: the recorded clip where there is one, otherwise speech-like sound of a plausible
 * length that depends on nothing but speaker and text. Headerless μ-law, 8 kHz. The result is shared: do not write to it.
 */
export function voice(speaker: Speaker, text: string): Uint8Array {
  const key = `${speaker}:${text}`;
  const known = cache.get(key);
  if (known) return known;
  const audio = recorded(speaker, text) ?? synthesise(speaker, text);
  const oldest = cache.keys().next().value;
  if (cache.size >= CACHE_MAX && oldest !== undefined) cache.delete(oldest);
  cache.set(key, audio);
  return audio;
}

/** The recording of a text, or of its sentences one after the other, as far as they are recorded. */
function recorded(speaker: Speaker, text: string): Uint8Array | undefined {
  const whole = clipFor(speaker, text);
  if (whole) return whole.audio;
  const sentences = text.split(/(?<=[.!?])\s+/u);
  // The longest beginning that is recorded, then the rest in the same way.
  for (let taken = sentences.length - 1; taken > 0; taken--) {
    const beginning = sentences.slice(0, taken).join(" ");
    const rest = sentences.slice(taken).join(" ");
    if (clipFor(speaker, beginning)) return concatenated([voice(speaker, beginning), PAUSE, voice(speaker, rest)]);
  }
  if (sentences.length < 2) return undefined;
  return concatenated([synthesise(speaker, sentences[0] ?? ""), PAUSE, voice(speaker, sentences.slice(1).join(" "))]);
}

function concatenated(parts: readonly Uint8Array[]): Uint8Array {
  const audio = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    audio.set(part, at);
    at += part.length;
  }
  return audio;
}

type Syllable = { from: number; to: number; pitch: number; weights: Float32Array; loudness: number };

function synthesise(speaker: Speaker, text: string): Uint8Array {
  const milliseconds = Math.max(MIN_MS, text.length * MS_A_CHARACTER);
  const samples = Math.ceil((milliseconds * SAMPLES_A_MS) / FRAME_BYTES) * FRAME_BYTES;
  const random = randomFrom(`${speaker}:${text}`);
  const sound = new Float32Array(samples);
  for (const syllable of syllables(samples, PITCH[speaker], random)) speak(sound, syllable);
  let energy = 0;
  for (const x of sound) energy += x * x;
  const gain = SPEECH_RMS / Math.sqrt(energy / samples + 1e-9);
  return encodeMulaw(Int16Array.from(sound, (x) => Math.max(-29_000, Math.min(29_000, Math.round(x * gain)))));
}

function* syllables(samples: number, pitch: number, random: () => number): Generator<Syllable> {
  let at = 0;
  while (at < samples) {
    const length = Math.round((110 + random() * 110) * SAMPLES_A_MS);
    const to = Math.min(samples, at + length);
    const tone = pitch * (0.86 + random() * 0.28);
    yield { from: at, to, pitch: tone, weights: timbre(tone, random), loudness: 0.6 + random() * 0.4 };
    // Now and then a word ends; the pause stays far below any voice detector's end of turn.
    at = to + (random() < 0.25 ? Math.round((20 + random() * 70) * SAMPLES_A_MS) : 0);
  }
}

/** Two random resonances over the harmonics that fit through a telephone. */
function timbre(pitch: number, random: () => number): Float32Array {
  const first = 350 + random() * 450;
  const second = 1000 + random() * 1500;
  const weights = new Float32Array(HARMONICS_MAX);
  for (let h = 0; h < HARMONICS_MAX; h++) {
    const hz = pitch * (h + 1);
    if (hz < BAND.low || hz > BAND.high) continue;
    weights[h] = Math.exp(-(((hz - first) / 220) ** 2)) + 0.5 * Math.exp(-(((hz - second) / 350) ** 2)) + 0.03;
  }
  return weights;
}

function speak(sound: Float32Array, syllable: Syllable): void {
  const { from, to, pitch, weights, loudness } = syllable;
  const length = to - from;
  const glide = pitch * 0.00002;
  for (let h = 0; h < HARMONICS_MAX; h++) {
    const weight = (weights[h] ?? 0) * loudness;
    if (weight < 0.01) continue;
    let phase = 0;
    let step = ((h + 1) * pitch * 4096) / 8000;
    for (let i = 0; i < length; i++) {
      // A syllable swells and fades over 30 ms at each end.
      const edge = Math.min(1, i / 240, (length - i) / 240);
      const at = from + i;
      sound[at] = (sound[at] ?? 0) + weight * edge * (SINE[phase & 4095] ?? 0);
      phase += step;
      step -= glide * (h + 1) * 0.01;
    }
  }
}

/** Numbers in [0, 1) that depend on the text alone (FNV-1a into mulberry32). */
function randomFrom(text: string): () => number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return () => {
    hash = (hash + 0x6d2b79f5) | 0;
    let mixed = Math.imul(hash ^ (hash >>> 15), 1 | hash);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
