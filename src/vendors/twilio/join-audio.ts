// The carrier sends 20 ms a frame. Each one taken through the call touches everything the call has, and each message to the
// assistant costs a system call: two frames go on as one.

/** 40 ms of μ-law: the longest that is put together (design: at most 40 ms are held back). */
export const JOINED_MAX_BYTES = 320;
const HELD_MAX_BYTES = JOINED_MAX_BYTES / 2;
const BYTES_PER_MS = 8;

/** Puts frames together, in order, byte for byte. At most one frame is held back, until the next one comes. */
export type AudioJoiner = {
  /** Takes the caller's next bytes, borrowed, and their place in the call; what is to go on does so before it answers. */
  take(audio: Uint8Array, timestampMs: number): void;
  /** Passes on what is held back. */
  flush(): void;
};

/** @param pass takes what goes on, borrowed, and the place of its beginning. A frame with a hole before it goes alone. */
export function createAudioJoiner(pass: (audio: Uint8Array, timestampMs: number) => void): AudioJoiner {
  const held = new Uint8Array(JOINED_MAX_BYTES);
  let bytes = 0;
  let heldAtMs = 0;
  const flush = (): void => {
    const left = bytes;
    bytes = 0;
    if (left > 0) pass(held.subarray(0, left), heldAtMs);
  };
  return {
    flush,
    take: (audio, timestampMs) => {
      const fits = audio.length <= HELD_MAX_BYTES;
      if (bytes > 0 && (!fits || timestampMs !== heldAtMs + bytes / BYTES_PER_MS)) flush();
      if (!fits) return pass(audio, timestampMs);
      held.set(audio, bytes);
      if (bytes === 0) {
        bytes = audio.length;
        heldAtMs = timestampMs;
        return undefined;
      }
      const all = bytes + audio.length;
      bytes = 0;
      return pass(all === JOINED_MAX_BYTES ? held : held.subarray(0, all), heldAtMs);
    },
  };
}
