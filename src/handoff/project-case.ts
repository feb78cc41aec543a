// What lists and reports show of a case, derived from its state inside the commit's own transaction.

import type {
  Channel,
  EscalationStatus,
  HandoffOutcome,
  HandoffStateName,
  Priority,
  Trigger,
} from "../domain/closed-sets.ts";
import type { AgentId, CallbackId, EscalationId, QueueId } from "../domain/ids.ts";
import type { EpochMs } from "../domain/time.ts";
import { handoffName, wakeAt } from "./state.ts";
import type { CaseState, EscalationPart } from "./state.ts";

export type EscalationView = {
  readonly id: EscalationId;
  readonly status: EscalationStatus;
  readonly priority: Priority;
  readonly channel: Channel;
  readonly sourceAgent?: string;
  readonly queue: QueueId;
  readonly trigger: Trigger;
  readonly assignee?: AgentId;
  readonly handoff?: { readonly state: HandoffStateName; readonly outcome?: HandoffOutcome; readonly agent?: AgentId };
  readonly callback?: { readonly id: CallbackId; readonly status: "scheduled"; readonly at: EpochMs };
  readonly reference: string;
  readonly createdAt: EpochMs;
  readonly assignedAt?: EpochMs;
  readonly resolvedAt?: EpochMs;
};

export type CallbackView = {
  readonly id: CallbackId;
  readonly escalationId: EscalationId;
  readonly dueAt: EpochMs;
  readonly reference: string;
};

export type CaseProjection = {
  /** Somebody is on the line or a deadline runs: a node has to look after it. */
  readonly live: boolean;
  readonly escalation?: EscalationView;
  readonly callback?: CallbackView;
};

/** Pure and total: the same state gives the same rows. Holds references, never what a caller is or said (H12). */
export function projectCase(state: CaseState): CaseProjection {
  const { caller, escalation } = state;
  const someoneOnTheLine = caller !== undefined && caller.place !== "gone";
  const live = someoneOnTheLine || state.strays.length > 0 || wakeAt(state) !== undefined;
  if (!escalation) return { live };
  return { live, escalation: viewEscalation(state, escalation), ...viewCallback(escalation) };
}

function viewEscalation(state: CaseState, part: EscalationPart): EscalationView {
  const name = handoffName(state);
  const agent = agentOf(state.handoff) ?? talkedWith(state.handoff, part);
  return {
    id: part.id,
    status: part.status,
    priority: part.priority,
    channel: part.channel,
    queue: part.target.queue,
    trigger: part.decision.trigger,
    reference: part.reference,
    createdAt: part.decidedAt,
    ...(part.sourceAgent !== undefined && { sourceAgent: part.sourceAgent }),
    ...(part.assignee !== undefined && { assignee: part.assignee }),
    ...(part.assignedAt !== undefined && { assignedAt: part.assignedAt }),
    ...(part.resolvedAt !== undefined && { resolvedAt: part.resolvedAt }),
    ...(part.callback && {
      callback: { id: part.callback.id, status: "scheduled" as const, at: part.callback.dueAt },
    }),
    ...(name !== undefined && {
      handoff: {
        state: name,
        ...(part.outcome !== undefined && { outcome: part.outcome }),
        ...(agent !== undefined && { agent }),
      },
    }),
  };
}

/** Whom the caller talks with or is about to; while an agent consults a colleague it is still the agent. */
function agentOf(handoff: CaseState["handoff"]): AgentId | undefined {
  if (handoff.kind === "consulting") return handoff.bridge.agent;
  return "offer" in handoff ? handoff.offer?.agent : undefined;
}

/** Afterwards: whom the caller talked with. */
function talkedWith(handoff: CaseState["handoff"], { outcome, offers }: EscalationPart): AgentId | undefined {
  if ((handoff.kind !== "wrapping-up" && handoff.kind !== "closed") || outcome !== "bridged") return undefined;
  return offers.findLast((offer) => offer.outcome === "accepted")?.agent;
}

function viewCallback(part: EscalationPart): { readonly callback?: CallbackView } {
  if (!part.callback) return {};
  const { id, dueAt } = part.callback;
  return { callback: { id, escalationId: part.id, dueAt, reference: part.reference } };
}
