import { after, type EpochMs } from "../../domain/time.ts";
import type { Clock } from "../../ports/clock.ts";
import { NamedTimers } from "./named-timers.ts";

const SILENCE_BYTE = 0xff;
const BYTES_PER_MS = 8;
/** Smaller holes are jitter of the carrier's own clock. */
const HOLE_MS = 60;
const HOLE_MAX_MS = 2_000;
/** Speech is open and nothing more comes: a muted telephone sends no frames. */
const STALL_MS = 750;
const STALL_FILL_MS = 1_000;
/** All filling of one call together; a line that has more holes is broken. */
const TOTAL_MAX_MS = 10_000;

const silence = (ms: number): Uint8Array => new Uint8Array(Math.round(ms) * BYTES_PER_MS).fill(SILENCE_BYTE);

/**
 * Fills holes in the caller's audio with silence: the assistant counts what it receives, and a turn would never end
 * when frames stop (facts/openai.md §1.12).
 */
export class HoleFiller {
  readonly #clock: Clock;
  readonly #hear: (audio: Uint8Array) => void;
  readonly #timers: NamedTimers<"stall">;
  #nextMs: number | undefined;
  #filledMs = 0;
  #speaking = false;
  #lastAt: EpochMs;
  /** It was filled, and nothing has come since. */
  #stalled = false;

  constructor(clock: Clock, hear: (audio: Uint8Array) => void) {
    this.#clock = clock;
    this.#lastAt = clock.now();
    this.#hear = hear;
    this.#timers = new NamedTimers(clock);
  }

  /** One frame of the line; `timestampMs` is the carrier's position of its beginning. */
  frame(audio: Uint8Array, timestampMs: number): void {
    const hole = timestampMs - (this.#nextMs ?? timestampMs);
    if (hole >= HOLE_MS) this.#fill(Math.min(hole, HOLE_MAX_MS));
    this.#nextMs = timestampMs + audio.length / BYTES_PER_MS;
    this.#hear(audio);
    if (!this.#speaking) return;
    this.#lastAt = this.#clock.now();
    if (this.#stalled) this.#watch();
  }

  /** The assistant's ears have an open turn of the caller, or no longer. */
  speaking(speaks: boolean): void {
    this.#speaking = speaks;
    this.#lastAt = this.#clock.now();
    if (speaks) this.#watch();
    else this.#timers.cancel("stall");
  }

  close(): void {
    this.#timers.close();
  }

  /** Frames come fifty times a second: they move the deadline, and the timer looks at it when it wakes. */
  #watch(): void {
    this.#stalled = false;
    this.#timers.set("stall", after(this.#lastAt, STALL_MS), () => {
      if (after(this.#lastAt, STALL_MS) > this.#clock.now()) return this.#watch();
      this.#stalled = true;
      this.#fill(STALL_FILL_MS);
      if (this.#nextMs !== undefined) this.#nextMs += STALL_MS;
    });
  }

  #fill(ms: number): void {
    if (this.#filledMs + ms > TOTAL_MAX_MS) return;
    this.#filledMs += ms;
    this.#hear(silence(ms));
  }
}
