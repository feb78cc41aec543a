import { AgentId } from "../../domain/ids.ts";
import { after, EpochMs } from "../../domain/time.ts";
import { presenceAnswer, presenceWish } from "../../protocol/api.ts";
import type { Identity } from "../auth.ts";
import { endpoint, type Endpoint } from "../endpoint.ts";
import { Problem } from "../problem.ts";
import type { ApiDeps } from "./api-deps.ts";
import { actorOf, asDate } from "./case-rights.ts";

/** Without `until` a desk has to keep the status alive: as long as a desk's own lease. */
const DESK_LEASE_MS = 14_000;
const UNTIL_MAX_MS = 24 * 3_600_000;

/** Availability for agents without a desk, and for supervisors, who leave an audit line. */
export function presenceEndpoints(deps: ApiDeps): Endpoint[] {
  return [readPresence(deps), setPresence(deps)];
}

const readPresence = (deps: ApiDeps): Endpoint =>
  endpoint({
    method: "get",
    path: "/api/agents/:id/presence",
    summary: "How available an agent is now.",
    roles: ["agent", "desk", "supervisor", "admin", "integration"],
    status: 200,
    answer: presenceAnswer,
    run: async ({ identity, id }) => {
      const agent = await known(deps, id);
      if (identity.role === "agent" && identity.agent !== agent) throw notYours();
      return { body: view(heard(await deps.presence.get([agent], deps.clock.now()))[0], agent) };
    },
  });

const setPresence = (deps: ApiDeps): Endpoint =>
  endpoint({
    method: "put",
    path: "/api/agents/:id/presence",
    summary: "Set an agent's availability: their own, or (with an audit line) by a supervisor.",
    roles: ["agent", "desk", "supervisor", "admin"],
    body: presenceWish,
    status: 200,
    answer: presenceAnswer,
    run: async ({ identity, id, body }) => {
      const agent = await known(deps, id);
      const others = identity.role === "supervisor" || identity.role === "admin";
      if (identity.role === "agent" && identity.agent !== agent) throw notYours();
      const at = deps.clock.now();
      const leaseUntil = leaseOf(at, body.until);
      const { status, reason } = body;
      const set = { agent, status, at, leaseUntil, ...(reason !== undefined && { reason }) };
      const presence = heard(await deps.presence.set(set));
      if (others) {
        const fields = { agent, state: status, event: "presence", reason: actorOf(identity) };
        deps.log.warn(fields, "audit: an agent's availability was set by somebody else");
        if (status === "offline") await forceOffline(deps, agent, identity);
      }
      return { body: { ...view(presence, agent), ...(body.until !== undefined && { until: asDate(leaseUntil) }) } };
    },
  });

const notYours = (): Problem => new Problem(403, "An agent's key reaches only their own availability.");

async function known(deps: ApiDeps, id: string): Promise<AgentId> {
  const agent = AgentId(id);
  if (!(await deps.directory.agent(agent))) throw new Problem(404, "There is no agent of this id.");
  return agent;
}

function leaseOf(at: EpochMs, until: string | undefined): EpochMs {
  if (until === undefined) return after(at, DESK_LEASE_MS);
  const asked = EpochMs(Date.parse(until));
  if (asked <= at) throw new Problem(400, "until is in the past.", { code: "invalid" });
  if (asked > after(at, UNTIL_MAX_MS)) throw new Problem(400, "until is more than a day ahead.", { code: "invalid" });
  return asked;
}

type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly why: string };

function heard<T>(answer: Answer<T>): T {
  if (answer.ok) return answer.value;
  const headers = { "Retry-After": "2" };
  throw new Problem(503, "Availability cannot be read or changed just now; try again.", { code: "presence", headers });
}

type Shown = { readonly status: string; readonly since: EpochMs; readonly reason?: string };

const view = (presence: Shown | undefined, agent: AgentId) => ({
  agent,
  status: presence?.status ?? "offline",
  since: asDate(presence?.since ?? 0),
  ...(presence?.reason !== undefined && { reason: presence.reason }),
});

/** Their open offer moves on at once. */
async function forceOffline(deps: ApiDeps, agent: AgentId, identity: Identity): Promise<void> {
  for (const row of await deps.journal.holding(agent)) {
    if (row.handoff === undefined || row.handoff.state === "closed") continue;
    await deps.cases.deliver(row.caseId, { kind: "desk-lost", agent, forced: true }, actorOf(identity));
  }
}
