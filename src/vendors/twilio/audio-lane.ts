import type { Duplex } from "node:stream";
import { FrameBoundary } from "./frame-boundary.ts";
import { audioRead, readAudio } from "./read-audio.ts";

/** A caller's audio; `audio` is borrowed until the answer. */
export type HearAudio = (audio: Uint8Array, timestampMs: number) => void;

/** The WebSocket, as far as it matters here. */
type Breakable = { once(event: "error", listener: () => void): unknown };

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
  const away = (): void => void raw.off("data", take);
  raw.removeAllListeners("data");
  raw.on("data", take);
  // After a broken frame `ws` listens no more, and does not want to be told more either.
  socket.once("error", away);
  raw.once("close", away);
}
