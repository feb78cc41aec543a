import { parsePhoneNumberFromString } from "libphonenumber-js/max";

/**
 * A number in E.164, or undefined. Carriers put anything into `From`: `anonymous`, a SIP address, a national number
 * without its country. Numbers that could exist pass even where the country's plan does not know them yet.
 */
export function e164(raw: string | undefined): string | undefined {
  if (raw === undefined || !/^\+[1-9]\d{6,14}$/.test(raw) || WITHHELD.has(raw)) return undefined;
  const parsed = parsePhoneNumberFromString(raw);
  return parsed?.isPossible() === true && parsed.number === raw ? raw : undefined;
}

/** What carriers send for a withheld number: a word spelt on a keypad. */
const WITHHELD: ReadonlySet<string> = new Set([
  "+266696687", // ANONYMOUS
  "+7378742833", // RESTRICTED
  "+86282452253", // UNAVAILABLE
  "+8656696", // UNKNOWN
  "+2562533", // BLOCKED
]);

/** Types that cost whoever calls them more than a call. */
const COSTLY: readonly string[] = ["PREMIUM_RATE", "SHARED_COST", "UAN", "PAGER", "VOICEMAIL"];

/** North American 900 numbers are premium in every exchange, known to the plan or not. */
const NORTH_AMERICAN_PREMIUM = /^\+1900/;

/**
 * Whether a phone number may be dialled at all: E.164, no short and no emergency number (they have no E.164 form), none
 * that is known to cost extra.
 */
export const isDialableNumber = (raw: string): boolean => whyNotDialled(raw) === undefined;

/** Why a phone number is never dialled, for whoever entered it; undefined: it may be. */
export function whyNotDialled(raw: string): string | undefined {
  const number = e164(raw);
  if (number === undefined) return "no telephone number in E.164 that can be called";
  const type = parsePhoneNumberFromString(number)?.getType();
  const costly = NORTH_AMERICAN_PREMIUM.test(number) || (type !== undefined && COSTLY.includes(type));
  return costly
    ? "a number that costs whoever calls it extra (premium, shared-cost, pager or voicemail service)"
    : undefined;
}

/** A number as a voice should read it: digit by digit. */
export const spokenDigits = (number: string): string => Array.from(number.replaceAll(/\D/g, "")).join(" ");
