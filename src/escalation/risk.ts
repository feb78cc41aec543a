import { combinedDistress } from "../scoring/turn-signals.ts";
import { confidenceNow, floorFor } from "./confidence.ts";
import type { Conversation } from "./conversation.ts";
import { type FrustrationTrend, slopeOf } from "./frustration-trend.ts";
import type { EscalationPolicy } from "./policy.ts";
import type { Moment } from "./decision.ts";

/** A trend must be high, above the caller's own beginning and rising: the one that lacks most says how far it is. */
function sentimentWay(trend: FrustrationTrend, policy: EscalationPolicy): number {
  const { level, rise, slope } = policy.sentiment;
  const way = Math.min(trend.now / level, (trend.now - trend.baseline) / rise);
  // Squared: halfway up a trend is far from a decision, and most trends turn.
  return way <= 0 ? 0 : Math.max(0, Math.min(way, slopeOf(trend) / slope)) ** 2;
}

/** The most a conversation that has not been decided can show: 1 is kept for a decision. */
const MOST = 0.99;

/**
 * How near a decision is, 0 to 1: for each trigger how far it is on its way, the nearest one counting fully and
 * the second one filling half of what is left, since two weak signs together are more than one.
 */
export function riskOf(conversation: Conversation, policy: EscalationPolicy, { open, trend, at }: Moment): number {
  const newest = open.at(-1);
  const confidence = confidenceNow(conversation, policy);
  const floor = floorFor(conversation, policy);
  const ways = [
    (newest?.signals.explicitRequest ?? 0) / policy.explicitRequest.threshold,
    trend === undefined ? 0 : sentimentWay(trend, policy),
    newest === undefined ? 0 : combinedDistress(newest.signals) / policy.distress.threshold,
    confidence === undefined || confidence >= floor ? 0 : 0.7,
    conversation.failedTurns.length / policy.failedTurns.limit,
    conversation.toolFailures.length / policy.toolFailures.limit,
    conversation.silences.length / policy.silence.limit,
    conversation.contextShare / policy.contextLimit.share - 0.2,
    conversation.callerTurns / policy.longConversation.callerTurns - 0.2,
    (at - conversation.startedAt) / policy.longConversation.ms - 0.2,
  ];
  let [nearest, second] = [0, 0];
  for (const way of ways) {
    if (way > nearest) [nearest, second] = [Math.min(MOST, way), nearest];
    else if (way > second) second = way;
  }
  return Math.min(MOST, nearest + (1 - nearest) * second * 0.5);
}
