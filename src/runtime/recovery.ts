// Takes up what nobody finished: cases whose time has come and whose owner did not look, and effects nobody confirmed.

import type { NodeId } from "../domain/ids.ts";
import { after } from "../domain/time.ts";
import type { CaseState } from "../handoff/state.ts";
import type { Effect } from "../handoff/vocabulary.ts";
import type { Clock } from "../ports/clock.ts";
import type { Journal, PendingJob } from "../ports/journal.ts";
import type { Log } from "../telemetry/log.ts";
import type { CaseLoop, Perform } from "./case-loop.ts";

type Deps = {
  readonly cases: CaseLoop;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly node: NodeId;
  readonly perform: Perform;
  readonly log: Log;
};

const EVERY_MS = 1_000;
/** A live owner is on time within this. */
const OVERDUE_MS = 1_500;
/** An effect takes at most about this long (a create gives up after 3 s, harmless commands are repeated for 2 s). */
const UNCONFIRMED_MS = 6_000;
const LEASE_MS = 10_000;
const BATCH = 50;

/** Looks once now and then every second; the result stops it. */
export function startRecovery(deps: Deps): () => void {
  let stopped = false;
  let cancel: (() => void) | undefined;
  const again = (): void => {
    if (!stopped) cancel = deps.clock.at(after(deps.clock.now(), EVERY_MS), look);
  };
  const look = (): void => {
    recover(deps)
      .catch((err: unknown) => deps.log.warn({ err }, "unfinished work could not be looked up; trying again"))
      .finally(again);
  };
  look();
  return () => {
    stopped = true;
    cancel?.();
  };
}

async function recover(deps: Deps): Promise<void> {
  const now = deps.clock.now();
  for (const caseId of await deps.journal.overdue(after(now, -OVERDUE_MS), BATCH)) await deps.cases.wake(caseId);
  const jobs = await deps.journal.takeJobs({
    node: deps.node,
    before: after(now, -UNCONFIRMED_MS),
    leaseUntil: after(now, LEASE_MS),
    limit: BATCH,
  });
  for (const job of jobs) await takeUp(deps, job);
}

async function takeUp(deps: Deps, { caseId, id, effect }: PendingJob): Promise<void> {
  const state = await deps.cases.state(caseId);
  if (!state || !stillWanted(effect, state)) return deps.journal.confirm([id]);
  if (effect.kind === "dial-agent") {
    // It may have been performed by whoever is gone: the carrier is asked, and nothing is created (H8).
    await deps.cases.deliver(caseId, { kind: "dial-unknown", offer: effect.offer }, "recovery");
    return deps.journal.confirm([id]);
  }
  deps.perform({ caseId, effect, state, job: id });
  return undefined;
}

/** A move that has happened meanwhile must not be ordered again: it would pull a caller out of a conversation. */
function stillWanted(effect: Effect, { handoff, caller }: CaseState): boolean {
  if (effect.kind !== "move-caller") return true;
  return (
    caller?.place !== "gone" && (handoff.kind === "moving" || caller?.place === "room") && handoff.kind !== "bridged"
  );
}
