// Frustration against people's ratings, turn by turn, and against the wizard's word, conversation by conversation.
import type { TextModels } from "../../src/scoring/text-models.ts";
import { scoreText } from "../../src/scoring/text-signals.ts";
import { type Gain, gainOf } from "./area-gain.ts";
import type { Dialogue, Emotion } from "./corpus.ts";
import { areaSpread, areaUnderCurve, type Ranked } from "./figures.ts";
import { EMOTION_HEADS, emotionLabel, type EmotionHead } from "./labels.ts";
import { byNegativeWords, plainModel, type Ranking } from "./mood-baselines.ts";
import { frustrationOf, mean, type RatedTurn } from "./rated-turns.ts";

export type Area = { readonly of: number; readonly positives: number; readonly area: number; readonly spread: number };

function areaOf(ranked: readonly Ranked[]): Area | undefined {
  const area = areaUnderCurve(ranked);
  if (area === undefined) return undefined;
  const positives = ranked.filter((one) => one.positive).length;
  return { of: ranked.length, positives, area, spread: areaSpread(area, positives, ranked.length - positives) };
}

export type Compared = Area & { readonly gain: Gain };

/** One source at one level of rating: frustration, and beside it what it has to beat. */
export type RatedArea = {
  readonly source: string;
  /** Turns with a mean rating of at most this are to be found. */
  readonly worst: number;
  readonly ours: Area;
  readonly baselines: readonly Compared[];
};

/** The order of `RatedArea.baselines`: word list, plain model with two turns of context, plain model on the turn alone. */
const baselinesFrom = (seen: readonly RatedTurn[]): readonly Ranking[] => [
  byNegativeWords,
  plainModel(seen, 2),
  plainModel(seen, 0),
];

/** Turns rated badly against the others, per source and in all; the plain models learn from `seen`, in memory. */
export function ratedAreas(turns: readonly RatedTurn[], seen: readonly RatedTurn[]): readonly RatedArea[] {
  const baselines = baselinesFrom(seen).map((ranking) => turns.map(ranking));
  const sources = ["all", ...new Set(turns.map((one) => one.source))];
  return sources.flatMap((source) =>
    [2, 2.5].flatMap((worst) => {
      const own = turns.keys().filter((i) => source === "all" || turns[i]?.source === source);
      const rows = [...own].map((i) => rowOf(turns[i] as RatedTurn, worst, i));
      const ours = areaOf(rows.map(({ ours: score, positive }) => ({ score, positive })));
      const compared = baselines.flatMap((theirs) => {
        const paired = rows.map((row) => ({ ...row, theirs: theirs[row.at] ?? 0 }));
        const area = areaOf(paired.map(({ theirs: score, positive }) => ({ score, positive })));
        return area === undefined ? [] : [{ ...area, gain: gainOf(paired) }];
      });
      return ours === undefined ? [] : [{ source, worst, ours, baselines: compared }];
    }),
  );
}

const rowOf = ({ conversation, rating, frustration }: RatedTurn, worst: number, at: number) => ({
  at,
  conversation,
  positive: rating <= worst,
  ours: frustration,
});

export type AnnoyedAreas = { readonly mean: Area | undefined; readonly most: Area | undefined };

/** STAR conversations whose caller became annoyed against the others, by the mean and by the highest frustration. */
export function annoyedAreas(dialogues: readonly Dialogue[], models: TextModels): AnnoyedAreas {
  const scored = dialogues
    .filter((one) => one.source === "star" && one.user_annoyed !== undefined)
    .map((one) => ({
      positive: one.user_annoyed === true,
      values: frustrationOf(one.turns, models).filter((value) => value !== undefined),
    }));
  return {
    mean: areaOf(scored.map(({ positive, values }) => ({ positive, score: mean(values) }))),
    most: areaOf(scored.map(({ positive, values }) => ({ positive, score: Math.max(0, ...values) }))),
  };
}

/** How well the emotions of GoEmotions are told apart by the signal that stands for them. */
export function emotionAreas(rows: readonly Emotion[], models: TextModels): readonly (readonly [string, Area])[] {
  const scored = rows.map((row) => ({ row, signals: scoreText(row.text, "en", models) }));
  const signal: Readonly<Record<EmotionHead, (s: (typeof scored)[number]["signals"]) => number>> = {
    annoyed: (s) => s.frustration,
    pleased: (s) => s.valence,
    confused: (s) => s.confusion,
    afraid: (s) => s.distress,
  };
  return EMOTION_HEADS.flatMap((head) => {
    const area = areaOf(
      scored.map(({ row, signals }) => ({ score: signal[head](signals), positive: emotionLabel(row, head) === 1 })),
    );
    return area === undefined ? [] : [[head, area] as const];
  });
}
