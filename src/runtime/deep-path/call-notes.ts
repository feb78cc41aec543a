// What the deep path remembers of one call: the newest turns and tool runs, bounded.

import type { EscalationPolicy } from "../../escalation/policy.ts";
import { floorFor } from "../../escalation/confidence.ts";
import type { CallInsight } from "../../packet/insight.ts";
import { redact, redactTurns, redactValue } from "../../packet/redact.ts";
import type { ToolRun } from "../../ports/conversations.ts";
import type { JudgeAsk, Judged } from "../../ports/judge.ts";
import type { EpochMs } from "../../domain/time.ts";
import { compositeConfidence } from "../../scoring/self-evaluation.ts";
import type { Turn } from "../../turns/turn.ts";

const TURNS_MAX = 14;
const RUNS_MAX = 8;
const ENTITIES_MAX = 12;

export type CallNotes = {
  readonly turns: readonly Turn[];
  readonly runs: readonly ToolRun[];
  readonly insight?: CallInsight;
  /** What the assistant was told to do. */
  readonly rules?: string;
};

export const noNotes: CallNotes = { turns: [], runs: [] };

/** A turn that is told again replaces the first telling. */
export function withTurn(notes: CallNotes, turn: Turn): CallNotes {
  const others = notes.turns.filter(({ index }) => index !== turn.index);
  return { ...notes, turns: [...others, turn].toSorted((a, b) => a.index - b.index).slice(-TURNS_MAX) };
}

export const withRun = (notes: CallNotes, run: ToolRun): CallNotes => ({
  ...notes,
  runs: [...notes.runs, run].slice(-RUNS_MAX),
});

/** The newest assistant turn, if the caller has said something before it: a greeting is no reply. */
export function replyIn(notes: CallNotes): Turn | undefined {
  const reply = notes.turns.findLast(({ role }) => role === "assistant");
  const answers = notes.turns.some(({ role, index }) => role === "caller" && index < (reply?.index ?? -1));
  return answers ? reply : undefined;
}

/** The question for the judge; nothing in it that a card or a code could be read from (H12). */
export function questionFrom(notes: CallNotes, about: Pick<JudgeAsk, "case" | "language">): JudgeAsk {
  const { insight, rules } = notes;
  return {
    ...about,
    turns: redactTurns(notes.turns).map(({ role, text }) => ({ role, text })),
    runs: notes.runs.map(({ name, kind, ok, input, result, sources }) => ({
      name,
      kind,
      ok,
      result: redact(result),
      ...(input !== undefined && { input: redactValue(input) }),
      ...(sources !== undefined && { sources }),
    })),
    ...(rules !== undefined && { rules }),
    ...(insight?.intent !== undefined && { intent: insight.intent }),
  };
}

/** What is known after a judgement: what it does not say stays, as long as the caller's matter does. */
export function insightAfter(
  notes: CallNotes,
  judged: Judged,
  moment: { readonly at: EpochMs; readonly policy: EscalationPolicy },
): CallInsight {
  const before = notes.insight;
  const intent = judged.intent ?? before?.intent;
  const kept = before?.intent === intent ? before : undefined;
  const { scores: _scores, resolved: _resolved, entities, ...said } = judged;
  const named = Object.entries({ ...kept?.entities, ...entities }).slice(-ENTITIES_MAX);
  return {
    ...kept,
    ...said,
    turn: notes.turns.at(-1)?.index ?? 0,
    at: moment.at,
    ...(intent !== undefined && { intent }),
    ...(named.length > 0 && { entities: Object.fromEntries(named) }),
    ...confidenceOf(judged, { intent: intent ?? "unknown", kept, policy: moment.policy }),
  };
}

function confidenceOf(
  judged: Judged,
  about: { readonly intent: string; readonly kept: CallInsight | undefined; readonly policy: EscalationPolicy },
): Pick<CallInsight, "confidence" | "floor"> {
  const { weights } = about.policy.confidence;
  const confidence = judged.scores === undefined ? about.kept?.confidence : compositeConfidence(judged.scores, weights);
  return confidence === undefined ? {} : { confidence, floor: floorFor(about, about.policy) };
}
