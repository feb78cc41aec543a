import type { Settings } from "../config/settings.ts";
import type { Clock } from "../ports/clock.ts";
import { pause } from "../runtime/insist.ts";
import type { Log } from "../telemetry/log.ts";
import type { Gateway } from "./bench.ts";
import type { Stores } from "./open-stores.ts";

type Parts = {
  readonly gateway: Gateway;
  readonly stores: Stores;
  readonly settings: Pick<Settings, "drain">;
  readonly clock: Clock;
  readonly log: Log;
};

/** Callers who never pause are handed over all the same after this, in milliseconds. */
const LEAVE_MS = 20_000;
const LOOK_MS = 200;

/**
 * SIGTERM: no new calls, then the callers go to other nodes without noticing; with nobody there to take them, their calls
 * are waited for. SIGINT, or a second signal: every line is let go at once. Both end the process.
 */
export function drain(parts: Parts): void {
  const { log } = parts;
  let hurried = false;
  let stopping = false;
  const stop = (signal: NodeJS.Signals): void => {
    hurried = stopping || signal === "SIGINT";
    if (stopping) return;
    stopping = true;
    log.info({ event: signal, count: parts.gateway.calls() }, "stopping");
    end(parts, () => hurried)
      .then(() => process.exit(0))
      .catch((err: unknown) => {
        log.error({ err }, "stopping failed");
        process.exit(1);
      });
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
}

async function end(parts: Parts, hurried: () => boolean): Promise<void> {
  const { gateway, stores } = parts;
  gateway.refuse();
  if (!hurried()) await Promise.race([takeLeave(parts), untilHurried(parts, hurried)]);
  await gateway.close();
  await stores.close();
}

async function takeLeave({ gateway, settings, clock, log }: Parts): Promise<void> {
  const { noticeMs, limitMs } = settings.drain;
  if (await gateway.others()) {
    // A balancer that has not noticed yet would send a caller back to where they come from.
    await pause(clock, noticeMs);
    await gateway.leave(LEAVE_MS);
    return;
  }
  const until = clock.now() + limitMs;
  while (gateway.callers() > 0 && clock.now() < until) await pause(clock, LOOK_MS);
  const count = gateway.callers();
  if (count > 0) log.warn({ count }, "calls are let go unfinished: nobody is there to take them, and time is up");
}

async function untilHurried({ clock }: Parts, hurried: () => boolean): Promise<void> {
  while (!hurried()) await pause(clock, LOOK_MS);
}
