import type { Brain, HistoryEntry, Step } from "../openai/brain.ts";
import type { Ticker } from "../openai/ticker.ts";
import { mintId } from "../openai/wire.ts";
import type { VapiFaults } from "./faults.ts";
import type { FunctionTool, Pace } from "./settings.ts";
import type { ToolCall } from "./tool-call-shapes.ts";

export type MindListener = {
  say(text: string): void;
  /** What the tools answered, in the order of the calls. */
  callTools(calls: readonly ToolCall[]): Promise<readonly string[]>;
  changed(): void;
  /** The model is slow. */
  late(): void;
};

export type MindParts = {
  readonly brain: Brain;
  readonly prompt: string;
  readonly tools: readonly FunctionTool[];
  readonly ticker: Ticker;
  readonly pace: Pace;
  readonly faults: VapiFaults;
};

/** The service tells that it is late after this long. */
const HANG_AFTER_MS = 3_000;
/** A model that calls tools for ever is stopped. */
const ROUNDS_MAX = 8;

/** The assistant's model and its memory. It answers by itself when a user's turn is over; nobody asks it to. */
export class Mind {
  readonly history: HistoryEntry[] = [];
  readonly #parts: MindParts;
  readonly #listener: MindListener;
  /** A newer turn makes an older thought worthless. */
  #thought = 0;

  constructor(parts: MindParts, listener: MindListener) {
    this.#parts = parts;
    this.#listener = listener;
  }

  add(entry: HistoryEntry): void {
    this.history.push(entry);
    this.#listener.changed();
  }

  /** The user's turn is over, or somebody wants an answer. */
  think(): void {
    this.#thought += 1;
    const thought = this.#thought;
    const { ticker, pace, faults } = this.#parts;
    if (faults.modelStallMs > HANG_AFTER_MS)
      ticker.after(HANG_AFTER_MS, () => (thought === this.#thought ? this.#listener.late() : undefined));
    ticker.after(pace.modelMs + faults.modelStallMs, () => void this.#round(thought, 0));
  }

  /** What it was about to say is not said. */
  forget(): void {
    this.#thought += 1;
  }

  async #round(thought: number, rounds: number): Promise<void> {
    if (thought !== this.#thought || rounds >= ROUNDS_MAX) return;
    const steps = this.#parts.brain({
      heard: this.#heard(),
      history: this.history,
      instructions: this.#parts.prompt,
      tools: this.#parts.tools.map((tool) => tool.function.name),
      outOfBand: false,
      metadata: {},
    });
    const calls = this.#callsOf(steps);
    for (const step of steps) if ("say" in step) this.#listener.say(step.say);
    if (calls.length === 0) return;
    for (const { id, name, arguments: input } of calls)
      this.history.push({ role: "call", name, callId: id, arguments: JSON.stringify(input) });
    const results = await this.#listener.callTools(calls);
    for (const [index, { id }] of calls.entries())
      this.history.push({ role: "output", callId: id, output: results[index] ?? "" });
    this.#listener.changed();
    // A tool that is not waited for does not make the model speak again.
    if (calls.every(({ tool }) => tool.async === true)) return;
    await this.#round(thought, rounds + 1);
  }

  #callsOf(steps: readonly Step[]): ToolCall[] {
    return steps.flatMap((step) => {
      if (!("call" in step)) return [];
      const tool = this.#parts.tools.find((each) => each.function.name === step.call);
      return tool ? [{ id: mintId("call"), name: step.call, arguments: step.arguments, tool }] : [];
    });
  }

  #heard(): string | undefined {
    const acted = this.history.findLastIndex((entry) => entry.role === "assistant" || entry.role === "call");
    const texts = this.history
      .slice(acted + 1)
      .flatMap((entry) => (entry.role === "user" && entry.text ? [entry.text] : []));
    return texts.length > 0 ? texts.join(" ") : undefined;
  }
}
