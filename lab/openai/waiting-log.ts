type Waiter<Entry> = { fits: (entry: Entry) => boolean; resolve: (entry: Entry) => void };

/** What passed a twin, and a way to wait for more. Beyond `max` the older half is dropped: a twin may run for hours. */
export class WaitingLog<Entry> {
  readonly entries: Entry[] = [];
  readonly #waiters = new Set<Waiter<Entry>>();
  readonly #max: number;
  readonly #name: (entry: Entry) => string;

  /** @param name an entry in a few words, for a failure to show. */
  constructor(max: number, name: (entry: Entry) => string) {
    this.#max = max;
    this.#name = name;
  }

  protected write(entry: Entry): void {
    this.entries.push(entry);
    if (this.entries.length > this.#max) this.entries.splice(0, this.#max / 2);
    for (const waiter of this.#waiters) {
      if (!waiter.fits(entry)) continue;
      this.#waiters.delete(waiter);
      waiter.resolve(entry);
    }
  }

  /** The first entry that fits, logged already or still to come. Rejects after `timeoutMs`, naming the last ones. */
  waitFor(fits: (entry: Entry) => boolean, timeoutMs = 15_000): Promise<Entry> {
    const known = this.entries.find(fits);
    if (known !== undefined) return Promise.resolve(known);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiters.delete(waiter);
        const last = this.entries.slice(-12).map(this.#name);
        reject(new Error(`nothing like it within ${timeoutMs} ms; the last were: ${last.join(", ")}`));
      }, timeoutMs);
      const waiter: Waiter<Entry> = {
        fits,
        resolve: (entry) => {
          clearTimeout(timer);
          resolve(entry);
        },
      };
      this.#waiters.add(waiter);
    });
  }
}
