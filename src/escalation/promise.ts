// The assistant cannot promise on its own (H2): its transcript is matched as it streams, ahead of the audio.
import { type ClauseIndex, clauseIndex } from "../scoring/clauses/clause-lookup.ts";
import { languageOf } from "../scoring/language.ts";
import { PROMISE_RULES, type PromiseRules } from "./promise-rules.ts";

export type SpokenPromise = {
  /** What is promised: a person now, a call back, or how long it takes. */
  readonly kind: "person" | "callback" | "time";
  /** Where the promising sentence begins in the text that was given. */
  readonly start: number;
  /** Where what is known of that sentence ends, exclusive. */
  readonly end: number;
};

/** Only the end of a long text is examined, in characters: what streams is matched again with every piece. */
const EXAMINED = 2_400;
const KINDS = ["callback", "person", "time"] as const;

/**
 * The first sentence of the assistant's text, possibly cut anywhere, that promises a person, a callback or a time.
 * Offers ("would you like me to …?", "I can … if you like") and refusals ("I can't connect you") are no promises.
 * An unknown language is read with the rules of every language: a missed promise is worse than a replaced sentence.
 */
export function findPromise(text: string, language: string): SpokenPromise | undefined {
  const known = languageOf(language);
  const own = known === undefined ? undefined : INDEXED.get(known);
  const rules = own === undefined ? EVERY_LANGUAGE : [own];
  const from = Math.max(0, text.length - EXAMINED);
  for (const { start, end } of sentences(text, from)) {
    const words = folded(text.slice(start, end));
    const kind = rules.map((rule) => promisedIn(words, rule)).find((found) => found !== undefined);
    if (kind !== undefined) return { kind, start, end };
  }
  return undefined;
}

type Indexed = { readonly rules: PromiseRules; readonly clauses: ClauseIndex };

const indexed = (rules: PromiseRules): Indexed => ({
  rules,
  clauses: clauseIndex([rules.offer, ...KINDS.map((kind) => rules[kind])]),
});

/** By language: what streams is matched with every piece, and most pieces have no word of any promise. */
const INDEXED = new Map(Object.entries(PROMISE_RULES).map(([language, rules]) => [language, indexed(rules)]));
const EVERY_LANGUAGE = [...INDEXED.values()];

function promisedIn(words: string, { rules, clauses }: Indexed): SpokenPromise["kind"] | undefined {
  const said = clauses.look(words);
  // An offer is put aside as a clause, so that "Shall I get someone? I'll connect you now" is still seen.
  const stated = said.without(rules.offer);
  const look = stated === words ? said : clauses.look(stated);
  return KINDS.find((kind) => look.has(rules[kind]));
}

/** Sentences of `text` from `from` on, without their leading blanks. A semicolon or dash also ends one. */
function* sentences(text: string, from: number): Generator<{ start: number; end: number }> {
  const sentence = /[^.!?;…。！？\n]+[.!?;…。！？]*/gu;
  sentence.lastIndex = from;
  for (let match = sentence.exec(text); match !== null; match = sentence.exec(text)) {
    const lead = match[0].length - match[0].trimStart().length;
    if (lead < match[0].length) yield { start: match.index + lead, end: match.index + match[0].length };
  }
}

const BEYOND_ASCII = /[^\p{ASCII}]/u;

/** Lower case, no diacritics, plain apostrophes, one blank between words. */
function folded(sentence: string): string {
  const plain = BEYOND_ASCII.test(sentence) ? withoutDiacritics(sentence) : sentence.toLowerCase();
  return plain.replaceAll(/[,:"()\-–—\s]+/g, " ").trim();
}

function withoutDiacritics(sentence: string): string {
  return sentence
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[\u2018\u2019\u02bc]/g, "'")
    .replaceAll("ß", "ss")
    .replaceAll("ł", "l");
}
