import { type Json, textOf } from "./wire.ts";

/** One event that passed a session's socket. Audio is not kept: `bytes` says how much there was. Appends are counted, not logged. */
export type LogEntry = {
  /** Wall time, milliseconds since the epoch. */
  at: number;
  /** The `sess_` id. */
  session: string;
  from: "client" | "server";
  type: string;
  event: Json;
  bytes?: number;
};

type Waiter = { fits: (entry: LogEntry) => boolean; resolve: (entry: LogEntry) => void };

/** When this many entries are held, the older half is dropped: a twin may run for hours. */
const ENTRIES_MAX = 40_000;

/** Everything that passed the sockets of a twin, and a way to wait for more. */
export class EventLog {
  readonly entries: LogEntry[] = [];
  readonly #waiters = new Set<Waiter>();

  /** Notes an event that passes now. Audio is left out, its length kept. */
  record(session: string, from: "client" | "server", event: Json): void {
    const type = textOf(event["type"]);
    const entry = { at: Date.now(), session, from, type };
    if (type !== "response.output_audio.delta") return this.#write({ ...entry, event });
    const { delta, ...rest } = event;
    const base64 = textOf(delta);
    const padding = base64.endsWith("==") ? 2 : base64.endsWith("=") ? 1 : 0;
    return this.#write({ ...entry, event: rest, bytes: (base64.length * 3) / 4 - padding });
  }

  #write(entry: LogEntry): void {
    this.entries.push(entry);
    if (this.entries.length > ENTRIES_MAX) this.entries.splice(0, ENTRIES_MAX / 2);
    for (const waiter of this.#waiters) {
      if (!waiter.fits(entry)) continue;
      this.#waiters.delete(waiter);
      waiter.resolve(entry);
    }
  }

  /** The first entry that fits, among those logged already or still to come. Rejects after `timeoutMs`, naming the last events. */
  waitFor(fits: (entry: LogEntry) => boolean, timeoutMs = 10_000): Promise<LogEntry> {
    const known = this.entries.find(fits);
    if (known) return Promise.resolve(known);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiters.delete(waiter);
        const last = this.entries.slice(-12).map((entry) => `${entry.from} ${entry.type}`);
        reject(new Error(`no such event within ${timeoutMs} ms; the last were: ${last.join(", ")}`));
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
