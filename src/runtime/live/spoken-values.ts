import type { EpochMs } from "../../domain/time.ts";
import type { LineValues } from "../../handoff/lines.ts";

export type SpokenFacts = {
  readonly language: string;
  /** E.164 of the number to be rung back; personal data, spoken and never logged. */
  readonly number?: string | undefined;
  /** When a callback is due, if there is one to speak of. */
  readonly dueAt?: EpochMs | undefined;
  readonly now: EpochMs;
  readonly spokenTime?: ((at: EpochMs, now: EpochMs, language: string) => string) | undefined;
};

/**
 * The values of a line as they are spoken: the core gives counts and minutes, which become words of the language, and
 * leaves open what only this node may know, the caller's number and the time of a callback.
 */
export function spokenValues(values: LineValues, facts: SpokenFacts): LineValues {
  const { number, dueAt, now, language } = facts;
  const { wait, attempts } = values;
  return {
    ...values,
    ...(values["number"] === "" && number !== undefined ? { number: spokenNumber(number) } : {}),
    ...(values["time"] === undefined || values["time"] === ""
      ? { time: dueAt === undefined ? "" : (facts.spokenTime ?? inAWhile)(dueAt, now, language) }
      : {}),
    ...(isCount(wait) ? { wait: minutes(Number(wait), language) } : {}),
    ...(isCount(attempts) ? { attempts: times(Number(attempts), language) } : {}),
  };
}

/** The last digits one by one, in groups of two: enough to know one's own number, and little for anybody listening. */
export function spokenNumber(e164: string): string {
  const digits = e164.replaceAll(/\D/g, "").slice(-4);
  return digits.replaceAll(/(\d)(\d)(?=\d)/g, "$1 $2, ").replaceAll(/(\d)(\d)/g, "$1 $2");
}

const isCount = (value: string | undefined): boolean => value !== undefined && /^\d{1,4}$/.test(value);

const minutes = (count: number, language: string): string =>
  new Intl.NumberFormat(language, { style: "unit", unit: "minute", unitDisplay: "long" }).format(count);

/** "in 15 minutes", "in 2 Stunden": by the language's own rules, rounded up so that nobody is early. */
function inAWhile(at: EpochMs, now: EpochMs, language: string): string {
  const ahead = Math.max(1, Math.ceil((at - now) / 60_000));
  const format = new Intl.RelativeTimeFormat(language, { numeric: "always" });
  return ahead <= 90 ? format.format(ahead, "minute") : format.format(Math.ceil(ahead / 60), "hour");
}

/** Once, twice, and the word for "times" after a number. */
const TIMES: Readonly<Record<string, readonly [string, string, string]>> = {
  en: ["once", "twice", "times"],
  de: ["einmal", "zweimal", "mal"],
  fr: ["une fois", "deux fois", "fois"],
  es: ["una vez", "dos veces", "veces"],
  it: ["una volta", "due volte", "volte"],
  pt: ["uma vez", "duas vezes", "vezes"],
};

function times(count: number, language: string): string {
  const words = TIMES[language.slice(0, 2).toLowerCase()];
  if (words === undefined || count === 0) return "";
  const [once, twice, many] = words;
  return count === 1 ? once : count === 2 ? twice : `${count} ${many}`;
}
