// Many calls at once, ten of which ask for a person in the same moment while ten agents wait: each stage against the
// budget (design §2), and the longest stretch without a voice, measured on the callers' own lines.
import { setTimeout as sleep } from "node:timers/promises";
import { clip } from "../../lab/audio/clips.ts";
import type { Handset } from "../../lab/twilio/handset.ts";
import { silenceOf } from "../../test/calls/caller-line.ts";
import {
  type Agent,
  callerArrives,
  creates,
  openScene,
  type Scene,
  sitDown,
  type TimelineRow,
  timelineOf,
} from "../../test/calls/scene.ts";

/** Of 100 asked for: more than these and twin, callers and agents in one process are the bottleneck, not the gateway. */
const CALLS = count("BENCH_CALLS", 30);
const ESCALATING = count("BENCH_ESCALATING", 10);
const CALLS_PER_SECOND = count("BENCH_CALLS_PER_SECOND", 10);
/** Callers arrive this far apart. */
const APART_MS = 150;
const BRIDGED_WITHIN_MS = 60_000;

const BUDGET_MS = {
  reserved: 100,
  painted: 300,
  requested: 500,
  ringing: 2_000,
  accepted: 20_000,
  bridged: 30_000,
} as const;
type Stage = keyof typeof BUDGET_MS;
const STAGES: readonly Stage[] = ["reserved", "painted", "requested", "ringing", "accepted", "bridged"];
const SILENCE_MAX_MS = 4_000;

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
  readonly escalating: number;
  readonly callsPerSecond: number;
  readonly bridged: number;
  readonly stages: Readonly<Record<Stage, StageFigures>>;
  /** Milliseconds, over all escalated calls from the decision to the bridge. */
  readonly silenceMaxMs: number;
  readonly held: boolean;
};

/** Runs some two minutes. */
export async function run({ json }: { json: boolean }): Promise<CallsBench> {
  const scene = await openScene({ callsPerSecond: CALLS_PER_SECOND, env: { LIVE_CALLS_MAX: "1000" } });
  try {
    const result = await measure(scene);
    console.log(json ? JSON.stringify(result) : describe(result));
    return result;
  } finally {
    await scene.close();
  }
}

async function measure(scene: Scene): Promise<CallsBench> {
  const agents: Agent[] = [];
  for (let i = 0; i < ESCALATING; i += 1) {
    agents.push(await sitDown(scene, { id: `agent${i}`, phone: { kind: "answers", afterMs: 800 } }));
  }
  const taken = agents.map((agent) => takesTheCall(agent));
  const callers = await Promise.all(Array.from({ length: CALLS }, (_, i) => arrives(scene, i)));
  const asking = callers.slice(0, ESCALATING);
  // At once: nobody waits for anybody else's sentence to end.
  const asked = asking.map((caller) => caller.say(clip("speak-to-human").audio));
  for (const caller of callers.slice(ESCALATING)) void caller.say(clip("unknown-charge").audio);
  await Promise.all(asked);
  const cases = (await Promise.all(taken)).filter((id) => id !== undefined);
  const rows = await Promise.all(cases.map((id) => timelineOf(scene, id)));
  const bridgedCallers = cases.map((id) => callerOf(scene, callers, id));
  const times = rows.map((timeline, i) => timesOf(timeline, requestedFor(scene, bridgedCallers[i]?.callSid ?? "")));
  const stages = Object.fromEntries(
    STAGES.map((stage) => [
      stage,
      figuresOf(
        times.flatMap((time) => time[stage] ?? []),
        BUDGET_MS[stage],
      ),
    ]),
  ) as Record<Stage, StageFigures>;
  const silences = await Promise.all(bridgedCallers.map((caller, i) => silenceOf(scene, caller, cases[i] ?? "")));
  const silenceMaxMs = Math.max(...silences);
  return {
    bench: "calls",
    calls: CALLS,
    escalating: ESCALATING,
    callsPerSecond: CALLS_PER_SECOND,
    bridged: cases.length,
    stages,
    silenceMaxMs,
    held:
      cases.length === ESCALATING &&
      STAGES.every((stage) => stages[stage].held && stages[stage].count === ESCALATING) &&
      silenceMaxMs <= SILENCE_MAX_MS,
  };
}

async function arrives(scene: Scene, place: number): Promise<Handset> {
  await sleep(place * APART_MS);
  return callerArrives(scene, { from: `+1415555${String(2_000 + place)}` });
}

/** Picks up, hears that a key is asked for, presses it. The escalation, once it is bridged. */
async function takesTheCall({ phone, seat }: Agent): Promise<string | undefined> {
  const handset = await phone.nextAnswer(BRIDGED_WITHIN_MS * 2);
  await handset.untilAsked();
  await handset.press("1");
  try {
    const { frame } = await seat.waitFor((it) => it.type === "state" && it["state"] === "bridged", BRIDGED_WITHIN_MS);
    return String(frame["escalationId"]);
  } catch (error) {
    process.stderr.write(`calls: one handoff was not bridged: ${String(error)}\n`);
    return undefined;
  }
}

/** Milliseconds from the decision, each where it is recorded; the request where the carrier's twin received it. */
function timesOf(rows: readonly TimelineRow[], requested: number | undefined): Partial<Record<Stage, number>> {
  const at = (fits: (row: TimelineRow) => boolean): number | undefined => {
    const row = rows.find(fits);
    return row && Date.parse(row.at);
  };
  const t0 = at(({ event }) => event === "escalation-decided");
  if (t0 === undefined) return {};
  const found: Record<Stage, number | undefined> = {
    reserved: at(({ event }) => event === "agent-reserved"),
    painted: at(({ event }) => event === "packet-painted"),
    requested,
    ringing: at(({ event }) => event === "agent-leg-ringing"),
    accepted: at(({ state }) => state === "accepted"),
    bridged: at(({ state }) => state === "bridged"),
  };
  return Object.fromEntries(
    Object.entries(found).flatMap(([stage, when]) => (when === undefined ? [] : [[stage, when - t0]])),
  );
}

/** The carrier's first request to ring somebody for this caller. */
const requestedFor = (scene: Scene, callSid: string): number | undefined =>
  creates(scene).find(({ params }) => Object.values(params).some((values) => values.some((it) => isAbout(it, callSid))))
    ?.at;

const isAbout = (value: string, callSid: string): boolean => value.includes(`call=call-${callSid.slice(2)}`);

/** The caller of a case: who entered its room. */
function callerOf(scene: Scene, callers: readonly Handset[], escalationId: string): Handset {
  const sids = new Set(
    scene.rig.twilio.log
      .of("conference", ({ friendlyName }) => friendlyName.includes(escalationId))
      .map((it) => it.callSid),
  );
  const caller = callers.find(({ callSid }) => sids.has(callSid));
  if (!caller) throw new Error(`nobody entered the room of ${escalationId}`);
  return caller;
}

function figuresOf(values: readonly number[], budgetMs: number): StageFigures {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
  const maxMs = sorted.at(-1) ?? Number.NaN;
  return { count: values.length, p50Ms: at(0.5), p95Ms: at(0.95), maxMs, budgetMs, held: maxMs <= budgetMs };
}

const ms = (value: number): string => String(Math.round(value)).padStart(6);

function describe(result: CallsBench): string {
  const { calls, escalating, callsPerSecond, bridged, stages, silenceMaxMs } = result;
  return [
    `calls: ${calls} calls, ${escalating} ask for a person at once, ${escalating} agents, ${callsPerSecond} dials a second; ${bridged} bridged`,
    ...STAGES.map((stage) => {
      const { count: seen, p50Ms, p95Ms, maxMs, budgetMs, held } = stages[stage];
      return `  ${stage.padEnd(10)} p50 ${ms(p50Ms)}  p95 ${ms(p95Ms)}  max ${ms(maxMs)} ms of ${seen}; budget ${budgetMs}: ${held ? "held" : "MISSED"}`;
    }),
    `  longest stretch without a voice ${ms(silenceMaxMs)} ms; at most ${SILENCE_MAX_MS}: ${silenceMaxMs <= SILENCE_MAX_MS ? "held" : "MISSED"}`,
  ].join("\n");
}

function count(name: string, usual: number): number {
  const value = Number(process.env[name] ?? usual);
  if (!Number.isInteger(value) || value < 1) throw new Error(`${name}: expected a whole number above 0`);
  return value;
}

if (import.meta.main) process.exitCode = (await run({ json: process.argv.includes("--json") })).held ? 0 : 1;
