import type { CallId } from "../../domain/ids.ts";
import type { EscalationPolicy } from "../../escalation/policy.ts";
import type { Cases } from "../../ports/cases.ts";
import type { Clock } from "../../ports/clock.ts";
import type { CallerFacts, Conversations } from "../../ports/conversations.ts";
import type { CaseId } from "../../ports/journal.ts";
import type { Judge } from "../../ports/judge.ts";
import type { SelfEvaluation } from "../../scoring/self-evaluation.ts";
import type { Log } from "../../telemetry/log.ts";

export type DeepPathDeps = {
  readonly judge: Judge;
  readonly conversations: Conversations;
  readonly cases: Pick<Cases, "state">;
  readonly policy: () => EscalationPolicy;
  /** What the assistant that serves this caller was told. */
  readonly rules: (caller: CallerFacts | undefined) => string | undefined;
  readonly clock: Clock;
  readonly log: Log;
  /** A judgement of an assistant turn, for the call on this node; false when it is not here any more. */
  readonly evaluated: (call: CallId, evaluation: SelfEvaluation) => boolean;
  /** More is known of a case with an escalation: its packet may have changed. */
  readonly learned: (caseId: CaseId) => void;
};
