import type {
  CallbackStatus,
  Channel,
  EscalationStatus,
  HandoffOutcome,
  HandoffStateName,
  Priority,
} from "../domain/closed-sets.ts";
import type { AgentId, CallbackId, CallId, EscalationId, NodeId, OwnerToken, QueueId } from "../domain/ids.ts";
import type { EpochMs } from "../domain/time.ts";
import type { CaseState } from "../handoff/state.ts";
import type { CaseEvent, Effect } from "../handoff/vocabulary.ts";

/** A case is a call, or an escalation that came without one; its id is that one's. */
export type CaseId = CallId | EscalationId;

export type JournalEntry = {
  readonly seq: number;
  readonly at: EpochMs;
  readonly event: CaseEvent;
  /** State name after the event. */
  readonly state: string;
  /** Who or what caused it, in a few constant words (`caller`, `agent:dana`, `carrier`, `clock`). */
  readonly actor: string;
  readonly escalation?: EscalationId;
};

export type Job = { readonly id: string; readonly effect: Effect };

export type PendingJob = Job & { readonly caseId: CaseId; readonly attempts: number };

/** What a commit makes true, all or nothing. */
export type Commit = {
  readonly caseId: CaseId;
  /** The event's place, from 1; the store refuses a place that is taken. */
  readonly seq: number;
  readonly event: CaseEvent;
  readonly actor: string;
  readonly state: CaseState;
  readonly jobs: readonly Job[];
  /** Agents this case holds after the event; a unique index over all cases refuses a second holder (H4). */
  readonly held: readonly AgentId[];
  readonly wakeAt?: EpochMs;
  readonly node: NodeId;
};

export type CommitAnswer =
  /** `durable: "spool"`: on this node's disk only, until the store answers again; no callback is confirmed aloud on it (H13). */
  | { readonly kind: "committed"; readonly durable?: "spool" }
  /** Another node was first: load and decide again. */
  | { readonly kind: "seq-taken" }
  | { readonly kind: "agent-held"; readonly agent: AgentId };

export type EscalationRow = {
  readonly id: EscalationId;
  readonly caseId: CaseId;
  readonly status: EscalationStatus;
  readonly priority: Priority;
  readonly channel: Channel;
  readonly queue: QueueId;
  readonly trigger: string;
  readonly assignee?: AgentId;
  readonly sourceAgent?: string;
  readonly handoff?: { readonly state: HandoffStateName; readonly outcome?: HandoffOutcome; readonly agent?: AgentId };
  readonly callback?: { readonly id: CallbackId; readonly status: CallbackStatus; readonly at?: EpochMs };
  readonly reference?: string;
  readonly createdAt: EpochMs;
  readonly assignedAt?: EpochMs;
  readonly resolvedAt?: EpochMs;
};

export type EscalationFilter = {
  readonly status?: EscalationStatus;
  readonly priority?: Priority;
  readonly queue?: QueueId;
  readonly assignee?: AgentId;
  readonly channel?: Channel;
  readonly since?: EpochMs;
  readonly cursor?: string;
  readonly limit: number;
};

export type Page<T> = { readonly items: readonly T[]; readonly nextCursor?: string };

export type CallbackRow = {
  readonly id: CallbackId;
  readonly escalationId: EscalationId;
  readonly caseId: CaseId;
  readonly status: CallbackStatus;
  readonly dueAt?: EpochMs;
  readonly reference: string;
  readonly attempts: readonly { readonly at: EpochMs; readonly outcome: string }[];
};

/**
 * The record of every case (H10), its snapshot, and the effects not yet confirmed. The escalation and callback rows are
 * projections the store derives from the state inside the commit's own transaction. Holds references, never what a
 * caller is or said (H12). Rejects with a `Fault` (blame `store`) when the store does not answer.
 */
export type Journal = {
  load(caseId: CaseId): Promise<{ readonly seq: number; readonly state: CaseState } | undefined>;
  commit(commit: Commit): Promise<CommitAnswer>;
  /** The effect was performed; asking twice is harmless. */
  confirm(jobs: readonly string[]): Promise<void>;
  /** Unconfirmed jobs of any node, older than `before`; each is leased to `node` until `leaseUntil`. */
  takeJobs(ask: {
    readonly node: NodeId;
    readonly before: EpochMs;
    readonly leaseUntil: EpochMs;
    readonly limit: number;
  }): Promise<readonly PendingJob[]>;
  /** How many jobs are not confirmed, of all nodes together. */
  openJobs(): Promise<number>;
  /** Cases whose `wakeAt` is before the given time. */
  overdue(before: EpochMs, limit: number): Promise<readonly CaseId[]>;
  /** Cases that are not at rest and were last committed by one of these nodes. */
  liveCases(ask: { readonly node: NodeId; readonly limit: number }): Promise<readonly CaseId[]>;
  /** Unresolved escalations that hold this agent now (asked, in the conversation, consulted) or are assigned to them. */
  holding(agent: AgentId): Promise<readonly EscalationRow[]>;
  /** The tokens under which cases have these agents in hand: asked, in the conversation, consulted or writing up. */
  owners(agents: readonly AgentId[]): Promise<readonly OwnerToken[]>;
  entries(caseId: CaseId): Promise<readonly JournalEntry[]>;
  caseOf(escalation: EscalationId): Promise<CaseId | undefined>;
  escalation(id: EscalationId): Promise<EscalationRow | undefined>;
  escalations(filter: EscalationFilter): Promise<Page<EscalationRow>>;
  callbacks(filter: {
    readonly status?: CallbackStatus;
    readonly cursor?: string;
    readonly limit: number;
  }): Promise<Page<CallbackRow>>;
  callback(id: CallbackId): Promise<CallbackRow | undefined>;
};
