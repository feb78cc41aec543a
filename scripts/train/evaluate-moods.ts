// Frustration against people's ratings, turn by turn, and against the wizard's word, conversation by conversation.
import { textContext } from "../../src/scoring/text-context.ts";
import type { TextModels } from "../../src/scoring/text-models.ts";
import { scoreText } from "../../src/scoring/text-signals.ts";
import { EpochMs } from "../../src/domain/time.ts";
import type { Turn } from "../../src/turns/turn.ts";
import type { Dialogue, Emotion, RatedDialogue } from "./corpus.ts";
import { areaSpread, areaUnderCurve, type Ranked } from "./figures.ts";
import { EMOTION_HEADS, emotionLabel, type EmotionHead } from "./labels.ts";

export type Area = { readonly of: number; readonly positives: number; readonly area: number; readonly spread: number };

function areaOf(ranked: readonly Ranked[]): Area | undefined {
  const area = areaUnderCurve(ranked);
  if (area === undefined) return undefined;
  const positives = ranked.filter((one) => one.positive).length;
  return { of: ranked.length, positives, area, spread: areaSpread(area, positives, ranked.length - positives) };
}

type Said = { readonly speaker: string; readonly text: string };

/** Frustration of each caller turn as a live call reads it, with what was said before; undefined for the others. */
function frustrationOf(turns: readonly Said[], models: TextModels): readonly (number | undefined)[] {
  const heard: Turn[] = [];
  return turns.map(({ speaker, text }, index) => {
    const role = speaker === "user" ? "caller" : "assistant";
    const frustration =
      role === "caller" ? scoreText(text, "en", models, textContext(heard.slice(-4))).frustration : undefined;
    heard.push({ index, role, text, at: EpochMs(index) });
    return frustration;
  });
}

export type RatedArea = { readonly source: string; readonly bad: Area; readonly poor: Area };

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

/** Turns whose mean rating is at most 2 (`bad`) or 2.5 (`poor`) against the others, per source and in all. */
export function ratedAreas(dialogues: readonly RatedDialogue[], models: TextModels): readonly RatedArea[] {
  const rated = dialogues.flatMap((dialogue) => {
    const scores = frustrationOf(dialogue.turns, models);
    return dialogue.turns.flatMap(({ ratings = [] }, i) => {
      const score = scores[i];
      return ratings.length === 0 || score === undefined
        ? []
        : [{ source: dialogue.source, score, rating: mean(ratings) }];
    });
  });
  const sources = ["all", ...new Set(rated.map((one) => one.source))];
  return sources.flatMap((source) => {
    const own = rated.filter((one) => source === "all" || one.source === source);
    const bad = areaOf(own.map(({ score, rating }) => ({ score, positive: rating <= 2 })));
    const poor = areaOf(own.map(({ score, rating }) => ({ score, positive: rating <= 2.5 })));
    return bad === undefined || poor === undefined ? [] : [{ source, bad, poor }];
  });
}

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
