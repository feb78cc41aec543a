import type { AssistantSession } from "../../ports/assistant.ts";
import type { ToolRun } from "../../ports/conversations.ts";
import type { Tools } from "../../ports/tools.ts";
import { type OwnToolCall, readOwnCall } from "./own-tools.ts";

const OPEN_MAX = 16;

export type ToolCallsListener = {
  /** What the assistant is answered, and whether it may go on speaking. */
  own(call: OwnToolCall): { readonly output: string; readonly goOn: boolean };
  ran(run: ToolRun): void;
  /** Every call of a finished reply was answered: the assistant may go on, if nobody else speaks. */
  answered(): void;
};

export type ToolCallsParts = {
  readonly tools: Tools;
  readonly assistant: string;
  readonly session: () => AssistantSession | undefined;
  /** The gateway's own values for `{{…}}` in configured addresses. */
  readonly values: () => Promise<Readonly<Record<string, string>>>;
};

type OpenReply = { readonly open: Set<string>; ended: boolean; goOn: boolean };

/**
 * The tool calls of one conversation. Configured tools are run and recorded; our own become events of the case, and
 * their answers say the truth: that it was noted, never that it is done.
 */
export class ToolCalls {
  readonly #parts: ToolCallsParts;
  readonly #listener: ToolCallsListener;
  readonly #replies = new Map<string, OpenReply>();
  #generation = 0;

  constructor(parts: ToolCallsParts, listener: ToolCallsListener) {
    this.#parts = parts;
    this.#listener = listener;
  }

  /** A tool runs, or its answer is not spoken of yet. */
  get busy(): boolean {
    return this.#replies.size > 0;
  }

  call(call: {
    readonly reply: string;
    readonly toolCall: string;
    readonly name: string;
    readonly input: string;
  }): void {
    const session = this.#parts.session();
    if (session === undefined) return;
    const reply = this.#replyOf(call.reply);
    const own = readOwnCall(call.name, call.input);
    if (own !== undefined) {
      const { output, goOn } = this.#listener.own(own);
      session.answerTool(call.toolCall, output);
      // Where the system speaks, a reply of the assistant's own would be about something that is not so yet.
      if (!goOn) reply.goOn = false;
      return;
    }
    if (reply.open.size >= OPEN_MAX) {
      session.answerTool(call.toolCall, JSON.stringify({ ok: false, note: "Too many tools at once." }));
      return;
    }
    reply.open.add(call.toolCall);
    void this.#run(call, reply);
  }

  /** The assistant has ended a reply, tool calls and all. */
  replyEnded(id: string): void {
    const reply = this.#replies.get(id);
    if (reply === undefined) return;
    reply.ended = true;
    this.#settle(id, reply);
  }

  /** The session is another one: it knows nothing of open calls. */
  sessionLost(): void {
    this.#generation += 1;
    this.#replies.clear();
  }

  async #run(
    call: { readonly reply: string; readonly toolCall: string; readonly name: string; readonly input: string },
    reply: OpenReply,
  ): Promise<void> {
    const generation = this.#generation;
    const { tools, assistant, values, session } = this.#parts;
    const { run, output } = await tools.run({ assistant, name: call.name, input: call.input, values: await values() });
    // The session that asked may be gone: what was done is recorded all the same.
    this.#listener.ran(run);
    if (generation !== this.#generation) return;
    session()?.answerTool(call.toolCall, output);
    reply.open.delete(call.toolCall);
    this.#settle(call.reply, reply);
  }

  #settle(id: string, reply: OpenReply): void {
    if (!reply.ended || reply.open.size > 0) return;
    this.#replies.delete(id);
    if (reply.goOn) this.#listener.answered();
  }

  #replyOf(id: string): OpenReply {
    const known = this.#replies.get(id);
    if (known !== undefined) return known;
    const reply: OpenReply = { open: new Set(), ended: false, goOn: true };
    this.#replies.set(id, reply);
    return reply;
  }
}
