import type { Dimension } from "../scoring/self-evaluation.ts";
import type { Turn } from "../turns/turn.ts";
import type { ToolRun } from "./conversations.ts";
import type { CaseId } from "./journal.ts";

/** A stretch of a conversation to be judged. Every text is redacted already: no card and no code leaves the gateway. */
export type JudgeAsk = {
  readonly case: CaseId;
  readonly language: string;
  /** Oldest first; the newest one of the assistant is the reply that is judged. */
  readonly turns: readonly Pick<Turn, "role" | "text">[];
  /** What the assistant looked up and did, oldest first: what its reply may rest on. */
  readonly runs: readonly Pick<ToolRun, "name" | "kind" | "ok" | "input" | "result" | "sources">[];
  /** What the assistant was told to do; its policy is judged by this. */
  readonly rules?: string;
  /** The caller's intent as resolved before, so that its name stays while the matter does. */
  readonly intent?: string;
};

/** What was made of it. Bounded in length, redacted, and never more than advice. */
export type Judged = {
  /** How good the reply is; absent when it was no answer ("one moment, let me look"). */
  readonly scores?: Readonly<Record<Dimension, number>>;
  /** Lower-case words and hyphens. */
  readonly intent?: string;
  /** The caller's question is answered or their task done. */
  readonly resolved: boolean;
  readonly summary?: string;
  readonly entities: Readonly<Record<string, string>>;
  readonly suggestedNextAction?: string;
};

/**
 * A second model that judges the assistant's replies, beside the conversation. Never rejects: whatever goes wrong (down,
 * slow, limited, refused, nonsense, no budget left) is the answer `undefined`, within the judge's own time limit.
 */
export type Judge = {
  /** @param outdated aborted when a newer turn makes the question pointless. */
  judge(ask: JudgeAsk, outdated: AbortSignal): Promise<Judged | undefined>;
  /** The call is over: what was counted for it is forgotten. */
  forget(caseId: CaseId): void;
};
