const BYTES_PER_MS = 8;

/** A caller's audio for somebody who cannot hear it yet. Speech that is late helps nobody: at the limit the oldest goes. */
export class WaitingAudio {
  readonly #maxBytes: number;
  #pieces: Uint8Array[] = [];
  #bytes = 0;

  /** @param maxMs of μ-law, 8 kHz. */
  constructor(maxMs: number) {
    this.#maxBytes = maxMs * BYTES_PER_MS;
  }

  /** Copies the audio, which is borrowed. Answers how many pieces had to go. */
  keep(audio: Uint8Array): number {
    this.#pieces.push(audio.slice());
    this.#bytes += audio.length;
    let gone = 0;
    while (this.#bytes > this.#maxBytes) {
      this.#bytes -= this.#pieces.shift()?.length ?? this.#bytes;
      gone += 1;
    }
    return gone;
  }

  /** All of it, oldest first; nothing waits any more. */
  take(): readonly Uint8Array[] {
    const pieces = this.#pieces;
    this.#pieces = [];
    this.#bytes = 0;
    return pieces;
  }
}
