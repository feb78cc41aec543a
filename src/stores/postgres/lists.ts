import { sql } from "kysely";
import type { Kysely, Selectable } from "kysely";
import { Fault } from "../../domain/fault.ts";
import { readCursor, writeCursor } from "../../domain/page-cursor.ts";
import type { PageCursor } from "../../domain/page-cursor.ts";
import type { AgentId, OwnerToken } from "../../domain/ids.ts";
import type { EpochMs } from "../../domain/time.ts";
import { heldOffers } from "../../handoff/state.ts";
import type { EscalationView } from "../../handoff/project-case.ts";
import type { CallbackRow, CaseId, EscalationFilter, EscalationRow, Journal, Page } from "../../ports/journal.ts";
import type { Tables } from "./tables.ts";

type StoredEscalation = { readonly case_id: CaseId; readonly view: EscalationView };

export function escalationRow(row: StoredEscalation | undefined): EscalationRow | undefined {
  return row && { ...row.view, caseId: row.case_id };
}

export function callbackRow(row: Selectable<Tables["callbacks"]> | undefined): CallbackRow | undefined {
  return (
    row && {
      id: row.id,
      escalationId: row.escalation,
      caseId: row.case_id,
      status: row.status,
      dueAt: row.due_at,
      reference: row.reference,
      attempts: row.attempts,
    }
  );
}

/** Newest first. */
export async function escalationsPage(db: Kysely<Tables>, filter: EscalationFilter): Promise<Page<EscalationRow>> {
  const from = cursorOf(filter.cursor);
  let rows = db.selectFrom("escalations").select(["id", "created_at", "case_id", "view"]);
  if (filter.status !== undefined) rows = rows.where("status", "=", filter.status);
  if (filter.priority !== undefined) rows = rows.where("priority", "=", filter.priority);
  if (filter.queue !== undefined) rows = rows.where("queue", "=", filter.queue);
  if (filter.assignee !== undefined) rows = rows.where("assignee", "=", filter.assignee);
  if (filter.channel !== undefined) rows = rows.where("channel", "=", filter.channel);
  if (filter.since !== undefined) rows = rows.where("created_at", ">=", filter.since);
  if (from) rows = rows.where(sql<boolean>`(created_at, id) < (${from.at}, ${from.id})`);
  const sorted = rows.orderBy("created_at", "desc").orderBy("id", "desc");
  const found = await sorted.limit(filter.limit + 1).execute();
  const items = found.slice(0, filter.limit);
  return page(
    items.map((row) => ({ ...row.view, caseId: row.case_id })),
    found.length > items.length ? items.at(-1)?.created_at : undefined,
  );
}

/** See `Journal.owners`. Writing up is in the state only: cases at rest are not looked at. */
export async function ownersOf(db: Kysely<Tables>, agents: readonly AgentId[]): Promise<readonly OwnerToken[]> {
  if (agents.length === 0) return [];
  const held = db.selectFrom("held_agents").select("case_id").where("agent", "in", agents);
  const rows = await db
    .selectFrom("cases")
    .select("state")
    .where((row) =>
      row.or([
        row("id", "in", held),
        row.and([row("live", "=", true), sql<boolean>`state -> 'wrapUps' <> '[]'::jsonb`]),
      ]),
    )
    .execute();
  return rows
    .flatMap(({ state }) => [...heldOffers(state), ...state.wrapUps])
    .flatMap(({ agent, token }) => (agents.includes(agent) ? [token] : []));
}

/** See `Journal.holding`; two indexed look-ups. */
export async function escalationsHolding(db: Kysely<Tables>, agent: AgentId): Promise<readonly EscalationRow[]> {
  const held = db.selectFrom("held_agents").select("case_id").where("agent", "=", agent);
  const theirs = db
    .selectFrom("escalations")
    .select(["case_id", "view"])
    .where((row) =>
      row.or([
        row.and([row("case_id", "in", held), row("status", "<>", "resolved")]),
        row.and([row("assignee", "=", agent), row("status", "=", "assigned")]),
      ]),
    );
  return (await theirs.execute()).map((row) => ({ ...row.view, caseId: row.case_id }));
}

/** Soonest due first. */
export async function callbacksPage(
  db: Kysely<Tables>,
  filter: Parameters<Journal["callbacks"]>[0],
): Promise<Page<CallbackRow>> {
  const from = cursorOf(filter.cursor);
  let rows = db.selectFrom("callbacks").selectAll();
  if (filter.status !== undefined) rows = rows.where("status", "=", filter.status);
  if (from) rows = rows.where(sql<boolean>`(due_at, id) > (${from.at}, ${from.id})`);
  const found = await rows
    .orderBy("due_at")
    .orderBy("id")
    .limit(filter.limit + 1)
    .execute();
  const items = found.slice(0, filter.limit);
  return page(
    items.flatMap((row) => callbackRow(row) ?? []),
    found.length > items.length ? items.at(-1)?.due_at : undefined,
  );
}

function page<T extends { readonly id: string }>(items: readonly T[], endsAt: EpochMs | undefined): Page<T> {
  const last = items.at(-1);
  if (last === undefined || endsAt === undefined) return { items };
  return { items, nextCursor: writeCursor({ at: endsAt, id: last.id }) };
}

function cursorOf(text: string | undefined): PageCursor | undefined {
  if (text === undefined) return undefined;
  const cursor = readCursor(text);
  if (cursor instanceof Fault) throw cursor;
  return cursor;
}
