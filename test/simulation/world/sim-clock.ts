import { EpochMs } from "../../../src/domain/time.ts";
import type { Clock } from "../../../src/ports/clock.ts";

export type SimClock = Clock & {
  /** Runs due work in order of time until nothing is planned before `end`, settling promises after each piece. */
  run(end: EpochMs, afterEach: () => void): Promise<void>;
};

type Planned = { readonly at: number; readonly order: number; readonly wake: () => void };

/** Time that moves only here. Work planned for the same instant runs in the order it was planned. */
export function createSimClock(start: EpochMs): SimClock {
  let now = start;
  let order = 0;
  let planned: Planned[] = [];

  const insert = (work: Planned): void => {
    let low = 0;
    let high = planned.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = planned[middle];
      if (other && (other.at < work.at || (other.at === work.at && other.order < work.order))) low = middle + 1;
      else high = middle;
    }
    planned.splice(low, 0, work);
  };

  return {
    now: () => now,
    at: (when, wake) => {
      order += 1;
      const work = { at: Math.max(when, now), order, wake };
      insert(work);
      return () => {
        planned = planned.filter((other) => other !== work);
      };
    },
    run: async (end, afterEach) => {
      await settle();
      for (let next = planned[0]; next && next.at <= end; next = planned[0]) {
        planned.shift();
        now = EpochMs(next.at);
        next.wake();
        await settle();
        afterEach();
      }
      now = end;
    },
  };
}

/** Everything that promises can still do by themselves is done when this resolves. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
