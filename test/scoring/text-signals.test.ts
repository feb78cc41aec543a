import { describe, expect, test } from "vitest";
import { readTextModelFile } from "../../src/config/model-file.ts";
import { compilePhrases } from "../../src/scoring/phrase-book.ts";
import { textContext } from "../../src/scoring/text-context.ts";
import { formatTextModels, parseTextModels, rulesOnly } from "../../src/scoring/text-models.ts";
import { scoreText } from "../../src/scoring/text-signals.ts";
import type { PolicyIntent } from "../../src/domain/closed-sets.ts";
import { EpochMs } from "../../src/domain/time.ts";

const shipped = await readTextModelFile();
const models = parseTextModels(shipped) ?? rulesOnly;
const asks = (text: string, lastAssistantText?: string, language = "en"): number =>
  scoreText(text, language, models, lastAssistantText === undefined ? {} : { lastAssistantText }).explicitRequest;

describe("yes to an offered person is a request", () => {
  const offers: readonly (readonly [string, string, string])[] = [
    ["en", "Would you like me to connect you with a person?", "yes please"],
    [
      "en",
      "I can transfer you to a human agent. Would you like me to do that?",
      "That would be helpful. My wife is ill.",
    ],
    ["es", "¿Quiere que le pase con un agente?", "sí, por favor"],
    ["fr", "Souhaitez-vous parler à un conseiller ?", "oui"],
    ["de", "Soll ich Sie mit einem Mitarbeiter verbinden?", "ja bitte"],
    ["pt", "Gostaria de falar com um atendente?", "sim"],
    ["it", "Vuole parlare con un operatore?", "sì grazie"],
  ];
  test.each(offers)("%s: %s", (language, offer, answer) => expect(asks(answer, offer, language)).toBeGreaterThan(0.5));

  test("a no is not, and a yes to something else is not", () => {
    expect(asks("no thanks", "Would you like me to connect you with a person?")).toBeLessThan(0.5);
    expect(asks("yes please", "Would you like a receipt?")).toBeLessThan(0.5);
    expect(asks("yes but not now", "Would you like me to connect you with a person?")).toBeLessThan(0.5);
  });
});

describe("phrases of an admin", () => {
  const phrases = compilePhrases({
    asks: ["the Gold Desk"],
    asksNot: ["my agent"],
    intents: { vip: ["relationship manager", "privé"] },
  });
  const read = (text: string) => scoreText(text, "en", models, { phrases });

  test("add and remove requests, whatever case and accents", () => {
    expect(read("give me THE GOLD DESK").explicitRequest).toBe(1);
    expect(read("let me speak to my agent").explicitRequest).toBe(0);
    expect(read("the gold desktop is broken").explicitRequest).toBeLessThan(0.5);
  });

  test("name own intents", () => {
    expect(read("ask my relationship manager").customIntents).toEqual({ vip: 1 });
    expect(read("c'est prive").customIntents).toEqual({ vip: 1 });
    expect(read("hello").customIntents).toEqual({ vip: 0 });
  });
});

describe("policy intents", () => {
  const said: readonly (readonly [string, string, PolicyIntent])[] = [
    ["en", "there is a charge on my card that I did not make", "fraud"],
    ["en", "someone opened a credit card in my name", "identity-theft"],
    ["en", "I want to close my account", "cancellation"],
    ["en", "I lost my job and I can't pay my bill this month", "hardship"],
    ["en", "things have been so hard and we just can't afford it this month", "hardship"],
    ["en", "I have not been working for eight months", "hardship"],
    ["en", "I'm behind on my mortgage", "hardship"],
    ["en", "my card was used in a town I have never been to", "fraud"],
    ["en", "my lawyer will hear about this, I am going to sue you", "legal-threat"],
    ["en", "I will file a complaint with the CFPB", "regulator"],
    ["en", "I don't want to live anymore", "self-harm"],
    ["en", "you charged me twice for the same order", "billing-dispute"],
    ["en", "Somebody stole my credit card and is buying things with it.", "fraud"],
    ["en", "a thief got hold of my phone and is using my bank account", "fraud"],
    ["en", "hackers emptied my account", "fraud"],
    ["en", "someone cloned my card", "fraud"],
    ["en", "a scammer used my login to spend my money", "fraud"],
    ["en", "my wallet was stolen and now there are withdrawals I did not make", "fraud"],
    ["en", "there is a pound charge pending on my statement", "billing-dispute"],
    ["en", "I am still waiting for my refund", "billing-dispute"],
    ["es", "un ladrón ha clonado mi tarjeta", "fraud"],
    ["fr", "un pirate a vidé mon compte", "fraud"],
    ["de", "ein Dieb hat mit meiner Karte eingekauft", "fraud"],
    ["pt", "um golpista esvaziou a minha conta", "fraud"],
    ["it", "un ladro ha svuotato il mio conto", "fraud"],
    ["es", "quiero cancelar mi suscripción", "cancellation"],
    ["es", "no quiero vivir más", "self-harm"],
    ["fr", "on a piraté mon compte", "fraud"],
    ["fr", "j'ai envie de mourir", "self-harm"],
    ["de", "ich möchte meinen Vertrag kündigen", "cancellation"],
    ["de", "ich will nicht mehr leben", "self-harm"],
    ["pt", "não reconheço essa compra", "fraud"],
    ["pt", "quero morrer", "self-harm"],
    ["it", "ho perso il lavoro", "hardship"],
    ["it", "voglio morire", "self-harm"],
  ];
  test.each(said)("%s: %s", (language, text, intent) =>
    expect(scoreText(text, language, models).policyIntents[intent]).toBeGreaterThanOrEqual(0.5),
  );

  const innocent: readonly (readonly [string, string, PolicyIntent])[] = [
    ["en", "how do I stop someone from using my card", "fraud"],
    ["en", "I lost my card, can you send me a new one", "fraud"],
    ["de", "mein Fahrrad wurde geklaut", "fraud"],
    ["de", "jemand hat mir Geld überwiesen", "fraud"],
    ["en", "I am dying to see that film", "self-harm"],
    ["en", "I'm not suicidal, my friend wants to die", "self-harm"],
    ["en", "I cut myself some slack", "self-harm"],
    ["en", "what is your cancellation fee", "cancellation"],
    ["en", "can you skip that, I get out of work at five", "hardship"],
    ["en", "I have never filed for bankruptcy", "hardship"],
    ["en", "my card payments have not been working since last month", "hardship"],
    ["en", "my brother is a lawyer in Denver", "legal-threat"],
    ["de", "ich sterbe vor Lachen", "self-harm"],
    ["es", "me muero de hambre", "self-harm"],
  ];
  test.each(innocent)("%s: %s is no %s", (language, text, intent) =>
    expect(scoreText(text, language, models).policyIntents[intent]).toBeLessThan(0.5),
  );
});

const frustrationOf = (text: string): number => scoreText(text, "en", models).frustration;

describe("moods", () => {
  test("insults frustrate more than a plain question, thanks less", () => {
    expect(frustrationOf("this is ridiculous, you are useless")).toBeGreaterThan(
      frustrationOf("what time do you open"),
    );
    expect(frustrationOf("great, thank you so much")).toBeLessThan(frustrationOf("what time do you open"));
  });

  test("fear is distress, a lost caller is confused, joy is pleasant", () => {
    expect(scoreText("please call an ambulance, he is not breathing", "en", models).distress).toBeGreaterThan(0.7);
    expect(scoreText("I don't understand what you mean", "en", models).confusion).toBeGreaterThan(0.6);
    expect(scoreText("wonderful, I love it, thank you", "en", models).valence).toBeGreaterThan(0.3);
    expect(scoreText("this is terrible and stupid", "en", models).valence).toBeLessThan(-0.3);
  });
});

describe("weights", () => {
  test("survive being written and read", () => {
    const parsed = parseTextModels(shipped);
    expect(parsed).toBeDefined();
    if (parsed === undefined) return;
    expect(Buffer.from(formatTextModels(parsed)).equals(Buffer.from(shipped))).toBe(true);
    expect(shipped.length).toBeLessThan(3_000_000);
  });

  test.each([
    ["nothing", new Uint8Array(0)],
    ["something else", new TextEncoder().encode("not weights at all")],
    ["cut short", shipped.subarray(0, 5_000)],
  ])("%s is no weights file", (_name, bytes) => expect(parseTextModels(bytes)).toBeUndefined());

  test("without them the rules still hear a request", () => {
    expect(scoreText("I want to talk to a person", "en", rulesOnly).explicitRequest).toBeGreaterThan(0.5);
    expect(scoreText("what time do you open", "en", rulesOnly).explicitRequest).toBeLessThan(0.5);
  });
});

const turn = (index: number, role: "caller" | "assistant", text: string) => ({
  index,
  role,
  text,
  at: EpochMs(index),
});

test("the context of a turn is what was said before it", () => {
  const before = [
    turn(0, "caller", "one"),
    turn(1, "assistant", "two"),
    turn(2, "caller", "three"),
    turn(3, "caller", "four"),
  ];
  expect(textContext(before)).toEqual({ lastAssistantText: "two", earlierCallerTexts: ["three", "four"] });
});
