import type { Duplex } from "node:stream";
import { FrameBoundary } from "./frame-boundary.ts";
import { audioRead, readAudio } from "./read-audio.ts";

/** A caller's audio; `audio` is borrowed until the answer. */
export type HearAudio = (audio: Uint8Array, timestampMs: number) => void;

/** The WebSocket, as far as it matters here. */
type Breakable = { once(event: "error", listener: () => void): unknown };

/** Connections with a chunk to read. */
let due: (() => void)[] = [];

/**
 * Chunks of all calls are read together, at the end of this turn of the event loop: what reads them lies in the
 * processor's caches then, which the system call for the next chunk would have emptied.
 */
function readLater(read: () => void): void {
  if (due.length === 0) setImmediate(readDue);
  due.push(read);
}

function readDue(): void {
  const reads = due;
  due = [];
  for (const read of reads) read();
}

/**
 * A lane beside `ws`: frames of a caller's audio that came whole and in their usual spelling are read here, which costs a
 * third of what a WebSocket message costs otherwise. Everything else, and whatever was begun by `ws`, stays with `ws`.
 *
 * @param raw the connection that `socket` was made of; `ws` has just begun to listen to it.
 */
export function openAudioLane(raw: Duplex, socket: Breakable, hear: HearAudio): void {
  const [others, ...more] = raw.listeners("data");
  // Another version of `ws` may read in another way; then all frames take the long one.
  if (others === undefined || more.length > 0) return;
  const boundary = new FrameBoundary();
  const take = (chunk: Buffer): void => {
    let at = 0;
    while (boundary.reached && at < chunk.length) {
      const next = readAudio(chunk, at);
      if (next === 0) break;
      at = next;
      hear(audioRead.audio, audioRead.timestampMs);
    }
    if (at === chunk.length) return;
    boundary.follow(chunk, at);
    others.call(raw, at === 0 ? chunk : chunk.subarray(at));
  };
  let came: Buffer | undefined;
  const read = (): void => {
    const chunk = came;
    came = undefined;
    if (chunk !== undefined) take(chunk);
  };
  const later = (chunk: Buffer): void => {
    // Also the one that was left behind when the reading of another connection failed.
    read();
    came = chunk;
    readLater(read);
  };
  const away = (): void => {
    came = undefined;
    raw.off("data", later);
  };
  raw.removeAllListeners("data");
  raw.on("data", later);
  // What came before the end is read before it.
  raw.prependOnceListener("end", read);
  raw.prependOnceListener("close", read);
  // After a broken frame `ws` listens no more, and does not want to be told more either.
  socket.once("error", away);
  raw.once("close", away);
}
