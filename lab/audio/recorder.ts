import { FRAME_BYTES, SILENCE_BYTE } from "./mulaw.ts";

/** A μ-law byte lasts an eighth of a millisecond at 8 kHz. */
const BYTES_PER_MS = 8;

/** What one party hears, or says, on a continuous timeline from the answer on, silence included. */
export type Timeline = {
  /** Wall-clock milliseconds of the first byte; undefined until the leg was answered. */
  readonly startedAt: number | undefined;
  /** Milliseconds recorded so far. */
  readonly durationMs: number;
  /** The whole timeline as μ-law, 8 bytes a millisecond. */
  heard(): Uint8Array;
  /** The part between two wall-clock times; silence where the timeline does not reach. */
  between(fromMs: number, toMs: number): Uint8Array;
};

/**
 * Keeps the frames of one direction of one leg. Silent frames cost nothing, so that hundreds of
 * mostly silent legs can be recorded at once.
 */
export class Recorder implements Timeline {
  startedAt: number | undefined;
  #frames: (Uint8Array | undefined)[] = [];
  readonly #keep: boolean;

  /** `keep: false` counts the time and forgets the audio. */
  constructor(keep: boolean) {
    this.#keep = keep;
  }

  /** Adds the next 20 ms; `at` is the wall-clock time at which they begin. */
  add(frame: Uint8Array | undefined, at: number): void {
    this.startedAt ??= at;
    this.#frames.push(this.#keep ? frame : undefined);
  }

  get durationMs(): number {
    return this.#frames.length * 20;
  }

  heard(): Uint8Array {
    return this.#copy(0, this.#frames.length * FRAME_BYTES);
  }

  between(fromMs: number, toMs: number): Uint8Array {
    const origin = this.startedAt ?? fromMs;
    return this.#copy(Math.round((fromMs - origin) * BYTES_PER_MS), Math.round((toMs - origin) * BYTES_PER_MS));
  }

  #copy(from: number, to: number): Uint8Array {
    const bytes = new Uint8Array(Math.max(0, to - from)).fill(SILENCE_BYTE);
    const first = Math.max(0, Math.floor(from / FRAME_BYTES));
    const last = Math.min(this.#frames.length, Math.ceil(to / FRAME_BYTES));
    for (let index = first; index < last; index++) {
      const frame = this.#frames[index];
      if (frame === undefined) continue;
      const place = index * FRAME_BYTES - from;
      const part = frame.subarray(Math.max(0, -place), Math.max(0, bytes.length - place));
      bytes.set(part, Math.max(0, place));
    }
    return bytes;
  }
}
