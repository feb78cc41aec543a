import { after } from "../../domain/time.ts";
import type { AgentId } from "../../domain/ids.ts";
import type { Clock } from "../../ports/clock.ts";
import type { AgentProfile, Directory } from "../../ports/directory.ts";
import type { Log } from "../../telemetry/log.ts";
import { isStoreFault } from "./with-spool.ts";

/** Longer than that, in milliseconds, nobody waits for who is there: what was seen last is told. */
const PATIENCE_MS = 300;

type Parts = {
  readonly directory: Directory;
  /** Known to be away: nobody waits for it. */
  readonly away: () => boolean;
  readonly clock: Clock;
  readonly log: Log;
};

/**
 * The directory as it was last seen, while its store is away: agents can be reserved, rung and shown their cards all the
 * same (H13), and without waiting for one that is about to be. Changes need the store. Before it was ever read, its fault
 * is passed on.
 */
export function recallDirectory({ directory, away, clock, log }: Parts): Directory {
  let last: ReadonlyMap<AgentId, AgentProfile> | undefined;
  const ask = async <T>(question: () => Promise<T>, recalled: (known: NonNullable<typeof last>) => T): Promise<T> => {
    if (!last) return question();
    if (away()) return recalled(last);
    try {
      const answer = await inTime(clock, question());
      if (answer) return answer.value;
      log.warn({}, "agents are looked up in memory: their store takes too long");
    } catch (err) {
      if (!isStoreFault(err)) throw err;
      log.warn({ err }, "agents are looked up in memory: their store does not answer");
    }
    return recalled(last);
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
    save: async (agent) => {
      await directory.save(agent);
      if (last) last = new Map(last).set(agent.id, agent);
    },
    remove: async (id) => {
      const removed = await directory.remove(id);
      if (last) last = new Map([...last].filter(([other]) => other !== id));
      return removed;
    },
  };
}

/** `undefined`: not in time. What comes of it later is for whoever asks next. */
function inTime<T>(clock: Clock, asked: Promise<T>): Promise<{ readonly value: T } | undefined> {
  return new Promise((resolve, reject) => {
    const late = (): void => void setImmediate(resolve, undefined);
    const cancel = clock.at(after(clock.now(), PATIENCE_MS), late);
    asked.finally(cancel).then((value) => resolve({ value }), reject);
  });
}
