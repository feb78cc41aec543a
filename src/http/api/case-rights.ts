import { EscalationId } from "../../domain/ids.ts";
import type { EscalationRow } from "../../ports/journal.ts";
import type { Identity } from "../auth.ts";
import { Problem } from "../problem.ts";
import type { ApiDeps } from "./api-deps.ts";

/** The case, for somebody who may see it: an agent only those of their queues (C33). */
export async function caseFor(deps: ApiDeps, identity: Identity, id: string): Promise<EscalationRow> {
  const row = await deps.journal.escalation(EscalationId(id));
  if (!row) throw new Problem(404, "There is no escalation of this id.");
  if (identity.role !== "agent") return row;
  const queues = await queuesOf(deps, identity);
  if (!queues.includes(row.queue) && row.assignee !== identity.agent) {
    throw new Problem(403, "This case is in a queue you do not serve.", { code: "not-your-queue" });
  }
  return row;
}

export async function queuesOf(deps: ApiDeps, { agent }: Identity): Promise<readonly string[]> {
  const profile = agent && (await deps.directory.agent(agent));
  return profile?.queues ?? [];
}

/** Like `agent:dana` or `supervisor:kim`: how the journal names who did it. */
export const actorOf = ({ role, name, agent }: Identity): string =>
  role === "agent" ? `agent:${agent ?? name}` : `${role}:${name}`;

export const asDate = (at: number): string => new Date(at).toISOString();
