import type { Priority, Trigger } from "../domain/closed-sets.ts";
import type { EpochMs } from "../domain/time.ts";
import type { CallerTurnMemory } from "./conversation.ts";

export type Escalate = {
  readonly escalate: true;
  readonly trigger: Trigger;
  /** One plain sentence for the agent. */
  readonly because: string;
  /** Turns that show it, by index. */
  readonly evidence: readonly number[];
  /** What was measured, by name: stored, so that the decision can be explained and replayed. */
  readonly signals: Readonly<Record<string, number>>;
  /** What it was measured against. */
  readonly thresholds: Readonly<Record<string, number>>;
  readonly policyRevision: string;
  /** Set for `policy-intent`: which one. */
  readonly policyIntent?: string;
  readonly queue?: string;
  readonly priority?: Priority;
  /** Danger to life: say the configured emergency line at once, and offer no callback. */
  readonly emergency?: true;
};

/** The assistant's last answer is not good enough, and there is still a try left: search again with another query. */
export type ReGround = {
  /** The assistant turn that fell below. */
  readonly turn: number;
  readonly confidence: number;
  readonly floor: number;
};

export type Stay = {
  readonly escalate: false;
  /** How near a decision is, 0 to 1; at `policy.preAlert.risk` the likely agent is shown a quiet card. */
  readonly risk: number;
  readonly reGround?: ReGround;
};

export type EscalationDecision = Escalate | Stay;

/** What a rule answers when it fires. */
export type Fired = Omit<Escalate, "escalate" | "policyRevision">;

/** `open`: caller turns not dealt with yet. */
export type Moment = { readonly open: readonly CallerTurnMemory[]; readonly at: EpochMs };
