import { median, robustSlope } from "../scoring/trajectory.ts";
import type { CallerTurnMemory, Conversation } from "./conversation.ts";
import type { EscalationPolicy } from "./policy.ts";

/** Where the caller's frustration stands and goes, words and voice together. */
export type FrustrationTrend = {
  readonly now: number;
  /** Median of the caller's first turns. */
  readonly baseline: number;
  /** The turns looked at, newest last. */
  readonly window: readonly CallerTurnMemory[];
};

/** Theil–Sen slope of a trend per caller turn. Worth its time only where the rest of a trend is there. */
export const slopeOf = ({ window }: FrustrationTrend): number =>
  robustSlope(window.map((memory) => memory.frustration));

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
    window,
  };
}
