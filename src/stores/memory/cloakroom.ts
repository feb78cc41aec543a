import type { EpochMs } from "../../domain/time.ts";
import type { Cloakroom } from "../../ports/cloakroom.ts";

/** As many as a busy minute brings; beyond it the oldest is forgotten. */
const HELD_MAX = 10_000;

/** The reference model of `Cloakroom`: one process. */
export function createMemoryCloakroom(): Cloakroom {
  const held = new Map<string, { readonly text: string; readonly until: EpochMs }>();
  const tidy = (at: EpochMs): void => {
    for (const [name, { until }] of held) if (until <= at || held.size > HELD_MAX) held.delete(name);
  };
  return {
    leave: async ({ name, text, at, until }) => {
      held.delete(name);
      held.set(name, { text, until });
      tidy(at);
      return { ok: true, value: true };
    },
    take: async (name, at) => {
      tidy(at);
      const found = held.get(name);
      held.delete(name);
      return { ok: true, value: found?.text };
    },
    look: async (name, at) => {
      tidy(at);
      return { ok: true, value: held.get(name)?.text };
    },
    swap: async ({ name, was, text, at, until }) => {
      tidy(at);
      if (held.get(name)?.text !== was) return { ok: true, value: false };
      held.delete(name);
      held.set(name, { text, until });
      return { ok: true, value: true };
    },
  };
}
