// Which clauses can be in a text at all. A language has a thousand, a turn has a few words: each clause is filed under
// letters of which it needs some (`cues.ts`), one pass over a text collects the clauses whose letters are there, and only
// those are tried.
import type { Clause, Clauses } from "./clauses.ts";
import { cuesOf, rarestIn, SHORTEST } from "./cues.ts";

/** A text with what can be in it. */
export type Look = {
  readonly text: string;
  /** Whether one of the clauses is in the text. They must be those of the index. */
  readonly has: (clauses: Clauses) => boolean;
  /** The text with " . " in the place of each of these clauses, from left to right. */
  readonly without: (clauses: Clauses) => string;
};

export type ClauseIndex = {
  /** Costs some microseconds. */
  readonly look: (text: string) => Look;
};

/** Made ready at the first look: the rules of most languages are never asked for. */
export function clauseIndex(lists: readonly Clauses[]): ClauseIndex {
  let filed: Filed | undefined;
  return {
    look: (text) => {
      filed ??= fileAll(lists);
      return lookAt(text, filed);
    },
  };
}

/** A clause by its list and its place in it. */
type Entry = { readonly list: Clauses; readonly place: number };

/** By list, the places of clauses. */
type Near = Map<Clauses, number[]>;

type Cue = {
  readonly letters: string;
  /** Letters up to the end of the three it is filed under. */
  readonly upTo: number;
  /** A fourth one, beside the three: where it stands behind their end, and its code. Of many cues under three letters it leaves few. */
  readonly beside: number;
  readonly fourth: number;
  readonly entries: readonly Entry[];
};

type Filed = {
  /** By the number of three letters, the place of the cues filed under them; 0 where there are none. */
  readonly placeOf: Uint16Array;
  readonly cues: readonly (readonly Cue[])[];
  /** Clauses that can be in any text. */
  readonly anywhere: Near;
};

/** Five bits a letter. Letters that share them only make a cue be looked at in vain. */
const LETTER_BITS = 5;
const LETTER_MASK = 2 ** LETTER_BITS - 1;
const THREE_MASK = 2 ** (LETTER_BITS * SHORTEST) - 1;

/** The number of the last three letters, from that of the three before and the letter that follows. */
const andLetter = (before: number, letter: number): number =>
  ((before << LETTER_BITS) | (letter & LETTER_MASK)) & THREE_MASK;

function fileAll(lists: readonly Clauses[]): Filed {
  const anywhere: Near = new Map();
  const byCue = new Map<string, Entry[]>();
  for (const list of lists)
    list.forEach(({ expression }, place) => {
      const cues = cuesOf(expression.source);
      if (cues === undefined) collect(anywhere, [{ list, place }]);
      else for (const cue of cues) put(byCue, cue, { list, place });
    });
  const byThree = new Map<number, Cue[]>();
  for (const [letters, entries] of byCue) {
    // The rarest three: a turn has "the" and "you" everywhere.
    const three = rarestIn(letters, SHORTEST);
    const upTo = letters.indexOf(three) + SHORTEST;
    const beside = upTo < letters.length || letters.length === SHORTEST ? 0 : -SHORTEST - 1;
    put(byThree, numberOf(three), { letters, upTo, beside, fourth: letters.charCodeAt(upTo + beside), entries });
  }
  const placeOf = new Uint16Array(THREE_MASK + 1);
  for (const [place, three] of [...byThree.keys()].entries()) placeOf[three] = place + 1;
  return { placeOf, cues: [[], ...byThree.values()], anywhere };
}

function numberOf(letters: string): number {
  let number = 0;
  for (let at = 0; at < letters.length; at++) number = andLetter(number, letters.charCodeAt(at));
  return number;
}

function put<K, V>(into: Map<K, V[]>, key: K, value: V): void {
  const values = into.get(key);
  if (values === undefined) into.set(key, [value]);
  else values.push(value);
}

function lookAt(text: string, { placeOf, cues, anywhere }: Filed): Look {
  // Most looks find nothing.
  let near: Near | undefined;
  let three = 0;
  for (let end = 1; end <= text.length; end++) {
    three = andLetter(three, text.charCodeAt(end - 1));
    const place = placeOf[three] ?? 0;
    if (place === 0) continue;
    for (const { letters, upTo, beside, fourth, entries } of cues[place] ?? [])
      if (
        (letters.length === SHORTEST || text.charCodeAt(end + beside) === fourth) &&
        text.startsWith(letters, end - upTo)
      )
        collect((near ??= new Map()), entries);
  }
  const occursIn = (clauses: Clauses, places: readonly number[] | undefined): boolean =>
    places?.some((place) => occurs(clauses[place], text)) === true;
  return {
    text,
    has: (clauses) => occursIn(clauses, anywhere.get(clauses)) || occursIn(clauses, near?.get(clauses)),
    without: (clauses) => replaced(text, inOrder(clauses, anywhere.get(clauses), near?.get(clauses))),
  };
}

function occurs(clause: Clause | undefined, text: string): boolean {
  if (clause === undefined) return false;
  clause.expression.lastIndex = 0;
  return clause.expression.test(text) && (clause.hint === undefined || clause.hint.test(text));
}

function collect(near: Near, entries: readonly Entry[]): void {
  for (const { list, place } of entries) {
    const places = near.get(list);
    if (places === undefined) near.set(list, [place]);
    else if (!places.includes(place)) places.push(place);
  }
}

const inOrder = (list: Clauses, some: readonly number[] = [], others: readonly number[] = []): Clauses =>
  [...some, ...others].toSorted((a, b) => a - b).flatMap((place) => list[place] ?? []);

type Span = { readonly from: number; readonly to: number };

function matchFrom(expression: RegExp, text: string, at: number): Span | undefined {
  expression.lastIndex = at;
  const match = expression.exec(text);
  return match === null ? undefined : { from: match.index, to: match.index + match[0].length };
}

const IN_PLACE = " . ";

/** As `replaceAll` with all the clauses in one expression: the leftmost goes first, of two the one that stands before. */
function replaced(text: string, clauses: Clauses): string {
  if (clauses.length === 0) return text;
  let found = clauses.map(({ expression }) => ({ expression, span: matchFrom(expression, text, 0) }));
  let left = "";
  let at = 0;
  for (;;) {
    found = found.filter(({ span }) => span !== undefined);
    const first = leftmost(found.flatMap(({ span }) => span ?? []));
    if (first === undefined) return left + text.slice(at);
    left += text.slice(at, first.from) + IN_PLACE;
    at = first.to;
    // Behind what matched, and behind the same place when that was nothing.
    const next = Math.max(first.to, first.from + 1);
    found = found.map(({ expression, span }) => ({
      expression,
      span: span !== undefined && span.from >= next ? span : matchFrom(expression, text, next),
    }));
  }
}

const leftmost = (spans: readonly Span[]): Span | undefined =>
  spans.reduce<Span | undefined>(
    (first, span) => (first === undefined || span.from < first.from ? span : first),
    undefined,
  );
