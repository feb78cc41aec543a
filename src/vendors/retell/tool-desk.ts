import { createHash } from "node:crypto";
import { after } from "../../domain/time.ts";
import type { Clock } from "../../ports/clock.ts";

/** The vendor may repeat a call; within this it is the same one, in milliseconds. */
const SAME_MS = 20_000;
/** The runtime's tools have limits of their own; this one is for what never answers. */
const ANSWER_MAX_MS = 15_000;
/** What the model is told of a call that was not answered. */
export const LATE = JSON.stringify({
  ok: false,
  note: "The system did not answer. Tell the caller plainly that it did not work.",
});
/** Nobody was told of it, so the model may ask once more: a store that changes over is away for seconds. */
export const AGAIN = JSON.stringify({
  ok: false,
  note: "The system is busy for a moment, and nothing is arranged yet. Tell the caller that it takes a moment longer, and call this function once more.",
});

export type Asked = { readonly toolCall: string; readonly fresh: boolean; readonly answer: Promise<string> };

/** Tool calls that wait for their answer. The vendor gives them no id (facts §5.1): the same question soon again is the same call. */
export class ToolDesk {
  readonly #clock: Clock;
  readonly #open = new Map<string, { readonly resolve: (output: string) => void; readonly answer: Promise<string> }>();
  readonly #byQuestion = new Map<string, string>();
  #count = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** `fresh`: nobody has asked this lately, so it is to be done. */
  ask(name: string, input: string): Asked {
    const question = createHash("sha256").update(`${name}\n${input}`).digest("hex");
    const known = this.#byQuestion.get(question);
    const entry = known === undefined ? undefined : this.#open.get(known);
    if (known !== undefined && entry !== undefined) return { toolCall: known, fresh: false, answer: entry.answer };
    this.#count += 1;
    const toolCall = `tool-${this.#count}-${question.slice(0, 8)}`;
    const { promise, resolve } = Promise.withResolvers<string>();
    this.#open.set(toolCall, { resolve, answer: promise });
    this.#byQuestion.set(question, toolCall);
    const now = this.#clock.now();
    this.#clock.at(after(now, ANSWER_MAX_MS), () => resolve(LATE));
    this.#clock.at(after(now, SAME_MS), () => {
      this.#open.delete(toolCall);
      if (this.#byQuestion.get(question) === toolCall) this.#byQuestion.delete(question);
    });
    return { toolCall, fresh: true, answer: promise };
  }

  answer(toolCall: string, output: string): void {
    this.#open.get(toolCall)?.resolve(output);
  }
}
