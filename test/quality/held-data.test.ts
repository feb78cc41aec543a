// The shipped fast path at the shipped thresholds, on real turns that nothing was fitted to. A seeded sample of what
// docs/quality.md reports on in full; its bounds are looser than the targets by what a sample of this size may vary.
import { existsSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { DATA, dialogues, utterances, type Utterance } from "../../scripts/train/corpus.ts";
import { judgeAll, triggerMix } from "../../scripts/train/evaluate-dialogues.ts";
import { annoyedAreas } from "../../scripts/train/evaluate-moods.ts";
import {
  intentFigures,
  requestFigures,
  requestGroup,
  type ScoredRow,
  scoreRows,
  shippedModels,
} from "../../scripts/train/evaluate.ts";
import { partOf, split } from "../../scripts/train/split.ts";
import type { TextModels } from "../../src/scoring/text-models.ts";
import { hashOf } from "../../src/scoring/tokens.ts";

/** Of plain turns one in so many is taken; requests and hard cases are taken whole. */
const PLAIN_STEP = 4;

let models: TextModels;
let scored: readonly ScoredRow[];

function isSampled(row: Utterance): boolean {
  return requestGroup(row) !== "no: plain" || row.policy !== undefined || hashOf(row.id) % PLAIN_STEP === 0;
}

beforeAll(async () => {
  if (!existsSync(DATA))
    throw new Error(
      `test/quality needs ../shared/data beside the project (looked in ${DATA}); it is not part of the repository`,
    );
  models = await shippedModels();
  const rows = await utterances();
  const parts = split(rows, (row) => ({ source: row.source, text: row.text }));
  scored = scoreRows(
    rows.filter((row, i) => parts[i]?.test === true && isSampled(row)),
    models,
  );
});

const share = (group: string): number => requestFigures(scored).get(group)?.share ?? Number.NaN;

describe("asking for a person", () => {
  test.each([
    ["asks: templated", 0.97],
    ["asks: natural English", 0.9],
    ["asks: other languages", 0.93],
    ["asks: spoken calls", 0.6],
  ])("%s is heard", (group, least) => expect(share(group)).toBeGreaterThanOrEqual(least));

  test.each([
    ["no: plain", 0.004],
    ["no: mention", 0.035],
    ["no: reported_mention", 0.075],
    ["no: bot_question", 0.06],
  ])("%s is left alone", (group, most) => expect(share(group)).toBeLessThanOrEqual(most));
});

describe("policy intents", () => {
  test.each(["fraud", "cancellation", "billing-dispute"])("%s", (intent) => {
    const figure = intentFigures(scored).find((one) => one.intent === intent);
    expect(figure?.precision.share).toBeGreaterThanOrEqual(0.92);
    expect(figure?.recall.share).toBeGreaterThanOrEqual(0.82);
  });

  test.each(["hardship", "legal-threat", "regulator", "self-harm", "identity-theft"])(
    "%s raises at most 10 false alarms in 10,000 plain turns",
    (intent) => {
      const figure = intentFigures(scored).find((one) => one.intent === intent);
      expect(figure?.plainAlarms.share).toBeLessThanOrEqual(0.001);
    },
  );

  test("self-harm: no miss among the few there are", () => {
    const figure = intentFigures(scored).find((one) => one.intent === "self-harm");
    expect(figure?.recall.of).toBeGreaterThan(0);
    expect(figure?.recall.hits).toBe(figure?.recall.of);
  });
});

describe("whole conversations", () => {
  test("no trigger decides nearly alone, and most conversations are left to the assistant", async () => {
    const held = (await dialogues()).filter((one) => partOf(one.source, one.id).test && hashOf(one.id) % 2 === 0);
    const judged = judgeAll(held, models);
    const mix = triggerMix(judged);
    const escalated = mix.reduce((sum, [, count]) => sum + count, 0);
    expect(escalated / judged.length).toBeLessThan(0.35);
    expect(escalated / judged.length).toBeGreaterThan(0.1);
    expect(Math.max(...mix.map(([, count]) => count)) / escalated).toBeLessThan(0.7);
    expect(annoyedAreas(held, models).mean?.area).toBeGreaterThan(0.75);
  });
});
