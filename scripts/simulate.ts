// npm run simulate -- --seeds N --from S [--without GUARD]: simulated worlds, one a seed, on every core.
// Prints what went wrong by chance and how calls ended; exits non-zero with the first failing seed and its trail.
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { FAULTS } from "../test/simulation/world/faults.ts";
import { GUARDS } from "../test/simulation/world/guards.ts";
import { runSeed, type SeedResult } from "../test/simulation/world/run-seed.ts";

type Task = { readonly from: number; readonly to: number; readonly step: number; readonly without?: string };
type Sum = {
  runs: number;
  outcomes: Record<string, number>;
  faults: Record<string, number>;
  cells: string[];
  failed?: { seed: number; trail: readonly string[]; violations: SeedResult["violations"] };
};

if (isMainThread) await main();
else await work(workerData as Task);

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seeds: { type: "string", default: "2000" },
      from: { type: "string", default: "1" },
      without: { type: "string" },
      guards: { type: "boolean", default: false },
    },
  });
  if (values.guards) {
    for (const [name, { breaks }] of Object.entries(GUARDS)) console.log(`${name} (${breaks})`);
    return;
  }
  const seeds = wholeNumber("--seeds", values.seeds);
  const from = wholeNumber("--from", values.from);
  if (values.without !== undefined && !(values.without in GUARDS)) {
    throw new Error(`--without ${values.without}: no such guard; --guards lists them`);
  }
  const started = performance.now();
  const threads = Math.min(availableParallelism(), seeds);
  const without = values.without === undefined ? {} : { without: values.without };
  const parts = await Promise.all(
    Array.from({ length: threads }, (_, place) =>
      inThread({ from: from + place, to: from + seeds, step: threads, ...without }),
    ),
  );
  report(parts, (performance.now() - started) / 1_000, values.without);
}

function wholeNumber(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new Error(`${name} ${text}: a whole number from 1 is needed`);
  return value;
}

function inThread(task: Task): Promise<Sum> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: task });
    worker.once("message", resolve);
    worker.once("error", reject);
  });
}

/** Runs every `step`-th seed and stops at the first that fails. */
async function work({ from, to, step, without }: Task): Promise<void> {
  const sabotage = without === undefined ? undefined : GUARDS[without]?.sabotage;
  const sum: Sum = { runs: 0, outcomes: {}, faults: {}, cells: [] };
  const cells = new Set<string>();
  for (let seed = from; seed < to && !sum.failed; seed += step) {
    const result = await runSeed(seed, sabotage);
    sum.runs += 1;
    for (const outcome of result.outcomes) sum.outcomes[outcome] = (sum.outcomes[outcome] ?? 0) + 1;
    for (const [fault, count] of Object.entries(result.faults)) sum.faults[fault] = (sum.faults[fault] ?? 0) + count;
    for (const cell of result.cells) cells.add(cell);
    if (result.violations.length > 0) sum.failed = { seed, trail: result.trail, violations: result.violations };
  }
  parentPort?.postMessage({ ...sum, cells: [...cells] });
}

function report(parts: readonly Sum[], seconds: number, without: string | undefined): void {
  const add = (pick: (sum: Sum) => Record<string, number>): [string, number][] => {
    const total: Record<string, number> = {};
    for (const part of parts)
      for (const [name, count] of Object.entries(pick(part))) total[name] = (total[name] ?? 0) + count;
    return Object.entries(total).toSorted(([, a], [, b]) => b - a);
  };
  const failed = parts.flatMap((part) => (part.failed ? [part.failed] : [])).toSorted((a, b) => a.seed - b.seed)[0];
  const runs = parts.reduce((total, part) => total + part.runs, 0);
  console.log(`${runs} seeds in ${seconds.toFixed(1)} s`);
  console.log(
    "handoffs ended:",
    add((sum) => sum.outcomes)
      .map(([name, count]) => `${name} ${count}`)
      .join(", "),
  );
  const struck = add((sum) => sum.faults);
  console.log(
    `faults (${struck.length} of ${FAULTS.length} named ones struck):`,
    struck.map(([name, count]) => `${name} ${count}`).join(", "),
  );
  console.log(`state × event cells reached: ${new Set(parts.flatMap((part) => part.cells)).size}`);
  if (failed) {
    console.log(`\nseed ${failed.seed} fails${without === undefined ? "" : ` without ${without}`}:`);
    for (const { invariant, what } of failed.violations) console.log(`  ${invariant}: ${what}`);
    console.log(failed.trail.join("\n"));
    console.log(
      `\nagain: npm run simulate -- --seeds 1 --from ${failed.seed}${without === undefined ? "" : ` --without ${without}`}`,
    );
  }
  // Without a guard a failure is what is wanted: nothing found means that the simulation is blind there.
  process.exitCode = (failed !== undefined) === (without !== undefined) ? 0 : 1;
  if (without !== undefined && !failed)
    console.log(`no seed fails without ${without}: the simulation does not see this guard`);
}
