import type { AgentId } from "../../domain/ids.ts";
import type { AgentProfile, Directory } from "../../ports/directory.ts";

/** The reference model of `Directory`; agents come back in the order of their ids. */
export function createMemoryDirectory(initial: readonly AgentProfile[] = []): Directory {
  const rows = new Map<AgentId, AgentProfile>(initial.map((agent) => [agent.id, agent]));
  return {
    agents: async () => [...rows.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    agent: async (id) => rows.get(id),
    save: async (agent) => void rows.set(agent.id, agent),
    remove: async (id) => rows.delete(id),
  };
}
