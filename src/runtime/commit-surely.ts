import { Fault } from "../domain/fault.ts";
import type { Clock } from "../ports/clock.ts";
import type { Commit, CommitAnswer, Journal } from "../ports/journal.ts";
import type { Log } from "../telemetry/log.ts";
import { pause } from "./insist.ts";

/** The case's other events wait meanwhile, so not for long; in milliseconds. */
const PAUSES_MS = [100, 300];

/**
 * Commits. When the store does not answer, the very same commit is asked for again: the journal knows a repetition, so
 * one whose answer was lost is performed once and its effects are not forgotten. Rejects with the store's `Fault` when
 * it stays silent.
 */
export async function commitSurely(
  deps: { readonly journal: Journal; readonly clock: Clock; readonly log: Log },
  commit: Commit,
): Promise<CommitAnswer> {
  for (const pauseMs of PAUSES_MS) {
    try {
      return await deps.journal.commit(commit);
    } catch (err) {
      if (!(err instanceof Fault) || !err.retryable) throw err;
      deps.log.warn({ case: commit.caseId, err }, "a commit was not answered; asking again");
      await pause(deps.clock, pauseMs);
    }
  }
  return deps.journal.commit(commit);
}
