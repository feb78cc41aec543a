// Requests and mentions as people say them, through rules and models together: what the decision is made on.
import { describe, expect, test } from "vitest";
import { readTextModelFile } from "../../src/config/model-file.ts";
import { parseTextModels, rulesOnly } from "../../src/scoring/text-models.ts";
import { scoreText } from "../../src/scoring/text-signals.ts";

const models = parseTextModels(await readTextModelFile()) ?? rulesOnly;
const heard = (text: string, language: string): number => scoreText(text, language, models).explicitRequest;

const ASKED: readonly (readonly [string, string])[] = [
  // Slips of recogniser and finger.
  ["en", "um so can I uh can I talk to to a hewman"],
  ["en", "i wud like to speek to sumone"],
  ["en", "I want to talk to a huma nagent"],
  ["en", "can you transfer me toa representitive plese"],
  ["en", "idont want to talk to a computer"],
  ["en", "calll agent"],
  ["en", "can I talk too someone"],
  ["en", "get me a damnagent please"],
  ["en", "talking with agent"],
  // Indirect, and with a reason before it.
  ["en", "what are the chances of getting a human on the line"],
  ["en", "may I have a word with whoever is in charge"],
  ["en", "they told me to ask for an agent so can I have one"],
  ["en", "the last agent was useless give me another one"],
  ["en", "they told me yesterday to ask for the fraud team so connect me to them"],
  ["en", "I have spoken with so many people and nobody could help so maybe you could just connect me to a manager"],
  ["en", "I want this escalated"],
  ["en", "why can't I talk to a human"],
  ["en", "don't you have real people there"],
  ["en", "you know what just get me your supervisor"],
  ["es", "no hay nadie humano ahí"],
  ["es", "cómo hago para hablar con un agente"],
  ["fr", "j'aimerais qu'une vraie personne me réponde"],
  ["fr", "quelqu'un peut me rappeler"],
  ["de", "wie erreiche ich einen Menschen"],
  ["de", "kann sich ein Mensch darum kümmern"],
  ["pt", "quero que uma pessoa me ligue"],
  ["pt", "como falo com um atendente"],
  ["it", "come parlo con un operatore"],
  ["it", "qualcuno può chiamarmi"],
];

const NOT_ASKED: readonly (readonly [string, string])[] = [
  // Refused, or put off.
  ["en", "no I don't want to talk to a person"],
  ["en", "I don't think I need a person for this"],
  ["en", "I never wanted to talk to an agent"],
  ["en", "maybe later I'll talk to someone"],
  ["en", "if this fails I'll ask for a person"],
  // Told.
  ["en", "they wouldn't let me talk to a manager"],
  ["en", "I had a great conversation with your agent"],
  ["en", "I was not allowed to speak to anyone else and then they hung up"],
  ["en", "Nobody will return my calls and I can not get anyone to talk to me."],
  ["en", "I'm still waiting for the manager to call"],
  ["en", "They refused to give me a supervisor and told me to wait."],
  ["en", "Your company never let me speak with the person who made the decision."],
  ["en", "The lady said she could not transfer me to anyone else in your company."],
  ["en", "The agent told me it would take three days and that a manager would call."],
  ["en", "I spoke to someone yesterday who promised a refund"],
  ["en", "they said a representative would call"],
  ["en", "the lady told me I need to talk to a representative"],
  ["en", "your colleague said someone would reach out"],
  // About other things.
  ["en", "I want to talk about my bill"],
  ["en", "could you speak up please"],
  ["en", "I want to be a representative"],
  ["en", "when are agents available"],
  ["en", "I work as a customer service representative"],
  ["en", "can you find me someone else in Santa Rosa"],
  ["es", "el servicio al cliente es pésimo"],
  ["es", "mi hermana habló con un agente"],
  ["fr", "le service client est nul"],
  ["fr", "il n'y a personne à la maison"],
  ["de", "ich brauche keinen Mitarbeiter"],
  ["de", "Sie sind ein echter Mensch"],
  ["pt", "minha irmã falou com um atendente"],
  ["it", "il servizio clienti è pessimo"],
  ["it", "c'è una persona in fila"],
];

describe("asked for", () => {
  test.each(ASKED)("%s: %s", (language, text) => expect(heard(text, language)).toBeGreaterThanOrEqual(0.5));
});

describe("not asked for", () => {
  test.each(NOT_ASKED)("%s: %s", (language, text) => expect(heard(text, language)).toBeLessThan(0.5));
});
