import type { RateLimit } from "../../ports/rate.ts";
import type { Log } from "../../telemetry/log.ts";
import type { TakePermits } from "../dialler.ts";

/** The carrier's calls per second, shared by all nodes; while the store is away this node keeps to its own share. */
export function fleetPermits(parts: {
  readonly rate: RateLimit;
  readonly alone: TakePermits;
  readonly log: Log;
}): TakePermits {
  const { rate, alone, log } = parts;
  return async (at, wanted) => {
    const answer = await rate.take(at, wanted);
    if (!answer.ok) {
      log.warn({ reason: answer.why }, "the calls per second are kept by this node alone");
      return alone(at, wanted);
    }
    return answer.value;
  };
}
