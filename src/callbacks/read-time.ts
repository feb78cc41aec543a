// When a caller wants to be called, in their own words. Nothing is guessed silently: what comes out is read back.

import { after, type EpochMs } from "../domain/time.ts";
import { dateAfter, momentOf, type WallTime, wallTime } from "./zone-time.ts";
import type { SpokenTime } from "./spoken-time.ts";
import { readWords } from "./time-words.ts";
import { rulesOf } from "./time-rules/rules-of.ts";

/**
 * - `at`: then
 * - `soon`: as soon as possible, or whenever it suits
 * - `past`: a time that is over
 * - `unclear`: something about when, but nothing that could be noted
 */
export type NamedTime =
  | { readonly kind: "at"; readonly at: EpochMs }
  | { readonly kind: "soon" }
  | { readonly kind: "past" }
  | { readonly kind: "unclear" };

export type TimeAsked = {
  readonly now: EpochMs;
  /** IANA. */
  readonly zone: string;
  /** BCP 47; a language without rules is read with all of them. */
  readonly language: string;
  /** They were just asked when: a bare "ten" is an hour. */
  readonly asked?: boolean;
  /** The time that was read back to them: what they do not say is as it was there. */
  readonly readBack?: EpochMs;
};

/** What a turn says about when. */
export type TimeSaid = {
  readonly named: NamedTime;
  /** The turn says nothing else. */
  readonly alone: boolean;
  /** Whatever it says, day or hour or part of the day, is so at the time that was read back. */
  readonly fits: boolean;
};

/** Nothing is promised for longer than that. */
const AHEAD_MAX_MS = 31 * 86_400_000;
/** A time that is only named by its part of the day is this hour, if there is still time until then. */
const TYPICAL = { morning: 10, afternoon: 15, evening: 18, night: 18 } as const;
/** … and is over by this hour. */
const OVER = { morning: 12, afternoon: 18, evening: 22, night: 22 } as const;
/** Hours at which people are called; "at six" is six in the evening. */
const WAKING = { from: 8, until: 20 } as const;
const MINUTE_MS = 60_000;
const DAY_MINUTES = 1_440;

/** The time that was named; `undefined`: nothing was said about when. */
export const readTime = (text: string, asked: TimeAsked): NamedTime | undefined => readTimeSaid(text, asked)?.named;

/** As `readTime`, with how it was said. */
export function readTimeSaid(text: string, { language, asked = false, ...here }: TimeAsked): TimeSaid | undefined {
  for (const rules of rulesOf(language)) {
    const said = readWords(text, rules, asked);
    if (said === undefined) continue;
    const { spoken, alone } = said;
    const named = limited(resolve(spoken, here), here.now);
    if (isElsewhere(spoken, named, here)) return { named: { kind: "unclear" }, alone, fits: false };
    return { named, alone, fits: fits(spoken, here) };
  }
  return undefined;
}

/** "Ten Pacific", where it is not ten here: what is read back is by the clocks here, so it is asked again by those. */
function isElsewhere(spoken: SpokenTime, named: NamedTime, here: Where): boolean {
  if (spoken.kind !== "named" || spoken.zone === undefined) return false;
  const there = limited(resolve(spoken, { ...here, zone: spoken.zone }), here.now);
  return there.kind !== named.kind || (there.kind === "at" && named.kind === "at" && there.at !== named.at);
}

type Where = Pick<TimeAsked, "now" | "zone" | "readBack">;

/** "In a quarter of an hour" is still the same time when it was read back a little earlier. */
const SAME_MS = 5 * 60_000;

function fits(spoken: SpokenTime, { now, zone, readBack }: Where): boolean {
  if (readBack === undefined || spoken.kind !== "named") return false;
  const { offsetMinutes, clock, part } = spoken;
  if (isFromNow(offsetMinutes)) return Math.abs(now + offsetMinutes * MINUTE_MS - readBack) <= SAME_MS;
  const then = wallTime(readBack, zone);
  const day = dayOf(spoken, wallTime(now, zone));
  if (day === "none" || (day !== undefined && !isSameDay(day, then))) return false;
  if (!clock) return part === undefined || (then.hour >= BEGINS[part] && then.hour < OVER[part]);
  const hours = hoursMeant(clock, part).map((hour) => hour % 24);
  return spoken.before !== true && clock.minute === then.minute && hours.includes(then.hour);
}

const BEGINS = { morning: 5, afternoon: 12, evening: 17, night: 17 } as const;

const isFromNow = (offsetMinutes: number | undefined): offsetMinutes is number =>
  offsetMinutes !== undefined && offsetMinutes % DAY_MINUTES !== 0;

/** A time as a program writes it: ISO 8601, without its own zone that of the number. */
export function readIsoTime(text: string, { now, zone }: Pick<TimeAsked, "now" | "zone">): NamedTime | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$/u.exec(
    text.trim(),
  );
  if (!match) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = match.slice(1, 6).map(Number);
  const exists = isDate({ year, month, day }) && hour < 24 && minute < 60;
  if (!exists) return { kind: "unclear" };
  const at = match[6] === undefined ? momentOf({ year, month, day, hour, minute }, zone) : isoMoment(text.trim());
  return limited({ kind: "at", at }, now);
}

const isoMoment = (text: string): EpochMs => after(momentOf(EPOCH, "UTC"), Date.parse(text));
const EPOCH = { year: 1970, month: 1, day: 1, hour: 0, minute: 0 } as const;

function limited(named: NamedTime, now: EpochMs): NamedTime {
  if (named.kind !== "at") return named;
  if (named.at <= now) return { kind: "past" };
  return named.at > now + AHEAD_MAX_MS ? { kind: "unclear" } : named;
}

function resolve(spoken: SpokenTime, { now, zone, readBack }: Where): NamedTime {
  if (spoken.kind !== "named") return { kind: spoken.kind };
  const { offsetMinutes, clock, part } = spoken;
  if (isFromNow(offsetMinutes)) return { kind: "at", at: toTheMinute(after(now, offsetMinutes * MINUTE_MS)) };
  const today = wallTime(now, zone);
  const day = dayOf(spoken, today);
  if (day === "none") return { kind: "unclear" };
  const then = readBack === undefined ? undefined : wallTime(readBack, zone);
  if (clock) {
    const there = day ?? then;
    const same = atClock({ ...spoken, clock, day: there }, today, { now, zone });
    return same.kind === "past" && day === undefined ? atClock({ ...spoken, clock, day }, today, { now, zone }) : same;
  }
  if (part) return inPart(part, day ?? then, { today, now, zone });
  if (day === undefined) return { kind: "unclear" };
  // "In three days" is at this time of the day, "Friday instead" at the hour that was read back; "tomorrow" alone is some time in it.
  const clockThere = offsetMinutes === undefined ? then : today;
  if (clockThere)
    return { kind: "at", at: momentOf({ ...day, hour: clockThere.hour, minute: clockThere.minute }, zone) };
  return inPart(undefined, day, { today, now, zone });
}

type DateOnly = Pick<WallTime, "year" | "month" | "day">;
type Named = Extract<SpokenTime, { kind: "named" }>;
type Here = { readonly today: WallTime; readonly now: EpochMs; readonly zone: string };

const toTheMinute = (at: EpochMs): EpochMs => after(at, -(at % MINUTE_MS));

function isDate({ year, month, day }: DateOnly): boolean {
  const date = dateAfter({ year, month, day }, 0);
  return date.month === month && date.day === day;
}

const isSameDay = (a: DateOnly, b: DateOnly): boolean => a.day === b.day && a.month === b.month && a.year === b.year;

/** The day that was named; `undefined`: none was; `none`: there is no such day, or two that are not the same. */
function dayOf(spoken: Named, today: WallTime): DateOnly | "none" | undefined {
  const { offsetMinutes, ahead, weekday, nextWeek, date, another } = spoken;
  const named: (DateOnly | "none")[] = [];
  if (offsetMinutes !== undefined) named.push(dateAfter(today, offsetMinutes / DAY_MINUTES));
  if (date) named.push(dateOf(date, today));
  // "A week from today" is as far from today as it says.
  if (ahead !== undefined && !(ahead === 0 && offsetMinutes !== undefined)) named.push(dateAfter(today, ahead));
  if (weekday !== undefined) named.push(...weekdayAfter({ weekday, nextWeek, named }, today));
  const [first, ...others] = named;
  if (another || first === undefined || first === "none") return another ? "none" : first;
  return others.every((other) => other !== "none" && isSameDay(first, other)) ? first : "none";
}

type WeekdaySaid = {
  readonly weekday: number;
  readonly nextWeek: boolean | undefined;
  readonly named: readonly (DateOnly | "none")[];
};

/** The next such day; beside a day that was named already, that one if it is such a day. */
function weekdayAfter({ weekday, nextWeek, named }: WeekdaySaid, today: WallTime): readonly DateOnly[] {
  const [day] = named;
  if (day !== undefined && day !== "none") {
    const isIt = new Date(Date.UTC(day.year, day.month - 1, day.day)).getUTCDay() === weekday;
    if (isIt) return [day];
  }
  // Weeks begin on Monday where nobody says otherwise.
  const toMonday = 7 - ((today.weekday + 6) % 7);
  const ahead = nextWeek ? toMonday + ((weekday + 6) % 7) : ((weekday - today.weekday + 6) % 7) + 1;
  return [dateAfter(today, ahead)];
}

/** The next such date: this month or the next, this year or the next. */
function dateOf(date: { readonly day: number; readonly month?: number }, today: WallTime): DateOnly | "none" {
  const { year } = today;
  const nextMonth = dateAfter({ ...today, day: 1 }, 31);
  const candidates: readonly DateOnly[] =
    date.month === undefined
      ? [
          { ...today, day: date.day },
          { ...nextMonth, day: date.day },
        ]
      : [year, year + 1].map((in_) => ({ year: in_, month: date.month ?? 1, day: date.day }));
  const notOver = candidates
    .filter(isDate)
    .find((at) => Date.UTC(at.year, at.month - 1, at.day) >= Date.UTC(today.year, today.month - 1, today.day));
  return notOver === undefined ? "none" : { year: notOver.year, month: notOver.month, day: notOver.day };
}

/** Some time in that part of the day: the usual hour, or soon if that is over and the part is not. */
function inPart(
  part: keyof typeof TYPICAL | undefined,
  named: DateOnly | undefined,
  { today, now, zone }: Here,
): NamedTime {
  const usual = part === undefined ? TYPICAL.morning : TYPICAL[part];
  const over = part === undefined ? WAKING.until : OVER[part];
  const days = named === undefined ? [today, dateAfter(today, 1)] : [named];
  for (const day of days) {
    const at = momentOf({ ...day, hour: usual, minute: 0 }, zone);
    if (at > now) return { kind: "at", at };
    const soon = nextHalfHour(now);
    if (isSameDay(day, today) && soon <= momentOf({ ...day, hour: over, minute: 0 }, zone))
      return { kind: "at", at: soon };
  }
  return { kind: "past" };
}

/** At least half an hour ahead, at the full or half hour. */
const nextHalfHour = (now: EpochMs): EpochMs => after(now, 60 * MINUTE_MS - (now % (30 * MINUTE_MS)));

type AtClock = Named & { readonly clock: NonNullable<Named["clock"]>; readonly day: DateOnly | undefined };

function atClock({ clock, part, before, day }: AtClock, today: WallTime, here: Omit<Here, "today">): NamedTime {
  const { now, zone } = here;
  const hours = hoursMeant(clock, part);
  // Midnight of a day to come may be its beginning or its end.
  const whichEnd = clock.hour === 24 && day !== undefined && !isSameDay(day, today) && part === undefined;
  if (whichEnd) return { kind: "unclear" };
  if (hours.length === 0) return { kind: "unclear" };
  const days = day === undefined ? [dateAfter(today, 0), dateAfter(today, 1)] : [day];
  const all = days.flatMap((date) =>
    hours.map((hour) => ({
      waking: hour >= WAKING.from && hour < WAKING.until,
      at: after(momentOf({ ...date, hour, minute: clock.minute }, zone), before ? -60 * MINUTE_MS : 0),
    })),
  );
  const ahead = all.filter(({ at }) => at > now);
  const best = ahead.find(({ waking }) => waking) ?? ahead[0];
  return best === undefined ? { kind: "past" } : { kind: "at", at: best.at };
}

/** The hours that may be meant, from 24 on of the next day: "six" is two of them, "six in the evening" one. */
function hoursMeant({ hour, half }: AtClock["clock"], part: Named["part"]): readonly number[] {
  if (hour > 24) return [];
  if (half === "24" || hour > 12 || hour === 0) return [hour];
  switch (half ?? part) {
    case "pm":
    case "afternoon":
      return [(hour % 12) + 12];
    case "evening":
    case "night":
      return [inTheNight(hour, part)];
    case "am":
      return [hour % 12];
    case "morning":
      return [hour];
    default:
      return hour === 12 ? [12] : [hour, hour + 12];
  }
}

/** Twelve in the evening is midnight, and "tonight at one" is after it. */
const inTheNight = (hour: number, part: Named["part"]): number =>
  hour === 12 || (part === "night" && hour <= 5) ? (hour % 12) + 24 : hour + 12;
