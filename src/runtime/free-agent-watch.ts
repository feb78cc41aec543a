// Tells waiting cases that somebody became free, the longest-waiting case first, instead of letting each wait for its
// next poll.

import type { EpochMs } from "../domain/time.ts";
import type { CaseId } from "../ports/journal.ts";
import type { Presence } from "../ports/presence.ts";
import type { Log } from "../telemetry/log.ts";
import type { CaseLoop } from "./case-loop.ts";

export function watchFreeAgents(deps: { cases: CaseLoop; presence: Presence; log: Log }): () => void {
  const waiting = new Map<CaseId, EpochMs>();
  const stopCases = deps.cases.onChange((caseId, { handoff }) => {
    if (handoff.kind === "waiting") waiting.set(caseId, handoff.t0);
    else waiting.delete(caseId);
  });
  const stopPresence = deps.presence.onChange(({ status }) => {
    if (status !== "available") return;
    const inOrder = [...waiting].toSorted(([, a], [, b]) => a - b);
    for (const [caseId] of inOrder) {
      deps.cases
        .deliver(caseId, { kind: "agent-freed" }, "presence")
        .catch((err: unknown) => deps.log.error({ case: caseId, err }, "a waiting case was not told of a free agent"));
    }
  });
  return () => {
    stopCases();
    stopPresence();
  };
}
