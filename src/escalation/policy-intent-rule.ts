import type { Conversation, CallerTurnMemory } from "./conversation.ts";
import type { EscalationPolicy, IntentRule } from "./policy.ts";
import type { Fired, Moment } from "./decision.ts";

const SPOKEN: Readonly<Record<string, string>> = {
  fraud: "reports fraud",
  "identity-theft": "reports identity theft",
  cancellation: "wants to cancel or close",
  hardship: "is in financial hardship",
  "legal-threat": "threatens legal action",
  regulator: "names a regulator",
  "self-harm": "speaks of harming themselves",
  "billing-dispute": "disputes a charge",
};

type Hit = { readonly intent: string; readonly probability: number; readonly rule: IntentRule; readonly turn: number };

/** Fires for an intent that always escalates; danger to life first, then the likeliest. */
export function policyIntentRule(
  _conversation: Conversation,
  policy: EscalationPolicy,
  { open }: Moment,
): Fired | undefined {
  const hits = open.flatMap((memory) => hitsIn(memory, policy));
  const [first] = hits.toSorted(
    (a, b) => Number(b.rule.emergency === true) - Number(a.rule.emergency === true) || b.probability - a.probability,
  );
  if (first === undefined) return undefined;
  const { intent, rule, probability } = first;
  return {
    trigger: "policy-intent",
    policyIntent: intent,
    because: `The caller ${SPOKEN[intent] ?? `touches on "${intent}"`}.`,
    evidence: hits.filter((hit) => hit.intent === intent).map((hit) => hit.turn),
    signals: { [intent]: probability },
    thresholds: { [intent]: rule.threshold },
    ...(rule.queue === undefined ? {} : { queue: rule.queue }),
    ...(rule.priority === undefined ? {} : { priority: rule.priority }),
    ...(rule.emergency === true ? { emergency: true as const } : {}),
  };
}

/** Intents of one turn that escalate, shipped and added ones. */
function hitsIn(memory: CallerTurnMemory, policy: EscalationPolicy): readonly Hit[] {
  const shipped = Object.entries(policy.policyIntents).map(([intent, rule]) => ({
    intent,
    rule,
    probability: probabilityOf(memory, intent),
  }));
  const custom = Object.entries(policy.customIntents).map(([intent, rule]) => ({
    intent,
    rule: { ...rule, escalate: true, threshold: 1 },
    probability: memory.signals.customIntents?.[intent] ?? 0,
  }));
  return [...shipped, ...custom]
    .filter(({ rule, probability }) => rule.escalate && probability >= rule.threshold)
    .map((hit) => ({ ...hit, turn: memory.turn }));
}

const probabilityOf = (memory: CallerTurnMemory, intent: string): number =>
  Object.entries(memory.signals.policyIntents).find(([name]) => name === intent)?.[1] ?? 0;
