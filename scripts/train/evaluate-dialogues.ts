// Whole conversations through the fast path: how many are escalated, by what, and after how many caller turns.
import { judgeDialogue, type JudgedDialogue, type WrittenTurn } from "../../src/escalation/judge-dialogue.ts";
import { defaultPolicy } from "../../src/escalation/policy.ts";
import type { TextModels } from "../../src/scoring/text-models.ts";
import type { Dialogue } from "./corpus.ts";

export type Judged = {
  readonly dialogue: Dialogue;
  readonly judged: JudgedDialogue;
  /** Caller turns up to and with the decision. */
  readonly callerTurns?: number;
};

export function judgeAll(dialogues: readonly Dialogue[], models: TextModels): readonly Judged[] {
  return dialogues.map((dialogue) => {
    const written = dialogue.turns
      .filter((turn) => turn.speaker !== "action")
      .map(({ speaker, text }): WrittenTurn => ({ role: speaker === "user" ? "caller" : "assistant", text }));
    const judged = judgeDialogue(written, { language: dialogue.lang ?? "en", models, policy: defaultPolicy });
    const until = judged.decision?.atTurn;
    if (until === undefined) return { dialogue, judged };
    return {
      dialogue,
      judged,
      callerTurns: written.slice(0, until + 1).filter((turn) => turn.role === "caller").length,
    };
  });
}

/** Triggers of those escalated, most frequent first. */
export function triggerMix(judged: readonly Judged[]): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const { judged: one } of judged) {
    if (one.decision === undefined) continue;
    const name =
      one.decision.policyIntent === undefined ? one.decision.trigger : `policy-intent (${one.decision.policyIntent})`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].toSorted((a, b) => b[1] - a[1]);
}
