import { callerIntent } from "../../escalation/caller-intent.ts";
import { findPromise } from "../../escalation/promise.ts";
import type { FastPath } from "./live-deps.ts";

const done = new WeakMap<FastPath, Set<string>>();

/**
 * Reads one sentence with every rule of a language. The first reading of a process compiles the rules, some hundred
 * milliseconds that must not fall into a caller's turn; later ones cost nothing.
 */
export function warmUp(fastPath: FastPath, language: string): void {
  const languages = done.get(fastPath) ?? new Set<string>();
  done.set(fastPath, languages);
  if (languages.has(language)) return;
  languages.add(language);
  const sentence = "I would like to speak to somebody about my account, please. We will see.";
  fastPath.read(sentence, language, { earlierCallerTexts: [] });
  callerIntent(sentence, language);
  findPromise(sentence, language);
}
