import type { EpochMs } from "../../domain/time.ts";
import type { Rate, RateLimit } from "../../ports/rate.ts";

/**
 * The reference model of `RateLimit`: a token bucket written as the time at which it will be full again (GCRA), which
 * is one number and needs no refill. https://en.wikipedia.org/wiki/Generic_cell_rate_algorithm
 */
export function createMemoryTokenBucket({ perSecond, burst }: Rate): RateLimit {
  const stepMs = 1_000 / perSecond;
  let fullAt = 0;
  return {
    take: async (at: EpochMs) => {
      const next = Math.max(fullAt, at) + stepMs;
      const waitMs = next - at - burst * stepMs;
      if (waitMs > 0.001) return { ok: true, value: { taken: false, waitMs: Math.ceil(waitMs) } };
      fullAt = next;
      return { ok: true, value: { taken: true } };
    },
  };
}
