// How a clip is judged: what the system knew of the speaker before it.
import { followVoice, NO_VOICE_YET } from "../../../src/scoring/voice/follow-voice.ts";
import { type CueWeights, scoreVoice, type VoiceSignals } from "../../../src/scoring/voice/score-voice.ts";
import { learnBaseline, NO_BASELINE, type VoiceBaseline } from "../../../src/scoring/voice/voice-baseline.ts";
import type { VoiceFeatures } from "../../../src/scoring/voice/voice-features.ts";
import type { Clip } from "./corpus.ts";
import { randomFrom, shuffled } from "./statistics.ts";

export type Measured = { readonly clip: Clip; readonly features: VoiceFeatures };
export type Scored = Measured & { readonly signals: VoiceSignals };

const SHUFFLES = 20;

const learned = (turns: readonly Measured[]): VoiceBaseline =>
  turns.reduce((known, { features }) => learnBaseline(known, features, true), NO_BASELINE);

/** Against all other neutral clips of the same speaker; the clip itself is never in its own reference. */
export function againstOwnNeutral(all: readonly Measured[], weights?: CueWeights): Scored[] {
  return all.map((one) => {
    const reference = all.filter(
      (other) => other.clip.speaker === one.clip.speaker && other.clip.emotion === "neutral" && other !== one,
    );
    return { ...one, signals: scoreVoice(one.features, learned(reference), weights) };
  });
}

/** Without any knowledge of the speaker. */
export function againstNobody(all: readonly Measured[]): Scored[] {
  return all.map((one) => ({ ...one, signals: scoreVoice(one.features, NO_BASELINE) }));
}

/**
 * As in a call: the first neutral clips, until `firstMs` of speech, are all that is known; every clip that is left is
 * judged as the next turn. Twenty seeded orders of the neutral clips.
 */
export function againstFirstSeconds(all: readonly Measured[], firstMs: number, weights?: CueWeights): Scored[] {
  const random = randomFrom(11);
  const scored: Scored[] = [];
  for (const own of Map.groupBy(all, ({ clip }) => clip.speaker).values()) {
    for (let round = 0; round < SHUFFLES; round++) {
      const { first, rest } = opening(own, firstMs, random);
      const baseline = learned(first);
      for (const one of rest) scored.push({ ...one, signals: scoreVoice(one.features, baseline, weights) });
    }
  }
  return scored;
}

function opening(own: readonly Measured[], firstMs: number, random: () => number) {
  const neutral = shuffled(
    own.filter(({ clip }) => clip.emotion === "neutral"),
    random,
  );
  const first: Measured[] = [];
  let speechMs = 0;
  while (speechMs < firstMs && first.length < neutral.length - 1) {
    const next = neutral[first.length];
    if (next === undefined) break;
    first.push(next);
    speechMs += next.features.speechMs;
  }
  return { first, rest: own.filter((one) => !first.includes(one)) };
}

/** One whole call: every turn follows the one before, smoothing and hysteresis included. */
export type CallOutcome = { readonly raisedWhileNeutral: boolean; readonly turnsUntilRaised: number | undefined };

/** All neutral clips of a speaker in a seeded order, then all angry ones. */
export function neutralThenAngry(all: readonly Measured[]): CallOutcome[] {
  const random = randomFrom(13);
  const outcomes: CallOutcome[] = [];
  for (const own of Map.groupBy(all, ({ clip }) => clip.speaker).values()) {
    const of = (emotion: string) => own.filter(({ clip }) => clip.emotion === emotion);
    for (let round = 0; round < SHUFFLES; round++) {
      let history = NO_VOICE_YET;
      const raisedIn = (turns: readonly Measured[]) =>
        shuffled(turns, random).map(({ features }) => {
          history = followVoice(history, features).history;
          return history.raised;
        });
      const neutral = raisedIn(of("neutral"));
      const until = raisedIn(of("angry")).indexOf(true);
      outcomes.push({
        raisedWhileNeutral: neutral.includes(true),
        turnsUntilRaised: until < 0 ? undefined : until + 1,
      });
    }
  }
  return outcomes;
}
