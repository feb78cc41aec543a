import type { TextSignals } from "./text-signals.ts";

/** What the voice says during one caller turn, already measured against the caller's own first seconds. 0 to 1. */
export type VoiceReading = {
  readonly arousal: number;
  /** Sobbing or crying heard; absent when not estimated. */
  readonly crying?: number;
};

/** All signals of one caller turn. */
export type TurnSignals = TextSignals & { readonly voice?: VoiceReading };

/** Neutral voice: arousal at or below this says nothing about annoyance. */
const CALM_AROUSAL = 0.5;
/** How much a fully aroused voice can add: loud is not yet angry, the words must agree. */
const VOICE_WEIGHT = 0.5;

/** Frustration from words and voice together, 0 to 1. A raised voice strengthens what the words say. */
export function combinedFrustration(signals: TurnSignals): number {
  const raised = Math.max(0, ((signals.voice?.arousal ?? 0) - CALM_AROUSAL) / (1 - CALM_AROUSAL));
  return 1 - (1 - signals.frustration) * (1 - VOICE_WEIGHT * raised);
}

/** Distress from words and crying together, 0 to 1. */
export function combinedDistress(signals: TurnSignals): number {
  return Math.max(signals.distress, signals.voice?.crying ?? 0);
}
