import {
  arousalOf,
  CUE_WEIGHTS,
  RAISED_OFF,
  RAISED_ON,
  scoreVoice,
  type CueWeights,
  type VoiceSignals,
} from "./score-voice.ts";
import { learnBaseline, NO_BASELINE, type VoiceBaseline } from "./voice-baseline.ts";
import type { VoiceFeatures } from "./voice-features.ts";

/** What is known of a caller's voice after some turns. A plain value. */
export type VoiceHistory = {
  readonly baseline: VoiceBaseline;
  /** Deviations of the last judged turns, newest first, at most three. */
  readonly recent: readonly number[];
  /** Raised, with hysteresis: it takes 1.5 to become so and 0.8 to end. */
  readonly raised: boolean;
};

export const NO_VOICE_YET: VoiceHistory = { baseline: NO_BASELINE, recent: [], raised: false };

/** Weights of the last three turns, newest first: a shout shows at once, and one odd turn among calm ones soon fades. */
const SMOOTHING = [0.6, 0.25, 0.15] as const;

/** Speech below which a turn is too short to say that a raised voice has calmed down. */
const LEAST_JUDGED_MS = 400;

/**
 * One more turn: judged against what was known before it, smoothed over three turns, then learned from.
 * `signals.arousal` and `signals.deviation` are the smoothed ones.
 */
export function followVoice(
  history: VoiceHistory,
  turn: VoiceFeatures,
  weights: CueWeights = CUE_WEIGHTS,
): { readonly history: VoiceHistory; readonly signals: VoiceSignals } {
  const signals = scoreVoice(turn, history.baseline, weights);
  if (signals.basis === "none" || turn.speechMs < LEAST_JUDGED_MS) {
    const kept = smoothed(history.recent);
    return {
      history,
      signals: { ...signals, deviation: kept, arousal: history.recent.length === 0 ? 0 : arousalOf(kept) },
    };
  }
  const recent = [signals.deviation, ...history.recent].slice(0, SMOOTHING.length);
  const deviation = smoothed(recent);
  const raised = history.raised ? deviation > RAISED_OFF : deviation >= RAISED_ON;
  const calm = !raised && signals.deviation < (signals.basis === "provisional" ? RAISED_ON / 2 : RAISED_ON);
  const baseline = learnBaseline(history.baseline, turn, calm);
  return {
    history: { baseline, recent, raised },
    signals: { ...signals, deviation, arousal: arousalOf(deviation) },
  };
}

function smoothed(recent: readonly number[]): number {
  let sum = 0;
  let total = 0;
  recent.forEach((deviation, age) => {
    const weight = SMOOTHING[age] ?? 0;
    sum += weight * deviation;
    total += weight;
  });
  return total === 0 ? 0 : sum / total;
}
