// Outbound calls are scarce: one a second by default, and the carrier queues the rest silently (design §2). Whoever is
// most urgent, then oldest, is rung first; a dial that was taken back never leaves.

import type { Priority } from "../domain/closed-sets.ts";
import type { OfferId } from "../domain/ids.ts";
import { after, type EpochMs } from "../domain/time.ts";
import type { Clock } from "../ports/clock.ts";

export type Dial = {
  readonly offer: OfferId;
  readonly priority: Priority;
  readonly decidedAt: EpochMs;
  /** Performs the create; never rejects. */
  readonly start: () => void;
};

/** Takes one of the seconds' permits; answers 0 when taken, else the milliseconds until one may be free. */
export type TakePermit = (at: EpochMs) => Promise<number>;

export type Dialler = {
  enqueue(dial: Dial): void;
  /** True: it had not left yet and never will. */
  cancel(offer: OfferId): boolean;
  waiting(): number;
  close(): void;
};

const RANK: Record<Priority, number> = { urgent: 0, high: 1, medium: 2, low: 3 };

export function createDialler(deps: { clock: Clock; takePermit: TakePermit }): Dialler {
  const { clock, takePermit } = deps;
  let queue: Dial[] = [];
  let busy = false;
  let wake: (() => void) | undefined;

  const pump = async (): Promise<void> => {
    if (busy) return;
    busy = true;
    try {
      while (queue.length > 0) {
        const waitMs = await takePermit(clock.now());
        if (waitMs > 0) {
          wake?.();
          wake = clock.at(after(clock.now(), waitMs), () => void pump());
          return;
        }
        queue.shift()?.start();
      }
    } finally {
      busy = false;
    }
  };

  return {
    enqueue: (dial) => {
      if (queue.some((waiting) => waiting.offer === dial.offer)) return;
      queue = [...queue, dial].toSorted((a, b) => RANK[a.priority] - RANK[b.priority] || a.decidedAt - b.decidedAt);
      void pump();
    },
    cancel: (offer) => {
      const before = queue.length;
      queue = queue.filter((waiting) => waiting.offer !== offer);
      return queue.length < before;
    },
    waiting: () => queue.length,
    close: () => {
      queue = [];
      wake?.();
    },
  };
}

/** The permits of one node alone: `perSecond` of them, the next one no sooner than a second's share after the last. */
export function localPermits(perSecond: number): TakePermit {
  let freeAt = 0;
  return (at) => {
    if (at < freeAt) return Promise.resolve(freeAt - at);
    freeAt = at + 1_000 / perSecond;
    return Promise.resolve(0);
  };
}
