// Everything docs/voice.md claims, as numbers.
import type { CueWeights, VoiceSignals } from "../../../src/scoring/voice/score-voice.ts";
import { type Clip, type Condition, CONDITIONS, measureClips } from "./corpus.ts";
import {
  againstFirstSeconds,
  againstNobody,
  againstOwnNeutral,
  type CallOutcome,
  type Measured,
  neutralThenAngry,
  type Scored,
} from "./protocols.ts";
import { auc, aucBySpeaker, type Interval, type Judged, share, worstSpeaker } from "./statistics.ts";

/** The starting point of facts/openai.md §8.4, reported beside the weights that ship. */
const STARTING_WEIGHTS: CueWeights = { pitch: 0.4, tilt: 0.25, loudness: 0.2, rate: 0.15 };
const FIRST_MS = 3_000;

const SINGLE_CUES: Readonly<Record<keyof CueWeights, CueWeights>> = {
  pitch: { pitch: 1, tilt: 0, loudness: 0, rate: 0 },
  tilt: { pitch: 0, tilt: 1, loudness: 0, rate: 0 },
  loudness: { pitch: 0, tilt: 0, loudness: 1, rate: 0 },
  rate: { pitch: 0, tilt: 0, loudness: 0, rate: 1 },
};

export type ConditionFigures = {
  readonly condition: Condition;
  readonly anger: Interval;
  readonly worst: { speaker: string; value: number };
  readonly angerFirstSeconds: Interval;
  readonly angerUnknownCaller: Interval;
  readonly angerStartingWeights: Interval;
  readonly angerStartingFirstSeconds: Interval;
  readonly angerLike: Interval;
  readonly angerAgainstJoy: Interval;
  readonly aroused: Interval;
  readonly cues: Readonly<Record<keyof CueWeights, number>>;
  readonly above: readonly { emotion: string; share: Interval; of: number }[];
  readonly calls: CallFigures;
  readonly crying: number;
};
export type CallFigures = {
  readonly calls: number;
  readonly falselyRaised: number;
  readonly raisedIn: readonly number[];
  readonly never: number;
};
export type Figures = {
  readonly sources: readonly string[];
  readonly clips: number;
  readonly speakers: number;
  readonly conditions: readonly ConditionFigures[];
  readonly fitted: Interval;
  /** Speakers of whom there is no angry clip. */
  readonly calmOnly: {
    readonly turns: number;
    readonly compared: number;
    readonly above: number;
    readonly crying: number;
  };
};

export function figuresOf(clips: readonly Clip[]): Figures {
  const angry = new Set(clips.filter(({ emotion }) => emotion === "angry").map(({ speaker }) => speaker));
  const acted = clips.filter(({ speaker }) => angry.has(speaker));
  const measured = (condition: Condition): Measured[] =>
    acted.map((clip) => ({ clip, features: measureClips([clip], condition) }));
  return {
    sources: [...new Set(acted.map(({ source }) => source))],
    clips: acted.length,
    speakers: new Set(acted.map(({ speaker }) => speaker)).size,
    conditions: CONDITIONS.map((condition) => conditionFigures(condition, measured(condition))),
    fitted: fittedWeights(measured("as recorded")),
    calmOnly: calmFigures(clips.filter(({ speaker }) => !angry.has(speaker))),
  };
}

const deviation = (signals: VoiceSignals): number => signals.deviation;

function judged(
  scored: readonly Scored[],
  [positive, negative]: readonly [readonly string[], readonly string[]],
  score = deviation,
): Judged[] {
  return scored
    .filter(({ clip }) => positive.includes(clip.emotion) || negative.includes(clip.emotion))
    .map(({ clip, signals }) => ({
      speaker: clip.speaker,
      positive: positive.includes(clip.emotion),
      score: score(signals),
    }));
}

const ANGER = [["angry"], ["neutral"]] as const;
const JOY = [["angry"], ["happy"]] as const;
const AROUSED = [
  ["angry", "happy"],
  ["neutral", "sad"],
] as const;

function conditionFigures(condition: Condition, all: readonly Measured[]): ConditionFigures {
  const own = againstOwnNeutral(all);
  const single = (cue: keyof CueWeights) => auc(judged(againstOwnNeutral(all, SINGLE_CUES[cue]), ANGER));
  return {
    condition,
    anger: aucBySpeaker(judged(own, ANGER)),
    worst: worstSpeaker(judged(own, ANGER)),
    angerFirstSeconds: aucBySpeaker(judged(againstFirstSeconds(all, FIRST_MS), ANGER)),
    angerUnknownCaller: aucBySpeaker(judged(againstNobody(all), ANGER)),
    angerStartingWeights: aucBySpeaker(judged(againstOwnNeutral(all, STARTING_WEIGHTS), ANGER)),
    angerStartingFirstSeconds: aucBySpeaker(judged(againstFirstSeconds(all, FIRST_MS, STARTING_WEIGHTS), ANGER)),
    angerLike: aucBySpeaker(judged(own, ANGER, (signals) => signals.angerLike)),
    angerAgainstJoy: aucBySpeaker(judged(own, JOY, (signals) => signals.angerLike)),
    aroused: aucBySpeaker(judged(own, AROUSED)),
    cues: { pitch: single("pitch"), tilt: single("tilt"), loudness: single("loudness"), rate: single("rate") },
    above: ["neutral", "sad", "happy", "angry"].map((emotion) => {
      const turns = own.filter(({ clip }) => clip.emotion === emotion);
      const hits = turns.filter(({ signals }) => signals.arousal > 0.5).length;
      return { emotion, share: share(hits, turns.length), of: turns.length };
    }),
    calls: callFigures(neutralThenAngry(all)),
    crying: own.filter(({ signals }) => signals.crying > 0).length,
  };
}

function callFigures(outcomes: readonly CallOutcome[]): CallFigures {
  const within = (turns: number) => outcomes.filter((one) => (one.turnsUntilRaised ?? Infinity) <= turns).length;
  return {
    calls: outcomes.length,
    falselyRaised: outcomes.filter((one) => one.raisedWhileNeutral).length,
    raisedIn: [1, 2, 3, 5].map(within),
    never: outcomes.filter((one) => one.turnsUntilRaised === undefined).length,
  };
}

/** Weights chosen on all speakers but one (a grid in steps of a tenth) and tried on that one: what fitting would add. */
function fittedWeights(all: readonly Measured[]): Interval {
  const grid = simplex(10).map((weights) => judged(againstOwnNeutral(all, weights), ANGER));
  const speakers = [...new Set(all.map(({ clip }) => clip.speaker))];
  const tried = speakers.flatMap((left) => {
    const best = grid.toSorted((a, b) => aucWithout(b, left) - aucWithout(a, left))[0] ?? [];
    return best.filter(({ speaker }) => speaker === left);
  });
  return aucBySpeaker(tried);
}

const aucWithout = (turns: readonly Judged[], left: string): number =>
  auc(turns.filter(({ speaker }) => speaker !== left));

function simplex(steps: number): CueWeights[] {
  const all: CueWeights[] = [];
  for (let pitch = 1; pitch <= steps; pitch++)
    for (let tilt = 0; tilt <= steps - pitch; tilt++)
      for (let loudness = 0; loudness <= steps - pitch - tilt; loudness++)
        all.push({
          pitch: pitch / steps,
          tilt: tilt / steps,
          loudness: loudness / steps,
          rate: (steps - pitch - tilt - loudness) / steps,
        });
  return all;
}

/** Calm clips, two a turn, each turn against the other clips of the same speaker: every alarm here is false. */
function calmFigures(clips: readonly Clip[]): Figures["calmOnly"] {
  const turns = [...Map.groupBy(clips, ({ speaker }) => speaker).values()].flatMap((own) =>
    own
      .filter((_, i) => i % 2 === 0)
      .map((clip, i) => ({ clip, features: measureClips(own.slice(2 * i, 2 * i + 2), "phone band") })),
  );
  const scored = againstOwnNeutral(turns).map(({ signals }) => signals);
  return {
    turns: scored.length,
    compared: scored.filter(({ basis }) => basis === "provisional" || basis === "own").length,
    above: scored.filter(({ arousal }) => arousal > 0.5).length,
    crying: scored.filter(({ crying }) => crying > 0).length,
  };
}
