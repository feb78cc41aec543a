import { cryingCues } from "./crying-cues.ts";
import { HOP_MS } from "./hop-measure.ts";
import { quantileOfSorted } from "./quantile.ts";
import { countNuclei } from "./syllable-nuclei.ts";
import type { TurnTrace } from "./turn-trace.ts";
import { SILENT_TURN, type VoiceCues, type VoiceFeatures } from "./voice-features.ts";

/** Hops this far below the turn's loud parts (95th percentile) are room, breath or crosstalk, not speech. */
const QUIETER_THAN_LOUD_DB = 25;
/** Speech in one stretch of the baseline, hops. */
const STRETCH_HOPS = 2_000 / HOP_MS;
/** 200 ms of voice, with pitch sought every 20 ms. */
const LEAST_PITCHES = 10;
/** Further from the median, a pitch is the tracker's octave error. */
const OCTAVE_ST = 12;
/** Speech below which a rate of syllables means nothing. */
const LEAST_RATE_HOPS = 1_000 / HOP_MS;
const PAUSE_HOPS = 150 / HOP_MS;
/** No human voice holds its pitch within this range, in semitones, for a whole turn. */
const TONE_RANGE_ST = 0.15;
/** Speech has at least this share of voice. */
const LEAST_VOICED = 0.08;

/** All cues of the turn in `trace`. Marks what is too quiet to be speech in the trace itself. */
export function measureTurn(trace: TurnTrace, noiseFloorDb: number): VoiceFeatures {
  const speechHops = regate(trace);
  if (speechHops === 0) return { ...SILENT_TURN, noiseFloorDb };
  const whole = cuesOver(trace, 0, trace.length);
  const pitches = pitchesIn(trace, 0, trace.length);
  const low = quantileOfSorted(pitches, 0.1);
  const high = quantileOfSorted(pitches, 0.9);
  const pitchRangeSt = low === undefined || high === undefined ? undefined : high - low;
  const voicedShare = voicedShareOf(trace);
  return {
    ...whole,
    pitchRangeSt,
    voicedShare,
    pauses: pausesIn(trace),
    noiseFloorDb,
    notAVoice: voicedShare < LEAST_VOICED || (pitchRangeSt !== undefined && pitchRangeSt < TONE_RANGE_ST),
    crying: cryingCues(trace),
    stretches: stretchesOf(trace, speechHops, whole),
  };
}

function regate(trace: TurnTrace): number {
  const levels = trace.level.subarray(0, trace.length).filter((_, i) => trace.speech[i] === 1);
  const gate = (quantileOfSorted(levels.toSorted(), 0.95) ?? 0) - QUIETER_THAN_LOUD_DB;
  let kept = 0;
  for (let i = 0; i < trace.length; i++) {
    if (trace.speech[i] === 1 && (trace.level[i] ?? 0) >= gate) kept++;
    else trace.speech[i] = 0;
  }
  return kept;
}

function cuesOver(trace: TurnTrace, from: number, to: number): VoiceCues {
  const pitches = pitchesIn(trace, from, to);
  const levels = trace.level.subarray(from, to).filter((_, i) => trace.speech[from + i] === 1);
  const loudnessDb = levels.reduce((sum, level) => sum + level, 0) / Math.max(levels.length, 1);
  const medianDb = quantileOfSorted(levels.toSorted(), 0.5) ?? loudnessDb;
  const seconds = (levels.length * HOP_MS) / 1_000;
  const enough = pitches.length >= LEAST_PITCHES;
  return {
    speechMs: levels.length * HOP_MS,
    loudnessDb,
    pitchSt: enough ? quantileOfSorted(pitches, 0.5) : undefined,
    tiltDb: enough ? voicedTilt(trace, from, to) : undefined,
    rate:
      levels.length >= LEAST_RATE_HOPS ? countNuclei(trace.level.subarray(from, to), medianDb) / seconds : undefined,
  };
}

/** Pitches of the stretch in ascending order, without octave errors. */
function pitchesIn(trace: TurnTrace, from: number, to: number): Float32Array {
  const all = trace.pitch
    .subarray(from, to)
    .filter((pitch, i) => pitch > 0 && trace.speech[from + i] === 1)
    .toSorted();
  const middle = quantileOfSorted(all, 0.5) ?? 0;
  return all.filter((pitch) => Math.abs(pitch - middle) <= OCTAVE_ST);
}

function voicedTilt(trace: TurnTrace, from: number, to: number): number {
  let sum = 0;
  let count = 0;
  for (let i = from; i < to; i++) {
    if (trace.speech[i] !== 1 || !((trace.pitch[i] ?? 0) > 0)) continue;
    sum += trace.tilt[i] ?? 0;
    count++;
  }
  return sum / Math.max(count, 1);
}

function voicedShareOf(trace: TurnTrace): number {
  let sought = 0;
  let voiced = 0;
  for (let i = 0; i < trace.length; i++) {
    const pitch = trace.pitch[i] ?? 0;
    if (trace.speech[i] !== 1 || Number.isNaN(pitch)) continue;
    sought++;
    if (pitch > 0) voiced++;
  }
  return voiced / Math.max(sought, 1);
}

function pausesIn(trace: TurnTrace): VoiceFeatures["pauses"] {
  let count = 0;
  let total = 0;
  let longest = 0;
  let lastSpeech = -1;
  for (let i = 0; i < trace.length; i++) {
    if (trace.speech[i] !== 1) continue;
    const silent = lastSpeech < 0 ? 0 : i - lastSpeech - 1;
    if (silent >= PAUSE_HOPS) {
      count++;
      total += silent;
      longest = Math.max(longest, silent);
    }
    lastSpeech = i;
  }
  return { count, totalMs: total * HOP_MS, longestMs: longest * HOP_MS };
}

/** Cuts the turn where about 2 s of speech are full; a short turn is one stretch. */
function stretchesOf(trace: TurnTrace, speechHops: number, whole: VoiceCues): VoiceCues[] {
  const parts = Math.max(1, Math.round(speechHops / STRETCH_HOPS));
  if (parts === 1) return [whole];
  const each = Math.ceil(speechHops / parts);
  const stretches: VoiceCues[] = [];
  let from = 0;
  let speech = 0;
  for (let i = 0; i < trace.length; i++) {
    speech += trace.speech[i] ?? 0;
    if (speech < each) continue;
    stretches.push(cuesOver(trace, from, i + 1));
    from = i + 1;
    speech = 0;
  }
  if (speech > 0) stretches.push(cuesOver(trace, from, trace.length));
  return stretches;
}
