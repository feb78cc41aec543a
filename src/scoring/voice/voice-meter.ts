import {
  type BandSplit,
  createBandSplit,
  dbfs,
  HOP_MS,
  HOP_SAMPLES,
  measureHop,
  splitBands,
  writeSamples,
} from "./hop-measure.ts";
import { measureTurn } from "./measure-turn.ts";
import { BYTES_PER_MS } from "./mulaw-table.ts";
import { createNoiseFloor, hearBackground, type NoiseFloor } from "./noise-floor.ts";
import { pitchOf } from "./pitch.ts";
import { followTalk, NOBODY_HEARD, type TalkEvent, type TalkFacts } from "./talk-facts.ts";
import { createTurnTrace, traceHop, type TurnTrace } from "./turn-trace.ts";
import type { VoiceFeatures } from "./voice-features.ts";

/** Speech is this far above the background, */
const ABOVE_FLOOR_DB = 10;
/** and further while our own audio plays, since its echo comes back on the caller's line, */
const ABOVE_FLOOR_OVER_ECHO_DB = 18;
/** and never below this level. */
const QUIETEST_SPEECH_DB = -55;
/** Speech hops (less the others among them) that make the caller "speaking": 60 ms, longer than a click. */
const START_HOPS = 6;
/** Hops without speech that end it: 300 ms, longer than a stop consonant. */
const STOP_HOPS = 30;
/** Above this share of sign changes a hop is a fricative; its pitch is not sought. */
const FRICATIVE_CROSSINGS = 0.4;
/** The most audio of one frame that is listened to, its newest. Carriers send 20 ms; more is a backlog or an attack. */
const LONGEST_FRAME_MS = 2_000;

/**
 * Listens to one caller's line: one per call, owned by the node that holds the socket, changed by the functions below and
 * by nobody else. It keeps no audio beyond the 50 ms in its filters. Time is the position in the audio, in ms.
 */
export type VoiceMeter = {
  positionMs: number;
  /** Samples of a hop that is not whole. */
  filled: number;
  readonly split: BandSplit;
  readonly floor: NoiseFloor;
  readonly trace: TurnTrace;
  lastEnergy: number;
  seekPitch: boolean;
  ownAudio: boolean;
  speechHops: number;
  quietHops: number;
  talk: TalkFacts;
};

export function createVoiceMeter(): VoiceMeter {
  return {
    positionMs: 0,
    filled: 0,
    split: createBandSplit(),
    floor: createNoiseFloor(),
    trace: createTurnTrace(),
    lastEnergy: 0,
    seekPitch: true,
    ownAudio: false,
    speechHops: 0,
    quietHops: STOP_HOPS,
    talk: NOBODY_HEARD,
  };
}

/**
 * Takes the caller's next μ-law bytes, any number of them. `atMs`: the carrier's own position of the frame, when it
 * gives one: a jump ahead of the bytes counted is lost audio, which is skipped and not taken for silence.
 */
export function hear(meter: VoiceMeter, frame: Uint8Array, atMs?: number): void {
  if (atMs !== undefined && atMs > meter.positionMs + HOP_MS) skipTo(meter, atMs);
  const most = LONGEST_FRAME_MS * BYTES_PER_MS;
  if (frame.length > most) skipTo(meter, meter.positionMs + (frame.length - most) / BYTES_PER_MS);
  let from = Math.max(0, frame.length - most);
  while (from < frame.length) {
    const taken = Math.min(HOP_SAMPLES - meter.filled, frame.length - from);
    writeSamples(meter.split, frame, from, taken);
    from += taken;
    meter.filled += taken;
    if (meter.filled < HOP_SAMPLES) return;
    meter.filled = 0;
    meter.positionMs += HOP_MS;
    hearHop(meter);
  }
}

/** Our assistant's audio begins or ends on the caller's line: the noise floor is frozen meanwhile, and overlap counted. */
export function ownAudioPlaying(meter: VoiceMeter, playing: boolean): void {
  meter.ownAudio = playing;
  note(meter, playing ? "assistant-started" : "assistant-stopped", meter.positionMs);
}

/** What was said since the last `endTurn`, measured; the meter then listens for the next turn. */
export function endTurn(meter: VoiceMeter): VoiceFeatures {
  const features = measureTurn(meter.trace, meter.floor.db);
  meter.trace.length = 0;
  return features;
}

/** Overlap, interruptions, answer times and silences of the whole call so far. */
export function talkFacts(meter: VoiceMeter): TalkFacts {
  return meter.talk;
}

function skipTo(meter: VoiceMeter, positionMs: number): void {
  meter.positionMs = positionMs;
  // What was begun has no end.
  meter.split.end -= meter.filled;
  meter.filled = 0;
}

function hearHop(meter: VoiceMeter): void {
  const { split, floor, trace } = meter;
  measureHop(split);
  const { energy } = split.measured;
  const level = dbfs((energy + meter.lastEnergy) / 2);
  meter.lastEnergy = energy;
  if (!meter.ownAudio) hearBackground(floor, level);
  const above = meter.ownAudio ? ABOVE_FLOOR_OVER_ECHO_DB : ABOVE_FLOOR_DB;
  const speech = level > Math.max(floor.db + above, QUIETEST_SPEECH_DB);
  followCaller(meter, speech);
  if (speech) traceSpeech(meter, level);
  else if (trace.length > 0) traceHop(trace, { level, tilt: 0, crossings: 0, pitch: Number.NaN, speech });
}

function traceSpeech(meter: VoiceMeter, level: number): void {
  splitBands(meter.split);
  const { lowEnergy, highEnergy, crossings } = meter.split.measured;
  const tilt = 10 * Math.log10((highEnergy + 1e-9) / (lowEnergy + 1e-9));
  traceHop(meter.trace, { level, tilt, crossings, pitch: soughtPitch(meter), speech: true });
}

/** In every second hop of speech: 0 when not voiced. In the others NaN: nothing is known. */
function soughtPitch(meter: VoiceMeter): number {
  meter.seekPitch = !meter.seekPitch;
  if (meter.seekPitch) return Number.NaN;
  if (meter.split.measured.crossings > FRICATIVE_CROSSINGS) return 0;
  const pitch = pitchOf(meter.split.low);
  return Number.isNaN(pitch) ? 0 : pitch;
}

function followCaller(meter: VoiceMeter, speech: boolean): void {
  meter.speechHops = speech ? Math.min(meter.speechHops + 1, START_HOPS) : Math.max(meter.speechHops - 1, 0);
  meter.quietHops = speech ? 0 : Math.min(meter.quietHops + 1, STOP_HOPS);
  const speaking = meter.talk.callerSince !== undefined;
  if (!speaking && meter.speechHops === START_HOPS)
    note(meter, "caller-started", meter.positionMs - START_HOPS * HOP_MS);
  if (speaking && meter.quietHops === STOP_HOPS) note(meter, "caller-stopped", meter.positionMs - STOP_HOPS * HOP_MS);
}

function note(meter: VoiceMeter, kind: TalkEvent["kind"], atMs: number): void {
  meter.talk = followTalk(meter.talk, { kind, atMs });
}
