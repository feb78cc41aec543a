import type { CallId } from "../domain/ids.ts";

/** What comes from the caller's media socket. */
export type CallerLineEvent =
  /**
   * μ-law, 8 kHz, mono: 8 bytes a millisecond. The bytes are borrowed: they hold the next frame once the listener has
   * returned, and whoever wants to keep them copies them.
   */
  | { readonly kind: "audio"; readonly audio: Uint8Array; readonly timestampMs: number }
  /** Everything sent before the mark has been played, or was dropped by `clear`. */
  | { readonly kind: "mark"; readonly name: string }
  | { readonly kind: "key"; readonly key: string }
  /** `released`: we or the carrier moved the call on; `lost`: the socket died. Nothing comes after it. */
  | { readonly kind: "ended"; readonly how: "released" | "lost" };

/** The caller's audio, both ways, on the node that holds the socket. Sending after the end is a no-op. */
export type CallerLine = {
  readonly call: CallId;
  /** The carrier's id of this stream; a call that comes back has another. */
  readonly stream: string;
  /** Plays base64 μ-law, and says with `mark` when it was heard. False: the network takes no more, nobody will hear it. */
  play(payload: string, mark: string): boolean;
  mark(name: string): void;
  /** Drops what was sent and not yet played; its marks come back at once. */
  clear(): void;
  /** Closes our end: the carrier then asks for the caller's next document. */
  letGo(): void;
  /** One listener; set before the event loop turns. */
  listen(listener: (event: CallerLineEvent) => void): void;
};

/** A stream was started and proved that it belongs to the call. */
export type CallerLineOpened = (line: CallerLine, values: Readonly<Record<string, string>>) => void;
