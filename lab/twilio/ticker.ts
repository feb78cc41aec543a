/** One frame of audio, in milliseconds. */
const FRAME_MS = 20;

/**
 * Anything that takes part in the audio clock. In each tick all members listen first, then all mix,
 * then all play, so that a frame spoken in a tick reaches every ear in the same tick.
 */
export type TickMember = {
  listen?(at: number): void;
  mix?(at: number): void;
  play?(at: number): void;
};

/**
 * The one 20 ms clock of all legs. Ticks lie on an absolute schedule: a late event loop makes them
 * run in a burst, never drift, so a recording's position is its wall-clock time.
 */
export class Ticker {
  readonly #members = new Set<TickMember>();
  readonly #clock: () => number;
  #next = 0;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  add(member: TickMember): void {
    this.#members.add(member);
    if (this.#timer !== undefined || this.#closed) return;
    this.#next = this.#clock() + FRAME_MS;
    this.#arm();
  }

  remove(member: TickMember): void {
    this.#members.delete(member);
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#members.clear();
  }

  #arm(): void {
    this.#timer = setTimeout(() => this.#catchUp(), Math.max(0, this.#next - this.#clock()));
  }

  #catchUp(): void {
    while (!this.#closed && this.#next <= this.#clock()) {
      const at = this.#next;
      this.#next += FRAME_MS;
      for (const member of this.#members) member.listen?.(at);
      for (const member of this.#members) member.mix?.(at);
      for (const member of this.#members) member.play?.(at);
    }
    if (this.#closed) return;
    if (this.#members.size === 0) this.#timer = undefined;
    else this.#arm();
  }
}
