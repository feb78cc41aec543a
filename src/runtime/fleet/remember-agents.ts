import type { AgentId, NodeId } from "../../domain/ids.ts";
import { after, type EpochMs } from "../../domain/time.ts";
import type { Bus } from "../../ports/bus.ts";
import type { Clock } from "../../ports/clock.ts";
import type { AgentProfile, Directory } from "../../ports/directory.ts";
import type { Log } from "../../telemetry/log.ts";
import { agentNews } from "./channels.ts";

/** What was read longer ago than this, in milliseconds, is read again behind the answer … */
const REFRESH_MS = 1_000;
/** … and after this it is not answered any more: so long may a change be unseen whose news was lost. */
const OLDEST_MS = 2_000;

export type RememberedAgents = {
  /** The store itself; what is changed here is told to every node. For whoever manages agents. */
  readonly told: Directory;
  /** Answered from memory for a moment. For whoever reserves and rings them, many times a second. */
  readonly remembered: Directory;
  close(): void;
};

type Parts = {
  readonly directory: Directory;
  readonly node: NodeId;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly log: Log;
};

type Known = {
  readonly at: EpochMs;
  readonly agents: readonly AgentProfile[];
  readonly byId: Map<AgentId, AgentProfile>;
};

/** Who is there is decided in presence; who they are changes by an admin's hand, and is not read anew for every call. */
export function rememberAgents(parts: Parts): RememberedAgents {
  const { directory, node, bus } = parts;
  const memory = remember(parts);
  const close = bus.subscribe(agentNews, ({ from }) => (from === node ? undefined : memory.forget()));
  const change = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } finally {
      // Also after a failure, of which nobody knows whether the change was made.
      memory.forget();
      // The bus logs what it could not send; a change that was not heard of is seen when memory has run out.
      void bus.publish(agentNews, { from: node });
    }
  };
  return {
    told: {
      ...directory,
      save: (agent) => change(() => directory.save(agent)),
      remove: (id) => change(() => directory.remove(id)),
    },
    remembered: {
      ...directory,
      agents: async () => (await memory.everybody()).agents,
      // Somebody may have been made by a change whose news is still on its way.
      agent: async (id) => (await memory.everybody()).byId.get(id) ?? directory.agent(id),
    },
    close,
  };
}

function remember({ directory, clock, log }: Parts) {
  let known: Known | undefined;
  let asked: Promise<Known> | undefined;
  const read = (): Promise<Known> => {
    const mine = readAll(directory, clock.now());
    asked = mine;
    const over = (found: Known | undefined): void => {
      // Somebody changed something meanwhile: the answer may be from before it.
      if (asked !== mine) return;
      known = found ?? known;
      asked = undefined;
    };
    mine.then(over, () => over(undefined));
    return mine;
  };
  return {
    everybody: async (): Promise<Known> => {
      const now = clock.now();
      if (!known || now > after(known.at, OLDEST_MS)) return asked ?? read();
      if (now > after(known.at, REFRESH_MS) && !asked) {
        read().catch((err: unknown) => log.warn({ err }, "agents could not be looked up again"));
      }
      return known;
    },
    forget: (): void => {
      known = undefined;
      asked = undefined;
    },
  };
}

async function readAll(directory: Directory, at: EpochMs): Promise<Known> {
  const agents = await directory.agents();
  return { at, agents, byId: new Map(agents.map((agent) => [agent.id, agent])) };
}
