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
  for (let at = Math.max(0, text.length - EXAMINED); at < text.length;) {
    const start = sentenceFrom(text, at);
    const end = sentenceEnd(text, start);
    const words = folded(text.slice(start, end));
    const kind = own === undefined ? promisedInAny(words) : promisedIn(words, own);
    if (kind !== undefined) return { kind, start, end };
    at = end;
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

function promisedInAny(words: string): SpokenPromise["kind"] | undefined {
  for (const rules of EVERY_LANGUAGE) {
    const kind = promisedIn(words, rules);
    if (kind !== undefined) return kind;
  }
  return undefined;
}

/** What ends a sentence; a semicolon does too. */
export const SENTENCE_ENDS = ".!?;…。！？\n";

const isEnd = (text: string, at: number): boolean => SENTENCE_ENDS.includes(text.charAt(at));

/** Where the sentence begins that follows, without leading blanks. */
function sentenceFrom(text: string, from: number): number {
  let at = from;
  while (at < text.length && (isEnd(text, at) || text.charAt(at).trim() === "")) at += 1;
  return at;
}

/** Behind the sentence that begins there, and all that ends it. */
function sentenceEnd(text: string, start: number): number {
  let at = start;
  while (at < text.length && !isEnd(text, at)) at += 1;
  while (at < text.length && isEnd(text, at)) at += 1;
  return at;
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
