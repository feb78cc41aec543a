import type { CallId } from "../../domain/ids.ts";
import { EpochMs } from "../../domain/time.ts";
import type { Places } from "../../ports/places.ts";

/** The reference model of `Places`: one process. */
export function createMemoryPlaces(): Places {
  const taken = new Map<CallId, EpochMs>();
  const tidy = (at: EpochMs): void => {
    for (const [call, until] of taken) if (until <= at) taken.delete(call);
  };
  const set = (call: CallId, until: EpochMs): void =>
    void taken.set(call, EpochMs(Math.max(until, taken.get(call) ?? 0)));
  return {
    take: async ({ call, limit, at, until }) => {
      tidy(at);
      const had = taken.has(call);
      if (!had && taken.size >= limit) return { ok: true, value: "full" };
      set(call, until);
      return { ok: true, value: had ? "kept" : "taken" };
    },
    keep: async (calls, at, until) => {
      tidy(at);
      for (const call of calls) set(call, until);
      return { ok: true, value: taken.size };
    },
    give: async (call) => {
      taken.delete(call);
      return { ok: true, value: undefined };
    },
  };
}
