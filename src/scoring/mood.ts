import type { Language } from "./language.ts";
import { MOOD_WORDS } from "./mood-words.ts";
import { plainText, type Reading } from "./read-text.ts";
import type { TextContext } from "./text-context.ts";
import { type Logits, probability } from "./text-models.ts";
import { assistantGaveUp } from "./turn-outcome.ts";

export type Mood = {
  readonly frustration: number;
  readonly distress: number;
  readonly confusion: number;
  readonly valence: number;
};

/** Mood of one turn: counted words of the language, and models trained on English that only English is read with. */
export function moodOf(reading: Reading, raw: string, logits: Logits, context: TextContext): Mood {
  const language: Language = reading.language ?? "en";
  const words = MOOD_WORDS[language];
  const modelled = language === "en" ? 1 : 0;
  const length = wordCount(reading);
  const density = (pattern: RegExp): number => (reading.plain.match(pattern)?.length ?? 0) / Math.sqrt(1 + length);
  // Two or three words are too few for a model to tell a mood by, and "no" may just be an answer.
  const trust = length / (length + SHORT_TURN_WORDS);
  const opens = words.refuses.test(reading.plain) ? 1 : 0;
  const agrees = words.agrees.test(reading.plain) ? 1 : 0;
  // "No" to a question is an answer first.
  const answers = length <= SHORT_ANSWER_WORDS && /\?\s*$/.test(context.lastAssistantText ?? "") ? ANSWER_SHARE : 1;
  // Refusing is not yet being annoyed: a caller may say no all day and stay calm.
  const refusal = answers * trust * Math.min(MOST_REFUSAL, 2.3 * density(words.denies) + opens) * REFUSAL_GAIN;
  const annoyance =
    modelled * trust * MODEL_GAIN * (0.35 * logits.annoyed + logits.impatient - 0.25 * logits.pleased) +
    refusal +
    3 * density(words.insults) +
    0.9 * density(words.again) -
    density(words.pleased) +
    0.15 * Math.min(3, count(raw, "!")) -
    agrees +
    0.3 *
      (context.lastAssistantText !== undefined && assistantGaveUp(plainText(context.lastAssistantText), language)
        ? 1
        : 0);
  return {
    frustration: probability((annoyance + (modelled === 1 ? ENGLISH_BIAS : OTHER_BIAS)) / TEMPERATURE),
    distress: Math.max(words.distress.test(reading.plain) ? 0.85 : 0, modelled * 0.6 * probability(logits.afraid)),
    confusion: Math.max(words.confused.test(reading.plain) ? 0.8 : 0, modelled * 0.55 * probability(logits.confused)),
    valence: bounded(
      modelled * (probability(logits.pleased) - probability(logits.annoyed)) +
        0.5 * density(words.pleased) -
        density(words.insults) -
        0.15 * density(words.denies),
    ),
  };
}

/** Above 1 so that the ends stay apart: the trend needs differences among annoyed turns too. */
const MOST_REFUSAL = 1.4;
const SHORT_ANSWER_WORDS = 3;
const ANSWER_SHARE = 0.3;
const SHORT_TURN_WORDS = 1;
const REFUSAL_GAIN = 1.5;
const MODEL_GAIN = 1.1;
const TEMPERATURE = 1.5;
const ENGLISH_BIAS = 1;
const OTHER_BIAS = -2;

const count = (text: string, mark: string): number => text.slice(0, 2_000).split(mark).length - 1;
const wordCount = (reading: Reading): number => reading.plain.split(" ").length;
const bounded = (value: number): number => Math.min(1, Math.max(-1, value));
