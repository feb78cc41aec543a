import type { RateLimit } from "../../ports/rate.ts";
import type { Log } from "../../telemetry/log.ts";
import type { TakePermit } from "../dialler.ts";

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
