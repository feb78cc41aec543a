import { FRAME_BYTES, SILENCE_BYTE } from "../audio/mulaw.ts";
import { Recorder } from "../audio/recorder.ts";
import { keyTone } from "../audio/tones.ts";
import { Mouth } from "./mouth.ts";
import type { Ticker, TickMember } from "./ticker.ts";

/** 20 ms of silence. Never written to. */
export const SILENT_FRAME: Uint8Array = new Uint8Array(FRAME_BYTES).fill(SILENCE_BYTE);

/** One frame of 160 μ-law bytes; `undefined` is silence. */
export type Frame = Uint8Array | undefined;

/** What a leg is plugged into at the carrier: a prompt, a stream, a conference seat, another leg. */
export type Circuit = {
  /** Who takes a key press, for the log; the press itself goes to `digit`. */
  readonly name: string;
  /** What the party says, every 20 ms. */
  push(frame: Frame, at: number): void;
  /** What the party is to hear, every 20 ms. */
  pull(at: number): Frame;
  /** A key; `"tone"` when it should sound in-band, as in a conference. */
  digit(digit: string): "taken" | "tone" | "ignored";
};

/** Listens to both directions of a leg without taking part. */
export type Tap = (said: Frame, heard: Frame, at: number) => void;

const NOWHERE: Circuit = { name: "nobody", push: () => undefined, pull: () => undefined, digit: () => "ignored" };

/** The audio of one answered call: a party's mouth and ear on one side, a circuit on the other. */
export class Leg implements TickMember {
  readonly mouth = new Mouth();
  readonly said: Recorder;
  readonly heard: Recorder;
  readonly listeners = new Set<(frame: Uint8Array, at: number) => void>();
  readonly taps = new Set<Tap>();
  /** Told the name of each circuit the leg is plugged into. */
  readonly plugWatchers = new Set<(name: string) => void>();
  /** False models an answered call whose audio never comes up, in either direction. */
  audible = true;
  readonly #ticker: Ticker;
  #circuit: Circuit = NOWHERE;
  #spoken: Frame;

  constructor(ticker: Ticker, record: boolean) {
    this.#ticker = ticker;
    this.said = new Recorder(record);
    this.heard = new Recorder(record);
  }

  /** Audio flows from the next tick on. */
  open(): void {
    this.#ticker.add(this);
  }

  close(): void {
    this.#ticker.remove(this);
    this.mouth.shut();
    this.listeners.clear();
    this.taps.clear();
    this.plugWatchers.clear();
  }

  /** The name of what the leg is plugged into. */
  get pluggedInto(): string {
    return this.#circuit.name;
  }

  /** Plugs the leg into `circuit`; returns the way to unplug it, which does nothing once another took its place. */
  plug(circuit: Circuit): () => void {
    this.#circuit = circuit;
    for (const watcher of this.plugWatchers) watcher(circuit.name);
    return () => {
      if (this.#circuit === circuit) this.#circuit = NOWHERE;
    };
  }

  /** Presses one key. Returns who took it. */
  press(digit: string): string {
    const circuit = this.#circuit;
    const fate = circuit.digit(digit);
    if (fate === "tone") void this.mouth.say(keyTone(digit));
    return fate === "ignored" ? "nobody" : circuit.name;
  }

  listen(at: number): void {
    const spoken = this.mouth.next();
    this.said.add(spoken, at);
    this.#spoken = this.audible ? spoken : undefined;
    this.#circuit.push(this.#spoken, at);
  }

  play(at: number): void {
    const pulled = this.#circuit.pull(at);
    const heard = this.audible ? pulled : undefined;
    this.heard.add(heard, at);
    for (const tap of this.taps) tap(this.#spoken, heard, at);
    for (const listener of this.listeners) listener(heard ?? SILENT_FRAME, at);
  }
}
