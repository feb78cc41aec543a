// Callers tell of people they talked with, were promised, or asked for at another time; and they ask for one now, often in the same
// breath. The sentences were written for this project, in both kinds.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readTextModelFile } from "../../src/config/model-file.ts";
import { parseTextModels, rulesOnly } from "../../src/scoring/text-models.ts";
import { scoreText } from "../../src/scoring/text-signals.ts";

const models = parseTextModels(await readTextModelFile()) ?? rulesOnly;

type Sentences = { readonly reports: readonly string[]; readonly asks: readonly string[] };
const BY_LANGUAGE = JSON.parse(readFileSync(new URL("./reported-contacts.json", import.meta.url), "utf8")) as Readonly<
  Record<string, Sentences>
>;

const FILLERS: Readonly<Record<string, readonly string[]>> = {
  en: ["um", "uh", "you know", "well"],
  es: ["eh", "pues", "bueno"],
  fr: ["euh", "ben"],
  de: ["äh", "also", "halt"],
  pt: ["eh", "né", "então"],
  it: ["ehm", "allora", "cioè"],
};

/** The sentence as a recogniser writes it: no marks, no capitals, here and there a filler or a word said twice. */
function asRecognised(sentence: string, language: string, turn: number): string {
  const fillers = FILLERS[language] ?? [];
  const words = sentence
    .toLowerCase()
    .replaceAll(/[.,!?¿¡"]/gu, "")
    .split(/\s+/u);
  return words
    .flatMap((word, i) => {
      const beat = (i + 1) * (turn + 3);
      const filler = beat % 7 === 0 ? fillers.slice(beat % fillers.length).slice(0, 1) : [];
      return beat % 11 === 0 ? [...filler, word, word] : [...filler, word];
    })
    .join(" ");
}

const asks = (text: string, language: string): boolean => scoreText(text, language, models).explicitRequest >= 0.5;

/** Of a hundred sentences with slips so many may be read otherwise than they were meant. */
const MOST_MISREAD = 0.04;

describe.each(Object.entries(BY_LANGUAGE))("%s", (language, { reports, asks: requests }) => {
  test.each(reports)("tells of it: %s", (text) => expect(asks(text, language)).toBe(false));
  test.each(requests)("asks now: %s", (text) => expect(asks(text, language)).toBe(true));

  test("hesitations and stutters change little", () => {
    const said = [...reports.map((text) => [text, false] as const), ...requests.map((text) => [text, true] as const)];
    const misread = said.flatMap(([text, asked], i) => {
      const heard = asRecognised(text, language, i);
      return asks(heard, language) === asked ? [] : [heard];
    });
    expect(misread.length, misread.join("\n")).toBeLessThanOrEqual(MOST_MISREAD * said.length);
  });
});
