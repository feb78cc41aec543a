// After the record was away: cases that another node went on with. What this node decided of them meanwhile never happened,
// for the record; what it did happened all the same.

import { Fault } from "../domain/fault.ts";
import type { LegId, OfferId } from "../domain/ids.ts";
import { heldOffers } from "../handoff/state.ts";
import type { Clock } from "../ports/clock.ts";
import type { CaseId, Commit } from "../ports/journal.ts";
import type { Log } from "../telemetry/log.ts";
import type { CaseLoop } from "./case-loop.ts";
import { pause } from "./insist.ts";

type Deps = {
  readonly cases: Pick<CaseLoop, "deliver" | "forget" | "heard">;
  readonly clock: Clock;
  readonly log: Log;
};

/** The record may be away again in the very next moment: asked so often, so far apart. */
const TRIES_MAX = 120;
const RETRY_MS = 1_000;

type Left = { readonly caseId: CaseId; readonly offer: OfferId; readonly leg: LegId };

/**
 * Drops what is remembered of these cases, and gives the case every leg that these commits knew of: the record may know
 * nothing of it, and an agent would wait in a room to which nobody comes.
 */
export async function followTheRecord(deps: Deps, lost: readonly Commit[]): Promise<void> {
  const { cases } = deps;
  for (const caseId of new Set(lost.map((commit) => commit.caseId))) {
    // At once: nothing more may be decided on what never happened, not even where the record cannot be asked.
    cases.forget(caseId);
    cases.heard(caseId, Number.MAX_SAFE_INTEGER, true);
  }
  await Promise.all([...legsOf(lost).values()].map((left) => giveToCase(deps, left)));
}

async function giveToCase({ cases, clock, log }: Deps, { caseId, offer, leg }: Left): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await cases.deliver(caseId, { kind: "leg-left-behind", offer, leg }, "spool");
      return;
    } catch (err) {
      if (!(err instanceof Fault) || tries === TRIES_MAX) {
        log.error({ case: caseId, offer, err }, "a leg that the record does not know may have nobody behind it");
        return;
      }
    }
    await pause(clock, RETRY_MS);
  }
}

function legsOf(lost: readonly Commit[]): ReadonlyMap<LegId, Left> {
  const legs = new Map<LegId, Left>();
  for (const { caseId, state } of lost) {
    for (const { id: offer, leg } of heldOffers(state)) if (leg !== undefined) legs.set(leg, { caseId, offer, leg });
    for (const { offer, leg } of state.strays) if (leg !== undefined) legs.set(leg, { caseId, offer, leg });
  }
  return legs;
}
