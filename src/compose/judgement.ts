import { defaultPolicy } from "../escalation/policy.ts";
import type { Insight } from "../packet/build-packet.ts";
import type { FastPath } from "../runtime/live/live-deps.ts";
import { rulesOnly } from "../scoring/text-models.ts";
import { scoreText } from "../scoring/text-signals.ts";
import type { Turn } from "../turns/turn.ts";

/** How callers' words are read and what follows from it. */
export type Judgement = {
  readonly fastPath: FastPath;
  /** The packet's part that is computed from the turns alone, on whichever node builds it. */
  readonly insight: (turns: readonly Turn[], language: string) => Insight;
};

export function createJudgement(): Judgement {
  const models = rulesOnly;
  const read: FastPath["read"] = (text, language, before) => scoreText(text, language, models, before);
  return {
    fastPath: { policy: () => defaultPolicy, read },
    insight: (turns, language) => ({ ...sentimentOf(turns, language, read) }),
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
