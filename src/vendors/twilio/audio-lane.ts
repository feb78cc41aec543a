import type { Duplex } from "node:stream";
import { FrameBoundary } from "./frame-boundary.ts";
import { audioRead, readAudio } from "./read-audio.ts";
import { readIntoPage } from "./read-into-page.ts";

/** A caller's audio; `audio` is borrowed until the answer. */
export type HearAudio = (audio: Uint8Array, timestampMs: number) => void;

/** The WebSocket, as far as it matters here. */
type Breakable = { once(event: "error", listener: () => void): unknown };

/** What all connections have brought in this turn of the event loop, one piece behind the other, and how much it is. */
const gathered = Buffer.allocUnsafeSlow(262_144);
let bytes = 0;
/** More is cut: a frame may come in any pieces. */
const PIECE_MAX_BYTES = 65_536;
/** Connections with a piece to read. */
let due: (() => void)[] = [];

/**
 * The pieces of all calls are read together, at the end of this turn of the event loop: what reads them lies in the
 * processor's caches then, which the system call for the next one would have emptied.
 */
function readLater(read: () => void): void {
  if (due.length === 0) setImmediate(readDue);
  due.push(read);
}

function readDue(): void {
  const reads = due;
  due = [];
  for (const read of reads) read();
  if (due.length === 0) bytes = 0;
}

/**
 * `readOn` goes on behind what failed. A bug is told as one, but not to whoever is reading: the pieces of the others, and the
 * next one of the same connection, would be lost.
 */
function readToTheEnd(readOn: () => void): void {
  for (;;) {
    try {
      return readOn();
    } catch (err) {
      setImmediate(() => {
        throw err;
      });
    }
  }
}

/** Answers where it lies now. */
function gather(piece: Buffer, from: number, to: number): number {
  if (bytes + to - from > gathered.length) readDue();
  const at = bytes;
  bytes += piece.copy(gathered, at, from, to);
  return at;
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
  /** Where this connection's piece lies. */
  let at = 0;
  let end = 0;
  const readOn = (): void => {
    const to = end;
    while (at < to && boundary.reached) {
      const next = readAudio(gathered, at, to);
      if (next === 0) break;
      at = next;
      hear(audioRead.audio, audioRead.timestampMs);
    }
    if (at >= to) return;
    // `ws` keeps what it is given.
    const rest = Buffer.from(gathered.subarray(at, to));
    at = to;
    boundary.follow(rest);
    others.call(raw, rest);
  };
  const read = (): void => readToTheEnd(readOn);
  let listens = true;
  const later = (chunk: Buffer, length = chunk.length): void => {
    for (let from = 0; from < length; from += PIECE_MAX_BYTES) {
      const to = Math.min(length, from + PIECE_MAX_BYTES);
      read();
      if (!listens) return;
      at = gather(chunk, from, to);
      end = at + to - from;
    }
    readLater(read);
  };
  const onData = (chunk: Buffer): void => later(chunk);
  const away = (): void => {
    listens = false;
    at = end;
    raw.off("data", onData);
  };
  raw.removeAllListeners("data");
  raw.on("data", onData);
  readIntoPage(raw, later);
  // What came before the end is read before it.
  raw.prependOnceListener("end", read);
  raw.prependOnceListener("close", read);
  // After a broken frame `ws` listens no more, and does not want to be told more either.
  socket.once("error", away);
  raw.once("close", away);
}
