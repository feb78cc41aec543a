// Every frame carries its call and its number in its first bytes; the ledger knows when each was sent, and checks that
// what arrives is everything that was sent, in order.

const FRAME_BYTES = 160;
/** No carrier's frame begins with these two bytes by chance in a row of four. */
const SIGN = 0xc3a5;

export type FrameLedger = {
  /** Writes call and number into a frame about to be sent. */
  stamp(frame: Buffer, call: number, at: number): void;
  /** A message arrived: one frame, or several put together. */
  arrived(payload: string, at: number): void;
  /** Forgets what came so far, and begins to count. */
  begin(): void;
  figures(): LedgerFigures;
};

export type LedgerFigures = {
  readonly sent: number;
  readonly arrived: number;
  /** Frames that came out of turn or changed; 0 in a gateway that works. */
  readonly wrong: number;
  readonly messages: number;
  /** From the sending of a message's last frame to its arrival, sorted, in milliseconds. */
  readonly forwardMs: readonly number[];
};

type Line = { next: number; expected: number; readonly sentAt: Map<number, number> };

export const createFrameLedger = (): FrameLedger => new CountingLedger();

class CountingLedger implements FrameLedger {
  readonly #lines = new Map<number, Line>();
  #sent = 0;
  #arrived = 0;
  #wrong = 0;
  #messages = 0;
  #forwardMs: number[] = [];

  stamp(frame: Buffer, call: number, at: number): void {
    const line = this.#lineOf(call);
    frame.writeUInt16BE(SIGN, 0);
    frame.writeUInt32BE(call, 2);
    frame.writeUInt32BE(line.next, 6);
    line.sentAt.set(line.next, at);
    line.next += 1;
    this.#sent += 1;
  }

  arrived(payload: string, at: number): void {
    const bytes = Buffer.from(payload, "base64");
    this.#messages += 1;
    let last: number | undefined;
    for (let from = 0; from + FRAME_BYTES <= bytes.length; from += FRAME_BYTES) {
      last = this.#take(bytes.subarray(from, from + FRAME_BYTES));
    }
    if (last !== undefined) this.#forwardMs.push(at - last);
  }

  begin(): void {
    this.#sent = 0;
    this.#arrived = 0;
    this.#wrong = 0;
    this.#messages = 0;
    this.#forwardMs = [];
  }

  figures(): LedgerFigures {
    return {
      sent: this.#sent,
      arrived: this.#arrived,
      wrong: this.#wrong,
      messages: this.#messages,
      forwardMs: this.#forwardMs.toSorted((a, b) => a - b),
    };
  }

  #lineOf(call: number): Line {
    const line = this.#lines.get(call) ?? { next: 0, expected: 0, sentAt: new Map() };
    this.#lines.set(call, line);
    return line;
  }

  /** When the frame was sent; `undefined`: it is none of ours. */
  #take(frame: Buffer): number | undefined {
    if (frame.readUInt16BE(0) !== SIGN) {
      this.#wrong += 1;
      return undefined;
    }
    const line = this.#lineOf(frame.readUInt32BE(2));
    const number = frame.readUInt32BE(6);
    // What was sent before the assistant could hear may be missing, at the very beginning only.
    if (number !== line.expected && line.expected !== 0) this.#wrong += 1;
    line.expected = number + 1;
    const at = line.sentAt.get(number);
    line.sentAt.delete(number);
    this.#arrived += 1;
    return at;
  }
}
