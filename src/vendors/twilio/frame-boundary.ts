/** The longest header of a WebSocket frame (RFC 6455 §5.2): two bytes, eight of length, four of mask. */
const HEADER_MAX_BYTES = 14;
const IS_FINAL = 0x80;
const OPCODE = 0x0f;
const CONTINUATION = 0;
/** Of the opcodes from this on; they may come between the parts of a message (§5.4). */
const CONTROL = 8;
const IS_MASKED = 0x80;
const LENGTH = 0x7f;
const IN_TWO_BYTES = 126;
const IN_EIGHT_BYTES = 127;

/** Follows the frames of one WebSocket connection, however they are cut into chunks, and knows where a message begins. */
export class FrameBoundary {
  readonly #header = new Uint8Array(HEADER_MAX_BYTES);
  #known = 0;
  /** Bytes of the frame's payload that have not come. */
  #owed = 0;
  /** A message came in part, and its rest has not. */
  #inParts = false;
  /** A part of nothing, or something else than the rest of a message: whoever reads the connection gives it up. */
  #broken = false;

  /** The next byte begins a message. */
  get reached(): boolean {
    return this.#owed === 0 && this.#known === 0 && !this.#inParts && !this.#broken;
  }

  /** These bytes have come. */
  follow(chunk: Uint8Array): void {
    let at = 0;
    while (at < chunk.length) {
      const payload = Math.min(this.#owed, chunk.length - at);
      this.#owed -= payload;
      at += payload;
      if (at === chunk.length) return;
      this.#header[this.#known] = chunk[at] ?? 0;
      this.#known += 1;
      at += 1;
      this.#readHeader();
    }
  }

  #readHeader(): void {
    const second = this.#header[1] ?? 0;
    const short = second & LENGTH;
    const extra = short === IN_TWO_BYTES ? 2 : short === IN_EIGHT_BYTES ? 8 : 0;
    const whole = 2 + extra + ((second & IS_MASKED) === 0 ? 0 : 4);
    if (this.#known < 2 || this.#known < whole) return;
    this.#known = 0;
    this.#followParts(this.#header[0] ?? 0);
    this.#owed = short;
    if (extra === 0) return;
    this.#owed = 0;
    for (let i = 2; i < 2 + extra; i += 1) this.#owed = this.#owed * 256 + (this.#header[i] ?? 0);
  }

  #followParts(first: number): void {
    const opcode = first & OPCODE;
    if (opcode >= CONTROL) return;
    const goesOn = opcode === CONTINUATION;
    if (goesOn !== this.#inParts) this.#broken = true;
    this.#inParts = (first & IS_FINAL) === 0;
  }
}
