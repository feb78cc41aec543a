import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findPromise, type SpokenPromise } from "../../src/escalation/promise.ts";

const PROMISES: readonly (readonly [string, SpokenPromise["kind"], string])[] = [
  ["en", "person", "I'll connect you with a person now."],
  ["en", "person", "Sure. Let me get someone for you"],
  ["en", "person", "One moment, I'm transferring you to billing."],
  ["en", "person", "Please hold while I connect you."],
  ["en", "person", "An agent will be with you shortly."],
  ["en", "person", "You'll be connected in about two minutes."],
  ["en", "person", "Let me put you through to our disputes team"],
  ["en", "person", "Transferring you now"],
  ["en", "person", "I can see your account, and I'll transfer you to billing"],
  ["en", "person", "Before I connect you, may I have your name?"],
  ["en", "person", "I can't look that up, but one of our specialists will take over"],
  ["en", "callback", "Someone will call you back tomorrow."],
  ["en", "callback", "I've scheduled a callback for 3 pm."],
  ["en", "callback", "I'll have a specialist reach out to you."],
  ["en", "callback", "Our team will get back to you within 24 hours"],
  ["en", "time", "The wait is about five minutes."],
  ["en", "time", "You're next in line."],
  ["es", "person", "Le paso con un agente."],
  ["es", "person", "Voy a transferirle con un compañero"],
  ["es", "callback", "Alguien le llamará mañana."],
  ["es", "callback", "Le devolveremos la llamada"],
  ["fr", "person", "Je vous mets en relation avec un conseiller."],
  ["fr", "person", "Je vais vous transférer"],
  ["fr", "person", "Ne quittez pas, je vous passe quelqu'un"],
  ["fr", "callback", "Un conseiller vous rappellera demain"],
  ["de", "person", "Ich verbinde Sie mit einem Kollegen."],
  ["de", "person", "Ich werde Sie jetzt weiterleiten"],
  ["de", "person", "Einen Moment, ich stelle Sie durch"],
  ["de", "callback", "Ein Mitarbeiter ruft Sie zurück"],
  ["de", "time", "Die Wartezeit beträgt etwa fünf Minuten"],
  ["pt", "person", "Vou transferir você para um atendente."],
  ["pt", "person", "Vou passar a sua chamada"],
  ["pt", "callback", "Um colega vai ligar de volta"],
  ["it", "person", "La passo a un operatore."],
  ["it", "person", "Sto trasferendo la chiamata"],
  ["it", "callback", "La richiameremo domani"],
];

const NO_PROMISES: readonly (readonly [string, string])[] = [
  ["en", "Would you like me to get a person?"],
  ["en", "I can't connect you right now."],
  ["en", "I'm not able to transfer you."],
  ["en", "Shall I connect you with an agent?"],
  ["en", "If you'd like, I can connect you with a person."],
  ["en", "Let me check that for you."],
  ["en", "Please hold while I look that up."],
  ["en", "Your refund will arrive in five days."],
  ["en", "I'm sorry, nobody is available at the moment."],
  ["en", "Did the agent call you back?"],
  ["en", "Let me see if someone is free."],
  ["en", "I'll transfer fifty dollars to your savings account."],
  ["es", "¿Quiere que le pase con un agente?"],
  ["es", "No puedo transferirle."],
  ["es", "Voy a buscar su pedido."],
  ["fr", "Voulez-vous que je vous passe un conseiller ?"],
  ["fr", "Je ne peux pas vous transférer."],
  ["fr", "Je vais chercher votre dossier."],
  ["de", "Möchten Sie mit einem Mitarbeiter sprechen?"],
  ["de", "Ich kann Sie nicht verbinden."],
  ["de", "Soll ich Sie verbinden?"],
  ["pt", "Gostaria que eu transferisse para um atendente?"],
  ["pt", "Não posso transferir você."],
  ["pt", "Vou verificar a sua conta."],
  ["it", "Vuole che la passi a un operatore?"],
  ["it", "Non posso trasferirla."],
  ["it", "Controllo subito il suo ordine."],
];

describe("a promise of a person, a callback or a time is found", () => {
  test.each(PROMISES)("%s, %s: %s", (language, kind, text) => expect(findPromise(text, language)?.kind).toBe(kind));
});

describe("offers, questions, refusals and other matters are no promises", () => {
  test.each(NO_PROMISES)("%s: %s", (language, text) => expect(findPromise(text, language)).toBeUndefined());
});

test("the promising sentence is named by its place in the text that was given", () => {
  const text = "Thank you, Ana.  I'll connect you with a person now. Goodbye.";
  const promise = findPromise(text, "en");
  expect(promise && text.slice(promise.start, promise.end)).toBe("I'll connect you with a person now.");
});

test("once found in a streamed prefix, it is found in every longer one, at the same place", () => {
  const streamed = PROMISES.map(([language, , text]) => [language, `Thank you. ${text}`] as const);
  fc.assert(
    fc.property(fc.constantFrom(...streamed), fc.nat(), fc.nat(), ([language, text], a, b) => {
      const [shorter, longer] = [a % (text.length + 1), b % (text.length + 1)].toSorted((x, y) => x - y);
      const early = findPromise(text.slice(0, shorter), language);
      if (early !== undefined) expect(findPromise(text.slice(0, longer), language)?.start).toBe(early.start);
    }),
    { numRuns: 500 },
  );
});

test("a promise is caught before its sentence ends", () => {
  expect(findPromise("Okay. I'll connect you", "en")).toMatchObject({ kind: "person", start: 6 });
  expect(findPromise("Okay. I'll con", "en")).toBeUndefined();
});

test("an assistant that speaks an unknown language is read with every language's rules", () => {
  expect(findPromise("Ich verbinde Sie mit einem Kollegen.", "nl")?.kind).toBe("person");
});
