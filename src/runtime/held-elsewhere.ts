import type { AgentId, OwnerToken } from "../domain/ids.ts";
import type { EpochMs } from "../domain/time.ts";
import type { CaseState } from "../handoff/state.ts";
import type { CaseEvent, Effect } from "../handoff/vocabulary.ts";
import type { CaseId } from "../ports/journal.ts";

/** Agents whom presence proposed under a token and the journal refused: not asked for again under it. */
export class HeldElsewhere {
  readonly #known = new Map<CaseId, { readonly token: OwnerToken; readonly agents: readonly AgentId[] }>();

  /** What to ask presence for instead of this agent; `undefined`: the case no longer looks for one. */
  insteadOf(
    caseId: CaseId,
    { agent, token, attempt }: Extract<CaseEvent, { kind: "agent-reserved" }>,
    { escalation, handoff }: CaseState,
    expiresAt: EpochMs,
  ): Effect | undefined {
    if (!escalation || !("attempt" in handoff) || handoff.attempt !== attempt) return undefined;
    const target = handoff.kind === "consulting" ? handoff.target : escalation.target;
    const known = this.#known.get(caseId);
    const held = [...(known?.token === token ? known.agents : []), agent];
    this.#known.set(caseId, { token, agents: held });
    const exclude = [...handoff.tried, ...held];
    return { kind: "reserve-agent", escalation: escalation.id, attempt, token, target, exclude, expiresAt };
  }

  forget(caseId: CaseId): void {
    this.#known.delete(caseId);
  }
}
