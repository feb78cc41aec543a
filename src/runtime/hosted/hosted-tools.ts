import type { VendorToolRan } from "../../ports/assistant.ts";
import type { ToolRun } from "../../ports/conversations.ts";
import type { HostedEvent, HostedSession } from "../../ports/hosted-assistant.ts";
import { type CallFacts, callerNow } from "../live/call-facts.ts";
import { keepToolRun, vendorsRun } from "../live/keep-tool-run.ts";
import type { LiveDeps } from "../live/live-deps.ts";
import { type OwnToolCall, readOwnCall } from "../live/own-tools.ts";

export type HostedToolsParts = {
  readonly deps: Pick<LiveDeps, "clock" | "conversations" | "hooks" | "log" | "tools">;
  readonly facts: CallFacts;
  readonly session: HostedSession;
  /** A tool of ours became an event of the case; what the assistant is answered. */
  readonly own: (call: OwnToolCall) => string;
  readonly ran: (run: ToolRun) => void;
};

/** The tools of one visit, each call once, however often the vendor tells of it. */
export class HostedTools {
  readonly #parts: HostedToolsParts;
  readonly #known = new Set<string>();

  constructor(parts: HostedToolsParts) {
    this.#parts = parts;
  }

  /** One that we serve. */
  async call({ toolCall, name, input }: Extract<HostedEvent, { kind: "tool-call" }>): Promise<void> {
    const { deps, facts, session } = this.#parts;
    if (!this.#isNew(toolCall)) return;
    const own = readOwnCall(name, input);
    if (own !== undefined) return session.answerTool(toolCall, this.#parts.own(own));
    const { ani, customerId } = await callerNow(deps, facts);
    const values = { ani: ani ?? "", customerId: customerId ?? "" };
    const { run, output } = await deps.tools.run({ assistant: facts.setup.assistant, name, input, values });
    this.#keep(run);
    session.answerTool(toolCall, output);
  }

  /** One of the vendor's own. */
  ran(event: VendorToolRan & Pick<HostedEvent, "at">): void {
    if (this.#isNew(event.toolCall)) this.#keep(vendorsRun(event, event.at ?? this.#parts.deps.clock.now()));
  }

  #isNew(toolCall: string): boolean {
    if (this.#known.has(toolCall)) return false;
    this.#known.add(toolCall);
    return true;
  }

  #keep(run: ToolRun): void {
    keepToolRun(this.#parts.deps, this.#parts.facts.caseId, run);
    this.#parts.ran(run);
  }
}
