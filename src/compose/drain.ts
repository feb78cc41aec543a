import type { Log } from "../telemetry/log.ts";
import type { Stores } from "./open-stores.ts";
import type { Gateway } from "./bench.ts";

/** SIGTERM and SIGINT: lets every line go (the carrier brings its caller to another node), finishes, and exits. */
export function drain(parts: { gateway: Gateway; stores: Stores; log: Log }): void {
  let stopping = false;
  const stop = (signal: NodeJS.Signals): void => {
    if (stopping) return;
    stopping = true;
    const { gateway, stores, log } = parts;
    log.info({ event: signal, count: gateway.calls() }, "stopping");
    gateway
      .close()
      .then(() => stores.close())
      .then(() => process.exit(0))
      .catch((err: unknown) => {
        log.error({ err }, "stopping failed");
        process.exit(1);
      });
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
}
