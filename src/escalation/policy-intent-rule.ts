import { POLICY_INTENTS } from "../domain/closed-sets.ts";
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

type Hit = {
  readonly intent: string;
  readonly probability: number;
  readonly rule: Omit<IntentRule, "escalate" | "threshold"> & { readonly threshold?: number };
  readonly turn: number;
};

/** Fires for an intent that always escalates; danger to life first, then the likeliest. */
export function policyIntentRule(
  { declines }: Conversation,
  policy: EscalationPolicy,
  { open }: Moment,
): Fired | undefined {
  const all: Hit[] = [];
  for (const memory of open) addHits(all, memory, policy);
  if (all.length === 0) return undefined;
  // What the caller wants no person for must not stand in the way of what they have not been asked about.
  const declined = new Set(declines.filter(({ trigger }) => trigger === "policy-intent").map(({ intent }) => intent));
  const hits = all.filter(({ intent, rule }) => rule.emergency === true || !declined.has(intent));
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
    thresholds: { [intent]: rule.threshold ?? PHRASE_HEARD },
    ...(rule.queue === undefined ? {} : { queue: rule.queue }),
    ...(rule.priority === undefined ? {} : { priority: rule.priority }),
    ...(rule.emergency === true ? { emergency: true as const } : {}),
  };
}

/** Intents of one turn that escalate, shipped and added ones. Most turns have none. */
function addHits(hits: Hit[], { turn, signals }: CallerTurnMemory, policy: EscalationPolicy): void {
  for (const intent of POLICY_INTENTS) {
    const rule = policy.policyIntents[intent];
    const probability = signals.policyIntents[intent];
    if (rule.escalate && probability >= rule.threshold) hits.push({ intent, rule, probability, turn });
  }
  if (signals.customIntents === undefined) return;
  for (const [intent, probability] of Object.entries(signals.customIntents)) {
    const rule = policy.customIntents[intent];
    if (rule !== undefined && probability >= PHRASE_HEARD) hits.push({ intent, rule, probability, turn });
  }
}

/** A phrase occurs or it does not. */
const PHRASE_HEARD = 1;
