import type { EpochMs } from "../../domain/time.ts";
import type { Clock } from "../../ports/clock.ts";

/** At most one timer a name; setting it again moves it. After `close` nothing wakes any more. */
export class NamedTimers<Name extends string> {
  readonly #clock: Clock;
  readonly #timers = new Map<Name, () => void>();
  #open = true;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** `when` undefined: no timer of that name. */
  set(name: Name, when: EpochMs | undefined, wake: () => void): void {
    this.#timers.get(name)?.();
    this.#timers.delete(name);
    if (when === undefined || !this.#open) return;
    const cancel = this.#clock.at(when, () => {
      this.#timers.delete(name);
      wake();
    });
    this.#timers.set(name, cancel);
  }

  cancel(name: Name): void {
    this.#timers.get(name)?.();
    this.#timers.delete(name);
  }

  close(): void {
    this.#open = false;
    for (const cancel of this.#timers.values()) cancel();
    this.#timers.clear();
  }
}
