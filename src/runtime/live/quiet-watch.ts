import { after, type EpochMs } from "../../domain/time.ts";
import type { Clock } from "../../ports/clock.ts";
import { NamedTimers } from "./named-timers.ts";

export type Quietness = {
  /** When somebody was last audible on the line, on the audio's own time. */
  readonly since: EpochMs;
  /** Somebody speaks now, or is about to. */
  readonly broken: boolean;
  /** How long a quiet is borne; `undefined`: for ever. */
  readonly limitMs: number | undefined;
};

/** Watches for stretches in which neither party is audible. Told of every change, it wakes once a stretch is too long. */
export class QuietWatch {
  readonly #clock: Clock;
  readonly #look: () => Quietness;
  readonly #tooQuiet: (ms: number) => void;
  readonly #timers: NamedTimers<"quiet">;

  constructor(clock: Clock, look: () => Quietness, tooQuiet: (ms: number) => void) {
    this.#clock = clock;
    this.#look = look;
    this.#tooQuiet = tooQuiet;
    this.#timers = new NamedTimers(clock);
  }

  /** Something about who is audible has changed, or what for. */
  changed(): void {
    const { since, broken, limitMs } = this.#look();
    const due = broken || limitMs === undefined ? undefined : after(since, limitMs);
    this.#timers.set("quiet", due, () => this.#wake());
  }

  close(): void {
    this.#timers.close();
  }

  #wake(): void {
    const { since, broken, limitMs } = this.#look();
    const now = this.#clock.now();
    if (broken || limitMs === undefined) return;
    if (now < after(since, limitMs)) return this.changed();
    this.#tooQuiet(now - since);
  }
}
