import { timeText } from "./time-text.ts";
import type { SpokenTime, WordsSaid } from "./spoken-time.ts";
import { corrected, ofTheCall } from "./two-times.ts";
import type { ClockRule, DayPart, TimeRules } from "./time-rules/time-rules.ts";

/** A telephone or card number, said or typed: no hour in it. */
const A_NUMBER = /(?<![/.:\d])\d(?:[ ,]*\d){5,}(?![/.:\d])/u;
/** A date nobody says so. */
const AS_TYPED = /\b\d{4} \d{1,2} \d{1,2}\b/u;
/** How much of a turn is read, in characters. */
const READ_MAX = 400;
const UNCLEAR = { spoken: { kind: "unclear" }, alone: true } as const;

/**
 * What a turn says about when. A clause that says when it does not suit names no time; where it is all there is, the
 * time is not clear.
 * @param asked they were just asked when: a bare number is an hour, "two hours" are two hours from now
 */
export function readWords(text: string, rules: TimeRules, asked: boolean): WordsSaid | undefined {
  const heard = timeText(text.slice(0, READ_MAX), rules);
  if (rules.tangled.test(heard) || AS_TYPED.test(heard)) return UNCLEAR;
  const clauses = heard.split(",").map((clause) => clause.trim());
  const suits = clauses.filter((clause) => !rules.refuses.test(clause));
  const said = readClauses(suits.join(" , "), rules, asked);
  if (said !== undefined || suits.length === clauses.length) return said;
  const refused = clauses.some((clause) => rules.refuses.test(clause) && readPlain(clause, rules, asked) !== undefined);
  return refused ? UNCLEAR : undefined;
}

/** Of two times in one turn a correction is meant, and what is said of the call itself. */
function readClauses(text: string, rules: TimeRules, asked: boolean): WordsSaid | undefined {
  const correction = [...text.matchAll(rules.corrects)].at(-1);
  if (correction) {
    const { index } = correction;
    const first = readPlain(text.slice(0, index), rules, asked);
    const second = readPlain(text.slice(index + correction[0].length), rules, true);
    const both = first && second && corrected(first, second);
    if (both) return both;
  }
  const call = rules.calls.exec(text);
  if (call) {
    const end = text.indexOf(",", call.index);
    const about = text.slice(call.index, end < 0 ? text.length : end);
    const beside = `${text.slice(0, call.index)} , ${end < 0 ? "" : text.slice(end)}`;
    const both = ofTheCall(readPlain(beside, rules, asked), readPlain(about, rules, asked));
    if (both) return both;
  }
  return readPlain(text, rules, asked);
}

function readPlain(text: string, rules: TimeRules, asked: boolean): WordsSaid | undefined {
  const rest = new Rest(text);
  rest.take(A_NUMBER);
  rest.take(rules.noTime);
  const past = rest.take(rules.past) !== undefined;
  const spoken = past ? ({ kind: "past" } as const) : (takeNamed(rest, rules, asked) ?? takeVague(rest, rules));
  return spoken && { spoken, alone: isAlone(rest.text, rules) };
}

function takeVague(rest: Rest, rules: TimeRules): SpokenTime | undefined {
  if (rest.take(rules.soon)) return { kind: "soon" };
  return rest.take(rules.vague) ? { kind: "unclear" } : undefined;
}

/** Nothing but a time, a yes or a no, and the small words around them. */
const isAlone = (rest: string, { beside }: TimeRules): boolean =>
  rest.split(/[ ,]+/u).every((word) => word === "" || beside.has(word));

function takeNamed(rest: Rest, rules: TimeRules, asked: boolean): SpokenTime | undefined {
  const zone = rules.zones.find(({ re }) => rest.take(re));
  const offset = takeOffset(rest, asked ? [...rules.offsets, ...rules.spans] : rules.offsets);
  const when = takeDay(rest, rules);
  const part = takePart(rest, rules) ?? when.part;
  const before = rules.before.test(rest.text);
  const clock = takeClock(rest, rules, asked || when.named || part !== undefined);
  if (clock !== undefined && isOpen(rest.text, rules, zone)) return { kind: "unclear" };
  if (offset === undefined && !when.named && part === undefined && clock === undefined) return undefined;
  return {
    kind: "named",
    ...(offset !== undefined && { offsetMinutes: offset }),
    ...when.day,
    ...(part !== undefined && { part }),
    ...(clock !== undefined && { clock }),
    ...(before && { before }),
    ...zoneOf(zone),
  };
}

type Zone = TimeRules["zones"][number] | undefined;

const zoneOf = (zone: Zone): { readonly zone?: string } => (zone?.zone === undefined ? {} : { zone: zone.zone });

/** Beside another time, or by clocks that are not known, an hour is asked for again, never guessed. */
const isOpen = (text: string, rules: TimeRules, zone: Zone): boolean =>
  isClockIn(text, rules) || (zone !== undefined && zone.zone === undefined);

/** The words that have no meaning yet: what was read is taken out, so that nothing counts twice. */
class Rest {
  text: string;

  constructor(text: string) {
    this.text = text;
  }

  take(pattern: RegExp): RegExpExecArray | undefined {
    const match = pattern.exec(this.text);
    if (!match) return undefined;
    this.text = `${this.text.slice(0, match.index)} , ${this.text.slice(match.index + match[0].length)}`;
    return match;
  }
}

function takeOffset(rest: Rest, offsets: TimeRules["offsets"]): number | undefined {
  for (const { re, minutes } of offsets) {
    const match = rest.take(re);
    if (match) return minutes * Number(match.groups?.["n"] ?? (COUPLE.test(match[0]) ? 2 : 1));
  }
  return undefined;
}

const COUPLE = /\b(?:couple|par|paio)\b/u;

type Day = {
  readonly named: boolean;
  readonly part?: DayPart;
  readonly day: Partial<
    Pick<Extract<SpokenTime, { kind: "named" }>, "ahead" | "weekday" | "nextWeek" | "date" | "another">
  >;
};

function takeDay(rest: Rest, rules: TimeRules): Day {
  const date = takeDate(rest, rules);
  const named = rules.days.find(({ re }) => rest.take(re));
  const weekday = rules.weekdays.findIndex((re) => rest.take(re));
  const nextWeek = weekday >= 0 && rest.take(rules.nextWeek) !== undefined;
  return {
    named: date !== undefined || named !== undefined || weekday >= 0,
    ...(named?.part !== undefined && { part: named.part }),
    day: {
      ...(date && { date }),
      ...(weekday >= 0 && { weekday }),
      ...(nextWeek && { nextWeek }),
      ...(named && { ahead: named.ahead }),
      ...(rules.weekdays.some((re) => re.test(rest.text)) && { another: true as const }),
    },
  };
}

function takeDate(rest: Rest, rules: TimeRules): { readonly day: number; readonly month?: number } | undefined {
  for (const re of rules.dates) {
    const match = rest.take(re);
    if (!match) continue;
    const day = Number(match.groups?.["d"]);
    const figure = match.groups?.["n"];
    if (figure !== undefined) return { day, month: Number(figure) };
    const name = match.groups?.["mon"];
    const month = name === undefined ? -1 : rules.months.findIndex((start) => name.startsWith(start));
    return month < 0 ? { day } : { day, month: month + 1 };
  }
  return undefined;
}

const takePart = (rest: Rest, rules: TimeRules): DayPart | undefined =>
  rules.parts.find(({ re }) => rest.take(re))?.part;

/** "Until five" and "before five" are the end of a time that was read. */
const END =
  /\b(?:until|till|before|by|to|bis|vor|jusqu'a|avant|hasta|antes de|fino a|prima|entro|ate|antes)(?: las?| alle| delle| as| das)? \d{1,2}(?:[:.]\d{2})?/gu;

const isClockIn = (text: string, { clocks }: TimeRules): boolean => {
  const others = text.replaceAll(END, " ");
  return clocks.some(({ re, bare }) => bare !== true && re.test(others));
};

type Clock = NonNullable<Extract<SpokenTime, { kind: "named" }>["clock"]>;

function takeClock(rest: Rest, rules: TimeRules, bare: boolean): Clock | undefined {
  for (const rule of rules.clocks) {
    if (rule.bare && !(bare && isAlone(rest.text.replace(rule.re, ""), rules))) continue;
    const match = rest.take(rule.re);
    if (match) return clockOf(rule, match.groups ?? {});
  }
  if (rest.take(rules.midnight)) return { hour: 24, minute: 0 };
  return rest.take(rules.noon) ? { hour: 12, minute: 0, half: "24" } : undefined;
}

function clockOf(
  { add, half: fromHalf }: ClockRule,
  { h = "1", m = "0", ap }: Record<string, string | undefined>,
): Clock {
  const said = Number(m);
  const minutes = add === "m" ? said : add === "-m" ? -said : said + (add ?? 0);
  // The one word for an hour that is no figure is "one".
  const hour = /^\d+$/u.test(h) ? Number(h) : 1;
  const total = hour * 60 + minutes - (fromHalf ? 30 : 0);
  const half = halfOf(h, ap);
  return { hour: Math.floor(total / 60), minute: ((total % 60) + 60) % 60, ...(half !== undefined && { half }) };
}

/** "08:30" is written as on a clock of 24 hours. */
function halfOf(h: string, ap: string | undefined): Clock["half"] {
  if (ap !== undefined) return ap === "a" ? "am" : "pm";
  return /^0\d/u.test(h) ? "24" : undefined;
}
