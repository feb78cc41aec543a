import { spawn, type ChildProcess } from "node:child_process";
import { createServer } from "node:net";
import { join } from "node:path";

/** One gateway, started as anyone would start it, from its environment. */
export type GatewayProcess = {
  readonly url: string;
  readonly port: number;
  /** Its last log lines. */
  readonly log: readonly string[];
  readonly process: ChildProcess;
  /**
   * Ends it: at once by SIGINT, or in order by SIGTERM; SIGKILL when it has not ended within `patienceMs`, 8 s by
   * default. Answers its exit code; `null`: it was killed.
   */
  stop(signal?: "SIGINT" | "SIGTERM", patienceMs?: number): Promise<number | null>;
  /** SIGKILL, as when the machine dies. Resolves when it is gone. */
  kill(): Promise<void>;
};

export type GatewayStart = {
  /** Program and arguments, run from `cwd`. */
  readonly command: readonly [string, ...string[]];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly port: number;
  readonly onLog?: ((line: string) => void) | undefined;
};

const LOG_KEPT = 400;
/** Long, for a machine that does many other things. */
const START_MS = 60_000;
/** Below `cwd`: what compiling the gateway makes is kept from start to start, a third of a start's work. */
const COMPILED = "node_modules/.cache/warmline/compiled";

/** Starts a gateway and waits until it says that it is ready; rejects with its log when it ends or is not. */
export async function startGatewayProcess({ command, cwd, env, port, onLog }: GatewayStart): Promise<GatewayProcess> {
  const [program, ...args] = command;
  const url = `http://127.0.0.1:${port}`;
  const log: string[] = [];
  const child = spawn(program, args, {
    cwd,
    stdio: ["ignore", "ignore", "pipe"],
    env: { NODE_COMPILE_CACHE: join(cwd, COMPILED), ...env, PORT: String(port) },
  });
  keepLog(child, log, onLog);
  try {
    await untilReady(child, url, log);
  } catch (error) {
    child.kill("SIGKILL");
    throw error;
  }
  return {
    url,
    port,
    log,
    process: child,
    stop: (signal = "SIGINT", patienceMs = 8_000) => stop(child, signal, patienceMs),
    kill: async () => {
      if (isOver(child)) return;
      const ended = endOf(child);
      child.kill("SIGKILL");
      await ended;
    },
  };
}

const isOver = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

const endOf = (child: ChildProcess): Promise<void> => new Promise((resolve) => child.once("exit", () => resolve()));

function keepLog(child: ChildProcess, log: string[], onLog: GatewayStart["onLog"]): void {
  let rest = "";
  child.stderr?.on("data", (data) => {
    const lines = (rest + String(data)).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      log.push(line);
      onLog?.(line);
    }
    log.splice(0, Math.max(0, log.length - LOG_KEPT));
  });
}

async function untilReady(child: ChildProcess, url: string, log: readonly string[]): Promise<void> {
  const gone = new Promise<never>((_resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`the gateway stopped (${code}) at its start:\n${log.join("\n")}`)));
  });
  const late = AbortSignal.timeout(START_MS);
  const ready = async (): Promise<void> => {
    for (;;) {
      if (late.aborted) throw new Error(`the gateway was not ready within ${START_MS} ms:\n${log.join("\n")}`);
      const answer = await fetch(`${url}/readyz`).catch(
        () => undefined, // Not listening yet.
      );
      if (answer?.ok === true) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  await Promise.race([ready(), gone]);
}

async function stop(child: ChildProcess, signal: NodeJS.Signals, patienceMs: number): Promise<number | null> {
  if (!isOver(child)) {
    const ended = endOf(child);
    child.kill(signal);
    const hard = setTimeout(() => child.kill("SIGKILL"), patienceMs);
    await ended;
    clearTimeout(hard);
  }
  return child.exitCode;
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => {
        if (address === null || typeof address === "string") reject(new Error("no port was given"));
        else resolve(address.port);
      });
    });
  });
}
