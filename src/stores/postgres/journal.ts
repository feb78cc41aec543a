import { sql } from "kysely";
import type { CaseState } from "../../handoff/state.ts";
import type { CaseId, Journal, JournalEntry, PendingJob } from "../../ports/journal.ts";
import { commitCase } from "./commit-case.ts";
import type { PostgresHandle } from "./connect.ts";
import { callbackRow, callbacksPage, escalationRow, escalationsHolding, escalationsPage, ownersOf } from "./lists.ts";
import { NOT_ON_DISK } from "./not-on-disk.ts";
import { fromStore } from "./store-fault.ts";

/** What is asked most: at every webhook, card and dial. */
const LOAD = { name: "load-case", text: "select seq, state from cases where id = $1" };

export function createPostgresJournal(handle: PostgresHandle): Journal {
  const { db } = handle;
  return {
    load: (caseId) => fromStore(loadCase(handle, caseId)),
    commit: (commit) => fromStore(commitCase(handle.pool, commit)),
    confirm: confirmTogether(handle),
    takeJobs: (ask) => fromStore(takeJobs(handle, ask)),
    openJobs: async () => {
      const count = db.selectFrom("jobs").select(({ fn }) => fn.countAll<string>().as("open"));
      return Number((await fromStore(count.executeTakeFirst()))?.open ?? 0);
    },
    overdue: async (before, limit) => {
      const due = db.selectFrom("cases").select("id").where("wake_at", "<", before).orderBy("wake_at").limit(limit);
      return (await fromStore(due.execute())).map(({ id }) => id);
    },
    liveCases: async ({ node, limit }) => {
      const live = db.selectFrom("cases").select("id").where("live", "=", true).where("node", "=", node).limit(limit);
      return (await fromStore(live.execute())).map(({ id }) => id);
    },
    owners: (agents) => fromStore(ownersOf(db, agents)),
    holding: (agent) => fromStore(escalationsHolding(db, agent)),
    entries: async (caseId) => {
      const rows = db.selectFrom("case_events").selectAll().where("case_id", "=", caseId).orderBy("seq");
      return (await fromStore(rows.execute())).map(entry);
    },
    caseOf: async (escalation) => {
      const row = db.selectFrom("escalations").select("case_id").where("id", "=", escalation);
      return (await fromStore(row.executeTakeFirst()))?.case_id;
    },
    escalation: async (id) => {
      const row = db.selectFrom("escalations").select(["case_id", "view"]).where("id", "=", id);
      return escalationRow(await fromStore(row.executeTakeFirst()));
    },
    escalations: (filter) => fromStore(escalationsPage(db, filter)),
    callbacks: (filter) => fromStore(callbacksPage(db, filter)),
    callback: async (id) =>
      callbackRow(await fromStore(db.selectFrom("callbacks").selectAll().where("id", "=", id).executeTakeFirst())),
  };
}

async function loadCase({ pool }: PostgresHandle, caseId: CaseId): ReturnType<Journal["load"]> {
  const { rows } = await pool.query<{ seq: number; state: CaseState }>({ ...LOAD, values: [caseId] });
  return rows[0];
}

/**
 * Not waited for on the disk: a confirmation that a crash of the server takes back is an effect that comes twice, which
 * every effect bears (design §9).
 */
const CONFIRM = {
  name: "confirm-jobs",
  text: `with quick as materialized (select ${NOT_ON_DISK}) delete from jobs where id = any ($1) and exists (select from quick)`,
};

/** What comes while one statement is under way goes with the next one, so that a busy node asks once for many jobs. */
function confirmTogether({ pool }: PostgresHandle): Journal["confirm"] {
  let next: { readonly jobs: string[]; readonly done: Promise<void> } | undefined;
  let last: Promise<unknown> = Promise.resolve();
  const confirm = async (jobs: readonly string[], before: Promise<unknown>): Promise<void> => {
    await before;
    next = undefined;
    await fromStore(pool.query({ ...CONFIRM, values: [jobs] }));
  };
  return async (jobs) => {
    if (jobs.length === 0) return undefined;
    if (next) next.jobs.push(...jobs);
    else {
      const together = [...jobs];
      const done = confirm(together, last);
      next = { jobs: together, done };
      last = done.catch((error: unknown) => error);
    }
    return next.done;
  };
}

/** Two nodes that ask at once get different jobs: each skips the rows that the other has locked. */
async function takeJobs(
  { db }: PostgresHandle,
  ask: Parameters<Journal["takeJobs"]>[0],
): Promise<readonly PendingJob[]> {
  const free = db
    .selectFrom("jobs")
    .select("id")
    .where("at", "<", ask.before)
    .where((row) => row.or([row("lease_until", "is", null), row("lease_until", "<", ask.before)]))
    .orderBy("at")
    .limit(ask.limit)
    .forUpdate()
    .skipLocked();
  const taken = await db
    .updateTable("jobs")
    .set({ leased_by: ask.node, lease_until: ask.leaseUntil, attempts: sql`attempts + 1` })
    .where("id", "in", free)
    .returning(["id", "case_id", "effect", "attempts", "at"])
    .execute();
  return taken
    .toSorted((a, b) => a.at - b.at)
    .map(({ id, case_id: caseId, effect, attempts }) => ({ id, caseId, effect, attempts }));
}

function entry(row: {
  readonly seq: number;
  readonly at: JournalEntry["at"];
  readonly event: JournalEntry["event"];
  readonly state: string;
  readonly actor: string;
  readonly escalation: JournalEntry["escalation"] | null;
}): JournalEntry {
  const { seq, at, event, state, actor, escalation } = row;
  return { seq, at, event, state, actor, ...(escalation !== null && escalation !== undefined && { escalation }) };
}
