// Presence may lose what it acknowledged: after a failover an agent can be held for a case that ended long ago, as the
// release is not there any more. The journal knows who is in whose hands; a hold nobody stands behind is ended.

import type { OwnerToken } from "../domain/ids.ts";
import { after, type EpochMs } from "../domain/time.ts";
import type { Clock } from "../ports/clock.ts";
import type { Journal } from "../ports/journal.ts";
import type { AgentHold, Presence } from "../ports/presence.ts";
import type { Log } from "../telemetry/log.ts";

type Deps = {
  readonly presence: Presence;
  readonly journal: Pick<Journal, "owners">;
  /** Another node goes on without the record: what it holds is not in it. */
  readonly awayElsewhere?: (() => boolean) | undefined;
  readonly clock: Clock;
  readonly log: Log;
};

const EVERY_MS = 5_000;
/**
 * A reservation is in presence before its case is committed, and a release is committed before it is in presence: only
 * what no case claims for this long is forgotten. With the looks between: free again within 20 s.
 */
const FORGOTTEN_MS = 14_000;

/** Looks every few seconds, on every node; the result stops it. */
export function startFreeingForgotten(deps: Deps): () => void {
  const { clock, log } = deps;
  let unclaimed: ReadonlyMap<OwnerToken, EpochMs> = new Map();
  let stopped = false;
  let cancel: (() => void) | undefined;
  const again = (): void => {
    if (!stopped) cancel = clock.at(after(clock.now(), EVERY_MS), () => void look());
  };
  const look = async (): Promise<void> => {
    try {
      unclaimed = await freeForgotten(deps, unclaimed);
    } catch (err) {
      // Without the record nobody can tell, so nobody is freed, and what was seen before counts no more.
      unclaimed = new Map();
      log.debug({ err }, "holds on agents could not be compared with the record");
    }
    again();
  };
  again();
  return () => {
    stopped = true;
    cancel?.();
  };
}

/** Answers since when each hold has had no case. */
async function freeForgotten(
  { presence, journal, awayElsewhere, clock, log }: Deps,
  before: ReadonlyMap<OwnerToken, EpochMs>,
): Promise<ReadonlyMap<OwnerToken, EpochMs>> {
  if (awayElsewhere?.() === true) return new Map();
  const at = clock.now();
  const holds = await presence.holds(at);
  if (!holds.ok || holds.value.length === 0) return new Map();
  const claimed = new Set(await journal.owners(holds.value.map(({ agent }) => agent)));
  const unclaimed = holds.value.filter(({ token }) => !claimed.has(token));
  const since = new Map(unclaimed.map(({ token }) => [token, before.get(token) ?? at]));
  for (const hold of unclaimed) {
    if (at < after(since.get(hold.token) ?? at, FORGOTTEN_MS)) continue;
    const answer = await presence.release({ ...hold, next: nextOf(hold), at });
    if (answer.ok && answer.value) {
      log.warn(
        { agent: hold.agent, state: hold.status },
        "an agent was held for a case that does not have them; freed",
      );
    }
  }
  return since;
}

/** As when a hold runs out: who was only asked goes on as they were, who talked says that they are there. */
const nextOf = ({ status }: AgentHold): "available" | "check-in" => (status === "reserved" ? "available" : "check-in");
