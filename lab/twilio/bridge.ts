import type { Circuit, Frame } from "./leg.ts";

class Side implements Circuit {
  readonly name = "bridge";
  heard: Frame;
  readonly #other: () => Side;
  readonly #onStar: (() => void) | undefined;

  constructor(other: () => Side, onStar: (() => void) | undefined) {
    this.#other = other;
    this.#onStar = onStar;
  }

  push(frame: Frame): void {
    this.#other().heard = frame;
  }

  pull(): Frame {
    const { heard } = this;
    this.heard = undefined;
    return heard;
  }

  digit(digit: string): "taken" | "tone" {
    if (digit !== "*" || this.#onStar === undefined) return "tone";
    this.#onStar();
    return "taken";
  }
}

/** Two legs that hear each other and nobody else. */
export class Bridge {
  readonly first: Circuit;
  readonly second: Circuit;

  /** `onStar`: what the first leg's star key does, if it does anything. */
  constructor(onStar: (() => void) | undefined) {
    const first: Side = new Side(() => second, onStar);
    const second: Side = new Side(() => first, undefined);
    this.first = first;
    this.second = second;
  }
}
