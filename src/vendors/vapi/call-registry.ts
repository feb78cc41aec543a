import type { ServerMessage } from "./server-message.ts";
import type { VapiToolCall, toolResult } from "./tool-calls.ts";

export type ToolResults = readonly ReturnType<typeof toolResult>[];

/** One call of Vapi's that this node looks after. */
export type VapiCall = {
  hear(message: ServerMessage): void;
  tools(calls: readonly VapiToolCall[]): Promise<ToolResults>;
};

/** The calls of this node by the vendor's id, which is a secret and stays here. */
export class CallRegistry {
  readonly #calls = new Map<string, VapiCall>();

  add(id: string, call: VapiCall): void {
    this.#calls.set(id, call);
  }

  remove(id: string): void {
    this.#calls.delete(id);
  }

  get(id: string): VapiCall | undefined {
    return this.#calls.get(id);
  }
}
