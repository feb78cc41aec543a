/** One thing that passed the twin: a REST request, a frame of a model socket, a function called. */
export type LogEntry = {
  /** Wall time, milliseconds since the epoch. */
  at: number;
  kind: "rest" | "llm-in" | "llm-out" | "llm-socket" | "function" | "monitor" | "transfer";
  /** The call's id, or the path of a REST request. */
  subject: string;
  what: string;
  data: Record<string, unknown>;
};

type Waiter = { fits: (entry: LogEntry) => boolean; resolve: (entry: LogEntry) => void };

const ENTRIES_MAX = 20_000;

/** What passed the twin, and a way to wait for more. */
export class TwinLog {
  readonly entries: LogEntry[] = [];
  readonly #waiters = new Set<Waiter>();

  add(entry: Omit<LogEntry, "at">): void {
    const stamped = { at: Date.now(), ...entry };
    this.entries.push(stamped);
    if (this.entries.length > ENTRIES_MAX) this.entries.splice(0, ENTRIES_MAX / 2);
    for (const waiter of this.#waiters) {
      if (!waiter.fits(stamped)) continue;
      this.#waiters.delete(waiter);
      waiter.resolve(stamped);
    }
  }

  /** The first entry that fits, logged already or still to come. Rejects after `timeoutMs`, naming the last ones. */
  waitFor(fits: (entry: LogEntry) => boolean, timeoutMs = 15_000): Promise<LogEntry> {
    const known = this.entries.find(fits);
    if (known) return Promise.resolve(known);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiters.delete(waiter);
        const last = this.entries.slice(-12).map(({ kind, what }) => `${kind} ${what}`);
        reject(new Error(`no such entry within ${timeoutMs} ms; the last were: ${last.join(", ")}`));
      }, timeoutMs);
      const waiter: Waiter = {
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
