// The deep path: a second model judges the assistant's replies beside the conversation. It can only add: nothing of a
// call waits for it, and without it everything goes on as before.

import type { CaseState } from "../../handoff/state.ts";
import type { ToolRun } from "../../ports/conversations.ts";
import type { CaseId } from "../../ports/journal.ts";
import type { Turn } from "../../turns/turn.ts";
import type { DeepPathDeps } from "./deep-path-deps.ts";
import { JudgedCall } from "./judged-call.ts";

/** Told of everything that happens in the calls whose line is on this node. Nothing here throws or waits. */
export type DeepPath = {
  turn(caseId: CaseId, turn: Turn): void;
  toolRun(caseId: CaseId, run: ToolRun): void;
  /** The case is in another state, whichever node committed it. */
  changed(caseId: CaseId, state: CaseState): void;
  close(): void;
};

/** A call whose end nobody told us of must not be kept for ever. */
const CALLS_MAX = 2_000;

export function createDeepPath(deps: DeepPathDeps): DeepPath {
  const calls = new Map<CaseId, JudgedCall>();
  const forget = (caseId: CaseId): void => {
    calls.get(caseId)?.close();
    calls.delete(caseId);
    deps.judge.forget(caseId);
  };
  const follow = (caseId: CaseId): JudgedCall => {
    const known = calls.get(caseId);
    if (known !== undefined) return known;
    const call = new JudgedCall(deps, caseId, () => forget(caseId));
    calls.set(caseId, call);
    const [oldest] = calls.keys();
    if (calls.size > CALLS_MAX && oldest !== undefined) forget(oldest);
    return call;
  };
  return {
    turn: (caseId, turn) => follow(caseId).turn(turn),
    toolRun: (caseId, run) => follow(caseId).toolRun(run),
    // Cases whose line is elsewhere come here as well; only turns make a call ours.
    changed: (caseId, state) => calls.get(caseId)?.changed(state),
    close: () => {
      for (const caseId of calls.keys()) forget(caseId);
    },
  };
}
