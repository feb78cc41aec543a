// The shared speech clips, as a phone would deliver them.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { decodeMulaw, encodeMulaw } from "../../../lab/audio/mulaw.ts";
import { createVoiceMeter, endTurn, hear } from "../../../src/scoring/voice/voice-meter.ts";
import type { VoiceFeatures } from "../../../src/scoring/voice/voice-features.ts";
import { randomFrom } from "./statistics.ts";

export type Clip = {
  readonly id: string;
  readonly speaker: string;
  readonly emotion: string;
  readonly source: string;
  readonly audio: Uint8Array;
};

/** How the recording reaches us. Levels in dBFS of the clip's root mean square. */
export const CONDITIONS = ["as recorded", "phone band", "phone band, levelled", "phone band, noise 15 dB"] as const;
export type Condition = (typeof CONDITIONS)[number];

const FRAME_BYTES = 160;
const LEVELLED_DBFS = -22;
const NOISE_DB = 15;
/** A line's own noise, -66 dBFS. */
const LINE_NOISE_RMS = 16;

export async function loadClips(folder: string): Promise<Clip[]> {
  const manifest = await readFile(join(folder, "manifest.jsonl"), "utf8");
  const rows = manifest.trim().split("\n");
  return Promise.all(
    rows.map(async (row) => {
      const about = JSON.parse(row) as Omit<Clip, "audio"> & { file: string };
      const file = await readFile(join(folder, about.file));
      return { ...about, audio: dataChunk(file, about.file) };
    }),
  );
}

function dataChunk(file: Buffer, name: string): Uint8Array {
  const at = file.indexOf("data");
  if (at < 0) throw new Error(`${name}: no data chunk; is it a WAV file?`);
  return file.subarray(at + 8, at + 8 + file.readUInt32LE(at + 4));
}

/** What the meter says of one turn that consists of `clips`, after a second of quiet line. */
export function measureClips(clips: readonly Clip[], condition: Condition): VoiceFeatures {
  const random = randomFrom(7);
  const meter = createVoiceMeter();
  const gap = new Float64Array(1_600);
  const parts = [new Float64Array(8_000), ...clips.flatMap(({ audio }) => [delivered(audio, condition), gap])];
  const rms = Math.max(...parts.map(rootMeanSquare));
  const noiseRms = condition === "phone band, noise 15 dB" ? rms * 10 ** (-NOISE_DB / 20) : LINE_NOISE_RMS;
  for (const part of parts) {
    // Uniform noise of amplitude a has the root mean square a/√3.
    const noisy = part.map((x) => clipped(x + (random() * 2 - 1) * noiseRms * Math.sqrt(3)));
    const audio = encodeMulaw(Int16Array.from(noisy));
    for (let i = 0; i < audio.length; i += FRAME_BYTES) hear(meter, audio.subarray(i, i + FRAME_BYTES));
  }
  return endTurn(meter);
}

const clipped = (x: number): number => Math.min(Math.max(x, -32_768), 32_767);
const rootMeanSquare = (pcm: Float64Array): number => Math.sqrt(pcm.reduce((sum, x) => sum + x * x, 0) / pcm.length);

function delivered(audio: Uint8Array, condition: Condition): Float64Array {
  const pcm = Float64Array.from(decodeMulaw(audio));
  if (condition === "as recorded") return pcm;
  const narrow = bandPass(pcm);
  const gain = (32_768 * 10 ** (LEVELLED_DBFS / 20)) / rootMeanSquare(narrow);
  return condition === "phone band, levelled" ? narrow.map((x) => x * gain) : narrow;
}

/** 300 to 3,400 Hz: two second-order Butterworth sections at each edge. */
function bandPass(pcm: Float64Array): Float64Array {
  let out = pcm;
  for (const [hz, kind] of [
    [300, "high"],
    [300, "high"],
    [3_400, "low"],
    [3_400, "low"],
  ] as const)
    out = section(out, hz, kind);
  return out;
}

const at = (values: Float64Array, index: number): number => values[index] ?? 0;

function section(pcm: Float64Array, hz: number, kind: "high" | "low"): Float64Array {
  const w = (2 * Math.PI * hz) / 8_000;
  const alpha = Math.sin(w) / Math.SQRT2;
  const side = kind === "high" ? (1 + Math.cos(w)) / 2 : (1 - Math.cos(w)) / 2;
  const middle = kind === "high" ? -2 * side : 2 * side;
  const out = new Float64Array(pcm.length);
  for (let i = 0; i < pcm.length; i++) {
    const forward = side * at(pcm, i) + middle * at(pcm, i - 1) + side * at(pcm, i - 2);
    const back = 2 * Math.cos(w) * at(out, i - 1) - (1 - alpha) * at(out, i - 2);
    out[i] = (forward + back) / (1 + alpha);
  }
  return out;
}
