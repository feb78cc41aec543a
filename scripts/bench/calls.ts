// A hundred calls at once, ten of which ask for a person in the same moment while the others go on talking and ten agents
// wait: each stage against the budget (design §2), and the longest stretch without a voice over all calls, measured on the
// callers' own lines.
//
// The carrier with its callers and phones, the model, the stores and the gateway are processes of their own, and what each
// was busy with is printed: where the load's own event loops were late, what is measured is the machine's.
import { loadavg } from "node:os";
import { LegId } from "../../src/domain/ids.ts";
import { callIdOf } from "../../src/vendors/twilio/call-ids.ts";
import type { EscalationView, TimelineRow } from "../../test/calls/scene.ts";
import type { Heard } from "./calls/carrier-process.ts";
import { type CallsScene, type Loads, openScene } from "./calls/scene.ts";
import { type Load, watchMachine } from "./handoff/ask-load.ts";

const CALLS = count("BENCH_CALLS", 100);
const ESCALATING = count("BENCH_ESCALATING", 10);
const CALLS_PER_SECOND = count("BENCH_CALLS_PER_SECOND", 10);
/** Callers arrive this far apart. */
const APART_MS = 150;
const BRIDGED_WITHIN_MS = 60_000;

const BUDGET_MS = {
  reserved: 100,
  painted: 300,
  requested: 500,
  promised: 1_000,
  ringing: 2_000,
  accepted: 20_000,
  bridged: 30_000,
} as const;
type Stage = keyof typeof BUDGET_MS;
const STAGES = Object.keys(BUDGET_MS) as readonly Stage[];
const SILENCE_MAX_MS = 4_000;
/** A frame of audio: whoever makes the load and is later than this makes silences and delays of their own. */
const LATE_MAX_MS = 20;

export type StageFigures = {
  readonly count: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly maxMs: number;
  readonly budgetMs: number;
  readonly held: boolean;
};

export type CallsBench = {
  readonly bench: "calls";
  readonly calls: number;
  /** Of them, those who heard the assistant's greeting. */
  readonly greeted: number;
  readonly escalating: number;
  readonly callsPerSecond: number;
  readonly bridged: number;
  readonly stages: Readonly<Record<Stage, StageFigures>>;
  /** Milliseconds: of those who asked, from the decision to the bridge; of the others, while they talked. */
  readonly silenceMaxMs: number;
  readonly silenceMaxAskingMs: number;
  readonly silenceMaxTalkingMs: number;
  readonly loads: Loads;
  /** The load's event loops were late by no more than a frame in 99 of 100 looks. */
  readonly loadInTime: boolean;
  readonly machineIdle: number;
  readonly loadAverage: number;
  readonly held: boolean;
};

/** Runs some two minutes. */
export async function run({ json }: { json: boolean }): Promise<CallsBench> {
  const scene = await openScene({ agents: ESCALATING, callsPerSecond: CALLS_PER_SECOND });
  try {
    const result = await measure(scene);
    console.log(json ? JSON.stringify(result) : describe(result));
    return result;
  } finally {
    await scene.close();
  }
}

async function measure(scene: CallsScene): Promise<CallsBench> {
  const { calls = [] } = await scene.carrier.ask({ do: "arrive", calls: CALLS, apartMs: APART_MS });
  const early = await escalations(scene);
  if (early.length > 0) throw new Error(`${early.length} callers are being got a person before any of them has asked`);
  const [watched, machine] = [await scene.watch(), watchMachine()];
  const bridges = scene.seats.map((seat) =>
    seat.waitFor((it) => it.type === "state" && it["state"] === "bridged", BRIDGED_WITHIN_MS),
  );
  await scene.carrier.ask({ do: "ask", asking: ESCALATING });
  const bridged = (await Promise.allSettled(bridges)).filter(({ status }) => status === "fulfilled").length;
  const [loads, machineIdle, [loadAverage = NaN]] = [await watched(), machine(), loadavg()];
  const { cases, heard, talkedSilencesMs, stages } = await figures(scene, calls);
  const silenceMaxAskingMs = Math.max(...heard.map(({ silenceMs }) => silenceMs));
  const silenceMaxTalkingMs = Math.max(...talkedSilencesMs);
  const silenceMaxMs = Math.max(silenceMaxAskingMs, silenceMaxTalkingMs);
  const all = bridged === ESCALATING && cases.length === ESCALATING && calls.length === CALLS;
  return {
    bench: "calls",
    calls: CALLS,
    greeted: calls.length,
    escalating: ESCALATING,
    callsPerSecond: CALLS_PER_SECOND,
    bridged,
    stages,
    silenceMaxMs,
    silenceMaxAskingMs,
    silenceMaxTalkingMs,
    loads,
    loadInTime: Math.max(loads.carrier.lateP99Ms, loads.model.lateP99Ms) <= LATE_MAX_MS,
    machineIdle,
    loadAverage,
    held:
      all &&
      STAGES.every((stage) => stages[stage].held && stages[stage].count === ESCALATING) &&
      silenceMaxMs <= SILENCE_MAX_MS,
  };
}

/** What is recorded of each case, and what its caller heard. */
async function figures(scene: CallsScene, calls: readonly string[]) {
  const cases = await casesOf(scene, calls);
  const { lines = [] } = await scene.model.ask({ do: "tell" });
  const promises = lines.filter((line) => PROMISE.test(line));
  const { heard = [], talkedSilencesMs = [] } = await scene.carrier.ask({ do: "tell", cases, lines: promises });
  const heardBy = new Map(heard.map((one) => [one.callSid, one]));
  const times = cases.map(({ callSid, rows }) => timesOf(rows, heardBy.get(callSid)));
  const stages = Object.fromEntries(
    STAGES.map((stage) => [
      stage,
      figuresOf(
        times.flatMap((time) => time[stage] ?? []),
        BUDGET_MS[stage],
      ),
    ]),
  ) as Record<Stage, StageFigures>;
  return { cases, heard, talkedSilencesMs, stages };
}

/** The sentence that promises somebody, in the shipped words. */
const PROMISE = /^I am getting someone from /u;

type CaseOfCall = { readonly callSid: string; readonly rows: readonly TimelineRow[] };

async function escalations(scene: CallsScene): Promise<readonly (EscalationView & { callId?: string })[]> {
  const { items } = (await scene.api("/api/escalations?limit=200")) as {
    items: (EscalationView & { callId?: string })[];
  };
  return items;
}

async function casesOf(scene: CallsScene, calls: readonly string[]): Promise<readonly CaseOfCall[]> {
  const items = await escalations(scene);
  const sids = new Map(calls.map((callSid): [string, string] => [callIdOf(LegId(callSid)), callSid]));
  return Promise.all(
    items.flatMap(({ id, callId = "" }) => {
      const callSid = sids.get(callId);
      return callSid === undefined ? [] : [timelineOf(scene, id).then((rows) => ({ callSid, rows }))];
    }),
  );
}

async function timelineOf(scene: CallsScene, id: string): Promise<readonly TimelineRow[]> {
  const { items } = (await scene.api(`/api/escalations/${id}/timeline`)) as { items: TimelineRow[] };
  return items;
}

/** Milliseconds from the decision: where it is recorded, where the carrier was asked, and where the caller heard it. */
function timesOf(rows: readonly TimelineRow[], heard: Heard | undefined): Partial<Record<Stage, number>> {
  const at = (fits: (row: TimelineRow) => boolean): number | undefined => {
    const row = rows.find(fits);
    return row && Date.parse(row.at);
  };
  const t0 = at(({ event }) => event === "escalation-decided");
  if (t0 === undefined) return {};
  const found: Record<Stage, number | undefined> = {
    reserved: at(({ event }) => event === "agent-reserved"),
    painted: at(({ event }) => event === "packet-painted"),
    requested: heard?.requestedAt,
    promised: heard?.promisedAt,
    ringing: at(({ event }) => event === "agent-leg-ringing"),
    accepted: at(({ state }) => state === "accepted"),
    bridged: at(({ state }) => state === "bridged"),
  };
  return Object.fromEntries(
    Object.entries(found).flatMap(([stage, when]) => (when === undefined ? [] : [[stage, when - t0]])),
  );
}

function figuresOf(values: readonly number[], budgetMs: number): StageFigures {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
  const maxMs = sorted.at(-1) ?? Number.NaN;
  return { count: values.length, p50Ms: at(0.5), p95Ms: at(0.95), maxMs, budgetMs, held: maxMs <= budgetMs };
}

const ms = (value: number): string => String(Math.round(value)).padStart(6);

const load = (name: string, { core, lateP50Ms, lateP99Ms, lateMaxMs }: Load): string =>
  `  ${name.padEnd(8)} ${(core * 100).toFixed(0).padStart(3)} % of a core; its event loop late by p50 ${lateP50Ms.toFixed(0)}  p99 ${lateP99Ms.toFixed(0)}  max ${lateMaxMs.toFixed(0)} ms`;

function describe(result: CallsBench): string {
  const { calls, escalating, callsPerSecond, bridged, stages, loads } = result;
  const quiet = result.silenceMaxMs <= SILENCE_MAX_MS ? "held" : "MISSED";
  return [
    `calls: ${result.greeted} of ${calls} calls greeted, ${escalating} ask for a person at once, ${escalating} agents, ${callsPerSecond} dials a second; ${bridged} bridged`,
    ...STAGES.map((stage) => {
      const { count: seen, p50Ms, p95Ms, maxMs, budgetMs, held } = stages[stage];
      return `  ${stage.padEnd(10)} p50 ${ms(p50Ms)}  p95 ${ms(p95Ms)}  max ${ms(maxMs)} ms of ${seen}; budget ${budgetMs}: ${held ? "held" : "MISSED"}`;
    }),
    `  longest stretch without a voice, all ${calls} calls: ${ms(result.silenceMaxMs)} ms; at most ${SILENCE_MAX_MS}: ${quiet}`,
    `    who asked, from decision to bridge ${ms(result.silenceMaxAskingMs)} ms; who talked ${ms(result.silenceMaxTalkingMs)} ms`,
    load("gateway", loads.gateway),
    load("carrier", loads.carrier),
    load("model", loads.model),
    result.loadInTime
      ? `  carrier and model were in time (p99 at most ${LATE_MAX_MS} ms late): the load is not the cause of what is above`
      : `  carrier or model were LATE by more than ${LATE_MAX_MS} ms: the load itself may be the cause of what is above`,
    `  machine ${(result.machineIdle * 100).toFixed(0)} % idle, load average ${result.loadAverage.toFixed(1)}`,
  ].join("\n");
}

function count(name: string, usual: number): number {
  const value = Number(process.env[name] ?? usual);
  if (!Number.isInteger(value) || value < 1) throw new Error(`${name}: expected a whole number above 0`);
  return value;
}

if (import.meta.main) process.exitCode = (await run({ json: process.argv.includes("--json") })).held ? 0 : 1;
