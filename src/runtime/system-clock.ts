import { EpochMs } from "../domain/time.ts";
import type { Clock } from "../ports/clock.ts";

/** The longest delay a timer takes; a later wake-up is reached in steps. */
const STEP_MAX_MS = 2_147_483_647;

const now = (): EpochMs => EpochMs(Date.now());

export function createSystemClock(): Clock {
  return {
    now,
    at: (when, wake) => {
      let timer: NodeJS.Timeout;
      const arm = (): void => {
        const left = when - now();
        timer = setTimeout(left > STEP_MAX_MS ? arm : wake, Math.max(0, Math.min(left, STEP_MAX_MS)));
      };
      arm();
      return () => clearTimeout(timer);
    },
  };
}
