import { FRAME_BYTES, SILENCE_BYTE } from "../audio/mulaw.ts";

type Utterance = { bytes: Uint8Array; at: number; done: () => void };

/** Turns stretches of μ-law into 20 ms frames, one after the other, in real time. */
export class Mouth {
  #queue: Utterance[] = [];
  #shut = false;

  /** Queues audio; resolves when its last frame was taken, or when it was cut short. */
  say(bytes: Uint8Array): Promise<void> {
    if (this.#shut || bytes.length === 0) return Promise.resolve();
    return new Promise((done) => this.#queue.push({ bytes, at: 0, done }));
  }

  get busy(): boolean {
    return this.#queue.length > 0;
  }

  /** The next 160 bytes, the last of an utterance padded with silence; undefined when there is nothing to say. */
  next(): Uint8Array | undefined {
    const [current] = this.#queue;
    if (current === undefined) return undefined;
    const end = current.at + FRAME_BYTES;
    const frame = current.bytes.subarray(current.at, end);
    current.at = end;
    if (end >= current.bytes.length) {
      this.#queue.shift();
      current.done();
    }
    return frame.length === FRAME_BYTES ? frame : padded(frame);
  }

  /** Takes one frame of somebody else's audio, as a patch cord does; at most two wait, older ones are lost. */
  overhear(frame: Uint8Array): void {
    if (this.#shut) return;
    if (this.#queue.length >= 2) this.#queue.shift()?.done();
    this.#queue.push({ bytes: frame, at: 0, done: () => undefined });
  }

  /** Stops in mid-word and forgets what was queued. */
  stop(): void {
    const cut = this.#queue;
    this.#queue = [];
    for (const utterance of cut) utterance.done();
  }

  /** Stops for good. */
  shut(): void {
    this.#shut = true;
    this.stop();
  }
}

function padded(frame: Uint8Array): Uint8Array {
  const whole = new Uint8Array(FRAME_BYTES).fill(SILENCE_BYTE);
  whole.set(frame);
  return whole;
}
