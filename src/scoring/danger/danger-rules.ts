import type { Clauses } from "../clauses/clauses.ts";

/** How one language says that somebody's life is in danger now, on `spoken` text (see `read-text.ts`). */
export type DangerRules = {
  /** Words without one of which no rule can match: most turns are done after this. */
  readonly hint: RegExp;
  /** Words for people, and the one word the other rules know them by. */
  readonly people?: readonly (readonly [RegExp, string])[];
  /** Says so. */
  readonly says: Clauses;
  /** Said so, and meant lightly, of a thing, of another time or of a story; taken out first. */
  readonly aside: Clauses;
};

/** A hint of beginnings of words; `_` stands for the blank inside one. */
export const hintOf = (list: string): RegExp =>
  new RegExp(`(?<!\\w)(?:${list.split(" ").join("|").replaceAll("_", " ")})`, "u");

/** Not followed within a few words by what puts it into another time. */
export const notThen = (then: string): string => `(?!(?:[ ,]+[\\w']+){0,7}?[ ,]+${then})`;

/** Alternatives that begin where a word does, as one expression; for replacing each. */
export const anyOf = (...alternatives: readonly string[]): RegExp =>
  new RegExp(`(?<!\\w)(?:${alternatives.join("|")})`, "gu");
