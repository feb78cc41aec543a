import { after } from "../../domain/time.ts";
import type { Clock } from "../../ports/clock.ts";
import { NamedTimers } from "./named-timers.ts";

/** The keys that mean something (contract §9). Every other digit stays on this line: it may be part of a card number. */
const MEANT: ReadonlySet<string> = new Set(["1", "2"]);
/** A key that stands alone for this long is meant; several in a row are a number being typed. */
const ALONE_MS = 600;

/** Reads the caller's keys. Typed numbers are not kept, not told and not logged (H12). */
export class Keys {
  readonly #clock: Clock;
  readonly #asked: () => boolean;
  readonly #meant: (key: string) => void;
  readonly #timers: NamedTimers<"alone" | "burst">;
  #burst = false;

  /** @param asked a question by keys is open, so that a key is an answer at once. */
  constructor(clock: Clock, asked: () => boolean, meant: (key: string) => void) {
    this.#clock = clock;
    this.#asked = asked;
    this.#meant = meant;
    this.#timers = new NamedTimers(clock);
  }

  press(key: string): void {
    const until = after(this.#clock.now(), ALONE_MS);
    const inBurst = this.#burst;
    this.#burst = true;
    this.#timers.cancel("alone");
    this.#timers.set("burst", until, () => {
      this.#burst = false;
    });
    if (!MEANT.has(key)) return;
    if (this.#asked()) return this.#meant(key);
    if (!inBurst) this.#timers.set("alone", until, () => this.#meant(key));
  }

  close(): void {
    this.#timers.close();
  }
}
