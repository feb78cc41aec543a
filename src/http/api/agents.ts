import type { z } from "zod";
import { AgentId, QueueId } from "../../domain/ids.ts";
import type { AgentProfile } from "../../ports/directory.ts";
import { agent, changedAgent, pageOf } from "../../protocol/api.ts";
import { endpoint, type Endpoint } from "../endpoint.ts";
import { Problem } from "../problem.ts";
import type { ApiDeps } from "./api-deps.ts";
import { refuseAddress } from "./refuse-address.ts";

/** The people who take calls; administrators keep the list. */
export function agentEndpoints(deps: ApiDeps): Endpoint[] {
  return [listAgents(deps), addAgent(deps), replaceAgent(deps), removeAgent(deps)];
}

const listAgents = (deps: ApiDeps): Endpoint =>
  endpoint({
    method: "get",
    path: "/api/agents",
    summary: "Every agent.",
    roles: ["supervisor", "admin", "desk", "integration"],
    status: 200,
    answer: pageOf(agent),
    run: async () => ({ body: { items: await deps.directory.agents() } }),
  });

const addAgent = (deps: ApiDeps): Endpoint =>
  endpoint({
    method: "post",
    path: "/api/agents",
    summary: "Add an agent.",
    roles: ["admin"],
    body: agent,
    status: 201,
    answer: agent,
    problems: { 409: "There is an agent of this id." },
    run: async ({ body }) => {
      const profile = profileOf(body, body.id);
      refuseAddress(deps, "device.address", profile.device);
      if (await deps.directory.agent(profile.id)) {
        throw new Problem(409, "There is an agent of this id; change it with PUT.", { code: "agent-exists" });
      }
      await deps.directory.save(profile);
      return { body: profile, headers: { Location: `/api/agents/${profile.id}` } };
    },
  });

const replaceAgent = (deps: ApiDeps): Endpoint =>
  endpoint({
    method: "put",
    path: "/api/agents/:id",
    summary: "Replace an agent, or add them.",
    roles: ["admin"],
    body: changedAgent,
    status: 200,
    answer: agent,
    run: async ({ id, body }) => {
      if (body.id !== undefined && body.id !== id)
        throw new Problem(400, "The body names another agent than the path.");
      const profile = profileOf(body, validId(id));
      refuseAddress(deps, "device.address", profile.device);
      const known = await deps.directory.agent(profile.id);
      await deps.directory.save(profile);
      return { status: known ? 200 : 201, body: profile };
    },
  });

const removeAgent = (deps: ApiDeps): Endpoint =>
  endpoint({
    method: "delete",
    path: "/api/agents/:id",
    summary: "Remove an agent, who is offline from then on.",
    roles: ["admin"],
    status: 204,
    run: async ({ id }) => {
      const gone = AgentId(id);
      if (!(await deps.directory.remove(gone))) throw new Problem(404, "There is no agent of this id.");
      const at = deps.clock.now();
      const answer = await deps.presence.set({
        agent: gone,
        status: "offline",
        at,
        leaseUntil: at,
        reason: "removed",
      });
      if (!answer.ok) deps.log.warn({ agent: gone, reason: answer.why }, "a removed agent could not be set offline");
      return {};
    },
  });

function validId(id: string): string {
  if (!agent.shape.id.safeParse(id).success) throw new Problem(400, "This is not an agent's id.", { code: "invalid" });
  return id;
}

function profileOf(body: z.output<typeof changedAgent>, id: string): AgentProfile {
  const { name, email, skills, queues, languages, device } = body;
  return {
    id: AgentId(id),
    name,
    ...(email !== undefined && { email }),
    skills,
    queues: queues.map(QueueId),
    languages,
    device,
  };
}
