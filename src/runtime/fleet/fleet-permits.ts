import type { Rate, RateLimit } from "../../ports/rate.ts";
import type { Log } from "../../telemetry/log.ts";
import type { TakePermit } from "../dialler.ts";

/**
 * What the carrier allows in a tenth of a second may leave at once: spacing every call would keep those waiting whose
 * decisions fall together. The refill is so much slower that no second sees more than the carrier allows.
 */
export function carrierRate(perSecond: number): Rate {
  const burst = Math.max(1, Math.floor(perSecond / 10));
  return { perSecond: perSecond - burst + 1, burst };
}

/** The carrier's calls per second, shared by all nodes; while the store is away this node keeps to its own share. */
export function fleetPermits(parts: {
  readonly rate: RateLimit;
  readonly alone: TakePermit;
  readonly log: Log;
}): TakePermit {
  const { rate, alone, log } = parts;
  return async (at) => {
    const answer = await rate.take(at);
    if (!answer.ok) {
      log.warn({ reason: answer.why }, "the calls per second are kept by this node alone");
      return alone(at);
    }
    return answer.value.taken ? 0 : answer.value.waitMs;
  };
}
