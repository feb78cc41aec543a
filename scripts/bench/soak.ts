// Callers who come and go for an hour (SOAK_MINUTES) with something going wrong every 1.5 s, over two gateways on real
// stores: nothing may grow that is not a call. Prints how each measure grows in an hour, and what is left when the last
// caller has gone.
import { setTimeout as sleep } from "node:timers/promises";
import { type FleetScene, openFleet } from "../../test/nodes/fleet-scene.ts";
import { createSampler, floors, MEASURES, type Measure, type Sample, slopePerHour } from "./soak/sample.ts";
import { QUEUE_NUMBERS, startTraffic } from "./soak/traffic.ts";

const MINUTES = count("SOAK_MINUTES", 60);
/** Calls at once: a third of what twin, callers and two gateways carry together on two cores. */
const LANES = count("SOAK_LANES", 10);
const SEED = count("SOAK_SEED", 1);
const SAMPLE_EVERY_MS = 5_000;
/** Code is compiled, pools are filled and caches have their size: not growth. */
const WARM_SHARE = 0.25;
const WINDOWS = 6;
/** Of the floor of the first window after the warm-up. */
const GROWTH_MAX = 0.1;
/** Closing work, and the look for callers whose hang-up was never told, have had their time by then. */
const DRAIN_MS = 150_000;

export type SoakBench = {
  readonly bench: "soak";
  readonly minutes: number;
  readonly calls: number;
  readonly faults: number;
  readonly slopesPerHour: Readonly<Record<Measure, number>>;
  /** Last floor by first floor, after the warm-up. */
  readonly growth: Readonly<Record<Measure, number>>;
  /** When nobody was there any more. */
  readonly left: { readonly jobs: number; readonly held: number; readonly legs: number; readonly live: number };
  readonly held: boolean;
};

export async function run({ json }: { json: boolean }): Promise<SoakBench> {
  const scene = await openFleet({
    nodes: 2,
    numbers: QUEUE_NUMBERS,
    callsPerSecond: 20,
    env: { LOG_LEVEL: "error", LIVE_CALLS_MAX: "100" },
    twin: { recordings: false },
  });
  try {
    const result = await soak(scene);
    console.log(json ? JSON.stringify(result) : describe(result));
    return result;
  } finally {
    await scene.close();
  }
}

async function soak(scene: FleetScene): Promise<SoakBench> {
  const traffic = await startTraffic(scene, LANES, SEED);
  const sampler = createSampler(scene);
  const samples: Sample[] = [];
  const began = performance.now();
  while (performance.now() - began < MINUTES * 60_000) {
    await sleep(SAMPLE_EVERY_MS);
    samples.push(await sampler.sample((performance.now() - began) / 1_000));
    if (samples.length % 60 === 0)
      console.error(`soak: ${samples.length * 5} s, ${traffic.counts.calls} calls, ${traffic.counts.faults} faults`);
  }
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
    slopesPerHour: each((measure) => slopePerHour(warm, measure)),
    growth,
    left,
    held: Object.values(growth).every((by) => by <= 1 + GROWTH_MAX) && Object.values(left).every((n) => n === 0),
  };
}

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
    if (Object.values(left).every((n) => n === 0) || performance.now() > until) return left;
    await sleep(1_000);
  }
}

function describe({ minutes, calls, faults, slopesPerHour, growth, left, held }: SoakBench): string {
  return [
    `soak: ${minutes} minutes, ${LANES} calls at once, ${calls} calls, ${faults} faults: ${held ? "held" : "MISSED"}`,
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
