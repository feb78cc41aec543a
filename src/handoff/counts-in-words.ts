import type { LineValues } from "./lines.ts";

/**
 * A line's counts as they are spoken: `attempts` as "once", "twice", "3 times", `wait` (minutes) as "5 minutes", in the
 * language's own words. What is no count, or is in words already, stays as it is.
 */
export function countsInWords(values: LineValues, language: string): LineValues {
  const { wait, attempts } = values;
  return {
    ...values,
    ...(isCount(wait) ? { wait: minutes(Number(wait), language) } : {}),
    ...(isCount(attempts) ? { attempts: times(Number(attempts), language) } : {}),
  };
}

const isCount = (value: string | undefined): boolean => value !== undefined && /^\d{1,4}$/.test(value);

const minutes = (count: number, language: string): string =>
  new Intl.NumberFormat(language, { style: "unit", unit: "minute", unitDisplay: "long" }).format(count);

/** Once, twice, and the word for "times" after a number. */
const TIMES: Readonly<Record<string, readonly [string, string, string]>> = {
  en: ["once", "twice", "times"],
  de: ["einmal", "zweimal", "mal"],
  fr: ["une fois", "deux fois", "fois"],
  es: ["una vez", "dos veces", "veces"],
  it: ["una volta", "due volte", "volte"],
  pt: ["uma vez", "duas vezes", "vezes"],
};

/** Nothing at all in a language without these words: the sentence leaves that part out. */
function times(count: number, language: string): string {
  const words = TIMES[language.slice(0, 2).toLowerCase()];
  if (words === undefined || count === 0) return "";
  const [once, twice, many] = words;
  return count === 1 ? once : count === 2 ? twice : `${count} ${many}`;
}
