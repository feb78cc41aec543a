import { AgentId } from "../../domain/ids.ts";
import type { EscalationRow } from "../../ports/journal.ts";
import { claim, escalation, resolve, transfer } from "../../protocol/api.ts";
import type { Identity } from "../auth.ts";
import { endpoint, type Endpoint, type Reply } from "../endpoint.ts";
import { Problem } from "../problem.ts";
import type { ApiDeps } from "./api-deps.ts";
import { actorOf, caseFor } from "./case-rights.ts";
import { viewEscalation } from "./escalation-view.ts";

const WORKERS = ["agent", "desk", "supervisor", "admin"] as const;

/** What people do with a case over the API. */
export function escalationWorkEndpoints(deps: ApiDeps): Endpoint[] {
  return [claimCase(deps), resolveCase(deps), transferCase(deps)];
}

const claimCase = (deps: ApiDeps): Endpoint =>
  endpoint({
    method: "patch",
    path: "/api/escalations/:id/claim",
    summary: "Take a case. Atomic: the second claimer gets 409 with who has it.",
    roles: WORKERS,
    body: claim,
    status: 200,
    answer: escalation,
    problems: { 409: "Somebody has it already (`assignee`), or it is resolved." },
    run: async ({ identity, id, body }) => {
      const row = await caseFor(deps, identity, id);
      // Who may claim for others need not say for whom to learn that somebody has it.
      const unnamed = identity.role !== "agent" && body.agent === undefined;
      if (unnamed && row.status === "resolved") throw alreadyResolved();
      if (unnamed && row.assignee !== undefined) throw alreadyClaimed(row.assignee);
      const agent = await claimer(deps, identity, body.agent);
      const state = await deps.cases.deliver(row.caseId, { kind: "case-claimed", agent }, actorOf(identity));
      const holder = state.escalation?.assignee;
      if (state.escalation?.status === "resolved") throw alreadyResolved();
      if (holder !== agent) throw alreadyClaimed(holder);
      return viewAfter(deps, row);
    },
  });

const resolveCase = (deps: ApiDeps): Endpoint =>
  endpoint({
    method: "patch",
    path: "/api/escalations/:id/resolve",
    summary: "Close a case. An agent closes their own.",
    roles: [...WORKERS, "integration"],
    body: resolve,
    status: 200,
    answer: escalation,
    run: async ({ identity, id, body }) => {
      const row = await caseFor(deps, identity, id);
      ownOnly(identity, row);
      if (Object.keys(body).length > 0) await note(deps, row, "wrap-up", { ...body, by: identity.name });
      await deps.cases.deliver(row.caseId, { kind: "case-resolved", by: identity.name }, actorOf(identity));
      return viewAfter(deps, row);
    },
  });

const transferCase = (deps: ApiDeps): Endpoint =>
  endpoint({
    method: "patch",
    path: "/api/escalations/:id/transfer",
    summary: "Move a case to another queue, open again for its people.",
    roles: [...WORKERS, "integration"],
    body: transfer,
    status: 200,
    answer: escalation,
    problems: { 409: "The case is resolved." },
    run: async ({ identity, id, body }) => {
      const row = await caseFor(deps, identity, id);
      ownOnly(identity, row);
      const target = deps.numbers.team(body.queue);
      if (!target) {
        throw new Problem(400, `There is no queue or team "${body.queue}" in the routing configuration.`, {
          code: "unknown-queue",
        });
      }
      if (row.status === "resolved") throw alreadyResolved();
      const hop = { from: row.queue, to: target.queue, note: body.note ?? "", by: identity.name };
      await note(deps, row, "hop", hop);
      await deps.cases.deliver(row.caseId, { kind: "case-moved", target }, actorOf(identity));
      return viewAfter(deps, row);
    },
  });

const alreadyClaimed = (holder: AgentId | undefined): Problem =>
  new Problem(409, "Somebody has this case already.", {
    code: "claimed",
    ...(holder !== undefined && { more: { assignee: holder } }),
  });

const alreadyResolved = (): Problem => new Problem(409, "This case is resolved.", { code: "resolved" });

/** Whoever names nobody takes it themselves. */
async function claimer(deps: ApiDeps, { role, agent, name }: Identity, named: string | undefined): Promise<AgentId> {
  if (role === "agent") {
    if (named !== undefined && named !== agent) throw new Problem(403, "An agent claims for themselves only.");
    if (agent !== undefined) return agent;
  }
  if (named === undefined) return AgentId(name);
  const profile = await deps.directory.agent(AgentId(named));
  if (!profile) throw new Problem(400, `There is no agent "${named}".`, { code: "unknown-agent" });
  return profile.id;
}

function ownOnly(identity: Identity, row: EscalationRow): void {
  if (identity.role !== "agent" || row.assignee === identity.agent) return;
  throw new Problem(403, "Claim the case first: an agent works on their own.", {
    code: "not-yours",
    ...(row.assignee !== undefined && { more: { assignee: row.assignee } }),
  });
}

const note = (deps: ApiDeps, row: EscalationRow, kind: "wrap-up" | "hop", content: object): Promise<void> =>
  deps.conversations.saveNote(row.id, kind, JSON.stringify(content), deps.clock.now());

async function viewAfter(deps: ApiDeps, { id }: EscalationRow): Promise<Reply> {
  const row = await deps.journal.escalation(id);
  if (!row) throw new Error(`the case ${id} is gone from the list`);
  return { body: viewEscalation(row) };
}
