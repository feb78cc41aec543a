import { WebSocket, type RawData } from "ws";
import { after, type EpochMs } from "../domain/time.ts";
import type { Clock } from "../ports/clock.ts";
import { FRAME_BYTES_MAX } from "../protocol/desk-frames.ts";

/** Contract §4. */
const PING_MS = 4_000;
const DEAD_MS = 10_000;
/** A tab that does not read: its frames must not pile up here. */
const UNREAD_BYTES_MAX = 4 * 1024 * 1024;
/** Frames waiting to be obeyed; people do not click that fast. */
const PENDING_MAX = 64;

/** One tab. Until `start` its outgoing frames wait, so that `hello` is the first. */
export type DeskSocket = {
  send(text: string): void;
  /** Sends `hello`, then what waited. */
  start(hello: string): void;
  close(code: number, reason: string): void;
  visible: boolean;
};

export type SocketListener = {
  /** Obeyed one after the other; the next waits for this promise. */
  readonly frame: (text: string) => Promise<void>;
  /** Something was heard: the agent's lease may be prolonged to this time's. */
  readonly heard: (at: EpochMs) => void;
  readonly refused: (why: "binary" | "too-fast") => void;
  /** The socket broke, or a frame over the limit closed it; `raw` is the library's word for it. */
  readonly broke: (raw: string) => void;
  readonly gone: () => void;
};

export function createDeskSocket(socket: WebSocket, clock: Clock, listener: SocketListener): DeskSocket {
  let waiting: string[] | undefined = [];
  let heardAt = clock.now();
  let pending = 0;
  let tail = Promise.resolve();
  const write = (text: string): void => {
    if (socket.readyState !== WebSocket.OPEN) return;
    if (socket.bufferedAmount > UNREAD_BYTES_MAX) socket.terminate();
    else socket.send(text);
  };
  const heard = (): void => {
    heardAt = clock.now();
    listener.heard(heardAt);
  };
  const obey = (text: string): void => {
    if (pending >= PENDING_MAX) return listener.refused("too-fast");
    pending += 1;
    tail = tail.then(() => listener.frame(text)).finally(() => (pending -= 1));
  };

  socket.on("message", (data, isBinary) => {
    heard();
    if (isBinary) listener.refused("binary");
    else obey(textOf(data));
  });
  socket.on("pong", heard);
  // The close event follows every error and is what counts; a frame over the limit is one of them.
  socket.on("error", (err) => {
    listener.broke("code" in err && typeof err.code === "string" ? err.code : err.name);
    socket.terminate();
  });
  const stopPings = keepAlive(socket, clock, () => heardAt);
  socket.on("close", () => {
    stopPings();
    listener.gone();
  });

  return {
    visible: true,
    send: (text) => (waiting === undefined ? write(text) : void waiting.push(text)),
    start(hello) {
      write(hello);
      const held = waiting ?? [];
      waiting = undefined;
      for (const text of held) write(text);
    },
    close: (code, reason) => socket.close(code, reason),
  };
}

const textOf = (data: RawData): string =>
  (Array.isArray(data) ? Buffer.concat(data) : Buffer.isBuffer(data) ? data : Buffer.from(data)).toString("utf8");

/** Pings, and cuts a socket that was silent for too long; the result stops it. */
function keepAlive(socket: WebSocket, clock: Clock, heardAt: () => EpochMs): () => void {
  let cancel: (() => void) | undefined;
  const next = (): void => {
    const dead = after(heardAt(), DEAD_MS);
    const ping = after(clock.now(), PING_MS);
    cancel = clock.at(dead < ping ? dead : ping, () => {
      if (clock.now() >= after(heardAt(), DEAD_MS)) return socket.terminate();
      socket.ping();
      return next();
    });
  };
  next();
  return () => cancel?.();
}

/** `ws` closes a socket that sends more with 1009. */
export const socketLimits = { maxPayload: FRAME_BYTES_MAX, perMessageDeflate: false } as const;
