import { type EscalationStatus, HANDOFF_STATES } from "../../domain/closed-sets.ts";
import type { CaseEvent } from "../../handoff/vocabulary.ts";
import type { EscalationRow, JournalEntry } from "../../ports/journal.ts";
import type { EscalationAnswer } from "../../protocol/api.ts";
import { asDate } from "./case-rights.ts";

/** A case as lists show it. */
export function viewEscalation(row: EscalationRow): EscalationAnswer {
  const { id, status, priority, channel, queue, trigger, assignee, sourceAgent, handoff, callback, reference } = row;
  return {
    id,
    ...(row.caseId !== id && { callId: row.caseId }),
    status,
    priority,
    channel,
    queue,
    trigger,
    createdAt: asDate(row.createdAt),
    ...(assignee !== undefined && { assignee }),
    ...(sourceAgent !== undefined && { sourceAgent }),
    ...(handoff && { handoff }),
    ...(callback && {
      callback: {
        id: callback.id,
        status: callback.status,
        ...(callback.at !== undefined && { at: asDate(callback.at) }),
      },
    }),
    ...(reference !== undefined && { reference }),
    ...(row.assignedAt !== undefined && { assignedAt: asDate(row.assignedAt) }),
    ...(row.resolvedAt !== undefined && { resolvedAt: asDate(row.resolvedAt) }),
  };
}

/** A case's timeline, in order. */
export function viewTimeline(entries: readonly JournalEntry[]) {
  let status: EscalationStatus = "open";
  return entries.map((entry) => {
    status = statusAfter(status, entry.event);
    return {
      seq: entry.seq,
      at: asDate(entry.at),
      event: entry.event.kind,
      // Who came without a call is brought together with nobody: such a case is where people have it.
      state: HANDOFF_STATES.find((state) => state === entry.state) ?? status,
      cause: causeOf(entry.event),
      actor: entry.actor,
    };
  });
}

function statusAfter(status: EscalationStatus, event: CaseEvent): EscalationStatus {
  if (status === "resolved") return status;
  switch (event.kind) {
    case "case-claimed":
      return "assigned";
    case "case-moved":
      return "open";
    case "case-resolved":
      return "resolved";
    default:
      return status;
  }
}

/** Why, in closed words and the carrier's own codes: what a caller is, said or keyed is in no event. */
function causeOf(event: CaseEvent): string {
  switch (event.kind) {
    case "escalation-decided":
      return `${event.decision.trigger}: ${event.decision.because}`;
    case "no-agent-free":
      return event.why;
    case "agent-reserved":
      return `attempt ${event.attempt}`;
    case "agent-consented":
      return event.via;
    case "caller-chose":
      return event.choice;
    case "line-ended":
      return event.line;
    case "dial-refused":
      return `${event.fault.outcome} (${event.fault.raw})`;
    case "agent-leg-ended":
      return `${event.how} (${event.raw})`;
    case "move-failed":
      return event.raw;
    case "desk-lost":
      return event.forced ? "forced offline" : "desk lost";
    case "wrapped-up":
      return event.disposition;
    case "agent-transferred":
    case "case-moved":
      return `to ${event.target.queue}`;
    default:
      return event.kind;
  }
}
