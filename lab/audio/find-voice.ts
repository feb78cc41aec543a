import { type Complex, fft, inverseFft } from "./fft.ts";
import { decodeMulaw } from "./mulaw.ts";

/** A clip found in a recording. */
export type VoiceHit = {
  /** Where the clip begins in the recording. */
  atMs: number;
  /** Normalised correlation, 0 to 1: 1 is the clip alone, 0.7 the clip under an equally loud other voice. */
  score: number;
  /** How much of the clip is there, counted from its beginning; less than its length when it was cut off. */
  heardMs: number;
};

export type FindOptions = {
  /** Hits below this score are not given. By default 0.5; 0.75 when less than a second is looked for, which fits by chance. */
  threshold?: number;
  /** Look for this much of the clip's beginning only: finds a clip that was cut off. */
  firstMs?: number;
};

/** Speech below 900 Hz tells clips apart; a quarter of the samples carries it. */
const DECIMATION = 4;
const SAMPLES_A_MS = 8 / DECIMATION;
const CUTOFF_HZ = 900;
const TAPS = 63;
/** A clip counts as there only if the recording is at most 20 dB weaker than the clip. */
const WEAKEST = 0.01;
/** Shorter sounds resemble parts of other speech; different clips from here on stay below 0.45 of each other. */
const SHORT_MS = 1000;
/** Stretch by which the heard part of a clip is measured. */
const PART_MS = 100;
const PART_HEARD_FROM = 0.45;

const FILTER = Float64Array.from({ length: TAPS }, (_, i) => {
  const t = i - (TAPS - 1) / 2;
  const window = 0.54 - 0.46 * Math.cos((2 * Math.PI * i) / (TAPS - 1));
  const edge = (2 * Math.PI * CUTOFF_HZ) / 8000;
  return window * (t === 0 ? edge / Math.PI : Math.sin(edge * t) / (Math.PI * t));
});

/**
 * Where a clip is heard in a longer recording (both μ-law, 8 kHz), also under another voice; in order of time.
 * Places are exact to half a millisecond.
 */
export function findVoice(recording: Uint8Array, clip: Uint8Array, options: FindOptions = {}): VoiceHit[] {
  const { firstMs = clip.length / 8 } = options;
  const threshold = options.threshold ?? (Math.min(firstMs, clip.length / 8) < SHORT_MS ? 0.75 : 0.5);
  const sound = decimated(recording);
  const whole = decimated(clip);
  const wanted = whole.subarray(0, Math.floor(firstMs * SAMPLES_A_MS));
  if (wanted.length === 0 || sound.length < wanted.length) return [];
  const scores = normalisedCorrelation(sound, wanted);
  return peaks(scores, threshold, Math.max(100, wanted.length / 2)).map(({ at, score }) => ({
    atMs: at / SAMPLES_A_MS,
    score,
    heardMs: heardOf(sound, whole, at),
  }));
}

function decimated(audio: Uint8Array): Float64Array {
  const pcm = decodeMulaw(audio);
  const out = new Float64Array(Math.floor(pcm.length / DECIMATION));
  const reach = (TAPS - 1) / 2;
  for (let i = 0; i < out.length; i++) {
    const from = i * DECIMATION - reach;
    let sum = 0;
    for (let tap = 0; tap < TAPS; tap++) sum += (pcm[from + tap] ?? 0) * (FILTER[tap] ?? 0);
    out[i] = sum;
  }
  return out;
}

/** The score of `wanted` at every start in `sound`, by overlapping blocks in the frequency domain. */
function normalisedCorrelation(sound: Float64Array, wanted: Float64Array): Float64Array {
  const size = 2 ** Math.ceil(Math.log2(wanted.length * 3));
  const hop = size - wanted.length + 1;
  const spectrum = spectrumOf(wanted, size);
  const energies = runningEnergy(sound);
  const own = runningEnergy(wanted).at(-1) ?? 0;
  const scores = new Float64Array(sound.length - wanted.length + 1);
  for (let from = 0; from < scores.length; from += hop) {
    const block = spectrumOf(sound.subarray(from, from + size), size);
    multiplyByConjugate(block, spectrum);
    inverseFft(block);
    for (let i = 0; i < hop && from + i < scores.length; i++) {
      const at = from + i;
      const energy = (energies[at + wanted.length] ?? 0) - (energies[at] ?? 0);
      if (energy > own * WEAKEST) scores[at] = (block.re[i] ?? 0) / Math.sqrt(energy * own);
    }
  }
  return scores;
}

function spectrumOf(samples: Float64Array, size: number): Complex {
  const signal = { re: new Float64Array(size), im: new Float64Array(size) };
  signal.re.set(samples);
  fft(signal);
  return signal;
}

function multiplyByConjugate(a: Complex, b: Complex): void {
  for (let i = 0; i < a.re.length; i++) {
    const [x, y, u, v] = [a.re[i] ?? 0, a.im[i] ?? 0, b.re[i] ?? 0, b.im[i] ?? 0];
    a.re[i] = x * u + y * v;
    a.im[i] = y * u - x * v;
  }
}

function runningEnergy(samples: Float64Array): Float64Array {
  const sums = new Float64Array(samples.length + 1);
  for (let i = 0; i < samples.length; i++) sums[i + 1] = (sums[i] ?? 0) + (samples[i] ?? 0) ** 2;
  return sums;
}

/** Local maxima from `threshold` on, at least `apart` samples from a better one. */
function peaks(scores: Float64Array, threshold: number, apart: number): { at: number; score: number }[] {
  const found: { at: number; score: number }[] = [];
  for (let at = 0; at < scores.length; at++) {
    const score = scores[at] ?? 0;
    if (score < threshold) continue;
    const last = found.at(-1);
    if (!last || at - last.at >= apart) found.push({ at, score });
    else if (score > last.score) found[found.length - 1] = { at, score };
  }
  return found;
}

function heardOf(sound: Float64Array, clip: Float64Array, at: number): number {
  const part = PART_MS * SAMPLES_A_MS;
  let heard = 0;
  for (let from = 0; from + part <= clip.length; from += part) {
    let product = 0;
    let energyClip = 0;
    let energySound = 0;
    for (let i = from; i < from + part; i++) {
      const [x, y] = [clip[i] ?? 0, sound[at + i] ?? 0];
      product += x * y;
      energyClip += x * x;
      energySound += y * y;
    }
    const score = product / Math.sqrt(energyClip * energySound + 1e-9);
    if (score >= PART_HEARD_FROM && energySound > energyClip * WEAKEST) heard = from + part;
  }
  // A rest shorter than a part goes with the part before it.
  return clip.length - heard < part ? clip.length / SAMPLES_A_MS : heard / SAMPLES_A_MS;
}
