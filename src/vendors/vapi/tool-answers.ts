import { after } from "../../domain/time.ts";
import type { Clock } from "../../ports/clock.ts";
import { type VapiToolCall, toolResult } from "./tool-calls.ts";

/** Below the vendor's own limit for our tools, so that the assistant hears what happened and not that nothing came. */
const ANSWER_MS = 22_000;
const REMEMBERED_MAX = 64;

type Answer = { readonly done: Promise<string>; readonly settle: (output: string) => void };

/** The open tool calls of one conversation. A call that comes twice is run once and answered twice alike. */
export class ToolAnswers {
  readonly #clock: Clock;
  readonly #answers = new Map<string, Answer>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Runs what is new, and resolves with the results of all, in the order of the calls. */
  async collect(
    calls: readonly VapiToolCall[],
    run: (call: VapiToolCall) => void,
  ): Promise<readonly ReturnType<typeof toolResult>[]> {
    const fresh = calls.filter(({ id }) => !this.#answers.has(id));
    for (const { id } of fresh) this.#expect(id);
    for (const call of fresh) run(call);
    return Promise.all(
      calls.map(async (call) => toolResult(call, (await this.#answers.get(call.id)?.done) ?? "Not performed.")),
    );
  }

  answer(toolCall: string, output: string): void {
    this.#answers.get(toolCall)?.settle(output);
  }

  /** The conversation is over: whoever still waits is told so. */
  close(): void {
    for (const answer of this.#answers.values()) answer.settle("Not performed: the call is over.");
  }

  #expect(id: string): void {
    const { promise, resolve } = Promise.withResolvers<string>();
    const cancel = this.#clock.at(after(this.#clock.now(), ANSWER_MS), () => resolve("No answer came in time."));
    const settle = (output: string): void => {
      cancel();
      resolve(output);
    };
    this.#answers.set(id, { done: promise, settle });
    const [oldest] = this.#answers.keys();
    if (this.#answers.size > REMEMBERED_MAX && oldest !== undefined) this.#answers.delete(oldest);
  }
}
