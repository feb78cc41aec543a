// Outbound calls are scarce: one a second by default, and the carrier queues the rest silently (design §2). Whoever is
// most urgent, then oldest, is rung first; a dial that was taken back never leaves.

import type { Priority } from "../domain/closed-sets.ts";
import type { OfferId } from "../domain/ids.ts";
import { after, type EpochMs } from "../domain/time.ts";
import type { Clock } from "../ports/clock.ts";
import type { Turns } from "../ports/rate.ts";
import type { Log } from "../telemetry/log.ts";

export type Dial = {
  readonly offer: OfferId;
  readonly priority: Priority;
  readonly decidedAt: EpochMs;
  /** Performs the create; never throws. */
  readonly start: () => void;
  /** It was taken back: it never leaves. A node that closes says nothing, and its work is taken up elsewhere. */
  readonly dropped: () => void;
  /** It has to wait, until about then; told again when that becomes later. */
  readonly queued: (startsAt: EpochMs) => void;
};

/** Takes the permits of so many calls, or of as many of them as may leave now. */
export type TakePermits = (at: EpochMs, wanted: number) => Promise<Turns>;

export type Dialler = {
  enqueue(dial: Dial): void;
  /** True: it had not left yet and never will. */
  cancel(offer: OfferId): boolean;
  waiting(): number;
  close(): void;
};

type Deps = {
  readonly clock: Clock;
  readonly takePermits: TakePermits;
  /** For the expected wait; the permits themselves are what counts. */
  readonly callsPerSecond?: number;
  readonly log: Log;
};

const RANK: Record<Priority, number> = { urgent: 0, high: 1, medium: 2, low: 3 };
/** A shorter wait, or one that is longer by less, is no news; in milliseconds. */
const NEWS_MS = 500;
/** The permits could not be asked: looked at again after this, in milliseconds. */
const ASK_AGAIN_MS = 250;

export const createDialler = (deps: Deps): Dialler => new QueueDialler(deps);

/** Owns one timer; `close` gives it up with everything that waits. */
class QueueDialler implements Dialler {
  readonly #deps: Deps;
  #queue: { readonly dial: Dial; toldStart: number }[] = [];
  #busy = false;
  #closed = false;
  #wake: (() => void) | undefined;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  enqueue(dial: Dial): void {
    if (this.#closed) return;
    if (this.#queue.some((waiting) => waiting.dial.offer === dial.offer)) return dial.dropped();
    this.#queue = [...this.#queue, { dial, toldStart: 0 }].toSorted(
      ({ dial: a }, { dial: b }) => RANK[a.priority] - RANK[b.priority] || a.decidedAt - b.decidedAt,
    );
    void this.#pump();
  }

  cancel(offer: OfferId): boolean {
    const mine = this.#queue.find(({ dial }) => dial.offer === offer);
    if (!mine) return false;
    this.#queue = this.#queue.filter((waiting) => waiting !== mine);
    mine.dial.dropped();
    return true;
  }

  waiting(): number {
    return this.#queue.length;
  }

  close(): void {
    this.#closed = true;
    this.#wake?.();
    this.#queue = [];
  }

  async #pump(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    try {
      while (this.#queue.length > 0) {
        const { taken, waitMs } = await this.#permits(this.#queue.length);
        if (this.#closed) return;
        for (const { dial } of this.#queue.splice(0, taken)) dial.start();
        if (waitMs > 0) return this.#waitFor(waitMs);
      }
    } finally {
      this.#busy = false;
    }
  }

  async #permits(wanted: number): Promise<Turns> {
    try {
      return await this.#deps.takePermits(this.#deps.clock.now(), wanted);
    } catch (err) {
      this.#deps.log.error({ err }, "the calls per second could not be asked; the dials wait a moment");
      return { taken: 0, waitMs: ASK_AGAIN_MS };
    }
  }

  #waitFor(waitMs: number): void {
    const { clock, callsPerSecond = 1 } = this.#deps;
    this.#wake?.();
    const next = after(clock.now(), waitMs);
    this.#wake = clock.at(next, () => void this.#pump());
    for (const [place, waiting] of this.#queue.entries()) {
      const startsAt = after(next, Math.round((place * 1_000) / callsPerSecond));
      if (startsAt < Math.max(clock.now(), waiting.toldStart) + NEWS_MS) continue;
      waiting.toldStart = startsAt;
      waiting.dial.queued(startsAt);
    }
  }
}

/**
 * The permits of one node alone: `perSecond` of them, the next one no sooner than a second's share after the last.
 * `nodes`: how many share them without being able to ask each other.
 */
export function localPermits(perSecond: number, nodes: () => number = () => 1): TakePermits {
  let freeAt = 0;
  return (at, wanted) => {
    const share = (1_000 * nodes()) / perSecond;
    // Never further ahead: the clock may have been set back, and there may be fewer nodes than before.
    freeAt = Math.min(freeAt, at + share);
    const taken = at < freeAt ? 0 : 1;
    if (taken === 1) freeAt = at + share;
    return Promise.resolve({ taken, waitMs: taken === wanted ? 0 : freeAt - at });
  };
}
