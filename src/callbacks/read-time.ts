// When a caller wants to be called, in their own words. Nothing is guessed silently: what comes out is read back.

import { after, type EpochMs } from "../domain/time.ts";
import { dateAfter, momentOf, type WallTime, wallTime } from "./zone-time.ts";
import { readWords, type SpokenTime } from "./time-words.ts";
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
};

/** Nothing is promised for longer than that. */
const AHEAD_MAX_MS = 31 * 86_400_000;
/** A time that is only named by its part of the day is this hour, if there is still time until then. */
const TYPICAL = { morning: 10, afternoon: 15, evening: 18 } as const;
/** … and is over by this hour. */
const OVER = { morning: 12, afternoon: 18, evening: 22 } as const;
/** Hours at which people are called; "at six" is six in the evening. */
const WAKING = { from: 8, until: 20 } as const;
const MINUTE_MS = 60_000;
const DAY_MINUTES = 1_440;

/** The time that was named; `undefined`: nothing was said about when. */
export function readTime(text: string, { now, zone, language, asked = false }: TimeAsked): NamedTime | undefined {
  for (const rules of rulesOf(language)) {
    const spoken = readWords(text, rules, asked);
    if (spoken !== undefined) return limited(resolve(spoken, now, zone), now);
  }
  return undefined;
}

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

function resolve(spoken: SpokenTime, now: EpochMs, zone: string): NamedTime {
  if (spoken.kind !== "named") return { kind: spoken.kind };
  const { offsetMinutes } = spoken;
  if (offsetMinutes !== undefined && offsetMinutes % DAY_MINUTES !== 0) {
    return { kind: "at", at: toTheMinute(after(now, offsetMinutes * MINUTE_MS)) };
  }
  const today = wallTime(now, zone);
  const day = dayOf(spoken, today);
  if (day === "none") return { kind: "unclear" };
  if (spoken.clock) return atClock({ ...spoken, clock: spoken.clock, day }, today, { now, zone });
  if (spoken.part) return inPart(spoken.part, day, { today, now, zone });
  if (day === undefined) return { kind: "unclear" };
  // "In three days" is at this time of the day; "tomorrow" alone is some time in it.
  if (offsetMinutes !== undefined) {
    return { kind: "at", at: momentOf({ ...day, hour: today.hour, minute: today.minute }, zone) };
  }
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

/** The day that was named; `undefined`: none was; `none`: there is no such day. */
function dayOf(spoken: Named, today: WallTime): DateOnly | "none" | undefined {
  const { offsetMinutes, ahead, weekday, nextWeek, date } = spoken;
  if (offsetMinutes !== undefined) return dateAfter(today, offsetMinutes / DAY_MINUTES);
  if (date) return dateOf(date, today);
  if (ahead !== undefined) return dateAfter(today, ahead);
  if (weekday === undefined) return undefined;
  if (nextWeek) {
    // Weeks begin on Monday where nobody says otherwise.
    const toMonday = 7 - ((today.weekday + 6) % 7);
    return dateAfter(today, toMonday + ((weekday + 6) % 7));
  }
  return dateAfter(today, ((weekday - today.weekday + 6) % 7) + 1);
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

/** The hours of the day that may be meant, 0 to 23: "six" is two of them, "six in the evening" one. */
function hoursMeant({ hour, half }: AtClock["clock"], part: Named["part"]): readonly number[] {
  if (hour >= 24) return hour === 24 ? [0] : [];
  if (half === "24" || hour > 12 || hour === 0) return [hour];
  switch (half ?? part) {
    case "pm":
    case "afternoon":
      return [(hour % 12) + 12];
    case "evening":
      // Twelve in the evening is midnight.
      return [hour === 12 ? 0 : hour + 12];
    case "am":
      return [hour % 12];
    case "morning":
      return [hour];
    default:
      return hour === 12 ? [12] : [hour, hour + 12];
  }
}
