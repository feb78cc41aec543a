import type { Timers } from "./timers.ts";

type Waiting = { start: () => void };

/**
 * The account's calls-a-second limit: calls beyond it wait in line, silently, first in, first out.
 * https://www.twilio.com/docs/voice/api/call-resource (`queue_time`)
 */
export class OutboundLine {
  readonly #timers: Timers;
  readonly #clock: () => number;
  #perSecond: number;
  #nextSlotAt = 0;
  #waiting: Waiting[] = [];
  #armed = false;

  constructor(timers: Timers, clock: () => number, perSecond: number) {
    this.#timers = timers;
    this.#clock = clock;
    this.#perSecond = perSecond;
  }

  /** Changes the rate for the calls still to come. */
  set perSecond(rate: number) {
    this.#perSecond = rate;
  }

  /**
   * Runs `start` when it is this call's turn. Returns the expected wait in milliseconds, and the way
   * to leave the line, which tells whether the call was still waiting.
   */
  join(start: () => void): { waitMs: number; leave: () => boolean } {
    const gap = 1000 / this.#perSecond;
    const waitMs = Math.max(0, this.#nextSlotAt - this.#clock()) + this.#waiting.length * gap;
    const entry: Waiting = { start };
    this.#waiting.push(entry);
    this.#serve();
    return {
      waitMs: Math.round(waitMs),
      leave: () => {
        const place = this.#waiting.indexOf(entry);
        if (place >= 0) this.#waiting.splice(place, 1);
        return place >= 0;
      },
    };
  }

  #serve(): void {
    if (this.#armed || this.#waiting.length === 0) return;
    const waitMs = this.#nextSlotAt - this.#clock();
    if (waitMs > 0) {
      this.#armed = true;
      this.#timers.after(Math.ceil(waitMs), () => {
        this.#armed = false;
        this.#serve();
      });
      return;
    }
    const next = this.#waiting.shift();
    this.#nextSlotAt = this.#clock() + 1000 / this.#perSecond;
    next?.start();
    this.#serve();
  }
}
