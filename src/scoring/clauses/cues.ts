// What must be in a text for an expression to match it: a few letters in a row, one of several. Whether they are there is
// seen in one pass over a text for all expressions at once (`clause-lookup.ts`), which costs less than trying one of them.

/**
 * Three to eight letters in a row each, one of which is in every text that an expression (by its source) matches; undefined
 * when it can match without letters that are known.
 */
export function cuesOf(source: string): readonly string[] | undefined {
  const reader = { source, at: 0 };
  return cuesIn(alternatives(reader))?.letters;
}

/** `share`: about how many texts have one of them, to compare sets of cues by. */
type Cues = { readonly letters: readonly string[]; readonly share: number };

/** What a part of an expression matches, as far as it is known. */
type Part = {
  /** Every text it can match; absent when they are too many. */
  readonly texts?: readonly string[];
  /** Cues of what it matches, the rarest that were found. */
  readonly cues?: Cues;
};

type Reader = { readonly source: string; at: number };

/** More texts than these are not kept apart. */
const MOST_TEXTS = 16;
/** Of a cue, in letters. */
export const SHORTEST = 3;
const LONGEST = 8;

/** Nothing is known of it. */
const ANYTHING: Part = {};
/** Holds the place of what matches between two letters, `\b` and the like. */
const NOTHING: Part = { texts: [""] };

const cuesIn = ({ texts, cues }: Part): Cues | undefined => rarer(cues, texts && cuesOfTexts(texts));

/** `a|b|c`, up to the bracket that closes it. */
function alternatives(reader: Reader): Part {
  const parts = [sequence(reader)];
  while (reader.source[reader.at] === "|") {
    reader.at++;
    parts.push(sequence(reader));
  }
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  const texts = parts.flatMap((part) => part.texts ?? []);
  if (texts.length <= MOST_TEXTS && parts.every((part) => part.texts !== undefined)) return { texts };
  const cues = parts.map(cuesIn);
  return cues.includes(undefined) ? ANYTHING : { cues: cuesFrom(cues.flatMap((some) => some?.letters ?? [])) };
}

/** `abc`, up to the bar or bracket behind it. */
function sequence(reader: Reader): Part {
  let cues: Cues | undefined;
  let run: readonly string[] = [""];
  let whole = true;
  while (reader.at < reader.source.length && !"|)".includes(reader.source[reader.at] ?? "")) {
    const part = repeated(reader);
    const joined = part.texts === undefined ? [] : run.flatMap((one) => (part.texts ?? []).map((two) => one + two));
    if (part.texts !== undefined && joined.length <= MOST_TEXTS) {
      run = joined;
      cues = rarer(cues, part.cues);
      continue;
    }
    // What came before is known to its end, what follows begins anew.
    cues = rarer(rarer(cues, cuesOfTexts(run)), part.cues);
    run = part.texts ?? [""];
    whole = false;
  }
  return whole ? { texts: run, ...(cues && { cues }) } : { ...cuesPart(rarer(cues, cuesOfTexts(run))) };
}

const cuesPart = (cues: Cues | undefined): Part => (cues === undefined ? ANYTHING : { cues });

/** A single thing and how often it stands there. */
function repeated(reader: Reader): Part {
  const part = single(reader);
  const [times] = /^(?:[*+?]|\{\d+(?:,\d*)?\})/.exec(reader.source.slice(reader.at, reader.at + 12)) ?? [""];
  if (times === "") return part;
  reader.at += times.length;
  if (reader.source[reader.at] === "?") reader.at++;
  if (times === "?") return part.texts === undefined ? ANYTHING : { texts: [...part.texts, ""] };
  return times === "*" || times.startsWith("{0") ? ANYTHING : cuesPart(cuesIn(part));
}

/** Plain letters, but for one that is repeated. */
const LETTERS = /[a-z0-9 ']+(?![*+?{])/y;

function single(reader: Reader): Part {
  const { source } = reader;
  LETTERS.lastIndex = reader.at;
  const letters = LETTERS.exec(source)?.[0];
  if (letters !== undefined) {
    reader.at += letters.length;
    return { texts: [letters] };
  }
  const mark = source[reader.at++] ?? "";
  if (mark === "(") return group(reader);
  if (mark === "[") return letterOf(reader);
  if (mark === "\\") return escaped(reader);
  if (mark === "^" || mark === "$") return NOTHING;
  return mark === "." ? ANYTHING : { texts: [mark] };
}

function group(reader: Reader): Part {
  const [opening] = /^(?:\?(?::|<?[=!]|<\w+>))?/.exec(reader.source.slice(reader.at, reader.at + 30)) ?? [""];
  reader.at += opening.length;
  const part = alternatives(reader);
  reader.at++;
  if (opening.endsWith("!")) return NOTHING;
  // What is looked for ahead or behind must be there, but is no part of what is matched.
  if (opening === "?=" || opening === "?<=") return { ...NOTHING, ...cuesPart(cuesIn(part)) };
  return part;
}

/** `[abc]`; of ranges and classes nothing is known. */
function letterOf(reader: Reader): Part {
  const [inside = ""] = /^(?:[^\\\]]|\\.)*/.exec(reader.source.slice(reader.at)) ?? [];
  reader.at += inside.length + 1;
  return /[\\^-]/.test(inside) ? ANYTHING : { texts: inside.split("") };
}

function escaped(reader: Reader): Part {
  const mark = reader.source[reader.at++] ?? "";
  if (mark === "b" || mark === "B") return NOTHING;
  if (!/[a-z0-9]/i.test(mark)) return { texts: [mark] };
  // \w, \d, \s and references; \p{…}, \u{…} and \k<…> go on.
  const [more = ""] = /^(?:\{[^}]*\}|<\w+>)/.exec(reader.source.slice(reader.at)) ?? [];
  if (/[puPk]/.test(mark)) reader.at += more.length;
  return ANYTHING;
}

/** A cue of each text; undefined when one of them is too short to have any. */
function cuesOfTexts(texts: readonly string[]): Cues | undefined {
  if (texts.some((text) => text.length < SHORTEST)) return undefined;
  return cuesFrom(texts.map((text) => rarestIn(text, LONGEST)));
}

/** Of so many letters in a row the rarest; the text itself when it is no longer. */
export function rarestIn(text: string, letters: number): string {
  let rarest = text.slice(0, letters);
  for (let at = 1; at + letters <= text.length; at++) {
    const some = text.slice(at, at + letters);
    if (share(some) < share(rarest)) rarest = some;
  }
  return rarest;
}

function cuesFrom(found: readonly string[]): Cues {
  const letters = [...new Set(found)];
  return { letters, share: letters.reduce((all, cue) => all + share(cue), 0) };
}

/** Of two sets of cues the one that fewer texts have. */
function rarer(one: Cues | undefined, other: Cues | undefined): Cues | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return one.share <= other.share ? one : other;
}

/** Letters of written speech, from the most frequent to the rarest. */
const BY_FREQUENCY = " etaoinsrhldcumfpgwybvkxjqz";
const SHARES: ReadonlyMap<string, number> = new Map(
  BY_FREQUENCY.split("").map((letter, rank) => [letter, 0.15 * 0.87 ** rank]),
);
const OTHER_SHARE = 0.005;

/** About how often these letters stand in a row: good enough to tell a rare set from a frequent one. */
function share(cue: string): number {
  let all = 1;
  for (let at = 0; at < cue.length; at++) all *= SHARES.get(cue.charAt(at)) ?? OTHER_SHARE;
  return all;
}
