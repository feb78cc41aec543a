// Sentences written for this project, put together from parts: they teach the request model languages and slips that the
// corpora lack. No text of any source is in here, and nothing in here is evaluated on.
import { readFileSync } from "node:fs";
import { random } from "./logistic.ts";

export type Authored = { readonly text: string; readonly lang: string; readonly asks: boolean };

type Parts = {
  readonly openers: readonly string[];
  /** `*` stands for a person. */
  readonly asks: readonly string[];
  readonly people: readonly string[];
  readonly closers: readonly string[];
  /** Sentences about a person that ask for none; `*` stands for a person. */
  readonly asides: readonly string[];
};

/** By language. */
const PARTS = JSON.parse(readFileSync(new URL("./authored-parts.json", import.meta.url), "utf8")) as Readonly<
  Record<string, Parts>
>;

const PER_LANGUAGE = 3_000;
/** Share of sentences with slips of finger or recogniser. */
const SLIPS = 0.35;

/** The same sentences every time. */
export function authored(): readonly Authored[] {
  const next = random(20_231);
  const pick = (list: readonly string[]): string => list[Math.floor(next() * list.length)] ?? "";
  return Object.entries(PARTS).flatMap(([lang, parts]) =>
    Array.from({ length: PER_LANGUAGE }, (_, i) => {
      const asks = i % 2 === 0;
      const sentence = asks
        ? `${pick(parts.openers)}${pick(parts.asks).replace("*", pick(parts.people))}${pick(parts.closers)}`
        : `${next() < 0.3 ? pick(parts.openers) : ""}${pick(parts.asides).replace("*", pick(parts.people))}`;
      return { lang, asks, text: next() < SLIPS ? slipped(sentence, next) : sentence };
    }),
  );
}

type Frames = { readonly frames: readonly string[] };
type BillingParts = {
  readonly asks: Frames;
  readonly asides: Frames;
  readonly parts: Readonly<Record<string, readonly string[]>>;
};

const BILLING = JSON.parse(readFileSync(new URL("./authored-billing.json", import.meta.url), "utf8")) as BillingParts;
const BILLING_COUNT = 8_000;

/** Wrong bills, and questions about money that dispute nothing (`asks` false), in English. The same sentences every time. */
export function authoredBilling(): readonly Authored[] {
  const next = random(40_587);
  const pick = (list: readonly string[]): string => list[Math.floor(next() * list.length)] ?? "";
  return Array.from({ length: BILLING_COUNT }, (_, i) => {
    const asks = i % 2 === 0;
    const frame = pick((asks ? BILLING.asks : BILLING.asides).frames);
    const sentence = frame.replaceAll(/\{(\w+)\}/g, (_slot, part: string) => pick(BILLING.parts[part] ?? []));
    return { lang: "en", asks, text: next() < SLIPS ? slipped(sentence, next) : sentence };
  });
}

/** The keys on either side on most keyboards. */
const ROWS = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];

function neighbour(letter: string, next: () => number): string {
  const row = ROWS.find((keys) => keys.includes(letter)) ?? letter;
  const at = row.indexOf(letter) + (next() < 0.5 ? -1 : 1);
  return row.charAt(at) || letter;
}

/** A letter dropped, doubled, swapped or mistyped, a blank lost or moved by a letter, or a word stuttered. */
export function slipped(sentence: string, next: () => number): string {
  const at = 1 + Math.floor(next() * Math.max(1, sentence.length - 2));
  const [before, letter, behind] = [sentence.slice(0, at), sentence.charAt(at), sentence.slice(at + 1)];
  const kind = next();
  if (kind < 0.2) return before + behind;
  if (kind < 0.35) return before + letter + letter + behind;
  if (kind < 0.55) return before + behind.slice(0, 1) + letter + behind.slice(1);
  if (kind < 0.7) return before + neighbour(letter.toLowerCase(), next) + behind;
  const words = sentence.split(" ");
  const word = Math.floor(next() * words.length);
  const [said = "", then = ""] = words.slice(word);
  if (kind < 0.85 || then === "") return words.toSpliced(word, 1, said, said).join(" ");
  if (kind < 0.92) return words.toSpliced(word, 2, said + then).join(" ");
  return words.toSpliced(word, 2, said + then.slice(0, 1), then.slice(1)).join(" ");
}
