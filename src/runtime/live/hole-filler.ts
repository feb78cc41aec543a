import { after, type EpochMs } from "../../domain/time.ts";
import type { Clock } from "../../ports/clock.ts";
import { payloadMs } from "../../turns/playout.ts";
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

const silence = (ms: number): string => Buffer.alloc(Math.round(ms) * BYTES_PER_MS, SILENCE_BYTE).toString("base64");

/**
 * Fills holes in the caller's audio with silence: the assistant counts what it receives, and a turn would never end
 * when frames stop (facts/openai.md §1.12).
 */
export class HoleFiller {
  readonly #clock: Clock;
  readonly #hear: (payload: string) => void;
  readonly #timers: NamedTimers<"stall">;
  #nextMs: number | undefined;
  #filledMs = 0;
  #speaking = false;

  constructor(clock: Clock, hear: (payload: string) => void) {
    this.#clock = clock;
    this.#hear = hear;
    this.#timers = new NamedTimers(clock);
  }

  /** One frame of the line; `timestampMs` is the carrier's position of its beginning. */
  frame(payload: string, timestampMs: number): void {
    const hole = timestampMs - (this.#nextMs ?? timestampMs);
    if (hole >= HOLE_MS) this.#fill(Math.min(hole, HOLE_MAX_MS));
    this.#nextMs = timestampMs + payloadMs(payload);
    this.#hear(payload);
    this.#watch(this.#clock.now());
  }

  /** The assistant's ears have an open turn of the caller, or no longer. */
  speaking(speaks: boolean): void {
    this.#speaking = speaks;
    this.#watch(this.#clock.now());
  }

  close(): void {
    this.#timers.close();
  }

  #watch(now: EpochMs): void {
    const due = this.#speaking ? after(now, STALL_MS) : undefined;
    this.#timers.set("stall", due, () => {
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
