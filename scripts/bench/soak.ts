// Callers who come and go for an hour (SOAK_MINUTES) while the carrier, the model, the stores and the desks fail now and
// then, over three gateways on real stores, one of which is killed and started again: nothing may grow that is not a call.
// Prints how each measure grows in an hour on the two gateways that live throughout, and what is left when the last caller
// has gone.
//
// The limit is where one process has a whole core to do: media are one thread in the gateway, and all callers, phones and
// models of this benchmark are another. How much of a core the busiest of them had is measured in the same run and printed,
// so that it can be seen what share of the limit SOAK_LANES is on this machine.
import { setTimeout as sleep } from "node:timers/promises";
import type { Call } from "../../lab/twilio/call.ts";
import type { FleetNode } from "../../lab/rig/start-fleet.ts";
import { type FleetScene, openFleet } from "../../test/nodes/fleet-scene.ts";
import { type Network, withNetwork } from "../../test/nodes/store-weather.ts";
import { createRandom } from "../../test/simulation/world/random.ts";
import { FAULT_KINDS, type FaultKind, startFaults } from "./soak/faults.ts";
import {
  cpuSecondsOf,
  createSampler,
  floors,
  MEASURES,
  type Measure,
  type Sample,
  slopePerHour,
} from "./soak/sample.ts";
import { QUEUE_NUMBERS, startTraffic } from "./soak/traffic.ts";

const MINUTES = count("SOAK_MINUTES", 60);
/** Calls at once; what share of the limit that is, is measured and printed. */
const LANES = count("SOAK_LANES", 30);
/** The issue asks for a third of the limit. */
const SHARE_OF_LIMIT = 1 / 3;
/** One more than are measured: it dies and comes back. */
const NODES = 3;
const SEED = count("SOAK_SEED", 1);
/** More often than usual finds what an hour finds in some minutes. */
const TIMES_AS_OFTEN = count("SOAK_FAULTS", 1);
const SAMPLE_EVERY_MS = 5_000;
/** Code is compiled, pools are filled and caches have their size: not growth. */
const WARM_SHARE = 0.25;
const WINDOWS = 6;
/** Of the floor of the first window after the warm-up. */
const GROWTH_MAX = 0.1;
/** Of a leg that is left: so many of the carrier's entries, each cut to so many characters. */
const STORY_MAX = 60;
const STORY_WIDTH = 400;
/** Closing work, and the look for callers whose hang-up was never told, have had their time by then. */
const DRAIN_MS = 150_000;

export type SoakBench = {
  readonly bench: "soak";
  readonly minutes: number;
  readonly calls: number;
  /** Of the calls, those whose audio ran through a gateway. */
  readonly talking: number;
  readonly faults: Readonly<Record<FaultKind, number>>;
  /** Of a core, 0 to 1, from the first to the last caller. */
  readonly busy: { readonly load: number; readonly gateways: readonly number[] };
  readonly slopesPerHour: Readonly<Record<Measure, number>>;
  /** Last floor by first floor, after the warm-up. */
  readonly growth: Readonly<Record<Measure, number>>;
  /** When nobody was there any more. */
  readonly left: { readonly jobs: number; readonly held: number; readonly legs: number; readonly live: number };
  readonly held: boolean;
};

export async function run({ json }: { json: boolean }): Promise<SoakBench> {
  const { through, network } = withNetwork();
  const scene = await openFleet({
    nodes: NODES,
    numbers: QUEUE_NUMBERS,
    callsPerSecond: 20,
    through,
    env: { LOG_LEVEL: "error", LIVE_CALLS_MAX: "100" },
    twin: { recordings: false },
  });
  try {
    const result = await soak(scene, network());
    console.log(json ? JSON.stringify(result) : describe(result));
    return result;
  } finally {
    await scene.close();
    const { redis, postgres } = network();
    await Promise.all([redis.close(), postgres.close()]);
  }
}

async function soak(scene: FleetScene, network: Network): Promise<SoakBench> {
  const random = createRandom(SEED);
  const measured = scene.fleet.nodes.slice(0, -1);
  const [mortal] = scene.fleet.nodes.slice(-1);
  if (!mortal) throw new Error("there is no gateway that may die");
  const traffic = await startTraffic(scene, LANES, random);
  const faults = startFaults({
    scene,
    network,
    desks: traffic.desks,
    mortal,
    random,
    timesAsOften: TIMES_AS_OFTEN,
  });
  const sampler = createSampler(scene, measured);
  const busy = await watchBusy(measured);
  const samples: Sample[] = [];
  const began = performance.now();
  while (performance.now() - began < MINUTES * 60_000) {
    await sleep(SAMPLE_EVERY_MS);
    if (faults.failure() !== undefined) throw faults.failure();
    samples.push(await sampler.sample((performance.now() - began) / 1_000));
    if (samples.length % 60 === 0)
      console.error(`soak: ${samples.length * 5} s, ${traffic.counts.calls} calls, ${sum(faults.counts)} faults`);
  }
  const shares = await busy();
  await faults.stop();
  await traffic.stop();
  const left = await whatIsLeft(scene);
  sampler.close();
  await traffic.close();
  const warm = samples.slice(Math.floor(samples.length * WARM_SHARE));
  const growth = each((measure) => grownBy(floors(warm, measure, WINDOWS)));
  return {
    bench: "soak",
    minutes: MINUTES,
    ...traffic.counts,
    faults: faults.counts,
    busy: shares,
    slopesPerHour: each((measure) => slopePerHour(warm, measure)),
    growth,
    left,
    held: Object.values(growth).every((by) => by <= 1 + GROWTH_MAX) && Object.values(left).every((n) => n === 0),
  };
}

/** How much of a core each process has used from now until it is asked. */
async function watchBusy(nodes: readonly FleetNode[]): Promise<() => Promise<SoakBench["busy"]>> {
  const began = performance.now();
  const own = process.cpuUsage();
  const before = await Promise.all(nodes.map(cpuSecondsOf));
  return async () => {
    const seconds = (performance.now() - began) / 1_000;
    const { user, system } = process.cpuUsage(own);
    const after = await Promise.all(nodes.map(cpuSecondsOf));
    return {
      load: (user + system) / 1e6 / seconds,
      gateways: after.map((used, place) => (used - (before[place] ?? 0)) / seconds),
    };
  };
}

const sum = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((total, one) => total + one, 0);

const each = (value: (measure: Measure) => number): Record<Measure, number> =>
  Object.fromEntries(MEASURES.map((measure) => [measure, value(measure)])) as Record<Measure, number>;

/** A few more of what is counted in single pieces are no growth. */
const SLACK = 8;
function grownBy(lowest: readonly number[]): number {
  const [first = 0] = lowest;
  const last = lowest.at(-1) ?? 0;
  return last <= first + SLACK ? Math.min(1, last / Math.max(1, first)) : last / Math.max(1, first);
}

/** Closing work has its deadline: what is still there after it is a leak. */
async function whatIsLeft(scene: FleetScene): Promise<SoakBench["left"]> {
  const until = performance.now() + DRAIN_MS;
  for (;;) {
    const { rows } = await scene.db.query<{ jobs: string; held: string; live: string }>(
      `select (select count(*) from jobs) as jobs, (select count(*) from held_agents) as held,
              (select count(*) from cases where live) as live`,
    );
    const [row] = rows;
    const legs = scene.fleet.twilio.legs().length;
    const left = { jobs: Number(row?.jobs), held: Number(row?.held), legs, live: Number(row?.live) };
    if (Object.values(left).every((n) => n === 0)) return left;
    if (performance.now() > until) {
      for (const leg of scene.fleet.twilio.legs()) await tellOfLeg(scene, leg);
      return left;
    }
    await sleep(1_000);
  }
}

/** A leg that is still up, what the carrier did with it, and what the record has of it: how it came to be left. */
async function tellOfLeg(
  { fleet, db }: FleetScene,
  { sid, facts, status, answeredAt, createdAt }: Call,
): Promise<void> {
  const seconds = ((Date.now() - (answeredAt ?? createdAt)) / 1_000).toFixed(0);
  console.error(`soak: left behind: ${facts.direction} ${sid} to ${facts.to}, ${status} for ${seconds} s`);
  const told = fleet.twilio.log.entries.map((entry) => JSON.stringify(entry)).filter((text) => text.includes(sid));
  for (const text of told.slice(0, STORY_MAX)) console.error(`soak:   carrier ${text.slice(0, STORY_WIDTH)}`);
  const cases = told.flatMap((text) => /call=(call-[0-9a-f]+)/u.exec(text)?.slice(1) ?? []);
  const { rows } = await db.query<{ seq: number; at: string; node: string; state: string; event: object }>(
    "select seq, at, node, state, event from case_events where case_id = any ($1) order by case_id, seq",
    [[...new Set(cases)]],
  );
  for (const { seq, at, node, state, event } of rows)
    console.error(`soak:   record ${seq} ${at} ${node} ${state} ${JSON.stringify(event).slice(0, STORY_WIDTH)}`);
}

const percent = (share: number): string => `${(share * 100).toFixed(0)} %`;

function describe({ minutes, calls, talking, faults, busy, slopesPerHour, growth, left, held }: SoakBench): string {
  const most = Math.max(busy.load, ...busy.gateways);
  return [
    `soak: ${minutes} minutes, ${LANES} calls at once, ${calls} calls (${talking} with audio), ${sum(faults)} faults: ${held ? "held" : "MISSED"}`,
    `  faults: ${FAULT_KINDS.map((kind) => `${kind} ${faults[kind]}`).join(", ")}`,
    `  of a core: carrier, callers and model ${percent(busy.load)}, gateways ${busy.gateways.map(percent).join(" and ")}`,
    `  the busiest at ${percent(most)} of its limit, which is one core; a third of it would be ${Math.round((LANES * SHARE_OF_LIMIT) / most)} calls at once (SOAK_LANES)`,
    ...MEASURES.map((measure) => {
      const slope = slopesPerHour[measure];
      const shown = measure.endsWith("Bytes") ? `${(slope / 1_048_576).toFixed(1)} MiB` : slope.toFixed(1);
      return `  ${measure.padEnd(10)} ${shown.padStart(12)} an hour; its floor went to ${growth[measure].toFixed(2)} × (at most ${1 + GROWTH_MAX})`;
    }),
    `  left behind: ${left.jobs} jobs, ${left.held} held agents, ${left.legs} legs, ${left.live} live cases; at most 0`,
  ].join("\n");
}

function count(name: string, usual: number): number {
  const value = Number(process.env[name] ?? usual);
  if (!Number.isInteger(value) || value < 1) throw new Error(`${name}: expected a whole number above 0`);
  return value;
}
