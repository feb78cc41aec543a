import type { Reading } from "./read-text.ts";
import type { LinearScores } from "./text-models.ts";
export type Mood = { frustration: number; distress: number; confusion: number; valence: number };
export function moodRules(_reading: Reading, model: LinearScores): Mood {
  return {
    frustration: model.frustration,
    distress: model.distress,
    confusion: model.confusion,
    valence: model.valence,
  };
}
