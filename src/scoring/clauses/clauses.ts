// How rules are written: clauses, each an expression of its own, of which one is enough.

/** One thing that can be said. */
export type Clause = {
  /** Sticks to nothing and remembers where it was: `lastIndex` is set before each use. */
  readonly expression: RegExp;
  /** Counts only in a text in which this occurs too. */
  readonly hint?: RegExp;
};

/** Things that can be said; one of them is enough. Where two begin at the same letter the first one counts. */
export type Clauses = readonly Clause[];

/** An expression, by its source, or clauses made before. */
type Alternative = string | RegExp | Clauses;

/** What each alternative says. */
export const oneOf = (...alternatives: readonly Alternative[]): Clauses => clausesOf(alternatives, "");

/** Tried at the beginnings of words alone: most positions of a text lie inside one, and cost every alternative a look. */
const AT_A_WORD = "(?<!\\w)";

/** As `oneOf`, of alternatives that begin where a word does. */
export const oneClause = (...alternatives: readonly string[]): Clauses => clausesOf(alternatives, AT_A_WORD);

/** As `oneOf`, for texts in which `hint` occurs. */
export function oneOfHinted(hint: string | RegExp, ...alternatives: readonly (string | RegExp)[]): Clauses {
  const needed = new RegExp(sourceOf(hint), "u");
  return oneOf(...alternatives).map(({ expression }) => ({ expression, hint: needed }));
}

const sourceOf = (expression: string | RegExp): string =>
  expression instanceof RegExp ? expression.source : expression;

function clausesOf(alternatives: readonly Alternative[], before: string): Clauses {
  return alternatives.flatMap((one) =>
    typeof one === "string" || one instanceof RegExp
      ? split(sourceOf(one)).map((source) => ({ expression: new RegExp(`${before}(?:${source})`, "gu") }))
      : one,
  );
}

/** "a|b(c|d)" as "a" and "b(c|d)". */
function split(source: string): readonly string[] {
  const parts: string[] = [];
  let part = "";
  let depth = 0;
  for (const [mark] of source.matchAll(MARKS)) {
    if (mark === "(") depth++;
    if (mark === ")") depth--;
    if (mark === "|" && depth === 0) {
      parts.push(part);
      part = "";
    } else part += mark;
  }
  return [...parts, part];
}

/** An escaped letter, a class, or a single letter of an expression's source. */
const MARKS = /\\.|\[(?:[^\\\]]|\\.)*\]|[^]/gu;
