import { EpochMs } from "../../src/domain/time.ts";
import type { Clock } from "../../src/ports/clock.ts";

/** Time stands where a test puts it; what waits for it looks every few real milliseconds. */
export function settableClock(): Clock & { put(ms: number): void } {
  let now = 0;
  return {
    now: () => EpochMs(now),
    at: (_when, wake) => {
      const timer = setTimeout(wake, 10);
      return () => clearTimeout(timer);
    },
    put: (ms) => {
      now = ms;
    },
  };
}
