import { decodeMulaw } from "./mulaw.ts";

/** A stretch of a recording, in milliseconds from its beginning. */
export type Span = { fromMs: number; toMs: number };

export type AudibleOptions = {
  /** From this level on, in dBFS of 20 ms, something is audible. Speech on the lab's lines is about -20, line noise below -60. */
  floorDb?: number;
  /** A shorter burst is a click, not a voice. */
  minMs?: number;
};

const WINDOW_MS = 20;
const WINDOW = WINDOW_MS * 8;

const POWER = Float64Array.from(
  decodeMulaw(Uint8Array.from({ length: 256 }, (_, byte) => byte)),
  (sample) => (sample / 32_768) ** 2,
);

/** The level of a stretch of μ-law audio, in dBFS (RMS); -90 for silence. */
export function levelDb(audio: Uint8Array, span: Span = { fromMs: 0, toMs: audio.length / 8 }): number {
  const part = audio.subarray(Math.max(0, Math.round(span.fromMs * 8)), Math.max(0, Math.round(span.toMs * 8)));
  let sum = 0;
  for (const byte of part) sum += POWER[byte] ?? 0;
  return 10 * Math.log10(sum / Math.max(1, part.length) + 1e-9);
}

/** Where a recording is audible, in 20 ms steps, in order of time. */
export function audibleSpans(recording: Uint8Array, options: AudibleOptions = {}): Span[] {
  const { floorDb = -45, minMs = 60 } = options;
  const floor = 10 ** (floorDb / 10) * WINDOW;
  const spans: Span[] = [];
  for (let at = 0; at < recording.length; at += WINDOW) {
    let sum = 0;
    for (let i = at; i < at + WINDOW; i++) sum += POWER[recording[i] ?? 0xff] ?? 0;
    if (sum < floor) continue;
    const fromMs = at / 8;
    const last = spans.at(-1);
    if (last?.toMs === fromMs) last.toMs = fromMs + WINDOW_MS;
    else spans.push({ fromMs, toMs: fromMs + WINDOW_MS });
  }
  return spans.filter((span) => span.toMs - span.fromMs >= minMs);
}

/**
 * The longest stretch in which neither recording is audible. Both begin at the same moment.
 * @param within the part that is looked at; by default all of the longer recording
 */
export function longestSilence(
  a: Uint8Array,
  b: Uint8Array = new Uint8Array(0),
  within: Partial<Span> & AudibleOptions = {},
): Span & { ms: number } {
  const { fromMs = 0, toMs = Math.max(a.length, b.length) / 8 } = within;
  const spans = [...audibleSpans(a, within), ...audibleSpans(b, within)].toSorted((x, y) => x.fromMs - y.fromMs);
  let longest = { fromMs, toMs: fromMs, ms: 0 };
  let quietFrom = fromMs;
  for (const span of [...spans, { fromMs: toMs, toMs }]) {
    const quietTo = Math.min(toMs, span.fromMs);
    if (quietTo - quietFrom > longest.ms) longest = { fromMs: quietFrom, toMs: quietTo, ms: quietTo - quietFrom };
    quietFrom = Math.max(quietFrom, span.toMs);
  }
  return longest;
}

/** Strength of one frequency in μ-law audio, as the peak of its wave, 0 to 1 of full scale (Goertzel). */
export function toneStrength(ulaw: Uint8Array, hz: number): number {
  const pcm = decodeMulaw(ulaw);
  if (pcm.length === 0) return 0;
  const factor = 2 * Math.cos((2 * Math.PI * hz) / 8000);
  let previous = 0;
  let before = 0;
  for (const sample of pcm) {
    const next = sample / 32_768 + factor * previous - before;
    before = previous;
    previous = next;
  }
  const power = previous * previous + before * before - factor * previous * before;
  return (2 * Math.sqrt(Math.max(0, power))) / pcm.length;
}

/** How loud a tone is in a stretch of a recording, in dBFS; about -60 or less when it is not there. */
export function toneLevel(recording: Uint8Array, hz: number, span: Span): number {
  const stretch = recording.subarray(Math.max(0, Math.round(span.fromMs * 8)), Math.round(span.toMs * 8));
  return stretch.length === 0 ? -90 : 20 * Math.log10(toneStrength(stretch, hz) + 1e-5);
}
