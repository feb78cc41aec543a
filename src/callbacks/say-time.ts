import type { EpochMs } from "../domain/time.ts";
import { type WallTime, wallTime } from "./zone-time.ts";

export type TimeSpoken = {
  readonly now: EpochMs;
  /** IANA. */
  readonly zone: string;
  /** BCP 47. */
  readonly language: string;
};

const MINUTE_MS = 60_000;
/** Up to here a time is said as from now. */
const SOON_MINUTES = 60;

/**
 * A moment as people say it: "in 15 minutes", "tomorrow at ten in the morning", "on Monday, 30 November at half past two
 * in the afternoon". Said so that nobody can take it for another hour or another day. Rounded up, so that nobody is early.
 */
export function sayTime(at: EpochMs, { now, zone, language }: TimeSpoken): string {
  const ahead = Math.max(1, Math.ceil((at - now) / MINUTE_MS));
  if (ahead <= SOON_MINUTES)
    return new Intl.RelativeTimeFormat(language, { numeric: "always" }).format(ahead, "minute");
  const then = wallTime(at, zone);
  const day = sayDay(at, then, { now, zone, language });
  return `${day} ${sayClock(then, language)}`;
}

function sayDay(at: EpochMs, then: WallTime, { now, zone, language }: TimeSpoken): string {
  const today = wallTime(now, zone);
  const distance = Math.round(
    (Date.UTC(then.year, then.month - 1, then.day) - Date.UTC(today.year, today.month - 1, today.day)) / 86_400_000,
  );
  if (distance <= 1) return new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(distance, "day");
  const weekday = new Intl.DateTimeFormat(language, { weekday: "long", timeZone: zone }).format(at);
  const on = `${ON[language.slice(0, 2).toLowerCase()]?.(then.weekday) ?? ""}${weekday}`;
  return `${on}, ${new Intl.DateTimeFormat(language, { day: "numeric", month: "long", timeZone: zone }).format(at)},`;
}

/** What stands before a weekday; 0 is Sunday. */
const ON: Readonly<Record<string, (weekday: number) => string>> = {
  en: () => "on ",
  de: () => "am ",
  es: () => "el ",
  pt: (weekday) => (weekday === 0 || weekday === 6 ? "no " : "na "),
};

type Clock = Pick<WallTime, "hour" | "minute">;

const CLOCKS: Readonly<Record<string, (clock: Clock) => string>> = {
  en: english,
  es: spanish,
  fr: ({ hour, minute }) => `à ${counted(hour, "heure", "heures")}${minute === 0 ? "" : ` ${minute}`}`,
  de: ({ hour, minute }) => `um ${hour} Uhr${minute === 0 ? "" : ` ${minute}`}`,
  pt: ({ hour, minute }) =>
    `${hour === 1 || hour === 0 ? "à" : "às"} ${counted(hour, "hora", "horas")}${minute === 0 ? "" : ` e ${minute}`}`,
  it: ({ hour, minute }) => `${hour === 1 ? "all'una" : `alle ${hour}`}${minute === 0 ? "" : ` e ${minute}`}`,
};

function sayClock(clock: Clock, language: string): string {
  const own = CLOCKS[language.slice(0, 2).toLowerCase()];
  if (own) return own(clock);
  const { hour, minute } = clock;
  const at = Date.UTC(1970, 0, 1, hour, minute);
  return new Intl.DateTimeFormat(language, { timeStyle: "short", timeZone: "UTC" }).format(at);
}

const counted = (count: number, one: string, many: string): string => `${count} ${count < 2 ? one : many}`;

const ENGLISH = ["twelve", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"];

/** Until which hour it is called so. */
const ENGLISH_HALVES: readonly (readonly [number, string])[] = [
  [1, "at night"],
  [12, "in the morning"],
  [18, "in the afternoon"],
];

function english({ hour, minute }: Clock): string {
  if (minute === 0 && hour === 12) return "at noon";
  if (minute === 0 && hour === 0) return "at midnight";
  const word = ENGLISH[hour % 12] ?? "";
  const half = ENGLISH_HALVES.find(([until]) => hour < until)?.[1] ?? "in the evening";
  switch (minute) {
    case 0:
      return `at ${word} ${half}`;
    case 15:
      return `at a quarter past ${word} ${half}`;
    case 30:
      return `at half past ${word} ${half}`;
    default:
      return `at ${hour % 12 === 0 ? 12 : hour % 12}:${String(minute).padStart(2, "0")} ${half}`;
  }
}

const SPANISH = ["doce", "una", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "once"];

const SPANISH_HALVES: readonly (readonly [number, string])[] = [
  [1, "de la noche"],
  [6, "de la madrugada"],
  [12, "de la mañana"],
  [20, "de la tarde"],
];

function spanish({ hour, minute }: Clock): string {
  if (minute === 0 && hour === 12) return "al mediodía";
  if (minute === 0 && hour === 0) return "a medianoche";
  const word = `${hour % 12 === 1 ? "a la" : "a las"} ${SPANISH[hour % 12] ?? ""}`;
  const half = SPANISH_HALVES.find(([until]) => hour < until)?.[1] ?? "de la noche";
  const and = minute === 0 ? "" : minute === 15 ? " y cuarto" : minute === 30 ? " y media" : ` y ${minute}`;
  return `${word}${and} ${half}`;
}
