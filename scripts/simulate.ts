// npm run simulate -- --seeds N --from S [--without GUARD] [--silent FAULT,FAULT#2] [--cells] | --guards: simulated worlds,
// one a seed, on every core. Prints what went wrong by chance and how calls ended; exits non-zero with the first failing
// seed, what it needs to fail, and its trail.
// With --without the failure is what is wanted: zero when a seed breaks the invariant the guard stands for.
import { availableParallelism } from "node:os";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { unreachedCells, unreachedPairs } from "../test/simulation/world/cells.ts";
import { FAULTS } from "../test/simulation/world/faults.ts";
import { GUARDS } from "../test/simulation/world/guards.ts";
import { runSeed, type SeedResult, type WorldOptions } from "../test/simulation/world/run-seed.ts";
import { shrink } from "../test/simulation/world/shrink.ts";
import { type Command, readCommandLine, refuse } from "./command-line.ts";

type Task = {
  readonly from: number;
  readonly to: number;
  readonly step: number;
  readonly without?: string;
  readonly silent: readonly string[];
};
type Counts = Record<string, number>;
type Sum = {
  runs: number;
  cpuMs: number;
  outcomes: Counts;
  faults: Counts;
  cells: string[];
  pairs: string[];
  failed?: Failed;
};
type Failed = Pick<SeedResult, "seed" | "trail" | "violations"> & {
  readonly silent: readonly string[];
  readonly needed: readonly string[];
};

const COMMAND: Command = {
  name: "npm run simulate",
  usage: `-- [--seeds N] [--from S]
  Plays N simulated worlds (2000), one a seed from S (1) on, each with faults of its own, and holds every invariant
  after every step. Ends with 1 at the first failing seed, with its trail and how to run it again.
  --without GUARD  takes one guard out: now a seed must fail
  --guards         lists the guards and what each of them keeps
  --silent FAULT   leaves a fault out, or one strike of it (FAULT#2); several with commas between them
  --cells          lists what no run has reached`,
};

if (isMainThread) await main();
else await work(workerData as Task);

async function main(): Promise<void> {
  const { values } = readCommandLine(COMMAND, {
    options: {
      seeds: { type: "string", default: "2000" },
      from: { type: "string", default: "1" },
      without: { type: "string" },
      guards: { type: "boolean", default: false },
      cells: { type: "boolean", default: false },
      silent: { type: "string", default: "" },
    },
  });
  if (values.guards) {
    for (const [name, { breaks }] of Object.entries(GUARDS)) console.log(`${breaks.padEnd(7)} ${name}`);
    return;
  }
  const seeds = wholeNumber("--seeds", values.seeds);
  const from = wholeNumber("--from", values.from);
  const { without } = values;
  const silent = values.silent.split(",").filter((name) => name !== "");
  if (without !== undefined && !Object.hasOwn(GUARDS, without))
    refuse(COMMAND, `--without ${without}: there is no such guard; --guards lists them`);
  const unknown = silent.filter((name) => !FAULTS.some((fault) => fault === name.split("#")[0]));
  if (unknown.length > 0)
    refuse(COMMAND, `--silent ${unknown.join(",")}: no fault is called so; there are ${FAULTS.join(", ")}`);
  const started = performance.now();
  const threads = Math.min(availableParallelism(), seeds);
  const parts = await Promise.all(
    Array.from({ length: threads }, (_, place) =>
      inThread({
        from: from + place,
        to: from + seeds,
        step: threads,
        silent,
        ...(without === undefined ? {} : { without }),
      }),
    ),
  );
  report(parts, { seconds: (performance.now() - started) / 1_000, without, cells: values.cells });
}

function wholeNumber(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) refuse(COMMAND, `${name} ${text}: a whole number from 1 is needed`);
  return value;
}

function inThread(task: Task): Promise<Sum> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: task });
    worker.once("message", resolve);
    worker.once("error", reject);
  });
}

/** Runs every `step`-th seed and stops at the first that fails as it is wanted. */
async function work({ from, to, step, without, silent }: Task): Promise<void> {
  const guard = without === undefined ? undefined : GUARDS[without];
  const options: WorldOptions = { silent: new Set(silent), ...(guard && { guard }) };
  const fails = ({ violations }: SeedResult): boolean =>
    violations.some(({ invariant }) => guard === undefined || invariant === guard.breaks);
  const sum: Sum = { runs: 0, cpuMs: 0, outcomes: {}, faults: {}, cells: [], pairs: [] };
  const cells = new Set<string>();
  const pairs = new Set<string>();
  const cpu = process.threadCpuUsage();
  for (let seed = from; seed < to && !sum.failed; seed += step) {
    const result = await runSeed(seed, options);
    sum.runs += 1;
    for (const outcome of result.outcomes) sum.outcomes[outcome] = (sum.outcomes[outcome] ?? 0) + 1;
    for (const [fault, count] of Object.entries(result.faults)) sum.faults[fault] = (sum.faults[fault] ?? 0) + count;
    for (const cell of result.cells) cells.add(cell);
    for (const pair of result.pairs) pairs.add(pair);
    if (fails(result)) sum.failed = await explain(result, options, fails);
  }
  const { user, system } = process.threadCpuUsage(cpu);
  parentPort?.postMessage({ ...sum, cpuMs: (user + system) / 1_000, cells: [...cells], pairs: [...pairs] }, []);
}

/** The same seed again gives the same run: only now is its trail worth writing, without what it does not need. */
async function explain(
  result: SeedResult,
  options: WorldOptions,
  fails: (result: SeedResult) => boolean,
): Promise<Failed> {
  const { seed } = result;
  const given = options.silent ?? new Set();
  const run = (more: ReadonlySet<string>): Promise<SeedResult> =>
    runSeed(seed, { ...options, silent: new Set([...given, ...more]) });
  const { silent, needed } = await shrink(result, run, fails);
  const all = [...given, ...silent];
  const { trail, violations } = await runSeed(seed, { ...options, silent: new Set(all), trail: true });
  return { seed, trail, violations, silent: all, needed };
}

function report(
  parts: readonly Sum[],
  { seconds, without, cells }: { seconds: number; without: string | undefined; cells: boolean },
): void {
  const failed = parts.flatMap((part) => (part.failed ? [part.failed] : [])).toSorted((a, b) => a.seed - b.seed)[0];
  const runs = parts.reduce((total, part) => total + part.runs, 0);
  const cpuMs = parts.reduce((total, part) => total + part.cpuMs, 0);
  console.log(
    `${runs} ${runs === 1 ? "seed" : "seeds"} in ${seconds.toFixed(1)} s (${(cpuMs / runs).toFixed(1)} ms CPU a seed)`,
  );
  console.log("handoffs ended:", listed(added(parts, (sum) => sum.outcomes)));
  const struck = added(parts, (sum) => sum.faults);
  console.log(`faults (${struck.length} of ${FAULTS.length} named ones struck):`, listed(struck));
  const reached = new Set(parts.flatMap((part) => part.cells));
  const unreached = unreachedCells(reached);
  console.log(`an event in a state: ${reached.size} of these pairs had an effect, ${unreached.length} more could have`);
  const pairs = new Set(parts.flatMap((part) => part.pairs));
  const untouched = unreachedPairs(FAULTS, reached, pairs);
  console.log(
    `the same with a fault before: ${pairs.size} had an effect, ${untouched.length} never (--cells lists them)`,
  );
  if (cells) console.log([...unreached, ...untouched].map((cell) => `  never: ${cell}`).join("\n"));
  if (failed) tell(failed, without);
  if (without === undefined && !failed) console.log("every invariant held after every step");
  if (without !== undefined && !failed) {
    console.log(`no seed breaks ${GUARDS[without]?.breaks} without ${without}: the simulation does not see this guard`);
  }
  process.exitCode = (failed !== undefined) === (without !== undefined) ? 0 : 1;
}

function added(parts: readonly Sum[], pick: (sum: Sum) => Counts): [string, number][] {
  const total: Counts = {};
  for (const part of parts)
    for (const [name, count] of Object.entries(pick(part))) total[name] = (total[name] ?? 0) + count;
  return Object.entries(total).toSorted(([, a], [, b]) => b - a);
}

function listed(counts: readonly [string, number][]): string {
  return counts.map(([name, count]) => `${name} ${count}`).join(", ");
}

function tell({ seed, violations, trail, silent, needed }: Failed, without: string | undefined): void {
  const guard = without === undefined ? "" : ` --without ${without}`;
  const quiet = silent.length === 0 ? "" : ` --silent ${silent.join(",")}`;
  console.log(`\nseed ${seed} fails${without === undefined ? "" : ` without ${without}`}:`);
  for (const { invariant, what } of violations) console.log(`  ${invariant}: ${what}`);
  console.log(`it needs ${needed.length === 0 ? "no fault" : needed.join(", ")}`);
  console.log(trail.join("\n"));
  console.log(`\nagain: npm run simulate -- --seeds 1 --from ${seed}${guard}${quiet}`);
}
