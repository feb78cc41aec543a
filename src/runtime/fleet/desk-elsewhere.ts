// An agent's tabs may be on several nodes, and a desk that comes back may come back at another one: it is lost only when
// no node has it any more.

import type { AgentId, NodeId } from "../../domain/ids.ts";
import { after } from "../../domain/time.ts";
import type { Bus } from "../../ports/bus.ts";
import type { Clock } from "../../ports/clock.ts";
import { deskRoll } from "./channels.ts";

/** How long the other nodes have to say so, in milliseconds. */
const ANSWER_MS = 300;

export type DeskElsewhere = {
  /** Has another live node a desk of this agent open? False too when nobody answers in time. */
  ask(agent: AgentId): Promise<boolean>;
  close(): void;
};

export function deskElsewhere(parts: {
  readonly node: NodeId;
  readonly bus: Bus;
  readonly clock: Clock;
  /** Do other nodes live? */
  readonly others: () => Promise<boolean>;
  /** Is a desk of the agent open on this node? */
  readonly here: (agent: AgentId) => boolean;
}): DeskElsewhere {
  const { node, bus, clock, others, here } = parts;
  const waiting = new Map<AgentId, Set<() => void>>();
  const stop = bus.subscribe(deskRoll, ({ from, agent, open }) => {
    if (from === node) return;
    if (open) for (const found of waiting.get(agent) ?? []) found();
    else if (here(agent)) void bus.publish(deskRoll, { from: node, agent, open: true });
  });
  return {
    ask: async (agent) => {
      if (!(await others())) return false;
      const { promise, resolve } = Promise.withResolvers<boolean>();
      const found = (): void => resolve(true);
      const asking = waiting.get(agent) ?? new Set();
      waiting.set(agent, asking.add(found));
      const cancel = clock.at(after(clock.now(), ANSWER_MS), () => resolve(false));
      void bus.publish(deskRoll, { from: node, agent, open: false });
      const answer = await promise;
      cancel();
      asking.delete(found);
      if (asking.size === 0) waiting.delete(agent);
      return answer;
    },
    close: stop,
  };
}
