// A limit on the calls of all gateways together. The place is taken in the shared store when a call is admitted: its media
// come only after the opening, and until then nothing else would tell the other gateways of it.

import type { CallId } from "../../domain/ids.ts";
import { after, type EpochMs } from "../../domain/time.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Places } from "../../ports/places.ts";
import type { Log } from "../../telemetry/log.ts";

/** How often the places of calls whose media are here are kept, in milliseconds. */
const KEEP_MS = 1_000;
/** The places of a gateway that is gone are free after this, in milliseconds. */
const KEPT_MS = 5_000;

export type AccountPlaces = {
  /** Is there a place for this call until `until`? `here`: how many calls this gateway has without it. */
  take(call: CallId, until: EpochMs, here: number): Promise<"taken" | "kept" | "full">;
  /** The caller is gone. */
  left(call: CallId): void;
  /** Why there is none now, as last heard; `undefined`: there is. */
  full(here: number): string | undefined;
  close(): void;
};

type Deps = {
  readonly limit: number;
  readonly places: Places;
  /** How many gateways lived when the store last answered. */
  readonly nodes: () => number;
  /** Calls whose media are on this node. */
  readonly live: () => readonly CallId[];
  readonly clock: Clock;
  readonly log: Log;
};

/**
 * While the store is away each gateway keeps within its share of the limit, and within what was free when the store last
 * answered.
 */
export function openAccountPlaces({ limit, places, nodes, live, clock, log }: Deps): AccountPlaces {
  let total = 0;
  let elsewhere = 0;
  let away = false;
  let closed = false;
  let cancel: (() => void) | undefined;
  const share = (): number => Math.max(1, Math.floor(limit / nodes()));
  const fullAlone = (here: number): boolean => here >= share() || here + elsewhere >= limit;
  const heard = (ok: boolean): void => {
    if (!ok && !away) log.warn({}, "the places of all gateways are not known; this one keeps to its share");
    away = !ok;
  };
  const keep = async (): Promise<void> => {
    const mine = live();
    const now = clock.now();
    const kept = await places.keep(mine, now, after(now, KEPT_MS));
    heard(kept.ok);
    if (!kept.ok) return;
    total = kept.value;
    elsewhere = Math.max(0, total - mine.length);
  };
  const run = (): void => {
    keep()
      .catch((err: unknown) => log.error({ err }, "the places of this gateway's calls could not be kept"))
      .finally(() => {
        if (!closed) cancel = clock.at(after(clock.now(), KEEP_MS), run);
      });
  };
  run();
  return {
    take: async (call, until, here) => {
      const answer = await places.take({ call, limit, at: clock.now(), until });
      heard(answer.ok);
      if (answer.ok) return answer.value;
      return fullAlone(here) ? "full" : "taken";
    },
    left: (call) =>
      void places
        .give(call)
        .then(({ ok }) => (ok ? undefined : log.debug({ call }, "a place will be free only when its time is over"))),
    full: (here) => {
      if (away) return fullAlone(here) ? `full: ${here} calls, this gateway's share of ${limit}` : undefined;
      return total >= limit ? `full: ${total} of ${limit} calls of the account` : undefined;
    },
    close: () => {
      closed = true;
      cancel?.();
    },
  };
}
