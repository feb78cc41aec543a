// Trains the linear models on the build part of the permissively licensed rows and writes config/models/text.weights.
// Deterministic: the same data gives the same file. About half a minute on one core.
import { mkdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import {
  type Blend,
  featureRows,
  formatTextModels,
  HEADS,
  type Head,
  type ModelledIntent,
} from "../../src/scoring/text-models.ts";
import { findBlended, type IntentFinding } from "../../src/scoring/policy-intents.ts";
import { readText } from "../../src/scoring/read-text.ts";
import { type Fitting, fitBlend } from "./blend.ts";
import { buildPart, examplesOf, type Row } from "./examples.ts";
import { defaults, type LinearModel, logit, train } from "./logistic.ts";
import { FOLDS } from "./split.ts";

const OUT = fileURLToPath(new URL("../../config/models/text.weights", import.meta.url));
const MODELLED: readonly ModelledIntent[] = ["fraud", "cancellation", "billing-dispute"];
/** A margin over the precision of 0.95 that is asked for, greater where the rules are younger. */
const FITTING: Readonly<Record<ModelledIntent, Fitting>> = {
  fraud: { precision: 0.966, mostRule: 4 },
  cancellation: { precision: 0.96, mostRule: 4 },
  "billing-dispute": { precision: 0.982, mostRule: 2 },
};
const STEPS = 127;

const build = await buildPart();
const models = new Map<Head, LinearModel>();
for (const head of HEADS) {
  const started = performance.now();
  const { examples, settings } = examplesOf(build, head);
  models.set(head, train(examples, { ...defaults, ...settings }));
  console.log(`${head}: ${examples.length} examples, ${Math.round(performance.now() - started)} ms`);
}
const blends = Object.fromEntries(MODELLED.map((intent) => [intent, blendOf(intent)])) as Record<ModelledIntent, Blend>;
await mkdir(new URL("../../config/models/", import.meta.url), { recursive: true });
const file = formatTextModels({ bits: defaults.bits, blends, ...quantised() });
await writeFile(OUT, file);
console.log(`wrote ${OUT}: ${file.length} bytes`);

/** Weights of scores from models that had not seen the row, so that the rule is weighed against a model's true worth. */
function blendOf(intent: ModelledIntent): Blend {
  const scored: { logit: number; found: IntentFinding; label: number }[] = [];
  for (let fold = 0; fold < FOLDS; fold++) {
    const seen = { ...build, utterances: build.utterances.filter((row) => row.part.fold !== fold) };
    const { examples, settings } = examplesOf(seen, intent);
    const model = train(examples, { ...defaults, ...settings });
    for (const row of build.utterances.filter((candidate) => candidate.part.fold === fold))
      if (row.row.policy !== undefined)
        scored.push({
          logit: logit(model, row.intentFeatures),
          found: found(row, intent),
          label: labelOf(row, intent),
        });
  }
  const blend = fitBlend(scored, FITTING[intent]);
  console.log(
    `${intent}: bias ${blend.bias.toFixed(2)}, model ${blend.model.toFixed(2)}, rule ${blend.rule.toFixed(2)}`,
  );
  return blend;
}

function found(row: Row, intent: ModelledIntent): IntentFinding {
  return findBlended(readText(row.row.text, row.row.lang), intent);
}

function labelOf(row: Row, intent: ModelledIntent): number {
  return row.labels[intent] ?? 0;
}

/** Weights of all heads as 8 bits, interleaved by feature: one row of memory serves all heads. */
function quantised(): { weights: Int8Array; steps: number[]; biases: number[] } {
  const weights = new Int8Array(featureRows(defaults.bits) * HEADS.length);
  const steps: number[] = [];
  const biases: number[] = [];
  HEADS.forEach((head, column) => {
    const model = models.get(head) as LinearModel;
    const largest = model.weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
    const step = largest / STEPS;
    model.weights.forEach((weight, feature) => {
      weights[feature * HEADS.length + column] = Math.round(weight / step);
    });
    steps.push(step);
    biases.push(model.bias);
  });
  return { weights, steps, biases };
}
