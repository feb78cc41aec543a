// From the decision to the first request that rings an agent, measured on the carrier's socket, while 200 calls are up on
// one gateway with real Redis and Postgres and 50 dials a second allowed. What the desk takes to paint the card is waited
// for by design (design §2); what comes on top of it is the gateway's own time.
//
// Decisions come as a steady stream, as calls do: at random (Poisson, from a seed), so many a second that 200 are up. Were
// all 200 to come in one instant, most of what is measured would be their wait for the 50 permits a second. The callers
// dial numbers that go straight to people, where the decision falls with the call's arrival: 200 lines of audio would
// measure this machine (see `media`). Carrier, desks, gateway and stores are processes of their own, and what each of them
// was busy with is printed beside the figures.
import { loadavg } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import type { NumberSetting } from "../../test/calls/numbers.ts";
import { createRandom } from "../../test/simulation/world/random.ts";
import { type Load, watchMachine } from "./handoff/ask-load.ts";
import { type BenchScene, type Loads, openScene } from "./handoff/scene.ts";
import { insertMeanwhile } from "./handoff/bare-insert.ts";
import { caseOfCall, type Spread, spread, STAGES, type Stage, type Times, timesOf } from "./handoff/times.ts";

/** Calls that are up at any time of the measured part. */
const CALLS = count("BENCH_CALLS", 200);
const CALLS_PER_SECOND = 50;
/** Each call stays for as long as keeps `CALLS` of them up. */
const ARRIVALS_PER_SECOND = count("BENCH_ARRIVALS_PER_SECOND", 4);
const MEASURED = count("BENCH_HANDOFFS", 400);
const SEED = count("BENCH_SEED", 1);
const TALK_MS = (CALLS / ARRIVALS_PER_SECOND) * 1_000;
/** While these come in, code is compiled and connections are made: measured for nobody. */
const WARM = 20;
/** These have the gateway nearly to themselves: what the busy ones are compared with. */
const IDLE = 30;
const PAINT_MS = 60;
const ACCEPT_MS = 1_500;
const LIMIT_MS = 50;
const QUEUES = 4;
const UNDER_WAY_MS = 3_000;

const numbers: NumberSetting[] = Array.from({ length: QUEUES }, (_, place) => ({
  number: `+1500555${2_100 + place}`,
  queue: `team-${place}`,
  mode: "queue",
}));

export type HandoffBench = {
  readonly bench: "handoff";
  /** Calls that were up when the last one had come in. */
  readonly calls: number;
  readonly callsPerSecond: number;
  readonly arrivalsPerSecond: number;
  readonly handoffs: number;
  /** From the decision to the request on the carrier's socket. */
  readonly total: Spread;
  /** From the card's arrival at the desk to its acknowledgement. */
  readonly paintWait: Spread;
  /** What is left of the total without the paint wait, handoff by handoff. */
  readonly above: Spread;
  /** The same while few calls are up. */
  readonly aboveIdle: Spread;
  /** One bare row into the same Postgres, four times a second meanwhile: what the disk and the server take by themselves. */
  readonly bareInsert: Spread;
  /** Where the time above the painting goes. */
  readonly stages: Readonly<Record<Stage, Spread>>;
  readonly loads: Loads;
  /** Of the machine, with everything else that ran on it: how much nobody used, and its load average. */
  readonly machineIdle: number;
  readonly loadAverage: number;
  readonly ratioToPaintWait: number;
  readonly ratioToIdle: number;
  readonly ratioToInsert: number;
  readonly limitMs: number;
  readonly held: boolean;
};

/** Runs some three minutes. */
export async function run({ json }: { json: boolean }): Promise<HandoffBench> {
  const scene = await openScene({
    callsPerSecond: CALLS_PER_SECOND,
    liveCallsMax: CALLS * 2,
    agents: Math.ceil(CALLS * 1.4),
    numbers,
    desks: { paintMs: PAINT_MS, acceptMs: ACCEPT_MS, talkMs: TALK_MS },
  });
  try {
    const result = await measure(scene);
    console.log(json ? JSON.stringify(result) : describe(result));
    return result;
  } finally {
    await scene.close();
  }
}

async function measure(scene: BenchScene): Promise<HandoffBench> {
  const random = createRandom(SEED);
  const come = async (many: number) => {
    const gapsMs = Array.from({ length: many }, () => (-Math.log(1 - random.next()) * 1_000) / ARRIVALS_PER_SECOND);
    const { calls = [], legs = 0 } = await scene.carrier.ask({ do: "call", gapsMs });
    return { calls, up: Math.round(legs / 2) };
  };
  await come(WARM);
  const first = await come(IDLE);
  await come(Math.max(0, CALLS - WARM - IDLE));
  const [watched, machine, inserts] = [await scene.watch(), watchMachine(), await insertMeanwhile(scene.db)];
  const measured = await come(MEASURED);
  const [loads, machineIdle, [loadAverage = NaN]] = [await watched(), machine(), loadavg()];
  const bareInsert = spread(await inserts());
  // The last ones are still on their way.
  await sleep(UNDER_WAY_MS);
  const all = await timesOf(scene);
  const busy = measured.calls.flatMap((sid) => all.get(caseOfCall(sid)) ?? []);
  const idle = first.calls.flatMap((sid) => all.get(caseOfCall(sid)) ?? []);
  const above = of(busy, ({ totalMs, paintMs }) => totalMs - paintMs);
  const aboveIdle = of(idle, ({ totalMs, paintMs }) => totalMs - paintMs);
  const total = of(busy, ({ totalMs }) => totalMs);
  const paintWait = of(busy, ({ paintMs }) => paintMs);
  return {
    bench: "handoff",
    calls: measured.up,
    callsPerSecond: CALLS_PER_SECOND,
    arrivalsPerSecond: ARRIVALS_PER_SECOND,
    handoffs: busy.length,
    total,
    paintWait,
    above,
    aboveIdle,
    bareInsert,
    stages: {
      reserved: of(busy, ({ stages }) => stages.reserved),
      shown: of(busy, ({ stages }) => stages.shown),
      acknowledged: of(busy, ({ stages }) => stages.acknowledged),
      dialled: of(busy, ({ stages }) => stages.dialled),
    },
    loads,
    machineIdle,
    loadAverage,
    ratioToPaintWait: total.p50Ms / paintWait.p50Ms,
    ratioToIdle: above.p50Ms / aboveIdle.p50Ms,
    ratioToInsert: above.p50Ms / bareInsert.p50Ms,
    limitMs: LIMIT_MS,
    held: busy.length === MEASURED && above.p99Ms <= LIMIT_MS,
  };
}

const of = (some: readonly Times[], what: (one: Times) => number): Spread => spread(some.map(what));

const ms = ({ p50Ms, p99Ms, maxMs }: Spread): string =>
  `p50 ${p50Ms.toFixed(0).padStart(4)}  p99 ${p99Ms.toFixed(0).padStart(4)}  max ${maxMs.toFixed(0).padStart(4)} ms`;

const STAGE_WORDS: Readonly<Record<Stage, string>> = {
  reserved: "decision → an agent is reserved",
  shown: "→ their card is on the desk",
  acknowledged: "(painted) → it is acknowledged",
  dialled: "→ the carrier is asked",
};

const load = (name: string, { core, lateP50Ms, lateP99Ms, lateMaxMs }: Load): string =>
  `  ${name.padEnd(8)} ${(core * 100).toFixed(0).padStart(3)} % of a core; its event loop late by ${ms({ p50Ms: lateP50Ms, p99Ms: lateP99Ms, maxMs: lateMaxMs })}`;

function describe(result: HandoffBench): string {
  const { total, paintWait, above, aboveIdle, loads, stages } = result;
  return [
    `handoff: ${result.calls} calls up, ${result.arrivalsPerSecond} decisions a second at random, ${result.callsPerSecond} dials a second allowed, ${result.handoffs} of ${MEASURED} handoffs seen; decision to the carrier's socket`,
    `  in all             ${ms(total)}  (${result.ratioToPaintWait.toFixed(2)} × the paint wait)`,
    `  desk paints        ${ms(paintWait)}`,
    `  above the painting ${ms(above)}  (${result.ratioToIdle.toFixed(2)} × the idle gateway's); p99 at most ${result.limitMs}: ${result.held ? "held" : "MISSED"}`,
    `  … idle gateway     ${ms(aboveIdle)}`,
    ...STAGES.map((stage) => `    ${STAGE_WORDS[stage].padEnd(32)} ${ms(stages[stage])}`),
    `  one bare insert    ${ms(result.bareInsert)}  meanwhile, on the same Postgres; a handoff is ${result.ratioToInsert.toFixed(1)} of them`,
    load("gateway", loads.gateway),
    load("carrier", loads.carrier),
    load("desks", loads.desks),
    `  machine  ${(result.machineIdle * 100).toFixed(0)} % idle, load average ${result.loadAverage.toFixed(1)}`,
  ].join("\n");
}

function count(name: string, usual: number): number {
  const value = Number(process.env[name] ?? usual);
  if (!Number.isInteger(value) || value < 1) throw new Error(`${name}: expected a whole number above 0`);
  return value;
}

if (import.meta.main) process.exitCode = (await run({ json: process.argv.includes("--json") })).held ? 0 : 1;
