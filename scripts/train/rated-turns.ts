// Caller turns that people rated, with what was said before them and the frustration a live call reads in them.
import { textContext } from "../../src/scoring/text-context.ts";
import type { TextModels } from "../../src/scoring/text-models.ts";
import { scoreText } from "../../src/scoring/text-signals.ts";
import { EpochMs } from "../../src/domain/time.ts";
import type { Turn } from "../../src/turns/turn.ts";
import type { RatedDialogue } from "./corpus.ts";

export type RatedTurn = {
  readonly conversation: string;
  readonly source: string;
  readonly text: string;
  /** The two turns before it, the newest first. */
  readonly before: readonly string[];
  /** Mean of the ratings, 1 (very dissatisfied) to 5. */
  readonly rating: number;
  readonly frustration: number;
};

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

type Said = { readonly speaker: string; readonly text: string };

/** Frustration of each caller turn as a live call reads it, with what was said before; undefined for the others. */
export function frustrationOf(turns: readonly Said[], models: TextModels): readonly (number | undefined)[] {
  const heard: Turn[] = [];
  return turns.map(({ speaker, text }, index) => {
    const role = speaker === "user" ? "caller" : "assistant";
    const frustration =
      role === "caller" ? scoreText(text, "en", models, textContext(heard.slice(-4))).frustration : undefined;
    heard.push({ index, role, text, at: EpochMs(index) });
    return frustration;
  });
}

export function ratedTurns(dialogues: readonly RatedDialogue[], models: TextModels): readonly RatedTurn[] {
  return dialogues.flatMap(({ id, source, turns }) => {
    const scores = frustrationOf(turns, models);
    return turns.flatMap(({ text, ratings = [] }, i) => {
      const frustration = scores[i];
      if (frustration === undefined || ratings.length === 0) return [];
      const before = turns
        .slice(Math.max(0, i - 2), i)
        .map((turn) => turn.text)
        .toReversed();
      return [{ conversation: id, source, text, before, rating: mean(ratings), frustration }];
    });
  });
}
