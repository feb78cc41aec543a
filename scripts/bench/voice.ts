// What listening to a caller's voice costs, against merely decoding the same frames in the same run.
import { clips } from "../../lab/audio/clips.ts";
import { FRAME_BYTES, SILENCE_BYTE } from "../../lab/audio/mulaw.ts";
import { MULAW_LINEAR } from "../../src/scoring/voice/mulaw-table.ts";
import { createVoiceMeter, endTurn, hear } from "../../src/scoring/voice/voice-meter.ts";
import { followVoice, NO_VOICE_YET } from "../../src/scoring/voice/follow-voice.ts";

export type VoiceBench = {
  readonly bench: "voice";
  /** Of the audio that was heard in each round. */
  readonly audioSeconds: number;
  /** CPU time of one thread for a second of audio, median of the rounds. */
  readonly cpuMsPerAudioSecond: number;
  readonly decodeMsPerAudioSecond: number;
  /** How many times the work of decoding. */
  readonly ratioToDecoding: number;
  readonly limitMsPerAudioSecond: number;
  readonly held: boolean;
};

const ROUNDS = 9;
/** Passes over the audio in a round, enough that the kernel's coarse accounting of CPU time does not matter. */
const DECODE_PASSES = 200;
const METER_PASSES = 4;
const LIMIT_MS = 1;
const BYTES_PER_SECOND = 8_000;

/** Runs the benchmark and prints it: a line for people, or one JSON object. */
export function run({ json }: { json: boolean }): VoiceBench {
  const turns = clips()
    .filter(({ speaker }) => speaker === "caller")
    .map(({ audio }) => framesOf(audio));
  const seconds = turns.flat().reduce((sum, frame) => sum + frame.length, 0) / BYTES_PER_SECOND;
  const rounds = Array.from({ length: ROUNDS }, () => ({
    decode: cpuMs(() => decode(turns), DECODE_PASSES) / seconds,
    meter: cpuMs(() => listen(turns), METER_PASSES) / seconds,
  }));
  const meter = median(rounds.map((round) => round.meter));
  const decoding = median(rounds.map((round) => round.decode));
  const result: VoiceBench = {
    bench: "voice",
    audioSeconds: seconds,
    cpuMsPerAudioSecond: meter,
    decodeMsPerAudioSecond: decoding,
    ratioToDecoding: meter / decoding,
    limitMsPerAudioSecond: LIMIT_MS,
    held: meter <= LIMIT_MS,
  };
  console.log(json ? JSON.stringify(result) : describe(result));
  return result;
}

function describe(result: VoiceBench): string {
  const { cpuMsPerAudioSecond, decodeMsPerAudioSecond, ratioToDecoding } = result;
  const cost = `${cpuMsPerAudioSecond.toFixed(3)} ms CPU a second of speech, ${ratioToDecoding.toFixed(1)} × decoding`;
  const verdict = result.held ? "held" : "EXCEEDED";
  return `voice: ${cost} (${decodeMsPerAudioSecond.toFixed(4)} ms); limit ${LIMIT_MS} ms: ${verdict}`;
}

/** The clip and half a second of quiet line, as the carrier frames them. */
function framesOf(audio: Uint8Array): Uint8Array[] {
  const whole = new Uint8Array(audio.length + BYTES_PER_SECOND / 2).fill(SILENCE_BYTE);
  whole.set(audio);
  const frames: Uint8Array[] = [];
  for (let at = 0; at < whole.length; at += FRAME_BYTES) frames.push(whole.subarray(at, at + FRAME_BYTES));
  return frames;
}

function decode(turns: readonly Uint8Array[][]): number {
  const linear = new Float32Array(FRAME_BYTES);
  let sum = 0;
  for (const frame of turns.flat()) {
    for (let i = 0; i < frame.length; i++) linear[i] = MULAW_LINEAR[frame[i] ?? 0] ?? 0;
    // Read back, or the engine may leave the work out.
    sum += linear[0] ?? 0;
  }
  return sum;
}

function listen(turns: readonly Uint8Array[][]): number {
  const meter = createVoiceMeter();
  let history = NO_VOICE_YET;
  for (const frames of turns) {
    for (const frame of frames) hear(meter, frame);
    history = followVoice(history, endTurn(meter)).history;
  }
  return history.baseline.learnedMs;
}

/** CPU time of this thread for one pass, in ms. */
function cpuMs(pass: () => number, passes: number): number {
  const before = process.threadCpuUsage();
  for (let i = 0; i < passes; i++)
    if (Number.isNaN(pass())) throw new Error("the voice benchmark computed nothing: are the clips there?");
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1_000 / passes;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

if (import.meta.main) run({ json: process.argv.includes("--json") });
