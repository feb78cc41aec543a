// Payment cards and one-time codes reach no packet, no model and no record (H12). Applied to every text before it is
// stored; errs on the side of removing.

const CARD_REMOVED = "[card number removed]";
const CODE_REMOVED = "[code removed]";

/** Digits as people and recognisers write them; "oh" counts only inside a run of other digit words. */
const DIGIT_WORDS: Readonly<Record<string, string>> = {
  zero: "0",
  oh: "0",
  one: "1",
  two: "2",
  three: "3",
  four: "4",
  five: "5",
  six: "6",
  seven: "7",
  eight: "8",
  nine: "9",
};

const SPOKEN = `(?:${Object.keys(DIGIT_WORDS).join("|")})`;
/** Eleven or more digit words in a row: a card, an account, nothing an agent should read off a screen. */
const SPOKEN_RUN = new RegExp(String.raw`\b${SPOKEN}(?:[\s,.-]+${SPOKEN}){10,}\b`, "giu");
const WRITTEN_RUN = /\d(?:[\s.-]?\d){12,18}/gu;
const CODE_WORD =
  "(?:code|pin|otp|passcode|one[- ]time|verification|security|cvv|cvc|password|código|kennwort|codice|mot de passe)";
const CODE_AFTER = new RegExp(String.raw`(\b${CODE_WORD}\b[^\d\n]{0,24}?)\d(?:[\s-]?\d){2,7}\b`, "giu");
const CODE_BEFORE = new RegExp(String.raw`\b\d(?:[\s-]?\d){2,7}(?=[^\d\n]{0,16}\b${CODE_WORD}\b)`, "giu");
const SPOKEN_CODE = new RegExp(
  String.raw`(\b${CODE_WORD}\b[^\d\n]{0,24}?)${SPOKEN}(?:[\s,.-]+${SPOKEN}){2,7}\b`,
  "giu",
);

/** A text of any length without card numbers and one-time codes; linear in the text. */
export function redact(text: string): string {
  return text
    .replaceAll(SPOKEN_RUN, CARD_REMOVED)
    .replaceAll(WRITTEN_RUN, CARD_REMOVED)
    .replaceAll(CODE_AFTER, `$1${CODE_REMOVED}`)
    .replaceAll(SPOKEN_CODE, `$1${CODE_REMOVED}`)
    .replaceAll(CODE_BEFORE, CODE_REMOVED);
}

/** The same for any JSON value, strings and object values alike. */
export function redactValue(value: unknown): unknown {
  if (typeof value === "string") return redact(value);
  if (typeof value === "number") return String(Math.abs(value)).length >= 13 ? CARD_REMOVED : value;
  if (Array.isArray(value)) return value.map(redactValue);
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, redactValue(inner)]));
  }
  return value;
}
