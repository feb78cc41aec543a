import type { ColumnType, GeneratedAlways } from "kysely";
import type { CallbackStatus, Channel, EscalationStatus, Priority } from "../../domain/closed-sets.ts";
import type { AgentId, CallbackId, EscalationId, NodeId, QueueId } from "../../domain/ids.ts";
import type { EpochMs } from "../../domain/time.ts";
import type { EscalationView } from "../../handoff/project-case.ts";
import type { CaseState } from "../../handoff/state.ts";
import type { CaseEvent, Effect } from "../../handoff/vocabulary.ts";
import type { CallInsight } from "../../packet/insight.ts";
import type { CallerFacts, ToolRun } from "../../ports/conversations.ts";
import type { AgentProfile } from "../../ports/directory.ts";
import type { CallbackRow, CaseId } from "../../ports/journal.ts";
import type { Turn } from "../../turns/turn.ts";

/** Read as a value; written as JSON text, because `pg` would make a Postgres array of a JavaScript one. */
type Json<T> = ColumnType<T, string, string>;

/** What `migrations/` built, for kysely. Times are milliseconds since 1970. */
export type Tables = {
  cases: {
    id: CaseId;
    seq: number;
    state: Json<CaseState>;
    live: boolean;
    node: NodeId;
    wake_at: EpochMs | null;
  };
  case_events: {
    case_id: CaseId;
    seq: number;
    at: EpochMs;
    event: Json<CaseEvent>;
    state: string;
    actor: string;
    node: NodeId;
    escalation: EscalationId | null;
  };
  held_agents: { agent: AgentId; case_id: CaseId };
  jobs: {
    id: string;
    case_id: CaseId;
    effect: Json<Effect>;
    at: EpochMs;
    attempts: number;
    leased_by: NodeId | null;
    lease_until: EpochMs | null;
  };
  escalations: {
    id: EscalationId;
    case_id: CaseId;
    status: EscalationStatus;
    priority: Priority;
    channel: Channel;
    queue: QueueId;
    assignee: AgentId | null;
    created_at: EpochMs;
    view: Json<EscalationView>;
  };
  callbacks: {
    id: CallbackId;
    escalation: EscalationId;
    case_id: CaseId;
    status: CallbackStatus;
    due_at: EpochMs;
    reference: string;
    attempts: Json<CallbackRow["attempts"]>;
  };
  callers: {
    case_id: CaseId;
    ani: string | null;
    dnis: string | null;
    name: string | null;
    customer_id: string | null;
    callback_number: string | null;
    verification: Json<CallerFacts["verification"]>;
  };
  turns: { case_id: CaseId; index: number; turn: Json<Turn> };
  tool_runs: { case_id: CaseId; at: EpochMs; name: string; kind: ToolRun["kind"]; run: Json<ToolRun> };
  insights: { case_id: CaseId; at: EpochMs; insight: Json<CallInsight> };
  packets: { escalation: EscalationId; version: number; hash: string; json: string };
  notes: { escalation: EscalationId; kind: string; at: EpochMs; json: string };
  agents: { id: AgentId; profile: Json<AgentProfile> };
  kept_answers: {
    place: string;
    digest: string;
    until: EpochMs;
    working_until: EpochMs;
    reply: ColumnType<unknown, string | null | undefined, string | null>;
  };
  secrets: { name: string; value: string };
  audit: {
    id: GeneratedAlways<number>;
    at: ColumnType<Date, never, never>;
    what: string;
    subject: string;
  };
};
