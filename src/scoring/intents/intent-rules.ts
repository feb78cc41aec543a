import type { PolicyIntent } from "../../domain/closed-sets.ts";
import type { Clauses } from "../clauses/clauses.ts";

/** How one language names the policy intents, on `spoken` text. */
export type IntentRule = {
  readonly says: Clauses;
  /** Said so plainly that no model is asked. */
  readonly surely?: Clauses;
  /** Looks like it but is something else; taken out first. */
  readonly aside?: Clauses;
};

export type IntentRules = Readonly<Record<PolicyIntent, IntentRule>>;
