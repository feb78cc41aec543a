import type { EpochMs } from "../../domain/time.ts";
import type { Once } from "../../ports/once.ts";

/** The reference model of `Once`: one process. */
export function createMemoryOnce(): Once {
  const used = new Map<string, EpochMs>();
  return {
    first: async (name, at, until) => {
      for (const [other, till] of used) if (till <= at) used.delete(other);
      if (used.has(name)) return { ok: true, value: false };
      used.set(name, until);
      return { ok: true, value: true };
    },
  };
}
