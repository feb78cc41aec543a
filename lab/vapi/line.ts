/** The assistant's end of a call's audio: a SIP leg or a transport socket. Frames are 160 bytes of μ-law, 20 ms. */
export type Line = {
  /** Every frame of the other party, silence included; returns the way to stop. */
  hear(listener: (frame: Uint8Array) => void): () => void;
  /** Speaks in real time, after what is being spoken; resolves at its end or when it was cut. */
  say(ulaw: Uint8Array): Promise<void>;
  stopTalking(): void;
  hangUp(): void;
};
