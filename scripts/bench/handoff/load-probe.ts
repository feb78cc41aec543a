// Loaded before each process of the benchmark (`--import`): says what it has used and how late its event loop was, so
// that a reader can tell whether a slow handoff was the gateway's doing or that of whoever made the load.
import { createServer } from "node:net";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { isMainThread } from "node:worker_threads";

export type LoadAnswer = {
  readonly cpuMs: number;
  /** How late timers were since the last question, in milliseconds. */
  readonly lateP50Ms: number;
  readonly lateP99Ms: number;
  readonly lateMaxMs: number;
};

/** How often the loop is looked at, in milliseconds; what is longer than that is lateness. */
const EVERY_MS = 5;

const path = process.env["BENCH_PROBE"];
if (path !== undefined && isMainThread) {
  const delay = monitorEventLoopDelay({ resolution: EVERY_MS });
  delay.enable();
  const late = (nanoseconds: number): number => Math.max(0, nanoseconds / 1e6 - EVERY_MS);
  const server = createServer((socket) => {
    const { user, system } = process.cpuUsage();
    const answer: LoadAnswer = {
      cpuMs: (user + system) / 1_000,
      lateP50Ms: late(delay.percentile(50)),
      lateP99Ms: late(delay.percentile(99)),
      lateMaxMs: late(delay.max),
    };
    delay.reset();
    socket.end(JSON.stringify(answer));
  });
  server.listen(path);
  server.unref();
}
