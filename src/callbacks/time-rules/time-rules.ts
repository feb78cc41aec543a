/** A part of the day, as people mean it when they say when to be called. */
/** `night`: from the evening into the small hours of the next day. */
export type DayPart = "morning" | "afternoon" | "evening" | "night";

export type ClockRule = {
  /** Group `h`: the hour; `m`: minutes; `ap`: starts with `a` or `p`. */
  readonly re: RegExp;
  /** Minutes added to the hour; `m`, `-m`: those that were said. */
  readonly add?: number | "m" | "-m";
  /** What those are counted from is half an hour before the hour: "fünf vor halb zehn". */
  readonly half?: true;
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
  /** "One" where it is an article too: a figure only after tens, as in "vingt et une". */
  readonly ones?: readonly string[];
  /** Words that count things in a row; written as "3th", so that none of them is an hour. */
  readonly ordinals?: Readonly<Record<string, number>>;
  /** What may stand beside a time in an answer that says nothing else. */
  readonly beside: ReadonlySet<string>;
  /** Words of a clause that names a time which does not suit. */
  readonly refuses: RegExp;
  /** Between two clauses, without a comma. */
  readonly but: RegExp;
  /** From a time until another; group `from`: the first of them. */
  readonly range: RegExp;
  /** What is read in its place: "at $<from>". */
  readonly first: string;
  /** Two times in one, or one that may be read in two ways: asked again, never guessed. */
  readonly tangled: RegExp;
  /** What follows takes the place of what was said before: "I mean". */
  readonly corrects: RegExp;
  /** What follows is about the call itself: "call me at". */
  readonly calls: RegExp;
  /** By other clocks than those here: `zone`, IANA, where it is known which. */
  readonly zones: readonly { readonly re: RegExp; readonly zone?: string }[];
  /** How long from now, for an answer to the question when; as in `offsets`. */
  readonly spans: readonly { readonly re: RegExp; readonly minutes: number }[];
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

export const words = (text: string): ReadonlySet<string> => new Set(text.split(" "));

export const any = (...alternatives: readonly string[]): RegExp =>
  new RegExp(`\\b(?:${alternatives.join("|")})\\b`, "u");
