// Lives in danger by others' hands or a body that gives out, and figures of speech beside them: written for this project.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { rulesOnly } from "../../src/scoring/text-models.ts";
import { scoreText } from "../../src/scoring/text-signals.ts";

const YES: Readonly<Record<string, readonly string[]>> = {
  en: [
    "He is going to kill me now",
    "he's gonna kill me please help",
    "my husband is trying to strangle me",
    "someone is breaking in",
    "there is a man in my house",
    "he has a knife and he is coming for me",
    "my ex wants to shoot me",
    "they are going to kill us",
    "I fear for my life",
    "he said he will kill me if I leave",
    "I can't breathe",
    "my baby is not breathing",
    "my dad is having a heart attack",
    "my mother has collapsed",
    "he's hitting me",
    "my husband is beating me",
    "she keeps hitting my son",
    "there's a man with a knife at my door",
    "the gas is leaking and the house is going to explode",
    "it smells of something and the boiler is making noises, it's going to explode",
    "there's a bomb on the bus, we're going to explode",
    "the tank is hissing and we're going to explode",
    "the cylinders are on fire, they're going to explode",
    "my boss is trying to kill me",
    "my boss is going to kill me with a knife",
    "my boss is going to kill me, he is serious",
    "my boss is going to kill me, I'm hiding in the toilet",
    "my boss is going to kill me please help",
    "my boss is strangling my colleague",
    "my husband is going to kill me",
  ],
  es: [
    "me va a matar",
    "mi marido quiere matarme",
    "tiene un cuchillo y viene a mi casa",
    "no puedo respirar",
    "mi marido me está pegando",
  ],
  fr: [
    "il va me tuer",
    "mon mari veut me tuer",
    "il a un couteau, il est chez moi",
    "elle ne respire plus",
    "il me frappe",
  ],
  de: [
    "er bringt mich um",
    "mein Mann will mich umbringen",
    "er hat ein Messer, er ist hier im Haus",
    "sie atmet nicht",
    "er schlägt mich",
    "mein Mann verprügelt mich gerade",
  ],
  pt: [
    "ele vai me matar",
    "o meu marido quer matar-me",
    "ele tem uma faca e está aqui",
    "ela não está respirando",
    "ele está me batendo",
  ],
  it: [
    "mi vuole uccidere",
    "mio marito sta per ammazzarmi",
    "ha un coltello ed è in casa",
    "non riesco a respirare",
    "mi sta picchiando",
  ],
};

const NO: Readonly<Record<string, readonly string[]>> = {
  en: [
    "my wife is going to kill me when she sees this bill",
    "he is going to kill me if I forget the tickets",
    "this traffic is killing me",
    "my feet are killing me",
    "your prices are killing us",
    "does the policy cover a heart attack",
    "I almost had a heart attack when I saw the bill",
    "he had a stroke two years ago",
    "can you kill the subscription",
    "there is a man at the desk in your shop",
    "they broke into my house last month, I need a claim form",
    "is he going to call me now",
    "the film where he is going to kill her",
    "my phone was stolen",
    "they keep hitting me with fees every month",
    "he beats me at chess",
    "this is hurting my credit score",
    "they are attacking the wrong account with charges",
    "Oh no! We're going to explode!",
    "my head is going to explode with all these options",
    "if he hears this he is going to explode",
    "my boss is going to kill me",
    "My boss is gonna kill me! Can you find the booking?",
    "my boss will kill me and I need it by Monday",
    "our boss is literally going to kill us if this is late",
  ],
  es: ["me va a matar cuando vea la factura", "me duele la espalda", "quiero matar el tiempo"],
  fr: ["ma femme va me tuer quand elle apprend ça", "je veux tuer le temps", "il a une question"],
  de: [
    "meine Frau bringt mich um, wenn sie das sieht",
    "das bringt mich nicht weiter",
    "er schlägt uns einen anderen Termin vor",
    "ich bringe das Paket um drei",
  ],
  pt: ["minha mulher vai me matar quando souber", "quero matar a saudade"],
  it: ["mia moglie mi ammazza se lo scopre", "mi sta per scadere la tessera"],
};

const says = (text: string, language: string): boolean => scoreText(text, language, rulesOnly).danger === true;

describe.each(Object.keys(YES))("%s", (language) => {
  test.each(YES[language] ?? [])("in danger: %s", (text) => {
    expect(says(text, language)).toBe(true);
    expect(scoreText(text, language, rulesOnly).distress).toBeGreaterThanOrEqual(0.7);
  });
  test.each(NO[language] ?? [])("not in danger: %s", (text) => expect(says(text, language)).toBe(false));
});

test("in a language nobody declared it is heard all the same", () => {
  expect(says("er bringt mich um", "xx")).toBe(true);
});

// Calls as they come in on an emergency line, and what callers of a business say with the same words: written for this
// project by somebody who had not written the rules' first version.
const told: Record<"inDanger" | "not", Record<string, string[]>> = JSON.parse(
  readFileSync(new URL("./danger-told.json", import.meta.url), "utf8"),
);

describe.each(Object.keys(told.inDanger))("told in %s", (language) => {
  test.each(told.inDanger[language] ?? [])("in danger: %s", (text) => {
    const { danger, policyIntents } = scoreText(text, language, rulesOnly);
    expect(danger === true || policyIntents["self-harm"] >= 0.5).toBe(true);
  });
  test.each(told.not[language] ?? [])("not in danger: %s", (text) => expect(says(text, language)).toBe(false));
});

test.each([
  ["es", "hola, my husband is trying to kill me"],
  ["de", "mein Name ist Anna, he has a gun, please help"],
  ["en", "sorry my English, mi marido me está pegando"],
  ["fr", "bonjour, my son is not breathing"],
])("declared %s, in two languages: %s", (language, text) => expect(says(text, language)).toBe(true));

test("what is said beside it does not hide it: a policy, a film, an earlier time", () => {
  for (const text of [
    "does my policy cover it, my son is not breathing",
    "we watched a movie and now someone is breaking in, please help",
    "he left me two weeks ago and now he is trying to kill me",
    "he beats me at chess but today he is beating my mother",
  ])
    expect(says(text, "en"), text).toBe(true);
});

test.each(["en", "es", "fr", "de", "pt", "it", "pl", "xx"])(
  "a caller whose number is declared as %s is heard in every language",
  (declared) => {
    const missed = Object.values(told.inDanger)
      .flat()
      .filter((text) => {
        const { danger, policyIntents } = scoreText(text, declared, rulesOnly);
        return danger !== true && policyIntents["self-harm"] < 0.5;
      });
    expect(missed).toEqual([]);
  },
);
