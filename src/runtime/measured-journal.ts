import { Fault } from "../domain/fault.ts";
import type { Journal } from "../ports/journal.ts";
import type { Metrics } from "../telemetry/metrics.ts";

/** The same journal: every commit is timed, and a store that does not answer is counted. */
export function measuredJournal<J extends Journal>(
  journal: J,
  metrics: Pick<Metrics, "count" | "observe">,
  nowMs: () => number = () => performance.now(),
): J {
  return {
    ...journal,
    commit: async (commit) => {
      const began = nowMs();
      try {
        return await journal.commit(commit);
      } catch (err) {
        if (err instanceof Fault) metrics.count("warmline_faults_total", { blame: err.blame, code: err.code });
        throw err;
      } finally {
        metrics.observe("warmline_commit_seconds", {}, (nowMs() - began) / 1_000);
      }
    },
  };
}
