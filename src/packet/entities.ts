/** What can be read off a caller's words without a model: amounts, dates, times, card endings, references. */
export function readEntities(texts: readonly string[]): Readonly<Record<string, readonly string[]>> {
  const found = new Map<string, Set<string>>();
  const keep = (name: string, value: string): void => {
    const set = found.get(name) ?? new Set<string>();
    if (set.size < MOST) found.set(name, set.add(value.trim()));
  };
  for (const text of texts) {
    for (const [name, pattern] of PATTERNS) {
      for (const match of text.slice(0, LONGEST).matchAll(pattern)) keep(name, match[1] ?? match[0]);
    }
  }
  return Object.fromEntries([...found].map(([name, values]) => [name, [...values]]));
}

const MOST = 8;
const LONGEST = 4_000;
const DAY = "(?:mon|tues|wednes|thurs|fri|satur|sun)day";
const NUMBER_WORDS =
  "(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|and)";

const PATTERNS: readonly (readonly [string, RegExp])[] = [
  ["amount", /[$€£]\s?\d[\d,.]*\d|\d[\d,.]*\s?(?:dollars?|euros?|pounds?|usd|eur|gbp)/giu],
  [
    "amount",
    new RegExp(
      String.raw`\b${NUMBER_WORDS}(?:[\s-]${NUMBER_WORDS}){0,6}\s(?:dollars?|euros?|pounds?)(?:\sand\s${NUMBER_WORDS}(?:[\s-]${NUMBER_WORDS}){0,3}\s(?:cents?|pence))?`,
      "giu",
    ),
  ],
  ["date", new RegExp(String.raw`\b(?:last |next |this |on )?${DAY}\b|\byesterday\b|\b\d{4}-\d{2}-\d{2}\b`, "giu")],
  ["time", /\b\d{1,2}:\d{2}\s?(?:am|pm)?\b|\b\d{1,2}\s?(?:am|pm)\b|\bin the (?:morning|afternoon|evening)\b/giu],
  ["cardEnding", /\bend(?:s|ing) in ((?:\d{4})|(?:\w+ \w+ \w+ \w+))\b/giu],
  ["reference", /\b(?:reference|order|case|ticket|invoice) (?:number |no\.? )?([a-z]{0,4}-?\d[\w-]{3,})\b/giu],
];
