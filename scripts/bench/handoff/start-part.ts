import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { PROBE } from "./ask-load.ts";

/** One part of the load, in a process of its own: it works for nobody else, and nobody waits for its event loop. */
export type Part<Order, Answer> = {
  ask(order: Order): Promise<Answer>;
  close(): Promise<void>;
};

export function startPart<Order extends object, Answer>(program: URL, probe: string): Part<Order, Answer> {
  const child = fork(fileURLToPath(program), [], {
    execArgv: [PROBE],
    env: { PATH: process.env["PATH"] ?? "", BENCH_PROBE: probe },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  return {
    ask: (order) => answerOf(child, program.pathname, () => child.send(order)),
    close: () =>
      new Promise((resolve) => {
        if (child.exitCode !== null || child.signalCode !== null) return resolve();
        child.once("exit", () => resolve());
        child.kill("SIGKILL");
      }),
  };
}

/** One order at a time: the next message is its answer. */
function answerOf<Answer>(child: ChildProcess, program: string, send: () => void): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const gone = (code: number | null): void => reject(new Error(`${program} ended with ${code}`));
    child.once("exit", gone);
    child.once("message", (answer) => {
      child.off("exit", gone);
      resolve(answer as Answer);
    });
    send();
  });
}

/** The other end, in the part's own process: each order is answered when it is done. */
export function onOrders(obey: (order: never) => Promise<object>): void {
  process.on("message", (order) => {
    void obey(order as never).then((answer) => process.send?.(answer));
  });
  // Without the parent there is nobody to work for.
  process.on("disconnect", () => process.exit(0));
}
