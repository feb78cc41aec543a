import type { WebSocket } from "ws";
import { FRAME_BYTES, SILENCE_BYTE } from "../audio/mulaw.ts";
import { Mouth } from "../twilio/mouth.ts";
import type { Ticker as AudioClock, TickMember } from "../twilio/ticker.ts";
import type { VapiFaults } from "./faults.ts";
import type { Line } from "./line.ts";

const SILENT = new Uint8Array(FRAME_BYTES).fill(SILENCE_BYTE);

/** The audio of a transport socket: binary frames both ways, in real time. */
export class SocketLine implements Line, TickMember {
  readonly #socket: WebSocket;
  readonly #clock: AudioClock;
  readonly #faults: VapiFaults;
  readonly #mouth = new Mouth();
  readonly #ears = new Set<(frame: Uint8Array) => void>();

  constructor(socket: WebSocket, clock: AudioClock, faults: VapiFaults) {
    this.#socket = socket;
    this.#clock = clock;
    this.#faults = faults;
    socket.on("message", (data, isBinary) => {
      if (isBinary) for (const ear of this.#ears) ear(data as Buffer);
    });
    clock.add(this);
  }

  play(): void {
    const frame = this.#mouth.next() ?? (this.#faults.quietSocket ? undefined : SILENT);
    if (frame !== undefined && this.#socket.readyState === this.#socket.OPEN) this.#socket.send(frame);
  }

  hear(listener: (frame: Uint8Array) => void): () => void {
    this.#ears.add(listener);
    return () => this.#ears.delete(listener);
  }

  say(ulaw: Uint8Array): Promise<void> {
    return this.#mouth.say(ulaw);
  }

  stopTalking(): void {
    this.#mouth.stop();
  }

  hangUp(): void {
    this.close();
    this.#socket.close(1000);
  }

  /** The socket is gone. */
  close(): void {
    this.#clock.remove(this);
    this.#mouth.shut();
  }
}
