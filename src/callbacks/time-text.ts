import type { TimeRules } from "./time-rules/time-rules.ts";

/** Lower case, no diacritics, one space between words; marks stay only inside numbers, and number words are figures. */
export function timeText(text: string, rules: TimeRules): string {
  const plain = text
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[\u2018\u2019\u02bc\u00b4`]/gu, "'")
    .replaceAll("ß", "ss")
    .replaceAll(/(?<=\b[ap])\.(?=m\b)/gu, "")
    .replaceAll(/(?<!\d)[:.]|[:.](?!\d)/gu, " ")
    .replaceAll(/[^\p{L}\p{N}':., ]+/gu, " ")
    .replaceAll(",", " , ")
    .replaceAll(/ +/gu, " ")
    .trim();
  return withFigures(plain.split(" "), rules);
}

/** Number words as figures: "twenty five" is 25, "ten thirty" stays two. */
function withFigures(words: readonly string[], { numbers, and }: TimeRules): string {
  const out: string[] = [];
  for (const word of words) {
    const value = Object.hasOwn(numbers, word) ? numbers[word] : undefined;
    if (value === undefined) {
      out.push(word);
      continue;
    }
    const taken = and !== undefined && out.at(-1) === and ? 2 : 1;
    const before = Number(out.at(-taken) ?? Number.NaN);
    if (continues(before, value)) out.splice(-taken, taken, String(before + value));
    else out.push(String(value));
  }
  return out.join(" ");
}

/** "twenty" and "five" are one number; so are the French "dix" and "sept", which nobody says of an hour and minutes. */
const continues = (before: number, value: number): boolean =>
  value > 0 && value < 10 && (before === 10 ? value >= 7 : before >= 20 && before <= 50 && before % 10 === 0);
