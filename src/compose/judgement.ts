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
  const read: FastPath["read"] = (text, language, before) =>
    scoreText(text, readAs(policy().languages, language), models, { ...before, phrases: phrases() });
  return {
    fastPath: { policy, read },
    insight: (turns, language) => ({ ...sentimentOf(turns, language, read) }),
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

function sentimentOf(turns: readonly Turn[], language: string, read: FastPath["read"]): Pick<Insight, "sentiment"> {
  const series = turns
    .filter(({ role }) => role === "caller")
    .map(({ index, text }) => ({ turn: index, value: read(text, language, { earlierCallerTexts: [] }).valence }));
  if (series.length === 0) return {};
  const values = series.map(({ value }) => value);
  const now = values.at(-1) ?? 0;
  const first = values.slice(0, BASELINE_TURNS);
  const baseline = first.reduce((sum, value) => sum + value, 0) / first.length;
  const slope = values.length < 2 ? 0 : (now - (values[0] ?? 0)) / (values.length - 1);
  return { sentiment: { now, baseline, slope, series } };
}
