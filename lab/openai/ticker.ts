type Entry = { due: number; run: () => void; cancelled: boolean };

/** Cancels what was planned; harmless when it already ran. */
export type Cancel = () => void;

/**
 * One timer for everything a twin does later, in order of due time. A hundred sessions speaking at once
 * would otherwise keep hundreds of timers; and stopping the twin stops all of it.
 */
export class Ticker {
  #entries: Entry[] = [];
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  /** Runs `run` after `ms` milliseconds, unless cancelled or stopped before. */
  after(ms: number, run: () => void): Cancel {
    const entry: Entry = { due: performance.now() + ms, run, cancelled: false };
    this.#entries.splice(this.#placeOf(entry.due), 0, entry);
    if (this.#entries[0] === entry) this.#arm();
    return () => {
      entry.cancelled = true;
    };
  }

  /** Forgets everything planned; nothing runs afterwards. */
  stop(): void {
    this.#stopped = true;
    this.#entries = [];
    clearTimeout(this.#timer);
  }

  #arm(): void {
    clearTimeout(this.#timer);
    const next = this.#entries[0];
    if (this.#stopped || !next) return;
    this.#timer = setTimeout(() => this.#runDue(), Math.max(0, next.due - performance.now()));
  }

  #runDue(): void {
    // Half a millisecond early is on time: timers fire on whole milliseconds.
    const now = performance.now() + 0.5;
    while (!this.#stopped && this.#entries[0] && this.#entries[0].due <= now) {
      const entry = this.#entries.shift();
      if (entry && !entry.cancelled) entry.run();
    }
    this.#arm();
  }

  /** The place after all entries due at the same time or before: equal times run in the order planned. */
  #placeOf(due: number): number {
    let low = 0;
    let high = this.#entries.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#entries[middle]?.due ?? 0) <= due) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
