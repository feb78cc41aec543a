// Payment cards and one-time codes reach no packet, no model and no record (H12). Applied to every text before it is
// stored; errs on the side of removing.

import { type DigitRun, digitRuns } from "./digit-runs.ts";

const CARD_REMOVED = "[card number removed]";
const CODE_REMOVED = "[code removed]";

/** From here on a number is a card or an account; a telephone number has at most twelve digits in practice. */
const CARD_DIGITS = 13;
/** Spoken, a digit or two may have been misheard. */
const CARD_SPOKEN_DIGITS = 11;
const CODE_DIGITS = { least: 3, most: 10 };
/** A code word stands at most this far before or after its digits, in characters. */
const CODE_NEAR = { before: 28, after: 20 };
const CODE_WORD =
  /(?<![\p{L}\p{N}])(?:codes?|pin|otp|passcode|one[- ]time|verification|security|cvv2?|cvc2?|password|código|codigo|clave|contraseña|kennwort|pr[üu]fziffer|passwort|sicherheitscode|codice|mot de passe|senha|kod|验证码|密码)(?![\p{L}\p{N}])/giu;
/** "zip code 94110" is an address. */
const HARMLESS_CODE = /(?:zip|post|postal|area|country|error|promo|discount|coupon)[ -]$/iu;
const LONGEST_HARMLESS = 10;

/** A text of any length without card numbers and one-time codes, written or spoken; linear in the text. */
export function redact(text: string): string {
  const runs = digitRuns(text);
  if (runs.length === 0) return text;
  const near = codeWords(text);
  return replaced(text, runs, (run) => (isCard(run) ? CARD_REMOVED : isCode(run, near) ? CODE_REMOVED : undefined));
}

/** The same for any JSON value, strings and object values alike. */
export function redactValue(value: unknown): unknown {
  if (typeof value === "string") return redact(value);
  if (typeof value === "number") return String(Math.abs(value)).length >= CARD_DIGITS ? CARD_REMOVED : value;
  if (Array.isArray(value)) return value.map(redactValue);
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, redactValue(inner)]));
  }
  return value;
}

/**
 * A conversation without them: also a card that is read out in pieces, and a code that answers the question for it.
 * Everything but the texts stays as it is.
 */
export function redactTurns<T extends { readonly role: string; readonly text: string }>(
  turns: readonly T[],
): readonly T[] {
  const inPieces = cardPieces(turns);
  return turns.map((turn, at) => {
    const asked = at > 0 && codeWords(turns[at - 1]?.text ?? "").length > 0;
    const text = inPieces.has(at)
      ? replaced(turn.text, digitRuns(turn.text), () => CARD_REMOVED)
      : asked && turn.role === "caller"
        ? replaced(turn.text, digitRuns(turn.text), (run) => (hasCodeLength(run) ? CODE_REMOVED : undefined))
        : turn.text;
    return { ...turn, text: redact(text) };
  });
}

const isCard = ({ digits, spoken }: DigitRun): boolean =>
  digits >= CARD_DIGITS || (spoken * 2 > digits && digits >= CARD_SPOKEN_DIGITS);

const hasCodeLength = ({ digits }: DigitRun): boolean => digits >= CODE_DIGITS.least && digits <= CODE_DIGITS.most;

type Span = { readonly from: number; readonly to: number };

function codeWords(text: string): readonly Span[] {
  return [...text.matchAll(CODE_WORD)]
    .map(({ 0: word, index }) => ({ from: index, to: index + word.length }))
    .filter(({ from }) => !HARMLESS_CODE.test(text.slice(Math.max(0, from - LONGEST_HARMLESS), from)));
}

function isCode(run: DigitRun, words: readonly Span[]): boolean {
  if (!hasCodeLength(run)) return false;
  const next = firstAfter(words, run.from);
  const before = words[next - 1];
  const behind = words[next];
  return (
    (before !== undefined && run.from - before.to <= CODE_NEAR.before) ||
    (behind !== undefined && behind.from - run.to <= CODE_NEAR.after)
  );
}

/** Index of the first span that begins at or after `at`; spans are in order. */
function firstAfter(spans: readonly Span[], at: number): number {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.from ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

function replaced(text: string, runs: readonly DigitRun[], by: (run: DigitRun) => string | undefined): string {
  const parts: string[] = [];
  let done = 0;
  for (const run of runs) {
    const instead = by(run);
    if (instead === undefined) continue;
    parts.push(text.slice(done, run.from), instead);
    done = run.to;
  }
  return parts.length === 0 ? text : parts.join("") + text.slice(done);
}

/** Share of a turn's letters and digits that a piece of a card is made of, at least. */
const PIECE_SHARE = 0.5;
const PIECE_DIGITS = 3;

/** Caller turns, one after the other, that are little but digits and together long enough for a card. */
function cardPieces(turns: readonly { readonly role: string; readonly text: string }[]): ReadonlySet<number> {
  const found = new Set<number>();
  let pieces: number[] = [];
  let digits = 0;
  const settle = (): void => {
    if (pieces.length > 1 && digits >= CARD_DIGITS) for (const at of pieces) found.add(at);
    pieces = [];
    digits = 0;
  };
  turns.forEach((turn, at) => {
    if (turn.role !== "caller") return;
    const said = pieceDigits(turn.text);
    if (said === 0) return settle();
    pieces.push(at);
    digits += said;
  });
  settle();
  return found;
}

function pieceDigits(text: string): number {
  const runs = digitRuns(text);
  const digits = runs.reduce((sum, run) => sum + run.digits, 0);
  if (digits < PIECE_DIGITS) return 0;
  const covered = runs.reduce((sum, { from, to }) => sum + solid(text.slice(from, to)), 0);
  return covered >= PIECE_SHARE * solid(text) ? digits : 0;
}

const solid = (text: string): number => text.replaceAll(/[^\p{L}\p{N}]+/gu, "").length;
