import { once } from "node:events";
import { connect } from "node:net";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import type { LoadAnswer } from "./load-probe.ts";

/** What a process did between two moments. */
export type Load = Omit<LoadAnswer, "cpuMs"> & {
  /** Of one core, 0 to 1. */
  readonly core: number;
};

/** For `NODE_OPTIONS` or a command line; `BENCH_PROBE` names the Unix socket it answers on. */
export const PROBE = `--import=${fileURLToPath(new URL("./load-probe.ts", import.meta.url))}`;

/** Begins to watch whoever answers on `path`; the result ends it. */
export async function watchLoad(path: string): Promise<() => Promise<Load>> {
  const before = await ask(path);
  const began = performance.now();
  return async () => {
    const { cpuMs, ...late } = await ask(path);
    return { core: (cpuMs - before.cpuMs) / (performance.now() - began), ...late };
  };
}

async function ask(path: string): Promise<LoadAnswer> {
  const socket = connect(path);
  let text = "";
  socket.on("data", (data) => (text += data.toString()));
  await once(socket, "end");
  return JSON.parse(text) as LoadAnswer;
}

/** The share of the machine that nobody used, 0 to 1, whoever else works on it included. */
export function watchMachine(): () => number {
  const before = usedSoFar();
  return () => {
    const after = usedSoFar();
    return (after.idle - before.idle) / (after.total - before.total);
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

function usedSoFar(): { readonly idle: number; readonly total: number } {
  const times = cpus().map((cpu) => cpu.times);
  return {
    idle: sum(times.map(({ idle }) => idle)),
    total: sum(times.map(({ idle, user, sys, nice, irq }) => idle + user + sys + nice + irq)),
  };
}
