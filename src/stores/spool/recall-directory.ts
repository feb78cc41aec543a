import type { AgentId } from "../../domain/ids.ts";
import type { AgentProfile, Directory } from "../../ports/directory.ts";
import type { Log } from "../../telemetry/log.ts";
import { isStoreFault } from "./with-spool.ts";

/**
 * The directory as it was last seen, while its store is away: agents can be reserved, rung and shown their cards all the
 * same (H13). Changes need the store. Before it was ever read, its fault is passed on.
 */
export function recallDirectory(parts: {
  readonly directory: Directory;
  /** Known to be away: nobody waits for it. */
  readonly away: () => boolean;
  readonly log: Log;
}): Directory {
  const { directory, away, log } = parts;
  let last: ReadonlyMap<AgentId, AgentProfile> | undefined;
  const ask = async <T>(question: () => Promise<T>, recalled: (known: NonNullable<typeof last>) => T): Promise<T> => {
    if (last && away()) return recalled(last);
    try {
      return await question();
    } catch (err) {
      if (!last || !isStoreFault(err)) throw err;
      log.warn({ err }, "agents are looked up in memory: their store does not answer");
      return recalled(last);
    }
  };
  return {
    agents: () =>
      ask(
        async () => {
          const agents = await directory.agents();
          last = new Map(agents.map((agent) => [agent.id, agent]));
          return agents;
        },
        (known) => [...known.values()],
      ),
    agent: (id) =>
      ask(
        async () => {
          const agent = await directory.agent(id);
          if (last && agent) last = new Map(last).set(id, agent);
          return agent;
        },
        (known) => known.get(id),
      ),
    save: (agent) => directory.save(agent),
    remove: (id) => directory.remove(id),
  };
}
