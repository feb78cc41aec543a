// npm run score: dialogues as JSON lines on stdin, signals and decision as JSON lines on stdout (docs/quality.md).
// No network. A line that cannot be read is named on stderr, the others are scored, and the exit code is 1.
import { createInterface } from "node:readline";
import { z } from "zod";
import { readTextModelFile } from "../src/config/model-file.ts";
import { loadTriggers } from "../src/config/trigger-policy.ts";
import { judgeDialogue, type JudgeBy, type JudgedDialogue } from "../src/escalation/judge-dialogue.ts";
import { phrasesOf, readAs } from "../src/escalation/policy.ts";
import { compilePhrases } from "../src/scoring/phrase-book.ts";
import { parseTextModels } from "../src/scoring/text-models.ts";
import { type Command, readCommandLine } from "./command-line.ts";

const turnSchema = z.object({
  role: z.enum(["caller", "assistant"]),
  text: z.string(),
  asrConfidence: z.number().min(0).max(1).nullish(),
});
const dialogueSchema = z.object({ id: z.string(), lang: z.string().min(2).default("en"), turns: z.array(turnSchema) });

type Prepared = { readonly by: Omit<JudgeBy, "language">; readonly languages: readonly string[] };

const EXAMPLE = '{"id":"…","lang":"en","turns":[{"role":"caller","text":"…"}]}';
const COMMAND: Command = {
  name: "npm run score",
  usage: `--silent < dialogues.jsonl > signals.jsonl
  Reads one dialogue a line from standard input, ${EXAMPLE},
  and writes one line of signals and decision for each, in the same order. CONFIG_DIR says whose triggers. No network.`,
};

async function prepare(): Promise<Prepared> {
  const answer = await loadTriggers(process.env["CONFIG_DIR"] || "config");
  if (!answer.ok) return cannotStart(answer.problems.join("\n"));
  const models = parseTextModels(await readTextModelFile());
  if (models === undefined)
    return cannotStart(
      "config/models/text.weights is no file of weights; restore it or run node scripts/train/train.ts",
    );
  const by = { models, policy: answer.triggers, phrases: compilePhrases(phrasesOf(answer.triggers)) };
  return { by, languages: answer.triggers.languages };
}

function cannotStart(why: string): never {
  console.error(`npm run score: ${why}`);
  process.exit(2);
}

const DIGITS = 4;
const rounded = (value: number): number => Number(value.toFixed(DIGITS));
const roundedAll = (values: Readonly<Record<string, number>>): Record<string, number> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, rounded(value)]));

function answerLine(id: string, judged: JudgedDialogue): string {
  const turns = judged.turns.map((signals, index) => {
    if (signals === undefined) return { index };
    const { policyIntents, customIntents, danger, ...moods } = signals;
    const intents = roundedAll({ ...policyIntents, ...customIntents });
    return { index, ...roundedAll(moods), ...(danger ? { danger } : {}), policyIntents: intents };
  });
  if (judged.decision === undefined)
    return JSON.stringify({ id, turns, decision: { escalate: false, risk: rounded(judged.risk) } });
  const { atTurn, trigger, because, evidence, policyIntent, emergency } = judged.decision;
  const decision = { escalate: true, atTurn, trigger, because, evidence, policyIntent, emergency };
  return JSON.stringify({ id, turns, decision });
}

function readDialogue(
  line: string,
): { ok: true; dialogue: z.output<typeof dialogueSchema> } | { ok: false; why: string } {
  try {
    const read = dialogueSchema.safeParse(JSON.parse(line));
    if (read.success) return { ok: true, dialogue: read.data };
    const [issue] = read.error.issues;
    const where = issue?.path.map(String).join(".") || "the line";
    return { ok: false, why: `${where}: ${issue?.message ?? "not a dialogue"}` };
  } catch (error) {
    return { ok: false, why: `not JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
}

/** Waits for a slow reader instead of holding its lines in memory. */
async function write(text: string): Promise<void> {
  if (process.stdout.write(`${text}\n`)) return;
  await new Promise((resolve) => process.stdout.once("drain", resolve));
}

readCommandLine(COMMAND, {});
if (process.stdin.isTTY) console.error(`Type or paste dialogues, one a line: ${EXAMPLE}. Ctrl-D ends.`);
const { by, languages } = await prepare();
let lineNumber = 0;
for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  lineNumber++;
  if (line.trim() === "") continue;
  const read = readDialogue(line);
  if (!read.ok) {
    console.error(`line ${lineNumber}: ${read.why}. Expected ${EXAMPLE}`);
    process.exitCode = 1;
    continue;
  }
  const { id, lang, turns } = read.dialogue;
  const written = turns.map(({ role, text, asrConfidence }) => ({
    role,
    text,
    ...(typeof asrConfidence === "number" ? { asrConfidence } : {}),
  }));
  await write(answerLine(id, judgeDialogue(written, { ...by, language: readAs(languages, lang) })));
}
