import type { Selectable } from "kysely";
import type { ClientBase } from "pg";
import type { EscalationView } from "../../handoff/project-case.ts";
import type { CallInsight } from "../../packet/insight.ts";
import type { Conversations, PacketParts, ToolRun } from "../../ports/conversations.ts";
import type { Turn } from "../../turns/turn.ts";
import { callerFacts } from "./caller-facts.ts";
import type { PostgresHandle } from "./connect.ts";
import type { Tables } from "./tables.ts";

type Row = {
  readonly caller: Selectable<Tables["callers"]> | null;
  readonly turns: readonly Turn[];
  readonly runs: readonly ToolRun[];
  readonly history: readonly EscalationView[];
  readonly notes: PacketParts["notes"];
  readonly insight: CallInsight | null;
  readonly packet: PacketParts["packet"] | null;
};

/** Seven questions in one round trip and one place in the pool: an agent waits for the answer. */
const PARTS = {
  name: "packet-parts",
  text: `select
    (select to_json(c) from callers c where c.case_id = $1) as caller,
    (select coalesce(json_agg(t.turn order by t.index), '[]') from turns t where t.case_id = $1) as turns,
    (select coalesce(json_agg(r.run order by r.at), '[]') from tool_runs r where r.case_id = $1) as runs,
    (select coalesce(json_agg(past.view order by past.created_at desc), '[]') from (
      select e.view, e.created_at from callers me
        join callers other on other.case_id = me.case_id or other.ani = me.ani or other.customer_id = me.customer_id
        join escalations e on e.case_id = other.case_id
        where me.case_id = $1 order by e.created_at desc limit $3) past) as history,
    (select coalesce(json_agg(json_build_object('kind', n.kind, 'json', n.json, 'at', n.at) order by n.at), '[]')
      from notes n where n.escalation = $2) as notes,
    (select i.insight from insights i where i.case_id = $1) as insight,
    (select to_json(p) from packets p where p.escalation = $2 order by p.version desc limit 1) as packet`,
};

/** Asked of a case that is not there: for a connection that is not used yet. */
export async function rehearseParts(client: ClientBase): Promise<void> {
  await client.query({ ...PARTS, values: ["", "", 1] });
}

export async function packetParts(
  { pool }: PostgresHandle,
  { caseId, escalation, historyMax }: Parameters<Conversations["packetParts"]>[0],
): Promise<PacketParts> {
  const { rows } = await pool.query<Row>({ ...PARTS, values: [caseId, escalation, historyMax] });
  const [row] = rows;
  if (!row) throw new Error(`the parts of the packet of case ${caseId} came back without a row`);
  const caller = callerFacts(row.caller);
  return {
    turns: row.turns,
    runs: row.runs,
    history: row.history.map((view) => pastContact(view)),
    notes: row.notes,
    ...(caller && { caller }),
    ...(row.insight && { insight: row.insight }),
    ...(row.packet && { packet: row.packet }),
  };
}

export const pastContact = (view: EscalationView): PacketParts["history"][number] => ({
  escalation: view.id,
  at: view.createdAt,
  outcome: view.handoff?.outcome ?? view.status,
  team: view.queue,
});
