import { fork, spawnSync, type ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import type { ProbeAnswer } from "./probe.ts";

/** One of the two programs that are compared, on a core of its own where the system lets us say so. */
export type Measured = {
  readonly port: number;
  /** CPU time used so far, and what is held; `collect` collects garbage first. */
  probe(collect?: boolean): Promise<ProbeAnswer>;
  /** Milliseconds in which it could have worked and others had its core, so far; NaN where the system does not count them. */
  waitedMs(): number;
  close(): Promise<void>;
};

const READY_MS = 60_000;
const file = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** Both programs share core 1, and only one of them works at a time; whoever makes the load keeps to core 0. */
export const canPin = (): boolean => spawnSync("taskset", ["-c", "1", "true"]).status === 0;
export const pin = (pid: number, core: number): void =>
  void spawnSync("taskset", ["-a", "-p", "-c", `${core}`, `${pid}`]);

export async function startMeasured(
  program: "gateway-process.ts" | "relay-process.ts",
  about: { readonly port: number; readonly args?: readonly string[]; readonly env?: Readonly<Record<string, string>> },
): Promise<Measured> {
  const child = fork(file(`./${program}`), [...(about.args ?? [])], {
    execArgv: ["--expose-gc", "--import", file("./probe.ts")],
    env: { PATH: process.env["PATH"] ?? "", ...about.env },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  await untilReady(child, program);
  if (canPin() && child.pid !== undefined) pin(child.pid, 1);
  let asked = 0;
  return {
    port: about.port,
    probe: (collect = false) =>
      new Promise((resolve) => {
        asked += 1;
        const mine = asked;
        const listen = (answer: unknown): void => {
          if ((answer as ProbeAnswer).probe !== mine) return;
          child.off("message", listen);
          resolve(answer as ProbeAnswer);
        };
        child.on("message", listen);
        child.send(collect ? { probe: mine, collect } : { probe: mine });
      }),
    waitedMs: () => waitedMs(child.pid),
    close: () =>
      new Promise((resolve) => {
        if (child.exitCode !== null) return resolve();
        child.once("exit", () => resolve());
        child.kill("SIGKILL");
      }),
  };
}

/** Linux counts it in nanoseconds: the second number of `schedstat`. */
function waitedMs(pid: number | undefined): number {
  try {
    return Number(readFileSync(`/proc/${pid}/schedstat`, "utf8").split(" ")[1]) / 1e6;
  } catch {
    return Number.NaN;
  }
}

function untilReady(child: ChildProcess, program: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`${program} was not ready within ${READY_MS} ms`)), READY_MS);
    child.on("message", (message) => {
      if (!(message as { ready?: boolean }).ready) return;
      clearTimeout(late);
      resolve();
    });
    child.once("exit", (code) => reject(new Error(`${program} ended with ${code} before it was ready`)));
  });
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === "object" && address ? resolve(address.port) : reject(new Error("no port was given")),
      );
    });
  });
}
