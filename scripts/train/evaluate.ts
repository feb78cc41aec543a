// Runs the shipped fast path over labelled rows and counts, per group, what it says at the shipped thresholds.
import { readFile } from "node:fs/promises";
import type { PolicyIntent } from "../../src/domain/closed-sets.ts";
import { POLICY_INTENTS } from "../../src/domain/closed-sets.ts";
import { defaultPolicy } from "../../src/escalation/policy.ts";
import { parseTextModels, type TextModels } from "../../src/scoring/text-models.ts";
import { scoreText, type TextSignals } from "../../src/scoring/text-signals.ts";
import type { Utterance } from "./corpus.ts";
import { type Share, shareOf } from "./figures.ts";
import { INTENT_OF_CLASS } from "./labels.ts";

export async function shippedModels(): Promise<TextModels> {
  const models = parseTextModels(await readFile(new URL("../../config/models/text.weights", import.meta.url)));
  if (models === undefined)
    throw new Error("config/models/text.weights is not a weights file: run node scripts/train/train.ts");
  return models;
}

export type ScoredRow = { readonly row: Utterance; readonly signals: TextSignals };

export const scoreRows = (rows: readonly Utterance[], models: TextModels): readonly ScoredRow[] =>
  rows.map((row) => ({ row, signals: scoreText(row.text, row.lang, models) }));

/** The groups of ../shared/data/README.md. */
export function requestGroup(row: Utterance): string | undefined {
  if (row.human === "no") return `no: ${row.kind ?? "plain"}`;
  if (row.human !== "yes") return undefined;
  if (row.lang !== "en") return "asks: other languages";
  if (row.source === "bitext") return "asks: templated";
  return row.source.startsWith("natcs") ? "asks: spoken calls" : "asks: natural English";
}

/** Share of each group's rows that are taken for a request at the shipped threshold. */
export function requestFigures(scored: readonly ScoredRow[]): ReadonlyMap<string, Share> {
  const groups = Map.groupBy(scored, ({ row }) => requestGroup(row));
  const figures = [...groups].flatMap(([group, rows]) => {
    if (group === undefined) return [];
    const hits = rows.filter(({ signals }) => signals.explicitRequest >= defaultPolicy.explicitRequest.threshold);
    return [[group, shareOf(hits.length, rows.length)] as const];
  });
  return new Map(figures.toSorted(([a], [b]) => a.localeCompare(b)));
}

export type IntentFigure = {
  readonly intent: PolicyIntent;
  readonly recall: Share;
  readonly precision: Share;
  /** False alarms among plain turns: turns without a class count as plain when their `kind` says so. */
  readonly plainAlarms: Share;
};

export function intentFigures(scored: readonly ScoredRow[]): readonly IntentFigure[] {
  return POLICY_INTENTS.map((intent) => {
    const threshold = defaultPolicy.policyIntents[intent].threshold;
    const fires = ({ signals }: ScoredRow): boolean => signals.policyIntents[intent] >= threshold;
    const is = ({ row }: ScoredRow): boolean => INTENT_OF_CLASS[row.policy ?? ""] === intent;
    const labelled = scored.filter(({ row }) => row.policy !== undefined);
    const positives = labelled.filter(is);
    const fired = labelled.filter(fires);
    const plain = scored.filter((one) => one.row.kind === "plain" && !is(one));
    return {
      intent,
      recall: shareOf(positives.filter(fires).length, positives.length),
      precision: shareOf(fired.filter(is).length, fired.length),
      plainAlarms: shareOf(plain.filter(fires).length, plain.length),
    };
  });
}
