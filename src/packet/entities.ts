/**
 * What can be read off a caller's words without a model: amounts, dates, times, card endings, references. Looks at the
 * newest texts only, and no pattern can run over more than a few dozen characters: hostile text costs no more than any.
 */
export function readEntities(texts: readonly string[]): Readonly<Record<string, readonly string[]>> {
  const found = new Map<string, Set<string>>();
  const keep = (name: string, value: string): void => {
    const set = found.get(name) ?? new Set<string>();
    if (set.size < MOST) found.set(name, set.add(value.trim()));
  };
  for (const text of texts.slice(-TEXTS_MAX)) {
    for (const [name, pattern] of PATTERNS) {
      for (const match of text.slice(0, LONGEST).matchAll(pattern)) keep(name, match[1] ?? match[0]);
    }
  }
  return Object.fromEntries([...found].map(([name, values]) => [name, [...values]]));
}

const MOST = 8;
const TEXTS_MAX = 60;
const LONGEST = 2_000;
const NUMBER = String.raw`(?<![\d.,])\d[\d,.]{0,14}`;
const DAY = "(?:mon|tues|wednes|thurs|fri|satur|sun)day";
const NUMBER_WORDS =
  "(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|and)";

const PATTERNS: readonly (readonly [string, RegExp])[] = [
  [
    "amount",
    new RegExp(String.raw`[$€£]\s?\d[\d,.]{0,14}\d|${NUMBER}\s?(?:dollars?|euros?|pounds?|usd|eur|gbp)\b`, "giu"),
  ],
  [
    "amount",
    new RegExp(
      String.raw`\b${NUMBER_WORDS}(?:[\s-]${NUMBER_WORDS}){0,6}\s(?:dollars?|euros?|pounds?)(?:\sand\s${NUMBER_WORDS}(?:[\s-]${NUMBER_WORDS}){0,3}\s(?:cents?|pence))?`,
      "giu",
    ),
  ],
  ["date", new RegExp(String.raw`\b(?:last |next |this |on )?${DAY}\b|\byesterday\b|\b\d{4}-\d{2}-\d{2}\b`, "giu")],
  ["time", /\b\d{1,2}:\d{2}\s?(?:am|pm)?\b|\b\d{1,2}\s?(?:am|pm)\b|\bin the (?:morning|afternoon|evening)\b/giu],
  ["cardEnding", /\bend(?:s|ing) in ((?:\d{4})|(?:\w{2,6} \w{2,6} \w{2,6} \w{2,6}))\b/giu],
  ["reference", /\b(?:reference|order|case|ticket|invoice) (?:number |no\.? )?([a-z]{0,4}-?\d[\w-]{3,30})\b/giu],
];
