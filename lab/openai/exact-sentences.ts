/** An order to say something word for word, up to where the words begin. */
const ORDER =
  /\b(?:say|speak|read(?: out| aloud)?|repeat|respond|reply|answer|tell the caller)\b[^"“”\n]{0,100}?\b(?:exact(?:ly)?|verbatim|precisely|word for word|only|nothing (?:but|else))\b[^"“”\n]{0,80}?["“]|\b(?:exact(?:ly)?|verbatim|precisely|word for word)\b[^"“”\n]{0,60}?\b(?:say|speak|read|repeat|sentences?|words?|text)\b[^"“”\n]{0,40}?["“]/giu;

/** What makes an order one for later, or for never. */
const CONDITION = /\b(?:if|when|whenever|unless|should|once|until|after|never|not|don't)\b/iu;
const QUOTED = /"((?:[^"\\]|\\.)*)"|“([^”]*)”/uy;
const BETWEEN = /[\s,;.]*(?:and|then|followed by)?[\s,;:]*/iuy;
/** The same order without quotation marks: `Say exactly: Hello there.` to the end of the line. */
const UNQUOTED =
  /\b(?:say|speak|read|repeat)\b[^"“”\n:]{0,60}?\b(?:exact(?:ly)?|verbatim|word for word)\b[^"“”\n:]{0,40}:[ \t]*([^"“”\s][^"“”\n]*)/iu;

/**
 * The words that instructions order to be said exactly, or `undefined` when they do not. An order with a condition
 * ("if they ask, say exactly …") is none.
 * Understands straight and curly quotation marks, escapes inside straight ones, and several quoted sentences in a row.
 */
export function exactSentences(instructions: string): string | undefined {
  for (const order of instructions.matchAll(ORDER)) {
    if (CONDITION.test(sentenceBefore(instructions, order.index))) continue;
    const text = quotedFrom(instructions, order.index + order[0].length - 1);
    if (text !== "") return text;
  }
  const order = UNQUOTED.exec(instructions);
  if (!order || CONDITION.test(sentenceBefore(instructions, order.index))) return undefined;
  return order[1]?.trim();
}

/** What stands before a place in the same sentence. */
function sentenceBefore(text: string, at: number): string {
  return (
    text
      .slice(0, at)
      .split(/[.!?\n]\s*/u)
      .at(-1) ?? ""
  );
}

/** Quoted sentences one after the other, joined. */
function quotedFrom(instructions: string, from: number): string {
  const sentences: string[] = [];
  for (let at = from; ; at = BETWEEN.lastIndex) {
    QUOTED.lastIndex = at;
    const quoted = QUOTED.exec(instructions);
    if (!quoted) break;
    sentences.push((quoted[1]?.replaceAll(/\\(.)/gsu, "$1") ?? quoted[2] ?? "").trim());
    BETWEEN.lastIndex = QUOTED.lastIndex;
    BETWEEN.exec(instructions);
  }
  return sentences.filter((each) => each !== "").join(" ");
}
