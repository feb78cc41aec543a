import { type Following, recognise, recogniseBeginning } from "../audio/recognise.ts";
import { tokens } from "./hearing.ts";
import { InputAudio } from "./input-audio.ts";

const FORMAT = { type: "audio/pcmu" } as const;

export type EarListener = {
  started(): void;
  /** What is understood of an unfinished utterance, growing. */
  partial(text: string): void;
  /** The utterance is over; these are its words, or what the service writes for none. */
  stopped(text: string): void;
};

export type EarParts = {
  /** Calls back with each 20 ms frame of μ-law; returns the way to stop. */
  readonly hear: (listener: (frame: Uint8Array) => void) => () => void;
  /** Silence that ends an utterance, in milliseconds. */
  readonly endpointMs: number;
  /** What the service writes for words it did not understand. */
  readonly unintelligible: string;
};

/** A service's ear on a line: finds turns in real audio and recognises them. */
export class ServiceEar {
  readonly #input: InputAudio;
  readonly #listener: EarListener;
  readonly #stop: () => void;
  #following: Following | undefined;
  /** Audio of a muted customer is not heard. */
  deaf = false;

  constructor({ hear, endpointMs, unintelligible }: EarParts, listener: EarListener) {
    this.#listener = listener;
    const detection = {
      type: "server_vad",
      threshold: 0.5,
      prefix_padding_ms: 300,
      silence_duration_ms: endpointMs,
    };
    this.#input = new InputAudio({
      started: () => {
        this.#following = undefined;
        listener.started();
      },
      speaking: (utterance) => this.#soFar(utterance),
      stopped: (_at, utterance) => listener.stopped(recognise(utterance)?.text ?? unintelligible),
    });
    this.#stop = hear((frame) => {
      if (this.deaf) return;
      this.#input.append(Buffer.from(frame).toString("base64"), FORMAT, detection as never);
    });
  }

  get hearsVoice(): boolean {
    return this.#input.speaking;
  }

  close(): void {
    this.#stop();
  }

  #soFar(utterance: Uint8Array): void {
    const following = recogniseBeginning(utterance, this.#following);
    if (following === undefined) return;
    this.#following = following;
    const words = tokens(following.text);
    const share = Math.min(1, following.saidMs / following.lengthMs);
    const text = words
      .slice(0, Math.floor(words.length * share))
      .join("")
      .trim();
    if (text !== "") this.#listener.partial(text);
  }
}
