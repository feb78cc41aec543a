import type { NodeId } from "../../domain/ids.ts";
import { after } from "../../domain/time.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Leases } from "../../ports/leases.ts";
import type { Log } from "../../telemetry/log.ts";

/** A limit over all nodes is kept to within what arrives in this time, in milliseconds. */
const LOOK_MS = 1_000;

export type CallsElsewhere = { count(): number; close(): void };

/** Calls whose media the other live nodes hold, looked at every second. While the store is away, the last known count. */
export function countElsewhere(deps: {
  readonly node: NodeId;
  readonly leases: Pick<Leases, "nodes" | "calls">;
  readonly clock: Clock;
  readonly log: Log;
}): CallsElsewhere {
  const { node, leases, clock, log } = deps;
  let count = 0;
  let closed = false;
  let cancel: (() => void) | undefined;
  const look = async (): Promise<void> => {
    const nodes = await leases.nodes(clock.now());
    if (!nodes.ok) return;
    const held = await Promise.all(nodes.value.live.filter((other) => other !== node).map((id) => leases.calls(id)));
    if (held.every(({ ok }) => ok)) count = held.reduce((sum, calls) => sum + (calls.ok ? calls.value.length : 0), 0);
  };
  const run = (): void => {
    look()
      .catch((err: unknown) => log.warn({ err }, "the calls of the other nodes could not be counted"))
      .finally(() => {
        if (!closed) cancel = clock.at(after(clock.now(), LOOK_MS), run);
      });
  };
  run();
  return {
    count: () => count,
    close: () => {
      closed = true;
      cancel?.();
    },
  };
}
