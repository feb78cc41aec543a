/** A part of the day, as people mean it when they say when to be called. */
export type DayPart = "morning" | "afternoon" | "evening";

export type ClockRule = {
  /** Group `h`: the hour; `m`: minutes; `ap`: starts with `a` or `p`. */
  readonly re: RegExp;
  /** Minutes added to the hour; `m`, `-m`: those that were said. */
  readonly add?: number | "m" | "-m";
  /** Nothing but a number: only where a day was named, or a time was asked for. */
  readonly bare?: true;
};

/**
 * How a language says when. On plain words: lower case, no diacritics, no punctuation but the apostrophe and the marks
 * inside a number, and with number words written as figures.
 */
export type TimeRules = {
  /** Number words, 0 to 59. An article that also means "one" is in the patterns, not here. */
  readonly numbers: Readonly<Record<string, number>>;
  /** Between tens and ones: "treinta y cinco". */
  readonly and?: string;
  /** From now: group `n`, a figure or absent for one; what it counts, in minutes. */
  readonly offsets: readonly { readonly re: RegExp; readonly minutes: number }[];
  /** Days from today; `part` where the word says that too ("tonight"). */
  readonly days: readonly { readonly re: RegExp; readonly ahead: number; readonly part?: DayPart }[];
  /** Sunday first. */
  readonly weekdays: readonly RegExp[];
  /** The week after this one. */
  readonly nextWeek: RegExp;
  /** Group `d`: the day of the month; `mon`: the month's name. */
  readonly dates: readonly RegExp[];
  /** January first; matched at the start of the month's name. */
  readonly months: readonly string[];
  readonly parts: readonly { readonly re: RegExp; readonly part: DayPart }[];
  /** Where there is another time in the sentence: noon and midnight are hours too. */
  readonly noon: RegExp;
  readonly midnight: RegExp;
  readonly clocks: readonly ClockRule[];
  /** Before the hour: it should be earlier than that. */
  readonly before: RegExp;
  /** As soon as possible, or whenever it suits. */
  readonly soon: RegExp;
  /** Some time, but none that could be noted: later, another day. */
  readonly vague: RegExp;
  /** What is over, and numbers that are no hours; taken out before anything else. `past` is told to the caller. */
  readonly past: RegExp;
  readonly noTime: RegExp;
};

export const any = (...alternatives: readonly string[]): RegExp =>
  new RegExp(`\\b(?:${alternatives.join("|")})\\b`, "u");
