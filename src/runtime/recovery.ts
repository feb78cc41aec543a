// Takes up what nobody finished: cases whose time has come and whose owner did not look, and effects nobody confirmed.

import type { NodeId } from "../domain/ids.ts";
import { after } from "../domain/time.ts";
import { belongsInRoom } from "../handoff/caller-room.ts";
import type { CaseState } from "../handoff/state.ts";
import type { Effect } from "../handoff/vocabulary.ts";
import type { Clock } from "../ports/clock.ts";
import type { Journal, PendingJob } from "../ports/journal.ts";
import type { Log } from "../telemetry/log.ts";
import type { CaseLoop } from "./case-loop.ts";
import { dialOverdueAt } from "./perform-dial.ts";
import type { Performer } from "./perform-effect.ts";

type Deps = {
  readonly cases: CaseLoop;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly node: NodeId;
  readonly performer: Performer;
  readonly log: Log;
  /** False: the record has just come back, and other nodes still give it what they decided meanwhile. */
  readonly settled?: (() => boolean) | undefined;
};

const EVERY_MS = 1_000;
/** A live owner is on time within this. */
const OVERDUE_MS = 1_500;
/** A create gives up after 3 s; what takes longer says so in the case. With the look every second: taken up within 5 s (H11). */
const UNCONFIRMED_MS = 3_500;
const LEASE_MS = 10_000;
/**
 * So many looks in a row may be left out for other nodes' sake. A record that settles at all has by then; one that goes away
 * every few seconds may never, and what is unfinished would stay so.
 */
const RESTS_MAX = 4;
/** What failed this often is not going to work; in tries. */
const TRIES_MAX = 12;
const BATCH = 50;

/** Looks once now and then every second; the result stops it. */
export function startRecovery(deps: Deps): () => void {
  let stopped = false;
  let cancel: (() => void) | undefined;
  const rests = { inARow: 0 };
  const again = (): void => {
    if (!stopped) cancel = deps.clock.at(after(deps.clock.now(), EVERY_MS), look);
  };
  const look = (): void => {
    recover(deps, rests)
      .catch((err: unknown) => deps.log.warn({ err }, "unfinished work could not be looked up; trying again"))
      .finally(again);
  };
  look();
  return () => {
    stopped = true;
    cancel?.();
  };
}

async function recover(deps: Deps, rests: { inARow: number }): Promise<void> {
  const { journal, clock, node } = deps;
  const now = clock.now();
  // Asked in any case: this is how a record that fell silent is noticed.
  const overdue = await journal.overdue(after(now, -OVERDUE_MS), BATCH);
  rests.inARow = deps.settled?.() === false && rests.inARow < RESTS_MAX ? rests.inARow + 1 : 0;
  // What looks unfinished now may be done, and its owner alive: whoever takes it up would overtake what the record is about to get.
  if (rests.inARow > 0) return;
  for (const caseId of overdue) {
    await each(deps, caseId, () => deps.cases.wake(caseId));
  }
  const before = after(now, -UNCONFIRMED_MS);
  const jobs = await journal.takeJobs({ node, before, leaseUntil: after(now, LEASE_MS), limit: BATCH });
  for (const job of jobs) await each(deps, job.caseId, () => takeUp(deps, job));
}

/** One case that cannot be taken up must not keep the others from it. */
async function each(deps: Deps, caseId: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (err) {
    deps.log.warn({ case: caseId, err }, "unfinished work could not be taken up; trying again");
  }
}

async function takeUp(deps: Deps, { caseId, id, effect, attempts }: PendingJob): Promise<void> {
  if (deps.performer.isBusyWith(id)) return undefined;
  const state = await deps.cases.state(caseId);
  if (!state || !stillWanted(effect, state)) return deps.journal.confirm([id]);
  if (attempts > TRIES_MAX) {
    deps.log.error({ case: caseId, effect: effect.kind, count: attempts }, "an effect is given up");
    return deps.journal.confirm([id]);
  }
  if (effect.kind !== "dial-agent") return deps.performer.perform({ caseId, effect, state, job: id });
  // It waits in the queue of a node that may well be alive.
  if (deps.clock.now() < dialOverdueAt(state, effect.offer, UNCONFIRMED_MS)) return undefined;
  // It may have been performed by whoever is gone: the carrier is asked, and nothing is created (H8).
  await deps.cases.deliver(caseId, { kind: "dial-unknown", offer: effect.offer }, "recovery");
  return deps.journal.confirm([id]);
}

/** A move that has happened meanwhile must not be ordered again: it would pull a caller out of a conversation. */
function stillWanted(effect: Effect, state: CaseState): boolean {
  const { handoff, caller } = state;
  if (effect.kind !== "move-caller") return true;
  if (caller?.place === "gone") return false;
  if (handoff.kind === "moving") return !handoff.callerIn;
  return caller?.place === "room" && !belongsInRoom(state) && handoff.kind !== "wrapping-up";
}
