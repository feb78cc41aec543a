import { EpochMs } from "../../src/domain/time.ts";
import type { Clock } from "../../src/ports/clock.ts";

export type FakeClock = Clock & {
  /** Moves time on; what falls due on the way is woken in due order. */
  passTo(ms: number): void;
  /** The same, by so many milliseconds. */
  advance(ms: number): void;
};

/** Time moves only when a test says so. */
export function fakeClock(start = 0): FakeClock {
  let now = start;
  let timers: { readonly when: number; readonly wake: () => void }[] = [];
  const clock: FakeClock = {
    now: () => EpochMs(now),
    at: (when, wake) => {
      const timer = { when, wake };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    passTo: (ms) => {
      for (;;) {
        const next = timers.filter(({ when }) => when <= ms).toSorted((a, b) => a.when - b.when)[0];
        if (!next) break;
        timers = timers.filter((other) => other !== next);
        now = Math.max(now, next.when);
        next.wake();
      }
      now = ms;
    },
    advance: (ms) => clock.passTo(now + ms),
  };
  return clock;
}
