import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readTextModelFile } from "../../src/config/model-file.ts";
import { readText } from "../../src/scoring/read-text.ts";
import { parseTextModels, rulesOnly } from "../../src/scoring/text-models.ts";
import { scoreText } from "../../src/scoring/text-signals.ts";

const models = parseTextModels(await readTextModelFile()) ?? rulesOnly;

/** Written for these rules: orders and questions of the way to a person, and what only looks like them. */
const WRITTEN = JSON.parse(readFileSync(new URL("./clear-asks.json", import.meta.url), "utf8")) as Readonly<
  Record<string, { readonly asks: readonly string[]; readonly not: readonly string[] }>
>;
const asks = (text: string, language: string): boolean => scoreText(text, language, models).explicitRequest > 0.5;

describe.each(Object.entries(WRITTEN))("%s", (language, written) => {
  test.each(written.asks)("asks: %s", (text) => {
    expect(asks(text, language)).toBe(true);
  });

  test.each(written.not)("does not: %s", (text) => {
    expect(asks(text, language)).toBe(false);
  });
});

describe("courtesies at either end change nothing", () => {
  const ENDS: Readonly<Record<string, readonly [string, readonly string[]]>> = {
    en: [
      "transfer me",
      ["please *", "* please", "ok * then", "yes please * thank you", "um * now thanks", "hi yes * sir"],
    ],
    es: ["transfiérame", ["por favor *", "* gracias", "vale pues * ya", "sí * por favor gracias"]],
    fr: ["transférez-moi", ["oui *", "* merci", "d'accord alors * s'il vous plaît", "euh * maintenant merci"]],
    de: ["verbinden Sie mich", ["ja bitte *", "* danke", "okay dann * jetzt", "gut * bitte danke"]],
    pt: ["me transfere", ["sim *", "* obrigado", "ok então * por favor", "oi * agora obrigada"]],
    it: ["mi trasferisca", ["sì *", "* grazie", "ok allora * per favore", "ehm * subito grazie"]],
  };

  test.each(Object.entries(ENDS))("%s", (language, [order, ends]) => {
    const heard = ends.map((end) => [end, asks(end.replace("*", order), language)]);
    expect(heard).toEqual(ends.map((end) => [end, true]));
  });
});

describe("apostrophes that were left out", () => {
  test.each([
    ["en", "i dont want to live", "i don't want to live"],
    ["en", "ive been charged and id like a refund", "i've been charged and i'd like a refund"],
    ["en", "im broke i cant pay", "i'm broke i can't pay"],
    ["en", "it wasn t me i didn t buy it", "it wasn't me i didn't buy it"],
    ["fr", "jai besoin d un agent", "j'ai besoin d'un agent"],
    ["fr", "cest pas moi qui l ai fait sil vous plait", "c'est pas moi qui l'ai fait s'il vous plait"],
    ["it", "vorrei loperatore dell assistenza", "vorrei l'operatore dell'assistenza"],
  ])("%s: %s", (language, without, full) => {
    expect(readText(without, language).spoken).toBe(readText(full, language).spoken);
  });

  test("a number of an id is no wish", () => {
    expect(readText("my id number is nine", "en").spoken).toBe("my id number is nine");
  });
});

test("a hesitation in the middle of a Portuguese request", () => {
  for (const text of [
    "quero é falar com hã um atendente",
    "quero, ahn, tipo, falar com é uma pessoa",
    "há alguém aí para me atender",
  ])
    expect([text, asks(text, "pt")]).toEqual([text, true]);
});

describe("what is repeated ten thousand times says no more than once", () => {
  test.each(["i want to ", "don't not never ", "'", "not ", "help "])("%s", (piece) => {
    const { explicitRequest, policyIntents } = scoreText(piece.repeat(10_000), "en", models);
    expect(Object.values({ explicitRequest, ...policyIntents }).filter((value) => value > 0.5)).toEqual([]);
  });
});
