import type { PolicyIntent } from "../../domain/closed-sets.ts";

/** One pattern or several. Those of `hinted` stand apart: beside others in one expression both become slow. */
export type Patterns = RegExp | readonly RegExp[];

/** Whether one of the patterns is in a `spoken` text. */
export const occurs = (patterns: Patterns, spoken: string): boolean =>
  patterns instanceof RegExp ? patterns.test(spoken) : patterns.some((pattern) => pattern.test(spoken));

/** How one language names the policy intents, on `spoken` text. */
export type IntentRule = {
  readonly says: Patterns;
  /** Said so plainly that no model is asked. */
  readonly surely?: Patterns;
  /** Looks like it but is something else; taken out first. */
  readonly aside?: RegExp;
};

export type IntentRules = Readonly<Record<PolicyIntent, IntentRule>>;

/** Several patterns as one. */
export const anyOf = (...patterns: readonly RegExp[]): RegExp =>
  new RegExp(`(?:${patterns.map(({ source }) => source).join("|")})`, "u");

/**
 * Several patterns as one, tried only in turns in which `hint` occurs: most are done after that. For `test` alone: what it
 * matches begins where the turn does.
 */
export const hinted = (hint: RegExp, ...patterns: readonly RegExp[]): RegExp =>
  new RegExp(`^(?=.*?(?:${hint.source})).*?${anyOf(...patterns).source}`, "u");

/** Several patterns as one, found everywhere. */
export const allOf = (...patterns: readonly RegExp[]): RegExp => new RegExp(anyOf(...patterns).source, "gu");
