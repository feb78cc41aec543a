import type { Circuit, Frame } from "./leg.ts";
import { Mouth } from "./mouth.ts";

/** The circuit of a leg that listens to prompts. */
export class Playout implements Circuit {
  readonly name: string;
  readonly mouth = new Mouth();
  readonly #onDigit: ((digit: string) => void) | undefined;
  readonly #onFrame: ((frame: Frame) => void) | undefined;

  constructor(name: string, on: { digit?: (digit: string) => void; frame?: (frame: Frame) => void } = {}) {
    this.name = name;
    this.#onDigit = on.digit;
    this.#onFrame = on.frame;
  }

  push(frame: Frame): void {
    this.#onFrame?.(frame);
  }

  pull(): Frame {
    return this.mouth.next();
  }

  digit(digit: string): "taken" | "ignored" {
    if (this.#onDigit === undefined) return "ignored";
    this.#onDigit(digit);
    return "taken";
  }
}
