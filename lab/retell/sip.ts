/** The vendor's end of one SIP call: a mouth, an ear, and the way to hang up. */
export type SipParty = {
  /** Speaks headerless μ-law, 8 kHz, in real time; resolves after the last frame or when `stopTalking` cuts it. */
  say(ulaw: Uint8Array): Promise<void>;
  stopTalking(): void;
  /** Calls back with each 20 ms frame heard; returns the way to stop. */
  hear(listener: (frame: Uint8Array, at: number) => void): () => void;
  hangUp(): void;
  readonly ended: Promise<unknown>;
};

/** One call that the vendor places. */
export type Outcall = {
  /** The far end, once it has answered; `undefined`: busy, refused, or given up. */
  readonly reached: Promise<SipParty | undefined>;
  /** Hangs up while it rings. */
  giveUp(): void;
};

/** The telephone network, as the vendor's own carrier dials it. */
export type PhoneNetwork = {
  /** `extension`: keys pressed once the number has answered; empty for none. */
  dial(call: { readonly from: string; readonly to: string; readonly extension: string }): Outcall;
};

/** The public SIP network, as far as the vendor can be reached through it. */
export type SipNetwork = {
  /** Answers calls to this address (`sip:user@host`) until it is withdrawn. */
  answerAt(address: string, answered: (party: SipParty) => void): void;
  withdraw(address: string): void;
};
