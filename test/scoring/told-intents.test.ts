// Policy intents as people tell them on the phone, by what happened and in what words come (`told-intents.json`), and who cannot
// pay or is billed wrongly (`money-troubles.json`), beside turns that only sound alike: sentences written for this project.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readTextModelFile } from "../../src/config/model-file.ts";
import type { PolicyIntent } from "../../src/domain/closed-sets.ts";
import { parseTextModels, rulesOnly } from "../../src/scoring/text-models.ts";
import { scoreText } from "../../src/scoring/text-signals.ts";

const models = parseTextModels(await readTextModelFile()) ?? rulesOnly;

type Sentences = { readonly yes: readonly string[]; readonly no: readonly string[] };
type ByIntent = Readonly<Partial<Record<PolicyIntent, Readonly<Record<string, Sentences>>>>>;
const read = (file: string): ByIntent => JSON.parse(readFileSync(new URL(file, import.meta.url), "utf8")) as ByIntent;
const BY_INTENT = ["./told-intents.json", "./money-troubles.json"].flatMap((file) => Object.entries(read(file)));

const hears = (intent: PolicyIntent, text: string, language: string): boolean =>
  scoreText(text, language, models).policyIntents[intent] >= 0.5;

describe.each(BY_INTENT)("%s", (name, byLanguage) => {
  const intent = name as PolicyIntent;
  describe.each(Object.entries(byLanguage))("%s", (language, { yes, no }) => {
    test.each(yes)("heard: %s", (text) => expect(hears(intent, text, language)).toBe(true));
    test.each(no)("not heard: %s", (text) => expect(hears(intent, text, language)).toBe(false));
  });
});
