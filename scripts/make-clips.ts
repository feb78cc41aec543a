// Records the lines of lab/clips/lines.json with espeak-ng: `npm run clips`. Needs espeak-ng; nothing else in the project does.
import { execFileSync } from "node:child_process";
import { readdirSync, rmSync, writeFileSync } from "node:fs";

import { clipFile, lines, type Speaker } from "../lab/audio/clips.ts";
import { encodeMulaw, FRAME_BYTES } from "../lab/audio/mulaw.ts";
import { readWav } from "../lab/audio/wav.ts";

const RATE = 8000;
/** The telephone band, in hertz. */
const BAND = { low: 300, high: 3400 };
/** RMS of the speech after levelling, of full scale: -20 dBFS, the usual active level on a phone line. */
const SPEECH_RMS = 0.1;
const PEAK_MAX = 0.8;
/** A pause inside a line is cut to this. Shorter than any server VAD's silence, so that one line is one turn. */
const PAUSE_MAX_MS = 160;
const BYTES_MAX = 1_500_000;

const VOICES: Record<Speaker, string[]> = {
  caller: ["-v", "en-us", "-p", "62", "-s", "168"],
  assistant: ["-v", "en-gb+f3", "-p", "55", "-s", "178"],
  agent: ["-v", "en-gb-scotland", "-p", "28", "-s", "162"],
  carrier: ["-v", "en-gb-x-rp+f1", "-p", "75", "-s", "150"],
};

/** Samples at 8 kHz inside the telephone band, by windowed-sinc interpolation of the source. */
function toTelephone(pcm: Int16Array, sourceRate: number): Float64Array {
  const out = new Float64Array(Math.floor((pcm.length * RATE) / sourceRate));
  const reach = 160;
  for (let i = 0; i < out.length; i++) {
    const centre = (i * sourceRate) / RATE;
    const from = Math.max(0, Math.ceil(centre - reach));
    const to = Math.min(pcm.length - 1, Math.floor(centre + reach));
    let sum = 0;
    for (let j = from; j <= to; j++) sum += (pcm[j] ?? 0) * bandPass((j - centre) / sourceRate, reach / sourceRate);
    out[i] = sum / sourceRate / 32_768;
  }
  return out;
}

/** The impulse response of the telephone band at time `t`, Hann-windowed over ± `reach` seconds. */
function bandPass(t: number, reach: number): number {
  const window = 0.5 + 0.5 * Math.cos((Math.PI * t) / reach);
  if (t === 0) return 2 * (BAND.high - BAND.low);
  return ((Math.sin(2 * Math.PI * BAND.high * t) - Math.sin(2 * Math.PI * BAND.low * t)) / (Math.PI * t)) * window;
}

function levelled(samples: Float64Array): Float64Array {
  const loud = samples.filter((x) => Math.abs(x) > 0.005);
  const rms = Math.sqrt(loud.reduce((sum, x) => sum + x * x, 0) / Math.max(1, loud.length));
  const peak = samples.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  const gain = Math.min(SPEECH_RMS / rms, PEAK_MAX / peak);
  return samples.map((x) => x * gain);
}

/** Without the silence around the speech, and with long pauses shortened. */
function tightened(samples: Float64Array): Float64Array {
  const frame = RATE / 100;
  const kept: number[] = [];
  let quietFrames = 0;
  for (let at = 0; at + frame <= samples.length; at += frame) {
    const part = samples.subarray(at, at + frame);
    const rms = Math.sqrt(part.reduce((sum, x) => sum + x * x, 0) / frame);
    quietFrames = rms < 0.004 ? quietFrames + 1 : 0;
    if (quietFrames * 10 > PAUSE_MAX_MS || (kept.length === 0 && quietFrames > 0)) continue;
    kept.push(...part);
  }
  return Float64Array.from(kept.slice(0, kept.length - Math.min(quietFrames * frame, (PAUSE_MAX_MS / 1000) * RATE)));
}

function record(speaker: Speaker, text: string): Uint8Array {
  const wav = readWav(execFileSync("espeak-ng", [...VOICES[speaker], "--stdout", text], { maxBuffer: 1 << 26 }));
  const samples = tightened(levelled(toTelephone(wav.pcm, wav.sampleRate)));
  // Whole frames only: nobody who sends a clip has to think about its last half frame.
  const pcm = new Int16Array(Math.ceil(samples.length / FRAME_BYTES) * FRAME_BYTES);
  pcm.set(Int16Array.from(samples, (x) => Math.round(x * 32_767)));
  return encodeMulaw(pcm);
}

const wanted = lines();
const ids = new Set(wanted.map((line) => line.id));
if (ids.size !== wanted.length) throw new Error("two lines in lab/clips/lines.json share an id");

const folder = new URL("./", clipFile("any"));
for (const name of readdirSync(folder)) {
  if (name.endsWith(".ulaw") && !ids.has(name.slice(0, -".ulaw".length))) rmSync(new URL(name, folder));
}

let total = 0;
for (const line of wanted) {
  const audio = record(line.speaker, line.text);
  writeFileSync(clipFile(line.id), audio);
  total += audio.length;
  console.log(`${line.id}: ${audio.length / 8} ms`);
}
if (total > BYTES_MAX) throw new Error(`the clips take ${total} bytes, more than ${BYTES_MAX}`);
console.log(`${wanted.length} clips, ${total} bytes`);
