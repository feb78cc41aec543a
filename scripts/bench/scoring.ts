// What reading a caller turn costs: the whole fast path (signals, memory, decision) as a ratio to the simplest thing that
// could be called one, a list of phrases looked up in the lower-cased text, over the same turns in the same run. A turn in its
// conversation costs more than one by itself: what was said before is read beside it.
import { existsSync } from "node:fs";
import { readTextModelFile } from "../../src/config/model-file.ts";
import { EpochMs } from "../../src/domain/time.ts";
import { afterAssistantTurn, afterCallerTurn, startConversation } from "../../src/escalation/conversation.ts";
import { decideEscalation } from "../../src/escalation/decide-escalation.ts";
import { defaultPolicy } from "../../src/escalation/policy.ts";
import { textContext } from "../../src/scoring/text-context.ts";
import { parseTextModels, type TextModels } from "../../src/scoring/text-models.ts";
import { scoreText } from "../../src/scoring/text-signals.ts";
import type { Turn } from "../../src/turns/turn.ts";
import { authored } from "../train/authored.ts";
import { DATA, type Dialogue, dialogues } from "../train/corpus.ts";

/** How fast turns are read. */
type Pace = {
  readonly turns: number;
  /** Of processor time, so on one core. */
  readonly turnsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
};

/** Of turns by themselves, and of turns in their conversations where there are some. */
export type ScoringBench = Pace & {
  readonly bench: "scoring";
  readonly inConversation?: Pace;
  /** How many times the baseline's time a turn takes. */
  readonly ratio: number;
  /** Reading and parsing the weights, ms. */
  readonly startMs: number;
  readonly held: boolean;
};

const LEAST_TURNS_PER_SECOND = 5_000;
const MOST_P99_MS = 1;
const MOST_START_MS = 150;
const ROUNDS = 5;
/** Of the written sentences one in so many is read: enough of each language. */
const SENTENCES_STEP = 3;
/** Of the conversations one in so many. */
const CONVERSATIONS_STEP = 10;

const NAIVE_LIST = [
  "speak to a human",
  "talk to a human",
  "real person",
  "speak to an agent",
  "talk to an agent",
  "representative",
  "customer service",
  "manager",
  "operator",
];

/** The sentences written for training, in their own languages, and an English call's usual small change. */
function benchTurns(): readonly { readonly text: string; readonly lang: string }[] {
  const small = [
    "yes",
    "no thanks",
    "it's four four two one",
    "okay and when will it arrive",
    "I was charged twice for the same thing on Monday",
  ];
  const sentences = authored().filter((_, i) => i % SENTENCES_STEP === 0);
  return sentences.flatMap((one, i) => [one, { text: small[i % small.length] ?? "yes", lang: "en" }]);
}

/** `cpuMs`: the process's own time, which other processes on the machine do not stretch; `each`: ms a turn. */
type Timed = { readonly cpuMs: number; readonly each: readonly number[] };

/** Each step reads one caller turn. */
type Step = () => void;

function timed(steps: readonly Step[]): Timed {
  const each: number[] = [];
  const before = process.cpuUsage();
  for (const step of steps) {
    const at = performance.now();
    step();
    each.push(performance.now() - at);
  }
  const used = process.cpuUsage(before);
  return { cpuMs: (used.user + used.system) / 1_000, each };
}

/** Turns by themselves: one assistant turn before them, which is always the same. */
function aloneSteps(turns: ReturnType<typeof benchTurns>, models: TextModels): readonly Step[] {
  let conversation = startConversation({ language: "en", startedAt: EpochMs(0) });
  return turns.map(({ text, lang }, index) => () => {
    const at = EpochMs(index);
    const signals = scoreText(text, lang, models, { lastAssistantText: "Is there anything else I can do for you?" });
    conversation = afterCallerTurn(conversation, { index, role: "caller", text, at }, signals);
    decideEscalation(conversation, defaultPolicy, at);
  });
}

/** Whole conversations as a call has them: the turns before beside each, and the assistant's turns read on the caller's account. */
function conversationSteps(written: readonly Dialogue[], models: TextModels): readonly Step[] {
  return written.flatMap(({ turns, lang: language = "en" }) => {
    let conversation = startConversation({ language, startedAt: EpochMs(0) });
    const heard: Turn[] = [];
    const hear = (speaker: string, text: string): void => {
      const index = heard.length;
      const at = EpochMs(index);
      const turn: Turn = { index, role: speaker === "user" ? "caller" : "assistant", text, at };
      conversation =
        turn.role === "assistant"
          ? afterAssistantTurn(conversation, turn)
          : afterCallerTurn(conversation, turn, scoreText(text, language, models, textContext(heard)));
      decideEscalation(conversation, defaultPolicy, at);
      heard.push(turn);
    };
    const spoken = turns.filter(({ speaker }) => speaker !== "action");
    const ends = spoken.flatMap(({ speaker }, i) => (speaker === "user" ? [i + 1] : []));
    return ends.map((end, i) => () => {
      for (const { speaker, text } of spoken.slice(ends[i - 1] ?? 0, end)) hear(speaker, text);
    });
  });
}

/** Every tenth of the conversations in ../shared/data; none when that folder is not there. */
const someConversations = async (): Promise<readonly Dialogue[]> =>
  existsSync(DATA) ? (await dialogues()).filter((_, i) => i % CONVERSATIONS_STEP === 0) : [];

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor(share * (values.length - 1))] ?? 0;

const paceOf = (rounds: readonly Timed[]): Pace => {
  const turns = rounds[0]?.each.length ?? 0;
  // A turn's best round: a time slice given to another process is no cost of ours.
  const undisturbed = Array.from({ length: turns }, (_, i) =>
    Math.min(...rounds.map(({ each }) => each[i] ?? Infinity)),
  );
  return {
    turns,
    turnsPerSecond: Math.round((turns / median(rounds.map(({ cpuMs }) => cpuMs))) * 1_000),
    p50Ms: quantile(undisturbed, 0.5),
    p99Ms: quantile(undisturbed, 0.99),
  };
};

const inBudget = ({ turnsPerSecond, p99Ms }: Pace): boolean =>
  turnsPerSecond >= LEAST_TURNS_PER_SECOND && p99Ms <= MOST_P99_MS;

/** Measures and prints; `held` says whether the budgets of the fast path were kept. */
export async function run({ json }: { json: boolean }): Promise<ScoringBench> {
  const began = performance.now();
  const models = parseTextModels(await readTextModelFile());
  const startMs = performance.now() - began;
  if (models === undefined) throw new Error("config/models/text.weights is not a weights file");
  const [turns, conversations] = [benchTurns(), await someConversations()];
  let matched = 0;
  const naive = turns.map(({ text }) => () => {
    const lower = text.toLowerCase();
    if (NAIVE_LIST.some((phrase) => lower.includes(phrase))) matched++;
  });
  // In turns, so that whatever else the machine does hits all; the first round only warms up.
  const rounds = Array.from({ length: ROUNDS + 1 }, () => ({
    baseline: timed(naive),
    alone: timed(aloneSteps(turns, models)),
    within: timed(conversationSteps(conversations, models)),
  })).slice(1);
  const alone = paceOf(rounds.map((round) => round.alone));
  const within = conversations.length === 0 ? undefined : paceOf(rounds.map((round) => round.within));
  const result = {
    bench: "scoring" as const,
    ...alone,
    ...(within && { inConversation: within }),
    ratio: median(rounds.map((round) => round.alone.cpuMs)) / median(rounds.map((round) => round.baseline.cpuMs)),
    startMs,
    held: inBudget(alone) && (within === undefined || inBudget(within)) && startMs <= MOST_START_MS,
  };
  if (json) console.log(JSON.stringify(result));
  else print(result, matched);
  return result;
}

function print(result: ScoringBench, matched: number): void {
  console.log(
    `scoring: the fast path takes ${result.ratio.toFixed(0)} times a phrase list's time a turn (${matched > 0 ? "which finds requests by nine phrases" : "which found nothing"})`,
  );
  printPace("turns by themselves", result);
  if (result.inConversation === undefined)
    console.log("  turns in their conversations: not measured, ../shared/data is not there");
  else printPace("turns in their conversations, as a call pays for them", result.inConversation);
  console.log(
    `  weights read in ${result.startMs.toFixed(0)} ms, budget ${MOST_START_MS} ms: ${(result.startMs / MOST_START_MS).toFixed(2)} of it`,
  );
}

function printPace(what: string, { turns, turnsPerSecond, p50Ms, p99Ms }: Pace): void {
  console.log(`  ${turns} ${what}:`);
  console.log(
    `    ${turnsPerSecond} turns a second on a core, budget at least ${LEAST_TURNS_PER_SECOND}: ${(turnsPerSecond / LEAST_TURNS_PER_SECOND).toFixed(1)} times`,
  );
  console.log(
    `    p50 ${p50Ms.toFixed(3)} ms, p99 ${p99Ms.toFixed(3)} ms a turn, budget ${MOST_P99_MS} ms: ${(p99Ms / MOST_P99_MS).toFixed(2)} of it`,
  );
}
