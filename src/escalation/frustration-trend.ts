import { median, robustSlope, type Trajectory } from "../scoring/trajectory.ts";
import type { CallerTurnMemory, Conversation } from "./conversation.ts";
import type { EscalationPolicy } from "./policy.ts";

/** Where the caller's frustration stands and goes, words and voice together. */
export type FrustrationTrend = Trajectory & {
  /** Turns of the window, by index. */
  readonly turns: readonly number[];
};

/** Caller turns that make "now": one outburst is not yet a caller who has had enough. */
const NOW_TURNS = 2;

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Undefined while the caller has said too little, and before their first turn since the case was last settled. */
export function frustrationTrend(
  conversation: Conversation,
  policy: EscalationPolicy,
  open: readonly CallerTurnMemory[],
): FrustrationTrend | undefined {
  const window = open.slice(-policy.sentiment.window);
  if (window.length === 0 || conversation.callerTurns < policy.sentiment.minTurns) return undefined;
  return {
    now: mean(window.slice(-NOW_TURNS).map((memory) => memory.frustration)),
    baseline: median(conversation.baseline),
    slope: robustSlope(window.map((memory) => memory.frustration)),
    turns: window.map((memory) => memory.turn),
  };
}
