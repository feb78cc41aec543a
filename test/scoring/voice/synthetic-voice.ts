import { encodeMulaw } from "../../../lab/audio/mulaw.ts";
import { createVoiceMeter, endTurn, hear, type VoiceMeter } from "../../../src/scoring/voice/voice-meter.ts";
import type { VoiceFeatures } from "../../../src/scoring/voice/voice-features.ts";

const RATE = 8_000;
/** What a phone lets through. */
const LOWEST_HZ = 300;
const HIGHEST_HZ = 3_400;

export type Voice = {
  readonly ms: number;
  /** Fundamental, Hz: a constant, or a function of the time in seconds. */
  readonly hz: number | ((seconds: number) => number);
  /** Root mean square of the voiced parts, dBFS. */
  readonly levelDb?: number;
  /** How fast the harmonics fall, dB an octave; smaller is more effort. */
  readonly fallDb?: number;
  /** Syllables a second; 0 is one long vowel. */
  readonly syllables?: number;
};

/** A voice as heard over the phone: harmonics between 300 and 3,400 Hz only, so the fundamental may be missing. */
export function voice({ ms, hz, levelDb = -22, fallDb = 12, syllables = 4 }: Voice): Float64Array {
  const out = new Float64Array((ms * RATE) / 1_000);
  let phase = 0;
  for (let i = 0; i < out.length; i++) {
    const seconds = i / RATE;
    const f0 = typeof hz === "number" ? hz : hz(seconds);
    phase += (2 * Math.PI * f0) / RATE;
    const envelope = syllables === 0 ? 1 : 0.03 + 0.97 * Math.sin(Math.PI * syllables * seconds) ** 2;
    out[i] = envelope * harmonics(phase, f0, fallDb);
  }
  return atLevel(out, levelDb);
}

function harmonics(phase: number, f0: number, fallDb: number): number {
  let sum = 0;
  for (let n = Math.ceil(LOWEST_HZ / f0); n * f0 <= HIGHEST_HZ; n++)
    sum += 10 ** ((-fallDb * Math.log2(n)) / 20) * Math.sin(n * phase);
  return sum;
}

export function silence(ms: number): Float64Array {
  return new Float64Array((ms * RATE) / 1_000);
}

export function tone(ms: number, hz: number, levelDb: number): Float64Array {
  return atLevel(
    silence(ms).map((_, i) => Math.sin((2 * Math.PI * hz * i) / RATE)),
    levelDb,
  );
}

/** White noise, the same for the same seed. */
export function noise(ms: number, levelDb: number, seed = 1): Float64Array {
  let state = seed;
  return atLevel(
    silence(ms).map(() => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state / 2 ** 31 - 1;
    }),
    levelDb,
  );
}

/** Scales to this root mean square, dBFS. */
export function atLevel(samples: Float64Array, levelDb: number): Float64Array {
  const rms = Math.sqrt(samples.reduce((sum, x) => sum + x * x, 0) / samples.length);
  return samples.map((x) => (rms === 0 ? 0 : (x / rms) * 10 ** (levelDb / 20)));
}

export function joined(...parts: readonly Float64Array[]): Float64Array {
  return Float64Array.from(parts.flatMap((part) => [...part]));
}

/** `over` laid over `under`, from the start. */
export function mixed(under: Float64Array, over: Float64Array): Float64Array {
  return under.map((x, i) => x + (over[i] ?? 0));
}

export function mulaw(samples: Float64Array): Uint8Array {
  return encodeMulaw(Int16Array.from(samples, (x) => Math.min(Math.max(Math.round(x * 32_768), -32_768), 32_767)));
}

/** Frames of 20 ms, as a carrier sends them. */
export function say(meter: VoiceMeter, samples: Float64Array): void {
  const bytes = mulaw(samples);
  for (let at = 0; at < bytes.length; at += 160) hear(meter, bytes.subarray(at, at + 160));
}

/** One turn on a fresh line, after a second of line noise. */
export function measured(...parts: readonly Float64Array[]): VoiceFeatures {
  const meter = createVoiceMeter();
  say(meter, joined(noise(1_000, -66), ...parts, noise(500, -66)));
  return endTurn(meter);
}
