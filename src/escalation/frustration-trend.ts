import { median, robustSlope, type Trajectory } from "../scoring/trajectory.ts";
import type { CallerTurnMemory, Conversation } from "./conversation.ts";
import type { EscalationPolicy } from "./policy.ts";

/** Where the caller's frustration stands and goes, words and voice together. */
export type FrustrationTrend = Trajectory & {
  /** Turns of the window, by index. */
  readonly turns: readonly number[];
};

/** Undefined before the caller's first turn since the case was last settled. */
export function frustrationTrend(
  conversation: Conversation,
  policy: EscalationPolicy,
  open: readonly CallerTurnMemory[],
): FrustrationTrend | undefined {
  const window = open.slice(-policy.sentiment.window);
  const newest = window.at(-1);
  if (newest === undefined) return undefined;
  return {
    now: newest.frustration,
    baseline: median(conversation.baseline),
    slope: robustSlope(window.map((memory) => memory.frustration)),
    turns: window.map((memory) => memory.turn),
  };
}
