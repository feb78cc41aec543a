import { isDeepStrictEqual } from "node:util";
import { type PageCursor, readCursor, writeCursor } from "../../domain/page-cursor.ts";
import { Fault } from "../../domain/fault.ts";
import type { AgentId, CallbackId, EscalationId, NodeId } from "../../domain/ids.ts";
import type { EpochMs } from "../../domain/time.ts";
import { projectCase } from "../../handoff/project-case.ts";
import type { CaseProjection } from "../../handoff/project-case.ts";
import { heldOffers, type CaseState } from "../../handoff/state.ts";
import type { CaseEvent } from "../../handoff/vocabulary.ts";
import type {
  CallbackRow,
  CaseId,
  Commit,
  CommitAnswer,
  EscalationFilter,
  EscalationRow,
  Journal,
  JournalEntry,
  Page,
  PendingJob,
} from "../../ports/journal.ts";

type Row = { seq: number; state: CaseState; live: boolean; node: NodeId; wakeAt: EpochMs | undefined };
type Entry = JournalEntry & { readonly node: NodeId };
type StoredJob = PendingJob & { readonly at: EpochMs; readonly leaseUntil: EpochMs | undefined };

type Tables = {
  readonly cases: Map<CaseId, Row>;
  readonly entries: Map<CaseId, Entry[]>;
  readonly held: Map<AgentId, CaseId>;
  readonly jobs: Map<string, StoredJob>;
  readonly escalations: Map<EscalationId, EscalationRow>;
  readonly callbacks: Map<CallbackId, CallbackRow>;
};

export type MemoryJournal = Journal & {
  /** For the content model's history; Postgres joins the tables. */
  escalationsOf(caseId: CaseId): readonly EscalationRow[];
};

/** The reference model of `Journal`: one process, nothing kept after it. Synchronous inside, for the simulation's sake. */
export function createMemoryJournal(): MemoryJournal {
  const t: Tables = {
    cases: new Map(),
    entries: new Map(),
    held: new Map(),
    jobs: new Map(),
    escalations: new Map(),
    callbacks: new Map(),
  };
  return {
    load: async (caseId) => {
      const row = t.cases.get(caseId);
      return row && { seq: row.seq, state: row.state };
    },
    commit: async (commit) => apply(t, commit),
    confirm: async (jobs) => jobs.forEach((id) => t.jobs.delete(id)),
    takeJobs: async (ask) => takeJobs(t, ask),
    openJobs: async () => t.jobs.size,
    overdue: async (before, limit) =>
      [...t.cases]
        .flatMap(([id, row]) => (row.wakeAt !== undefined && row.wakeAt < before ? [{ id, at: row.wakeAt }] : []))
        .toSorted((a, b) => a.at - b.at)
        .slice(0, limit)
        .map(({ id }) => id),
    liveCases: async ({ node, limit }) =>
      [...t.cases].flatMap(([id, row]) => (row.live && row.node === node ? [id] : [])).slice(0, limit),
    holding: async (agent) =>
      [...t.escalations.values()].filter(
        ({ status, assignee, caseId }) =>
          (status !== "resolved" && t.held.get(agent) === caseId) || (status === "assigned" && assignee === agent),
      ),
    owners: async (agents) =>
      [...t.cases.values()]
        .flatMap(({ state }) => [...heldOffers(state), ...state.wrapUps])
        .flatMap(({ agent, token }) => (agents.includes(agent) ? [token] : [])),
    entries: async (caseId) => (t.entries.get(caseId) ?? []).map(({ node: _node, ...entry }) => entry),
    caseOf: async (escalation) => t.escalations.get(escalation)?.caseId,
    escalation: async (id) => t.escalations.get(id),
    escalations: async (filter) => escalationsPage(t, filter),
    callbacks: async (filter) => callbacksPage(t, filter),
    callback: async (id) => t.callbacks.get(id),
    escalationsOf: (caseId) => [...t.escalations.values()].filter((row) => row.caseId === caseId),
  };
}

function apply(t: Tables, commit: Commit): CommitAnswer {
  const { caseId, seq, event, node } = commit;
  if (seq !== (t.cases.get(caseId)?.seq ?? 0) + 1) {
    return repeats(t, commit) ? { kind: "committed" } : { kind: "seq-taken" };
  }
  const taken = commit.held.find((agent) => (t.held.get(agent) ?? caseId) !== caseId);
  if (taken !== undefined) return { kind: "agent-held", agent: taken };
  hold(t, commit);
  const projection = projectCase(commit.state);
  t.cases.set(caseId, { seq, state: commit.state, live: projection.live, node, wakeAt: commit.wakeAt });
  addEntry(t, commit);
  for (const job of commit.jobs) {
    if (!t.jobs.has(job.id)) t.jobs.set(job.id, { ...job, caseId, attempts: 0, at: event.at, leaseUntil: undefined });
  }
  project(t, caseId, projection);
  return { kind: "committed" };
}

/**
 * The same commit again, because its answer was lost: it holds already. One that was decided again as not stored takes
 * the place of the first: what was acted on is what the record tells.
 */
function repeats(t: Tables, { caseId, seq, event, actor, node, state }: Commit): boolean {
  const entries = t.entries.get(caseId) ?? [];
  const there = entries[seq - 1];
  if (!there || there.node !== node || there.actor !== actor) return false;
  if (!isDeepStrictEqual(stored(there.event), stored(event))) return false;
  if (stored(event) === event) return true;
  entries[seq - 1] = { ...there, event };
  const row = t.cases.get(caseId);
  if (row?.seq === seq) t.cases.set(caseId, { ...row, state });
  return true;
}

/** The event as it would be if it had been stored at once; the very same value if it was. */
function stored(event: CaseEvent): CaseEvent {
  if (!("fresh" in event) || !event.fresh.unstored) return event;
  const { unstored: _unstored, ...fresh } = event.fresh;
  return { ...event, fresh };
}

function hold(t: Tables, { caseId, held }: Commit): void {
  for (const [agent, holder] of t.held) {
    if (holder === caseId && !held.includes(agent)) t.held.delete(agent);
  }
  for (const agent of held) t.held.set(agent, caseId);
}

function addEntry(t: Tables, { caseId, seq, event, actor, state, node }: Commit): void {
  const list = t.entries.get(caseId) ?? [];
  const escalation = state.escalation?.id;
  list.push({
    seq,
    at: event.at,
    event,
    state: state.handoff.kind,
    actor,
    node,
    ...(escalation !== undefined && { escalation }),
  });
  t.entries.set(caseId, list);
}

function project(t: Tables, caseId: CaseId, { escalation, callback }: CaseProjection): void {
  if (escalation) t.escalations.set(escalation.id, { ...escalation, caseId });
  if (!callback) return;
  const before = t.callbacks.get(callback.id);
  t.callbacks.set(callback.id, {
    ...callback,
    caseId,
    status: before?.status ?? "scheduled",
    attempts: before?.attempts ?? [],
  });
}

function takeJobs(t: Tables, ask: Parameters<Journal["takeJobs"]>[0]): readonly PendingJob[] {
  return [...t.jobs.values()]
    .filter(({ at, leaseUntil }) => at < ask.before && (leaseUntil === undefined || leaseUntil < ask.before))
    .toSorted((a, b) => a.at - b.at)
    .slice(0, ask.limit)
    .map((job) => {
      const { id, effect, caseId } = job;
      const attempts = job.attempts + 1;
      t.jobs.set(id, { ...job, attempts, leaseUntil: ask.leaseUntil });
      return { id, effect, caseId, attempts };
    });
}

function escalationsPage(t: Tables, filter: EscalationFilter): Page<EscalationRow> {
  const rows = [...t.escalations.values()]
    .filter((row) => matches(row, filter))
    .toSorted((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1));
  const from = cursorOf(filter.cursor);
  const rest = from ? rows.filter(({ createdAt: at, id }) => at < from.at || (at === from.at && id < from.id)) : rows;
  return page(rest, filter.limit, (row) => row.createdAt);
}

const matches = (row: EscalationRow, filter: EscalationFilter): boolean =>
  (filter.status ?? row.status) === row.status &&
  (filter.priority ?? row.priority) === row.priority &&
  (filter.queue ?? row.queue) === row.queue &&
  (filter.channel ?? row.channel) === row.channel &&
  (filter.assignee === undefined || filter.assignee === row.assignee) &&
  (filter.since === undefined || row.createdAt >= filter.since);

const due = (row: CallbackRow): number => row.dueAt ?? 0;

function callbacksPage(t: Tables, filter: Parameters<Journal["callbacks"]>[0]): Page<CallbackRow> {
  const rows = [...t.callbacks.values()]
    .filter((row) => (filter.status ?? row.status) === row.status)
    .toSorted((a, b) => due(a) - due(b) || (a.id < b.id ? -1 : 1));
  const from = cursorOf(filter.cursor);
  const rest = from ? rows.filter((row) => due(row) > from.at || (due(row) === from.at && row.id > from.id)) : rows;
  return page(rest, filter.limit, (row) => row.dueAt);
}

function cursorOf(text: string | undefined): PageCursor | undefined {
  if (text === undefined) return undefined;
  const cursor = readCursor(text);
  if (cursor instanceof Fault) throw cursor;
  return cursor;
}

function page<T extends { readonly id: string }>(
  rows: readonly T[],
  limit: number,
  at: (row: T) => EpochMs | undefined,
): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const time = last && at(last);
  if (rows.length <= limit || last === undefined || time === undefined) return { items };
  return { items, nextCursor: writeCursor({ at: time, id: last.id }) };
}
