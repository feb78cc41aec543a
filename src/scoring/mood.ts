import { annoyanceIn } from "./annoyance.ts";
import type { Language } from "./language.ts";
import { MOOD_WORDS } from "./mood-words.ts";
import type { Reading } from "./read-text.ts";
import type { TextContext } from "./text-context.ts";
import { type Logits, probability, type TextModels } from "./text-models.ts";

export type Mood = {
  readonly frustration: number;
  readonly distress: number;
  readonly confusion: number;
  readonly valence: number;
};

/** What the models make of a turn, and the models, with which the turns before it are read. */
export type Modelled = { readonly logits: Logits; readonly models: TextModels };

/** Mood of one turn: counted words of the language, and models trained on English that only English is read with. */
export function moodOf(reading: Reading, raw: string, modelled: Modelled, context: TextContext): Mood {
  const language: Language = reading.language ?? "en";
  const words = MOOD_WORDS[language];
  const share = language === "en" ? 1 : 0;
  const { logits } = modelled;
  const density = (pattern: RegExp): number =>
    (reading.plain.match(pattern)?.length ?? 0) / Math.sqrt(1 + reading.plain.split(" ").length);
  return {
    frustration: probability(annoyanceIn({ plain: reading.plain, raw, language, logits }, modelled.models, context)),
    distress: Math.max(words.distress.test(reading.plain) ? 0.85 : 0, share * 0.6 * probability(logits.afraid)),
    confusion: Math.max(words.confused.test(reading.plain) ? 0.8 : 0, share * 0.55 * probability(logits.confused)),
    valence: bounded(
      share * (probability(logits.pleased) - probability(logits.annoyed)) +
        0.5 * density(words.pleased) -
        density(words.insults) -
        0.15 * density(words.denies),
    ),
  };
}

const bounded = (value: number): number => Math.min(1, Math.max(-1, value));
