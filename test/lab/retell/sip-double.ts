import type { SipNetwork, SipParty } from "../../../lab/retell/sip.ts";

const FRAME = 160;
const SILENT = new Uint8Array(FRAME).fill(0xff);

/** One answered call at the vendor's end; what is spoken to it is heard at once, its own speech ends when told. */
export class PartyDouble implements SipParty {
  readonly said: Uint8Array[] = [];
  readonly ended: Promise<void>;
  hungUp = false;
  /** Speech takes no time; otherwise it goes on until `finish` or `stopTalking`. */
  instant = true;
  #listener: ((frame: Uint8Array, at: number) => void) | undefined;
  #end: () => void = () => undefined;
  #finish: (() => void) | undefined;

  constructor() {
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  say(ulaw: Uint8Array): Promise<void> {
    this.said.push(ulaw);
    if (this.instant) return Promise.resolve();
    return new Promise((resolve) => {
      this.#finish = resolve;
    });
  }

  finish(): void {
    this.#finish?.();
  }

  stopTalking(): void {
    this.#finish?.();
  }

  hear(listener: (frame: Uint8Array, at: number) => void): () => void {
    this.#listener = listener;
    return () => {
      this.#listener = undefined;
    };
  }

  /** The other side speaks, and is then silent for `silenceMs`. */
  spokenTo(audio: Uint8Array, silenceMs = 1_000): void {
    for (let at = 0; at + FRAME <= audio.length; at += FRAME) this.#listener?.(audio.subarray(at, at + FRAME), 0);
    for (let ms = 0; ms < silenceMs; ms += 20) this.#listener?.(SILENT, 0);
  }

  hangUp(): void {
    this.hungUp = true;
    this.#end();
  }

  /** The other side hangs up. */
  leave(): void {
    this.#end();
  }
}

/** A SIP network on which a test dials. */
export class SipDouble implements SipNetwork {
  readonly #answers = new Map<string, (party: SipParty) => void>();

  answerAt(address: string, answered: (party: SipParty) => void): void {
    this.#answers.set(address, answered);
  }

  withdraw(address: string): void {
    this.#answers.delete(address);
  }

  /** Throws when nobody answers there. */
  dial(address: string): PartyDouble {
    const answer = this.#answers.get(address);
    if (answer === undefined) throw new Error(`${address} does not answer`);
    const party = new PartyDouble();
    answer(party);
    return party;
  }
}
