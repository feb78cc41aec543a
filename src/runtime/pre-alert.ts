// Anticipation (design §5): when a call comes near a decision, the agent who would most likely get it sees a quiet card.
// Nothing is promised and nobody is reserved.

import type { AgentId } from "../domain/ids.ts";
import type { EscalationPolicy } from "../escalation/policy.ts";
import type { CaseState } from "../handoff/state.ts";
import { redact, redactTurns } from "../packet/redact.ts";
import { callerInBrief } from "../packet/summary.ts";
import type { Cases } from "../ports/cases.ts";
import type { Conversations } from "../ports/conversations.ts";
import type { Desk } from "../ports/desk.ts";
import type { Directory } from "../ports/directory.ts";
import type { CaseId } from "../ports/journal.ts";
import type { Clock } from "../ports/clock.ts";
import type { Presence } from "../ports/presence.ts";
import { eligibleAgents } from "../routing/eligible-agents.ts";
import type { Log } from "../telemetry/log.ts";

type Deps = {
  readonly presence: Presence;
  readonly directory: Directory;
  readonly conversations: Conversations;
  readonly cases: Pick<Cases, "state">;
  readonly desk: Pick<Desk, "preAlert">;
  readonly policy: () => EscalationPolicy;
  readonly clock: Clock;
  readonly log: Log;
};

export type PreAlert = {
  /** How near a decision a call is, 0 to 1; 1 is a decision. Does not throw and does not wait. */
  risk(caseId: CaseId, risk: number): void;
  /** The call is over. */
  forget(caseId: CaseId): void;
};

/** The risk has to fall this far below the threshold before a call counts as rising again. */
const CALM_BELOW = 0.15;
/** A call whose end nobody told us of must not be kept for ever. */
const CALLS_MAX = 5_000;

export function createPreAlert(deps: Deps): PreAlert {
  const alerted = new Set<CaseId>();
  return {
    risk: (caseId, risk) => {
      const threshold = deps.policy().preAlert.risk;
      if (risk < threshold - CALM_BELOW) alerted.delete(caseId);
      // A decision brings its own card.
      if (risk < threshold || risk >= 1 || alerted.has(caseId)) return;
      alerted.add(caseId);
      const [oldest] = alerted;
      if (alerted.size > CALLS_MAX && oldest !== undefined) alerted.delete(oldest);
      show(deps, caseId, risk).catch((err: unknown) => {
        deps.log.warn(
          { case: caseId, err },
          "a pre-alert could not be shown; a decision would bring its card all the same",
        );
      });
    },
    forget: (caseId) => void alerted.delete(caseId),
  };
}

async function show(deps: Deps, caseId: CaseId, risk: number): Promise<void> {
  const state = await deps.cases.state(caseId);
  const call = state?.caller?.call;
  if (state === undefined || call === undefined || !undecided(state)) return;
  const agent = await likelyAgent(deps, state);
  if (agent === undefined) return;
  const [insight, turns] = await Promise.all([deps.conversations.insight(caseId), deps.conversations.turns(caseId)]);
  const summary = redact(insight?.summary ?? callerInBrief(redactTurns(turns)));
  deps.desk.preAlert({ agent, call, risk, summary });
}

const undecided = ({ handoff, caller }: CaseState): boolean =>
  (handoff.kind === "none" || handoff.kind === "closed") && caller?.place !== "gone";

/** Whom a reservation would take now: able, and available for longest. */
async function likelyAgent({ directory, presence, clock }: Deps, state: CaseState): Promise<AgentId | undefined> {
  const { caller } = state;
  if (caller === undefined) return undefined;
  const { queue, skills } = caller.target;
  const agents = await directory.agents();
  const candidates = eligibleAgents(agents, { queue, skills, language: caller.language, exclude: [] });
  const seen = await presence.get(candidates, clock.now());
  if (!seen.ok) return undefined;
  const free = seen.value.filter(({ status }) => status === "available");
  return free.toSorted((a, b) => a.since - b.since || (a.agent < b.agent ? -1 : 1))[0]?.agent;
}
