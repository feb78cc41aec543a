import type { Priority, Trigger } from "../domain/closed-sets.ts";
import type { EpochMs } from "../domain/time.ts";
import type { CallerTurnMemory } from "./conversation.ts";
import type { FrustrationTrend } from "./frustration-trend.ts";

/** Why an escalation was decided, with what it takes to explain and replay it. Evidence is turn indexes, never words. */
export type DecisionFacts = {
  readonly trigger: Trigger;
  /** One plain sentence for the agent. */
  readonly because: string;
  /** Turns that show it, by index. */
  readonly evidence: readonly number[];
  /** What was measured, by name. */
  readonly signals: Readonly<Record<string, number>>;
  /** What it was measured against. */
  readonly thresholds: Readonly<Record<string, number>>;
  readonly policyRevision: string;
  /** Danger to life: the configured emergency line at once, never a callback (H14). */
  readonly emergency?: true;
};

export type Escalate = DecisionFacts & {
  readonly escalate: true;
  /** Set for `policy-intent`: which one. */
  readonly policyIntent?: string;
  readonly queue?: string;
  readonly priority?: Priority;
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

export type Moment = {
  /** Caller turns not dealt with yet. */
  readonly open: readonly CallerTurnMemory[];
  /** Of the caller's frustration over them; absent while they are too few. */
  readonly trend?: FrustrationTrend | undefined;
  readonly at: EpochMs;
};
