import { EpochMs } from "../../../src/domain/time.ts";
import type { Clock } from "../../../src/ports/clock.ts";

/** Time moves only when a test says so; timers fire in due order. */
export function stepClock(): Clock & { advance(ms: number): void } {
  let now = 1_000;
  const timers = new Set<{ readonly at: number; readonly wake: () => void }>();
  return {
    now: () => EpochMs(now),
    at(when, wake) {
      const timer = { at: when, wake };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    advance(ms) {
      const end = now + ms;
      for (;;) {
        const [next] = [...timers].filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at);
        if (next === undefined) break;
        timers.delete(next);
        now = Math.max(now, next.at);
        next.wake();
      }
      now = end;
    },
  };
}
