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
    // The end of a sentence is one of a clause; the dot of "p.m." and of a number is none.
    .replaceAll(/(?<=\p{L})(?<!\b[ap]m|\b\p{L})[.!?;](?= |$)/gu, " , ")
    .replaceAll(/(?<!\d)[:./]|[:./](?!\d)/gu, " ")
    .replaceAll(/[^\p{L}\p{N}':./, ]+/gu, " ")
    .replaceAll(",", " , ")
    .replaceAll(/ +/gu, " ")
    .trim();
  return withFigures(plain.split(" "), rules)
    .replaceAll(rules.but, " , ")
    .replaceAll(rules.range, rules.first)
    .replaceAll(/ +/gu, " ");
}

/** Number words as figures: "twenty five" is 25, "ten thirty" stays two, "third" is no 3 but "3th". */
function withFigures(words: readonly string[], rules: TimeRules): string {
  const out: string[] = [];
  for (const word of words) {
    const figure = figureOf(word, out.at(-1), rules);
    if (figure === undefined) {
      out.push(word);
      continue;
    }
    const taken = rules.and !== undefined && out.at(-1) === rules.and ? 2 : 1;
    const before = Number(out.at(-taken) ?? Number.NaN);
    if (continues(before, figure.value)) out.splice(-taken, taken, `${before + figure.value}${figure.mark}`);
    else out.push(figure.article ? word : `${figure.value}${figure.mark}`);
  }
  return out.join(" ");
}

type Figure = { readonly value: number; readonly mark: "" | "th"; readonly article: boolean };

function figureOf(word: string, before: string | undefined, rules: TimeRules): Figure | undefined {
  const { numbers, ordinals = {}, ones = [], and } = rules;
  const rank = Object.hasOwn(ordinals, word) ? ordinals[word] : undefined;
  if (rank !== undefined) return { value: rank, mark: "th", article: false };
  const value = Object.hasOwn(numbers, word) ? numbers[word] : undefined;
  if (value !== undefined) return { value, mark: "", article: false };
  return before === and && ones.includes(word) ? { value: 1, mark: "", article: true } : undefined;
}

/** "twenty" and "five" are one number; so are the French "dix" and "sept", which nobody says of an hour and minutes. */
const continues = (before: number, value: number): boolean =>
  value > 0 && value < 10 && (before === 10 ? value >= 7 : before >= 20 && before <= 50 && before % 10 === 0);
