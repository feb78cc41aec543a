import type { EpochMs } from "../../domain/time.ts";
import type { LineId, LineValues } from "../../handoff/lines.ts";
import type { CaseState } from "../../handoff/state.ts";
import type { CallFacts } from "./call-facts.ts";
import type { LiveDeps } from "./live-deps.ts";
import { spokenValues } from "./spoken-values.ts";

export type LineTextParts = {
  readonly deps: Pick<LiveDeps, "clock" | "words" | "callbackDueAt">;
  readonly facts: Pick<CallFacts, "setup" | "caller">;
  readonly state: CaseState | undefined;
};

/** A fixed sentence as it is spoken now, in the call's language. */
export function lineText({ deps, facts, state }: LineTextParts, line: LineId, values: LineValues): string {
  const { language, timeZone: zone = "UTC" } = facts.setup;
  const now = deps.clock.now();
  const filled = spokenValues(values, {
    language,
    zone,
    number: facts.caller.callbackNumber ?? facts.caller.ani,
    dueAt: dueAtOf(state, line, () => deps.callbackDueAt(now)),
    now,
  });
  return deps.words.line(language, line, filled);
}

/** The time a line speaks of: the one being agreed on while it is, else the one that is stored. */
function dueAtOf(state: CaseState | undefined, line: LineId, usual: () => EpochMs): EpochMs | undefined {
  if (line !== "read-back" && line !== "read-back-default") return state?.escalation?.callback?.dueAt;
  const { handoff } = state ?? {};
  return (handoff?.kind === "capturing-callback" ? handoff.dueAt : undefined) ?? usual();
}
