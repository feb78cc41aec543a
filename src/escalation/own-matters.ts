import { POLICY_INTENTS, type PolicyIntent } from "../domain/closed-sets.ts";
import type { EscalationPolicy } from "./policy.ts";

/**
 * The policy for an assistant that is there for these very matters: naming one is then no reason to get a person, not
 * getting anywhere with it still is. Danger to life is nobody's own matter.
 */
export function withOwnMatters(policy: EscalationPolicy, own: readonly PolicyIntent[]): EscalationPolicy {
  const mine = POLICY_INTENTS.filter(
    (intent) => own.includes(intent) && policy.policyIntents[intent].emergency !== true,
  );
  if (mine.length === 0) return policy;
  const eased = mine.map((intent) => [intent, { ...policy.policyIntents[intent], escalate: false }] as const);
  return { ...policy, policyIntents: { ...policy.policyIntents, ...Object.fromEntries(eased) } };
}
