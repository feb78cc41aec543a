import type { PolicyIntent } from "../../domain/closed-sets.ts";

/** How one language names the policy intents, on `spoken` text. */
export type IntentRule = {
  readonly says: RegExp;
  /** Said so plainly that no model is asked. */
  readonly surely?: RegExp;
  /** Looks like it but is something else; taken out first. */
  readonly aside?: RegExp;
};

export type IntentRules = Readonly<Record<PolicyIntent, IntentRule>>;
