import type { PolicyIntent } from "../domain/closed-sets.ts";
import { acceptsPerson } from "./accepts-person.ts";
import { inDanger } from "./danger.ts";
import { explicitRequest } from "./explicit-request.ts";
import { moodOf } from "./mood.ts";
import { matchPhrases, type PhraseHits } from "./phrase-book.ts";
import { policyIntents } from "./policy-intents.ts";
import { readText, type Reading } from "./read-text.ts";
import type { TextContext } from "./text-context.ts";
import { type Logits, logitsOf, type TextModels } from "./text-models.ts";

/** What one caller turn's words say. Probabilities in [0, 1]; `valence` from -1 (bad) to 1 (good). */
export type TextSignals = {
  /** The caller asks, in this turn, to be passed to a person. */
  readonly explicitRequest: number;
  readonly policyIntents: Readonly<Record<PolicyIntent, number>>;
  /** Intents an admin added by phrases, 1 where a phrase occurs; absent when there are none. */
  readonly customIntents?: Readonly<Record<string, number>>;
  /** Annoyed or dissatisfied with how the call goes. */
  readonly frustration: number;
  /** Fear, despair, an emergency. */
  readonly distress: number;
  /** Somebody's life is in danger now, by others or by illness; absent when nothing says so. */
  readonly danger?: true;
  /** Lost: does not follow what is said or asked. */
  readonly confusion: number;
  readonly valence: number;
};

/**
 * Signals of one caller turn. Pure and bounded: of a long turn only the first and last 1,200 characters are examined.
 * `language` is the BCP 47 tag declared for the call; it counts where the words do not show their own (`languages-heard.ts`).
 */
export function scoreText(text: string, language: string, models: TextModels, context: TextContext = {}): TextSignals {
  const reading = readText(text, language);
  const phrases = context.phrases === undefined ? undefined : matchPhrases(reading, context.phrases);
  const logits = logitsOf(reading, models);
  return {
    explicitRequest: requestProbability(reading, logits, context, phrases),
    policyIntents: policyIntents(reading, logits, models),
    ...(phrases === undefined ? {} : { customIntents: phrases.intents }),
    ...moodOf(reading, text, { logits, models }, context),
    ...(inDanger(reading) ? { danger: true as const, distress: IN_DANGER } : {}),
  };
}

function requestProbability(
  reading: Reading,
  logits: Logits,
  context: TextContext,
  phrases: PhraseHits | undefined,
): number {
  if (phrases?.asks === true) return 1;
  if (phrases?.asksNot === true) return 0;
  // "Yes please" asks for a person when a person was just offered.
  if (context.lastAssistantText !== undefined && acceptsPerson(reading, context.lastAssistantText)) return ACCEPTED;
  return explicitRequest(reading, logits.explicitRequest);
}

const ACCEPTED = 0.97;
/** Beyond any threshold of distress that makes sense. */
const IN_DANGER = 0.98;
