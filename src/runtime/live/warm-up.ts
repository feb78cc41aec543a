import { callerIntent } from "../../escalation/caller-intent.ts";
import { findPromise } from "../../escalation/promise.ts";
import type { FastPath } from "./live-deps.ts";

/** A sentence that brings the rules of its language to work, also those that few turns need. */
const SENTENCES: Readonly<Record<string, string>> = {
  en: "I would like to speak to somebody about my account, please. We will see. No fire.",
  es: "Quisiera hablar con alguien de mi cuenta, por favor. Ya veremos. Sin fuego.",
  fr: "Je voudrais parler à quelqu'un de mon compte, s'il vous plaît. On verra. Pas de feu.",
  de: "Ich möchte bitte mit jemandem über mein Konto sprechen. Wir werden sehen. Kein Feuer.",
  pt: "Gostaria de falar com alguém sobre a minha conta, por favor. Vamos ver. Sem fogo.",
  it: "Vorrei parlare con qualcuno del mio conto, per favore. Vedremo. Niente fuoco.",
  pl: "Proszę, chcę porozmawiać z kimś o moim koncie. Zobaczymy.",
};
const ENGLISH = "en";
/** With the second reading the rules are compiled once more, for speed. */
const READINGS = 2;

const done = new WeakMap<FastPath, Set<string>>();

/**
 * Reads a sentence with every rule of a language. The first readings of a process compile the rules, some hundred
 * milliseconds that must not fall into a caller's turn; later ones cost nothing.
 */
export function warmUp(fastPath: FastPath, language: string): void {
  const languages = done.get(fastPath) ?? new Set<string>();
  done.set(fastPath, languages);
  if (languages.has(language)) return;
  languages.add(language);
  const sentence = SENTENCES[language.slice(0, ENGLISH.length)] ?? SENTENCES[ENGLISH] ?? "";
  for (let reading = 0; reading < READINGS; reading++) {
    fastPath.read(sentence, language, { earlierCallerTexts: [] });
    callerIntent(sentence, language);
    findPromise(sentence, language);
  }
}
