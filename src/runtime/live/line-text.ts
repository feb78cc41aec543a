import type { EpochMs } from "../../domain/time.ts";
import type { LineId, LineValues } from "../../handoff/lines.ts";
import type { CaseState } from "../../handoff/state.ts";
import type { CallFacts } from "./call-facts.ts";
import type { LiveDeps } from "./live-deps.ts";
import { spokenValues } from "./spoken-values.ts";

export type LineTextParts = {
  readonly deps: Pick<LiveDeps, "clock" | "words" | "callbackDueAt" | "spokenTime">;
  readonly facts: Pick<CallFacts, "setup" | "caller">;
  readonly state: CaseState | undefined;
  /** A time the caller named for a callback. */
  readonly callbackAt: EpochMs | undefined;
};

/** A fixed sentence as it is spoken now, in the call's language. */
export function lineText({ deps, facts, state, callbackAt }: LineTextParts, line: LineId, values: LineValues): string {
  const { language } = facts.setup;
  const now = deps.clock.now();
  const stored = state?.escalation?.callback?.dueAt;
  const filled = spokenValues(values, {
    language,
    number: facts.caller.callbackNumber ?? facts.caller.ani,
    dueAt: stored ?? callbackAt ?? (line === "read-back" ? deps.callbackDueAt(now) : undefined),
    now,
    spokenTime: deps.spokenTime,
  });
  return deps.words.line(language, line, filled);
}
