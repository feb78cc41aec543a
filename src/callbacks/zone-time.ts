import { EpochMs } from "../domain/time.ts";

/** A moment as clocks on the wall of a time zone show it. `month` 1–12, `weekday` 0 (Sunday) – 6. */
export type WallTime = {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly weekday: number;
};

const DAY_MS = 86_400_000;

/** @param zone IANA name, such as `Europe/Berlin`; throws on an unknown one (the configuration refuses it before). */
export function wallTime(at: EpochMs, zone: string): WallTime {
  const format = formatOf(zone);
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0] = (
    ["year", "month", "day", "hour", "minute"] as const
  ).map((type) => parts.get(type));
  return { year, month, day, hour, minute, weekday: new Date(Date.UTC(year, month - 1, day)).getUTCDay() };
}

/** A format takes longer to make than all that is done with it; there are as many as the configuration has zones. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const made = formats.get(zone);
  if (made) return made;
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
  });
  formats.set(zone, format);
  return format;
}

/** The date `days` after a date, on the calendar: days are not always 24 hours long. */
export function dateAfter({ year, month, day }: Pick<WallTime, "year" | "month" | "day">, days: number) {
  const date = new Date(Date.UTC(year, month - 1, day + days));
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/**
 * The moment at which the zone's clocks show this. What they show twice (the hour before winter time) is the first of
 * the two; what they never show (the hour that summer time skips) is as much later as the clocks were put forward.
 */
export function momentOf(wall: Omit<WallTime, "weekday">, zone: string): EpochMs {
  const asUtc = Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute);
  const before = asUtc - offsetMs(EpochMs(asUtc - DAY_MS), zone);
  const after = asUtc - offsetMs(EpochMs(asUtc + DAY_MS), zone);
  const shown = [before, after].toSorted((a, b) => a - b).find((at) => at + offsetMs(EpochMs(at), zone) === asUtc);
  return EpochMs(shown ?? before);
}

/** How far the zone's clocks are ahead of UTC, in milliseconds, to the minute. */
function offsetMs(at: EpochMs, zone: string): number {
  const { year, month, day, hour, minute } = wallTime(at, zone);
  return Date.UTC(year, month - 1, day, hour, minute) - Math.floor(at / 60_000) * 60_000;
}
