import type { AssistantTool } from "../../ports/assistant.ts";
import type { CallerFacts } from "../../ports/conversations.ts";
import type { CaseId } from "../../ports/journal.ts";
import type { NumberSetup } from "../../ports/numbers.ts";
import type { Turn } from "../../turns/turn.ts";
import type { LiveDeps } from "./live-deps.ts";
import { OWN_TOOLS } from "./own-tools.ts";

/** What a live call is begun with. */
export type CallFacts = {
  readonly caseId: CaseId;
  readonly caller: CallerFacts;
  readonly setup: NumberSetup;
  readonly profile: ReturnType<LiveDeps["profile"]>;
  readonly tools: readonly AssistantTool[];
  /** Turns of earlier streams of this call. */
  readonly turns: readonly Turn[];
};

/**
 * Who calls, as known now: a caller is identified while the call goes on. What was known at the start when the store does
 * not answer.
 */
export async function callerNow(deps: Pick<LiveDeps, "conversations" | "log">, facts: CallFacts): Promise<CallerFacts> {
  try {
    return (await deps.conversations.caller(facts.caseId)) ?? facts.caller;
  } catch (err) {
    deps.log.error({ case: facts.caseId, err }, "the caller's facts could not be read; those from the start are used");
    return facts.caller;
  }
}

/** Loads what is known of a call. A store that does not answer costs the memory, not the call (H13). */
export async function loadCall(deps: Omit<LiveDeps, "assistant">, caseId: CaseId): Promise<CallFacts> {
  const { conversations, numbers, profile, tools, log } = deps;
  const [caller, turns] = await Promise.all([
    conversations.caller(caseId).catch((err: unknown) => {
      log.error({ case: caseId, err }, "the caller's facts could not be loaded");
      return undefined;
    }),
    conversations.turns(caseId).catch((err: unknown): readonly Turn[] => {
      log.error({ case: caseId, err }, "earlier turns could not be loaded; the assistant starts without them");
      return [];
    }),
  ]);
  const setup = numbers.of(caller?.dnis);
  return {
    caseId,
    caller: caller ?? { verification: [] },
    setup,
    profile: profile(setup.assistant),
    tools: [...OWN_TOOLS, ...tools.of(setup.assistant)],
    turns,
  };
}
