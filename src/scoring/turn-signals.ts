import type { TextSignals } from "./text-signals.ts";

/** What the voice says during one caller turn, already measured against the caller's own first seconds. 0 to 1. */
export type VoiceReading = {
  readonly arousal: number;
  /** Sobbing or crying heard; absent when not estimated. */
  readonly crying?: number;
  /** Times the caller spoke over the assistant since their last turn, longer than a "mhm". */
  readonly interruptions?: number;
  /** The longest stretch in which nobody spoke, since the caller's last turn or within this one, ms. */
  readonly longestSilenceMs?: number;
};

/** All signals of one caller turn. */
export type TurnSignals = TextSignals & { readonly voice?: VoiceReading };

/** Neutral voice: arousal at or below this says nothing about annoyance. */
const CALM_AROUSAL = 0.5;
/** How much a fully aroused voice can add: loud is not yet angry, the words must agree. */
const VOICE_WEIGHT = 0.5;

/** Interrupting once is impatience or a habit; it counts a little, twice or more a little more. */
const INTERRUPTION_WEIGHT = 0.1;
const MOST_INTERRUPTIONS = 2;

/** Silences from here on may be a caller who cannot speak, in full at twice the length. Alone they say nothing. */
const LONG_SILENCE_MS = 4_000;
const SILENCE_WEIGHT = 0.2;

/** Frustration from words and voice together, 0 to 1. A raised voice and interruptions strengthen what the words say. */
export function combinedFrustration(signals: TurnSignals): number {
  const { arousal = 0, interruptions = 0 } = signals.voice ?? {};
  const raised = Math.max(0, (arousal - CALM_AROUSAL) / (1 - CALM_AROUSAL));
  const interrupting = Math.min(interruptions, MOST_INTERRUPTIONS) * INTERRUPTION_WEIGHT;
  return 1 - (1 - signals.frustration) * (1 - VOICE_WEIGHT * raised) * (1 - interrupting);
}

/**
 * Distress from words and voice together, 0 to 1: independent signs, each leaving a share of the doubt. What is heard
 * alone stays below the threshold that ships; beside words of some distress it reaches it (figures in docs/voice.md).
 */
export function combinedDistress(signals: TurnSignals): number {
  const heard = distressInVoice(signals);
  return 1 - (1 - signals.distress) * (1 - heard);
}

/** Crying and long silences, 0 to 0.65: cues, and no label. A silence counts beside sobbing or words only. */
export function distressInVoice({ voice, distress }: TurnSignals): number {
  const { crying = 0, longestSilenceMs = 0 } = voice ?? {};
  const length = Math.min(1, Math.max(0, longestSilenceMs / LONG_SILENCE_MS - 1));
  const silent = crying > 0 || distress >= LEAST_WORDS_OF_DISTRESS ? SILENCE_WEIGHT * length : 0;
  return Math.min(MOST_FROM_VOICE, 1 - (1 - crying) * (1 - silent));
}

/** Of plain turns 1 in 270 reads so; of sentences to a counsellor 1 in 8. */
const LEAST_WORDS_OF_DISTRESS = 0.3;
const MOST_FROM_VOICE = 0.65;
