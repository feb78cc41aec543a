import type { EpochMs } from "../../domain/time.ts";
import type { CallerLine } from "../../ports/caller-line.ts";
import type { Clock } from "../../ports/clock.ts";
import {
  audible,
  completed,
  emptyPlayout,
  interrupted,
  isFull,
  marked,
  payloadMs,
  type Playout,
  sent,
  settled,
  settlesAt,
} from "../../turns/playout.ts";

/** Plays audio on the caller's line, untouched, and knows from the marks what of it was heard. */
export class Mouth {
  readonly #line: CallerLine;
  readonly #clock: Clock;
  readonly #heard: (item: string) => void;
  #playout: Playout = emptyPlayout;
  #cancelTimer: () => void = () => undefined;
  /** The line took no more of what is said now. */
  #stuck = false;
  /** When the timer wakes; `undefined`: there is none. */
  #wakesAt: EpochMs | undefined;

  /** @param heard told of each item that was heard to its end. */
  constructor(line: CallerLine, clock: Clock, heard: (item: string) => void) {
    this.#line = line;
    this.#clock = clock;
    this.#heard = heard;
  }

  get audible(): boolean {
    return this.pending && audible(this.#playout, this.#clock.now());
  }

  /** Something was sent and not yet heard to its end. */
  get pending(): boolean {
    return this.#playout.queue.length > 0;
  }

  get until(): EpochMs {
    return this.#playout.until;
  }

  lengthMs(payload: string): number {
    return payloadMs(payload);
  }

  /** False: the line takes no more, or enough was sent for now; nobody will hear it. */
  play(reply: string, item: string, payload: string): boolean {
    const at = this.#clock.now();
    if (isFull(this.#playout, at)) return false;
    const step = sent(this.#playout, { reply, item, ms: payloadMs(payload), at });
    if (!this.#line.play(payload, step.mark)) {
      this.#stuck = true;
      return false;
    }
    this.#playout = step.playout;
    this.#watch();
    return true;
  }

  /** Nothing more will come of this item. */
  complete(item: string): void {
    // Its end was not sent, so no mark must say that it was heard: it waits to be interrupted.
    if (this.#stuck) return;
    const step = completed(this.#playout, item);
    this.#playout = step.playout;
    if (step.mark !== undefined) this.#line.mark(step.mark);
    this.#watch();
  }

  marked(name: string): void {
    const step = marked(this.#playout, name, this.#clock.now());
    this.#playout = step.playout;
    this.#watch();
    for (const { item } of step.finished) this.#heard(item);
  }

  /** Drops what was not heard yet; answers how many milliseconds of each item were. */
  interrupt(): ReadonlyMap<string, number> {
    const { playout, heard } = interrupted(this.#playout, this.#clock.now(), this.#stuck ? "stuck" : "goes");
    this.#stuck = false;
    if (this.#playout.queue.length > 0) this.#line.clear();
    this.#playout = playout;
    this.#watch();
    return new Map(heard.map(({ item, heardMs }) => [item, heardMs]));
  }

  close(): void {
    this.#cancelTimer();
  }

  /**
   * Marks get lost: an item whose audio must long be over counts as heard. Each piece of audio and each mark moves that
   * time; the timer looks at it when it wakes.
   */
  #watch(): void {
    const at = settlesAt(this.#playout);
    if (at !== undefined && this.#wakesAt !== undefined && this.#wakesAt <= at) return;
    this.#cancelTimer();
    this.#wakesAt = at;
    if (at !== undefined) this.#cancelTimer = this.#clock.at(at, () => this.#wake());
  }

  #wake(): void {
    this.#wakesAt = undefined;
    const step = settled(this.#playout, this.#clock.now());
    this.#playout = step.playout;
    const at = settlesAt(step.playout);
    if (at !== undefined && at > this.#clock.now()) this.#watch();
    for (const { item } of step.finished) this.#heard(item);
  }
}
