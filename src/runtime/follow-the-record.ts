// After the record was away: cases that another node went on with. What this node decided of them meanwhile never happened,
// for the record; what it did happened all the same.

import type { LegId, OfferId } from "../domain/ids.ts";
import { heldOffers } from "../handoff/state.ts";
import type { CaseId, Commit } from "../ports/journal.ts";
import type { Log } from "../telemetry/log.ts";
import type { CaseLoop } from "./case-loop.ts";

type Deps = { readonly cases: Pick<CaseLoop, "deliver" | "heard">; readonly log: Log };

type Left = { readonly caseId: CaseId; readonly offer: OfferId; readonly leg: LegId };

/**
 * Drops what is remembered of these cases, and gives the case every leg that these commits knew of: the record may know
 * nothing of it, and an agent would wait in a room to which nobody comes.
 */
export async function followTheRecord({ cases, log }: Deps, lost: readonly Commit[]): Promise<void> {
  for (const caseId of new Set(lost.map((commit) => commit.caseId))) cases.heard(caseId, Number.MAX_SAFE_INTEGER, true);
  for (const { caseId, offer, leg } of legsOf(lost).values()) {
    try {
      await cases.deliver(caseId, { kind: "leg-left-behind", offer, leg }, "spool");
    } catch (err) {
      log.error({ case: caseId, offer, err }, "a leg that the record does not know may have nobody behind it");
    }
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
