/** An order to say something word for word, up to where the words begin. */
const ORDER =
  /\b(?:say|speak|read(?: out| aloud)?|repeat|respond|reply|answer|tell the caller)\b[^"“”\n]{0,100}?\b(?:exactly|verbatim|precisely|word for word|only|nothing (?:but|else))\b[^"“”\n]{0,80}?["“]|\b(?:exactly|verbatim|precisely|word for word)\b[^"“”\n]{0,60}?\b(?:say|speak|read|repeat|sentences?|words?|text)\b[^"“”\n]{0,40}?["“]/iu;

const QUOTED = /"((?:[^"\\]|\\.)*)"|“([^”]*)”/uy;
const BETWEEN = /[\s,;.]*(?:and|then|followed by)?[\s,;:]*/iuy;
/** The same order without quotation marks: `Say exactly: Hello there.` to the end of the line. */
const UNQUOTED =
  /\b(?:say|speak|read|repeat)\b[^"“”\n:]{0,60}?\b(?:exactly|verbatim|word for word)\b[^"“”\n:]{0,40}:[ \t]*([^"“”\s][^"“”\n]*)/iu;

/**
 * The words that instructions order to be said exactly, or `undefined` when they do not.
 * Understands straight and curly quotation marks, escapes inside straight ones, and several quoted sentences in a row.
 */
export function exactSentences(instructions: string): string | undefined {
  const order = ORDER.exec(instructions);
  if (!order) return UNQUOTED.exec(instructions)?.[1]?.trim();
  const sentences: string[] = [];
  let at = order.index + order[0].length - 1;
  for (;;) {
    QUOTED.lastIndex = at;
    const quoted = QUOTED.exec(instructions);
    if (!quoted) break;
    sentences.push((quoted[1]?.replaceAll(/\\(.)/gsu, "$1") ?? quoted[2] ?? "").trim());
    BETWEEN.lastIndex = QUOTED.lastIndex;
    BETWEEN.exec(instructions);
    at = BETWEEN.lastIndex;
  }
  const text = sentences.filter((each) => each !== "").join(" ");
  return text === "" ? undefined : text;
}
