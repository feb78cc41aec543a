// Looks up who calls, once, while the caller hears the opening: the assistant and the packet then know the customer.

import type { Conversations } from "../ports/conversations.ts";
import type { CaseId } from "../ports/journal.ts";
import type { Numbers } from "../ports/numbers.ts";
import type { Tools } from "../ports/tools.ts";
import type { Log } from "../telemetry/log.ts";
import type { CaseLoop } from "./case-loop.ts";

type Deps = {
  readonly cases: CaseLoop;
  readonly conversations: Conversations;
  readonly numbers: Numbers;
  readonly tools: Tools;
  /** The tool that identifies an assistant's callers; absent: nobody is looked up. */
  readonly identifyWith: (assistant: string) => string | undefined;
  readonly log: Log;
};

/** Starts looking callers up as they arrive; the result stops it. A failed look-up costs the name, not the call. */
export function identifyCallers(deps: Deps): () => void {
  return deps.cases.onCommit((caseId, _state, event) => {
    if (event.kind !== "call-arrived") return;
    identify(deps, caseId).catch((err: unknown) =>
      deps.log.warn({ case: caseId, err }, "the caller was not identified"),
    );
  });
}

async function identify({ conversations, numbers, tools, identifyWith }: Deps, caseId: CaseId): Promise<void> {
  const caller = await conversations.caller(caseId);
  const { assistant } = numbers.of(caller?.dnis);
  const tool = identifyWith(assistant);
  if (caller?.ani === undefined || tool === undefined) return;
  const { run, output } = await tools.run({ assistant, name: tool, input: "{}", values: { ani: caller.ani } });
  const customer = run.ok ? readCustomer(output) : undefined;
  const result = customer ? "matches one customer" : "matches no customer";
  await conversations.saveCaller(caseId, {
    ...caller,
    ...customer,
    verification: [...caller.verification, { method: "ani-match", result, at: run.at }],
  });
}

function readCustomer(output: string): { customerId: string; name?: string } | undefined {
  const answer: unknown = JSON.parse(output);
  if (typeof answer !== "object" || answer === null || !("id" in answer) || typeof answer.id !== "string")
    return undefined;
  return {
    customerId: answer.id,
    ...("name" in answer && typeof answer.name === "string" ? { name: answer.name } : {}),
  };
}
