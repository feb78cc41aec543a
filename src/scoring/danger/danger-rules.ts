/** How one language says that somebody's life is in danger now, on `spoken` text (see `read-text.ts`). */
export type DangerRules = {
  /** Words without one of which no rule can match: most turns are done after this. */
  readonly hint: RegExp;
  /** Words for people, and the one word the other rules know them by. */
  readonly people?: readonly (readonly [RegExp, string])[];
  /** Says so. */
  readonly says: readonly RegExp[];
  /** Said so, and meant lightly, of a thing, of another time or of a story; taken out first. */
  readonly aside: RegExp;
};

/** A hint of beginnings of words; `_` stands for the blank inside one. */
export const hintOf = (list: string): RegExp =>
  new RegExp(`(?<!\\w)(?:${list.split(" ").join("|").replaceAll("_", " ")})`, "u");

/** Not followed within a few words by what puts it into another time. */
export const notThen = (then: string): string => `(?!(?:[ ,]+[\\w']+){0,7}?[ ,]+${then})`;

/** Tried at the beginnings of words alone: most positions of a text lie inside one, and cost every alternative a look. */
const AT_A_WORD = "(?<!\\w)";

/** Alternatives that begin where a word does, as one expression; for replacing each. */
export const everyClause = (...alternatives: readonly string[]): RegExp =>
  new RegExp(`${AT_A_WORD}(?:${alternatives.join("|")})`, "gu");

/** The same, for finding one. */
export const oneClause = (...alternatives: readonly string[]): RegExp =>
  new RegExp(`${AT_A_WORD}(?:${alternatives.join("|")})`, "u");
