import type { EpochMs } from "../../domain/time.ts";
import { rateWindow } from "../../domain/rate-window.ts";
import type { Rate, RateLimit } from "../../ports/rate.ts";

/** The reference model of `RateLimit`: the times of the last turns, as many as one window may hold, oldest first. */
export function createMemorySlidingWindow(rate: Rate): RateLimit {
  const { turns, windowMs } = rateWindow(rate.perSecond);
  const last: number[] = [];
  const freeAt = (): number => (last.length < turns ? 0 : (last[0] ?? 0) + windowMs);
  return {
    take: async (at: EpochMs, wanted) => {
      let taken = 0;
      // Times that lie further ahead are of a clock that was set back since: they are no reason to wait for hours.
      if (freeAt() > at + 2 * windowMs) last.fill(at);
      for (; taken < wanted && freeAt() <= at; taken += 1) {
        last.push(Math.max(at, last.at(-1) ?? at));
        if (last.length > turns) last.shift();
      }
      return { ok: true, value: { taken, waitMs: taken === wanted ? 0 : Math.ceil(freeAt() - at) } };
    },
  };
}
