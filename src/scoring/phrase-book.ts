import { plainText, type Reading } from "./read-text.ts";

/** Phrases an admin added or removed, as written in `config/triggers.yaml`. */
export type Phrases = {
  /** Count as asking for a person. */
  readonly asks: readonly string[];
  /** Never count as asking for a person ("agent" at an insurance broker's). */
  readonly asksNot: readonly string[];
  /** Custom intents, by name. */
  readonly intents: Readonly<Record<string, readonly string[]>>;
};

type Matcher = (plain: string) => boolean;

/** Phrases made ready to match whole words, whatever their case and accents. */
export type PhraseBook = {
  readonly asks: Matcher;
  readonly asksNot: Matcher;
  readonly intents: readonly (readonly [string, Matcher])[];
};

export function compilePhrases(phrases: Phrases): PhraseBook {
  return {
    asks: anyOf(phrases.asks),
    asksNot: anyOf(phrases.asksNot),
    intents: Object.entries(phrases.intents).map(([intent, list]) => [intent, anyOf(list)] as const),
  };
}

export type PhraseHits = {
  readonly asks: boolean;
  readonly asksNot: boolean;
  readonly intents: Readonly<Record<string, number>>;
};

export function matchPhrases(reading: Reading, book: PhraseBook): PhraseHits {
  const words = asWords(reading.plain);
  return {
    asks: book.asks(words),
    asksNot: book.asksNot(words),
    intents: Object.fromEntries(book.intents.map(([intent, matches]) => [intent, matches(words) ? 1 : 0])),
  };
}

const asWords = (plain: string): string => ` ${plain.replaceAll(/[^\p{L}\p{N}']+/gu, " ").trim()} `;

function anyOf(phrases: readonly string[]): Matcher {
  const needles = phrases.map((phrase) => asWords(plainText(phrase))).filter((needle) => needle.trim() !== "");
  return (words) => needles.some((needle) => words.includes(needle));
}
