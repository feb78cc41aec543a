import { hash } from "node:crypto";
import { phrasesOf, readAs, type TriggerSettings } from "../escalation/policy.ts";
import type { Insight } from "../packet/build-packet.ts";
import type { FastPath } from "../runtime/live/live-deps.ts";
import { compilePhrases, type PhraseBook } from "../scoring/phrase-book.ts";
import type { TextModels } from "../scoring/text-models.ts";
import { scoreText } from "../scoring/text-signals.ts";
import type { Turn } from "../turns/turn.ts";

/** How callers' words are read and what follows from it. */
export type Judgement = {
  readonly fastPath: FastPath;
  /** The packet's part that is computed from the turns alone, on whichever node builds it. */
  readonly insight: (turns: readonly Turn[], language: string) => Insight;
};

/** `policy` is asked at every turn: admins change it while calls go on. */
export function createJudgement(parts: {
  readonly models: TextModels;
  readonly policy: () => TriggerSettings;
}): Judgement {
  const { models, policy } = parts;
  const phrases = phraseBookOf(policy);
  const valences = rememberValences();
  const read: FastPath["read"] = (text, language, before) => {
    const as = readAs(policy().languages, language);
    const signals = scoreText(text, as, models, { ...before, phrases: phrases() });
    valences.keep(text, as, signals.valence);
    return signals;
  };
  const valence: Valence = (text, language) =>
    valences.of(text, readAs(policy().languages, language)) ?? read(text, language, ALONE).valence;
  return {
    fastPath: { policy, read },
    insight: (turns, language) => ({ ...sentimentOf(turns, language, valence) }),
  };
}

const ALONE = { earlierCallerTexts: [] } as const;

type Valence = (text: string, language: string) => number;

const nameOf = (text: string, language: string): string => hash("sha256", `${language} ${text}`, "base64");

/** Turns whose mood is remembered: those of some hundred calls. */
const VALENCES_MAX = 5_000;

/**
 * The mood of the turns that were read last, which no earlier turn changes: a packet names that of each turn of its call,
 * and nearly all of them were read when they were said. No word is kept, so that a caller who is erased leaves none here.
 */
function rememberValences() {
  const known = new Map<string, number>();
  return {
    of: (text: string, language: string): number | undefined => known.get(nameOf(text, language)),
    keep: (text: string, language: string, valence: number): void => {
      known.set(nameOf(text, language), valence);
      const [oldest] = known.keys();
      if (known.size > VALENCES_MAX && oldest !== undefined) known.delete(oldest);
    },
  };
}

/** The admin's phrases, made ready once for every revision of the policy. */
function phraseBookOf(policy: () => TriggerSettings): () => PhraseBook {
  let ready: { readonly of: TriggerSettings; readonly book: PhraseBook } | undefined;
  return () => {
    const now = policy();
    if (ready?.of !== now) ready = { of: now, book: compilePhrases(phrasesOf(now)) };
    return ready.book;
  };
}

const BASELINE_TURNS = 2;

function sentimentOf(turns: readonly Turn[], language: string, valence: Valence): Pick<Insight, "sentiment"> {
  const series = turns
    .filter(({ role }) => role === "caller")
    .map(({ index, text }) => ({ turn: index, value: valence(text, language) }));
  if (series.length === 0) return {};
  const values = series.map(({ value }) => value);
  const now = values.at(-1) ?? 0;
  const first = values.slice(0, BASELINE_TURNS);
  const baseline = first.reduce((sum, value) => sum + value, 0) / first.length;
  const slope = values.length < 2 ? 0 : (now - (values[0] ?? 0)) / (values.length - 1);
  return { sentiment: { now, baseline, slope, series } };
}
