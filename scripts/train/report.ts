// Writes docs/quality.md: node scripts/train/report.ts. Every figure is on rows that no weight, rule or threshold was
// fitted to (the test part of split.ts), at the thresholds that ship.
import { readFile, writeFile } from "node:fs/promises";
import { dialogues, emotions, ratedDialogues, utterances } from "./corpus.ts";
import { judgeAll, triggerMix, type Judged } from "./evaluate-dialogues.ts";
import { derivedAlarms } from "./evaluate-grounding.ts";
import { annoyedAreas, type Area, emotionAreas, ratedAreas } from "./evaluate-moods.ts";
import { intentFigures, requestFigures, type ScoredRow, scoreRows, shippedModels } from "./evaluate.ts";
import type { Share } from "./figures.ts";
import { ratedTurns } from "./rated-turns.ts";
import { partOf, split } from "./split.ts";

const models = await shippedModels();
const rows = await utterances();
const parts = split(rows, (row) => ({ source: row.source, text: row.text }));
const scored = scoreRows(
  rows.filter((_, i) => parts[i]?.test === true),
  models,
);
const allConversations = await dialogues();
const conversations = allConversations.filter((one) => partOf(one.source, one.id).test);
const judged = judgeAll(conversations, models);
const allRated = await ratedDialogues();
const ratedPart = (test: boolean) =>
  ratedTurns(
    allRated.filter((one) => partOf(one.source, one.id).test === test),
    models,
  );
const rated = ratedAreas(ratedPart(true), ratedPart(false));
const felt = emotionAreas(
  (await emotions()).filter((one) => partOf(one.source, one.id).test),
  models,
);
const annoyed = annoyedAreas(conversations, models);
const template = await readFile(new URL("./quality-template.md", import.meta.url), "utf8");
const sections: Readonly<Record<string, string>> = {
  requests: requestTable(scored),
  requestsBySource: sourceTable(scored),
  intents: intentTable(scored),
  intentsTrainable: intentTable(scored.filter(({ row }) => row.source !== "bitext" && !row.source.startsWith("hint3"))),
  rated: ratedTable(),
  gains: gainTable(),
  annoyed: `By the mean of its turns ${area(annoyed.mean)}, by the highest ${area(annoyed.most)}.`,
  emotions: felt.map(([head, one]) => `| ${head} | ${area(one)} |`).join("\n"),
  conversations: conversationTable(judged),
  mix: mixTable(judged),
  twenty: await twentyTable(judged),
  grounding: `| derived amounts called made up | ${shareCells(derivedAlarms(allConversations.filter((one) => !partOf(one.source, one.id).test)))} |`,
  counts: `${scored.length} turns, ${conversations.length} conversations`,
};
const text = template.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => sections[name] ?? `no section called ${name}`);
await writeFile(new URL("../../docs/quality.md", import.meta.url), text);
console.log("wrote docs/quality.md");

function percent(value: number): string {
  return `${(100 * value).toFixed(value > 0 && value < 0.01 ? 2 : 1)} %`;
}

function shareCells(share: Share): string {
  return `${share.hits} of ${share.of} | ${percent(share.share)} | ${percent(share.low)} to ${percent(share.high)}`;
}

function area(one: Area | undefined): string {
  if (one === undefined) return "not measurable";
  return `${one.area.toFixed(3)} ± ${one.spread.toFixed(3)} (${one.positives} of ${one.of})`;
}

function requestTable(all: readonly ScoredRow[]): string {
  return [...requestFigures(all)].map(([group, share]) => `| ${group} | ${shareCells(share)} |`).join("\n");
}

/** Requests per source and language: the total hides who is missed. */
function sourceTable(all: readonly ScoredRow[]): string {
  const groups = Map.groupBy(
    all.filter(({ row }) => row.human === "yes"),
    ({ row }) => `${row.source} (${row.lang})`,
  );
  return [...groups]
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([source, own]) => {
      const heard = own.filter(({ signals }) => signals.explicitRequest >= 0.5).length;
      return `| ${source} | ${heard} of ${own.length} |`;
    })
    .join("\n");
}

function intentTable(all: readonly ScoredRow[]): string {
  return intentFigures(all)
    .map(({ intent, precision, recall, plainAlarms }) => {
      const alarms = plainAlarms.of === 0 ? 0 : (10_000 * plainAlarms.hits) / plainAlarms.of;
      return `| ${intent} | ${shareCells(recall)} | ${shareCells(precision)} | ${alarms.toFixed(1)} (${plainAlarms.hits} of ${plainAlarms.of}) |`;
    })
    .join("\n");
}

function ratedTable(): string {
  return rated
    .map(({ source, worst, ours, baselines }) => {
      const others = baselines.map((one) => one.area.toFixed(3)).join(" | ");
      return `| ${source} | ${worst} | ${area(ours)} | ${others} |`;
    })
    .join("\n");
}

function signed(value: number): string {
  return `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(3)}`;
}

function gainTable(): string {
  return rated
    .map(({ source, worst, baselines }) => {
      const gains = baselines.map(({ gain }) => `${signed(gain.gain)} (${signed(gain.low)} to ${signed(gain.high)})`);
      return `| ${source} | ${worst} | ${gains.join(" | ")} |`;
    })
    .join("\n");
}

function conversationTable(all: readonly Judged[]): string {
  const kinds: readonly (readonly [string, (one: Judged) => boolean])[] = [
    ["STAR, caller annoyed", ({ dialogue }) => dialogue.source === "star" && dialogue.user_annoyed === true],
    ["STAR, others", ({ dialogue }) => dialogue.source === "star" && dialogue.user_annoyed !== true],
    ["tau-bench, transferred", ({ dialogue }) => dialogue.transferred === true],
    ["tau-bench, others", ({ dialogue }) => dialogue.source.startsWith("tau") && dialogue.transferred !== true],
    ["all", () => true],
  ];
  return kinds
    .map(([name, is]) => {
      const own = all.filter(is);
      const turns = own
        .flatMap(({ callerTurns }) => (callerTurns === undefined ? [] : [callerTurns]))
        .toSorted((a, b) => a - b);
      const escalated = turns.length;
      const middle = turns[Math.floor(turns.length / 2)] ?? "";
      return `| ${name} | ${escalated} of ${own.length} | ${percent(escalated / Math.max(1, own.length))} | ${middle} |`;
    })
    .join("\n");
}

function mixTable(all: readonly Judged[]): string {
  const mix = triggerMix(all);
  const total = mix.reduce((sum, [, count]) => sum + count, 0);
  return mix.map(([trigger, count]) => `| ${trigger} | ${count} | ${percent(count / total)} |`).join("\n");
}

async function twentyTable(all: readonly Judged[]): Promise<string> {
  const notes = JSON.parse(await readFile(new URL("./judged-dialogues.json", import.meta.url), "utf8")) as readonly {
    id: string;
    verdict: string;
    note: string;
  }[];
  return notes
    .map(({ id, verdict, note }) => {
      const one = all.find(({ dialogue }) => dialogue.id === id)?.judged.decision;
      const said = one === undefined ? "stays" : `${one.policyIntent ?? one.trigger}, turn ${one.atTurn}`;
      return `| ${id} | ${said} | ${verdict} | ${note} |`;
    })
    .join("\n");
}
