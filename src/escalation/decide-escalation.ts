import { POLICY_INTENTS, type Trigger } from "../domain/closed-sets.ts";
import { after, type EpochMs } from "../domain/time.ts";
import type { CallerTurnMemory, Conversation } from "./conversation.ts";
import type { EscalationPolicy } from "./policy.ts";
import { reGroundingDue } from "./confidence.ts";
import type { Escalate, EscalationDecision, Fired, Moment } from "./decision.ts";
import { frustrationTrend } from "./frustration-trend.ts";
import { policyIntentRule } from "./policy-intent-rule.ts";
import { dangerRule, rules } from "./trigger-rules.ts";
import { riskOf } from "./risk.ts";

/**
 * Whether the caller gets a person now, and why. An explicit request comes before everything and cannot be
 * suppressed by a cool-down; of the others the first in order of urgency decides.
 * @param at when the question is asked; only durations depend on it.
 */
export function decideEscalation(
  conversation: Conversation,
  policy: EscalationPolicy,
  at: EpochMs,
): EscalationDecision {
  const open = conversation.recent.filter((memory) => memory.turn > conversation.settledTurn);
  const moment: Moment = { open, trend: frustrationTrend(conversation, policy, open), at };
  for (const rule of rules) {
    const fired = rule(conversation, policy, moment);
    if (fired === undefined || declined(conversation, policy, fired, at)) continue;
    return escalation(graveNow(conversation, policy, moment, fired) ?? fired, policy, open);
  }
  const reGround = reGroundingDue(conversation, policy);
  return {
    escalate: false,
    risk: riskOf(conversation, policy, moment),
    ...(reGround === undefined ? {} : { reGround }),
  };
}

/** What was asked for before does not hide danger to life, or what policy brings to people, that is said only now. */
function graveNow(
  conversation: Conversation,
  policy: EscalationPolicy,
  { open, at }: Moment,
  fired: Fired,
): Fired | undefined {
  const newest = open.at(-1);
  if (newest === undefined || fired.evidence.includes(newest.turn)) return undefined;
  const now: Moment = { open: [newest], at };
  const grave = dangerRule(conversation, policy, now) ?? policyIntentRule(conversation, policy, now);
  return grave === undefined || declined(conversation, policy, grave, at) ? undefined : grave;
}

/** Raised whatever the caller declined before: a new request is a new wish, and danger to life is always named. */
const NEVER_SUPPRESSED: ReadonlySet<Trigger> = new Set(["explicit-request", "api"]);
/** Not held back by the cool-down after the decline of another trigger. */
const URGENT: ReadonlySet<Trigger> = new Set(["distress", "policy-intent", "policy-exception", "assistant-failure"]);

function declined(conversation: Conversation, policy: EscalationPolicy, fired: Fired, at: EpochMs): boolean {
  if (NEVER_SUPPRESSED.has(fired.trigger) || fired.emergency === true) return false;
  const intent = fired.policyIntent ?? conversation.intent;
  return conversation.declines.some(
    (decline) =>
      (decline.trigger === fired.trigger && decline.intent === intent) ||
      (!URGENT.has(fired.trigger) && at < after(decline.at, policy.decline.coolDownMs)),
  );
}

function escalation(fired: Fired, policy: EscalationPolicy, open: readonly CallerTurnMemory[]): Escalate {
  const danger = emergencyIn(open, policy);
  return {
    escalate: true,
    policyRevision: policy.revision,
    ...fired,
    // Asking for a person does not make a caller in danger less so.
    ...(danger ? { emergency: true, priority: "urgent" } : {}),
  };
}

function emergencyIn(open: readonly CallerTurnMemory[], policy: EscalationPolicy): boolean {
  if (open.some((memory) => memory.signals.danger === true)) return true;
  const grave = POLICY_INTENTS.filter((intent) => policy.policyIntents[intent].emergency === true);
  return grave.some((intent) => {
    const { threshold } = policy.policyIntents[intent];
    return open.some((memory) => memory.signals.policyIntents[intent] >= threshold);
  });
}
