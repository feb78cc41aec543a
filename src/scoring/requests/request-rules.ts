import type { Clauses } from "../clauses/clauses.ts";

/** How one language asks for a person, on `spoken` text (see `read-text.ts`). */
export type RequestRules = {
  /** Clauses that name a person without asking for one: past contacts, refusals, "are you a robot?". Taken out first. */
  readonly aside: Clauses;
  /** Asks, anywhere in what is left. */
  readonly ask: Clauses;
  /** Asks, whatever is told beside it. */
  readonly anyway?: Clauses;
  /** Asks when it is all that is said ("agent!", "customer service please"). */
  readonly bare: RegExp;
  /** What may stand at either end of any sentence and changes nothing ("yes", "please", "then"). */
  readonly polite?: RegExp;
  /** Asks when it is all that a sentence says, its courtesies left out ("transfer me"). */
  readonly whole?: RegExp;
  /** Asks as `ask` does, in words that few turns have: tried where `hint` finds one of them. */
  readonly freely?: { readonly hint: Clauses; readonly ask: Clauses };
  /** Words without one of which no rule can match: most turns are done after this. */
  readonly hint: Clauses;
  /** Names somebody who could be asked for. */
  readonly person: Clauses;
};

/** Words at either end of a sentence, as `polite`. */
export const atEitherEnd = (words: string): RegExp =>
  new RegExp(`^(?:(?:${words})[ ,]+)+|(?:[ ,]+(?:${words}))+$`, "gu");

/** Alternatives that are all a sentence says, as `whole`. */
export const wholeClause = (...alternatives: readonly string[]): RegExp =>
  new RegExp(`^(?:${alternatives.join("|")})$`, "u");
