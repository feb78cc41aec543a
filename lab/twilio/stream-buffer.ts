import { FRAME_BYTES, SILENCE_BYTE } from "../audio/mulaw.ts";

type Item = { kind: "audio"; bytes: Uint8Array } | { kind: "mark"; name: string };

/** What a gateway sent and the caller has not heard yet: audio with marks between. */
export class StreamBuffer {
  #items: Item[] = [];

  addAudio(bytes: Uint8Array): void {
    if (bytes.length > 0) this.#items.push({ kind: "audio", bytes });
  }

  addMark(name: string): void {
    this.#items.push({ kind: "mark", name });
  }

  /** Empties the buffer; returns the marks that were waiting, in order. */
  clear(): string[] {
    const waiting = this.#items;
    this.#items = [];
    return waiting.flatMap((item) => (item.kind === "mark" ? [item.name] : []));
  }

  /** Milliseconds of audio waiting. */
  get bufferedMs(): number {
    return this.#items.reduce((sum, item) => sum + (item.kind === "audio" ? item.bytes.length / 8 : 0), 0);
  }

  /** The next 20 ms, and the marks whose audio has been played by now. */
  next(): { frame: Uint8Array | undefined; played: string[] } {
    const played: string[] = [];
    const parts: Uint8Array[] = [];
    let missing = FRAME_BYTES;
    while (this.#items.length > 0 && missing > 0) {
      const item = this.#items[0] as Item;
      if (item.kind === "mark") {
        played.push(item.name);
        this.#items.shift();
        continue;
      }
      const part = item.bytes.subarray(0, missing);
      parts.push(part);
      missing -= part.length;
      if (part.length === item.bytes.length) this.#items.shift();
      else item.bytes = item.bytes.subarray(part.length);
    }
    return { frame: assemble(parts), played };
  }
}

function assemble(parts: readonly Uint8Array[]): Uint8Array | undefined {
  const [only] = parts;
  if (only === undefined || (parts.length === 1 && only.length === FRAME_BYTES)) return only;
  const frame = new Uint8Array(FRAME_BYTES).fill(SILENCE_BYTE);
  let at = 0;
  for (const part of parts) {
    frame.set(part, at);
    at += part.length;
  }
  return frame;
}
