import { describe, expect, test } from "vitest";
import { readTextModelFile } from "../../src/config/model-file.ts";
import { callerIntent } from "../../src/escalation/caller-intent.ts";
import { languagesHeard } from "../../src/scoring/languages-heard.ts";
import { languageHeard, plainText } from "../../src/scoring/read-text.ts";
import { parseTextModels, rulesOnly } from "../../src/scoring/text-models.ts";
import { scoreText, type TextSignals } from "../../src/scoring/text-signals.ts";

const models = parseTextModels(await readTextModelFile()) ?? rulesOnly;
const DECLARED = ["en", "es", "fr", "de", "pt", "it", "und"];
const read = (text: string, declared: string): TextSignals => scoreText(text, declared, models);

/** What callers say to a number that was declared in another language. */
const ASKS = [
  "I'd like to talk to somebody in your team please",
  "representative",
  "just get me a person",
  "póngame con una persona",
  "quisiera que me atienda un agente de verdad",
  "je voudrais parler à un conseiller",
  "passez-moi quelqu'un s'il vous plaît",
  "geben Sie mir bitte einen Mitarbeiter",
  "ich will mit einem Menschen sprechen",
  "quero falar com um atendente",
  "me passa para uma pessoa de verdade",
  "vorrei parlare con un operatore",
  "mi passi una persona vera per favore",
];
const DANGER = [
  "I want to kill myself",
  "I don't want to live anymore",
  "me quiero morir",
  "ya no quiero vivir",
  "je veux mourir",
  "je n'ai plus envie de vivre",
  "ich will nicht mehr leben",
  "ich bringe mich um",
  "eu quero morrer",
  "não quero mais viver",
  "voglio morire",
  "non voglio più vivere",
];
const FRAUD = [
  "someone stole my card and is using it",
  "alguien ha usado mi tarjeta sin mi permiso",
  "quelqu'un a utilisé ma carte sans autorisation",
  "jemand hat meine Karte gestohlen und benutzt",
  "alguém usou o meu cartão para comprar coisas",
  "qualcuno ha usato la mia carta senza permesso",
];
const CALM = [
  "no",
  "no no, not yet",
  "sí, el martes por la tarde",
  "no, me llamo Juan Pérez",
  "non, c'est pour demain",
  "nein danke, das war alles",
  "não, obrigada, era só isso",
  "sì grazie, va bene così",
  "I will take the die-cast one, the persona was fun",
  "Müller, Schmidt und Partner",
  "four four two one",
  "come si fa la fattura",
];

describe("what a caller says is heard in any language, whatever was declared for the call", () => {
  test.each(ASKS)("asks for a person: %s", (text) => {
    for (const declared of DECLARED)
      expect([declared, read(text, declared).explicitRequest > 0.5]).toEqual([declared, true]);
  });

  test.each(DANGER)("danger: %s", (text) => {
    for (const declared of DECLARED)
      expect([declared, read(text, declared).policyIntents["self-harm"] > 0.5]).toEqual([declared, true]);
  });

  test.each(FRAUD)("fraud: %s", (text) => {
    for (const declared of DECLARED)
      expect([declared, read(text, declared).policyIntents.fraud > 0.5]).toEqual([declared, true]);
  });

  test.each(CALM)("nothing: %s", (text) => {
    for (const declared of DECLARED) {
      const { explicitRequest, policyIntents } = read(text, declared);
      const loud = Object.entries({ explicitRequest, ...policyIntents }).filter(([, value]) => value > 0.5);
      expect([declared, loud]).toEqual([declared, []]);
    }
  });

  test("a caller who changes the language in the middle of a turn", () => {
    const text = "the app does not work and I have been trying since Monday, quiero hablar con alguien";
    for (const declared of DECLARED) expect(read(text, declared).explicitRequest).toBeGreaterThan(0.5);
  });

  test("a yes to an offered person", () => {
    const context = { lastAssistantText: "Would you like me to connect you with a person?" };
    for (const yes of ["yes please", "sí, por favor", "oui, volontiers", "ja gerne", "sim, por favor", "sì grazie"])
      expect([yes, scoreText(yes, "en", models, context).explicitRequest > 0.5]).toEqual([yes, true]);
    for (const no of ["no thanks", "no gracias", "non merci", "nein danke", "não obrigado", "no grazie"])
      expect([no, scoreText(no, "en", models, context).explicitRequest > 0.5]).toEqual([no, false]);
  });

  test("an answer while someone is being fetched", () => {
    expect(callerIntent("nein danke", "en")).toBe("decline");
    expect(callerIntent("sì grazie", "de")).toBe("accept");
    expect(callerIntent("llámeme más tarde", "en")).toBe("callback");
    expect(callerIntent("yes please", "es")).toBe("accept");
  });
});

describe("which languages a turn is in", () => {
  test("the words decide, the declared one where they do not", () => {
    expect(languagesHeard("quiero saber el saldo de mi cuenta", "en")[0]).toBe("es");
    expect(languagesHeard("what is the balance of my account", "es")).toEqual(["en"]);
    expect(languagesHeard("no", "es")[0]).toBe("es");
    expect(languagesHeard("no", "it")[0]).toBe("it");
    expect(languagesHeard("442 1", "fr")).toEqual(["fr"]);
    expect(languagesHeard("我要人工", "en")).toContain("zh");
  });

  test("a name in no language may be in any", () => {
    expect(languagesHeard("kowalczyk", "en").length).toBeGreaterThan(5);
    expect(languagesHeard("kowalczyk", undefined)).toEqual([]);
  });

  test("a tag keeps its region as long as its language is spoken", () => {
    expect(languageHeard("at ten in the morning", "en-GB")).toBe("en-GB");
    expect(languageHeard("mañana a las diez", "en-GB")).toBe("es");
    expect(languagesHeard(plainText("a ".repeat(100_000)), "en").length).toBeGreaterThan(0);
  });
});
