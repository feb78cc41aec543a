// One small rule a trigger, in order of urgency. A rule answers whether it fires and with which evidence.
import type { Conversation } from "./conversation.ts";
import { belowFloor, confidenceNow, floorFor } from "./confidence.ts";
import type { Fired, Moment } from "./decision.ts";
import { slopeOf } from "./frustration-trend.ts";
import type { EscalationPolicy } from "./policy.ts";
import { policyIntentRule } from "./policy-intent-rule.ts";
import { combinedDistress, distressInVoice } from "../scoring/turn-signals.ts";

type Rule = (conversation: Conversation, policy: EscalationPolicy, moment: Moment) => Fired | undefined;

const explicitRequest: Rule = (conversation, policy, { open }) => {
  const key = conversation.requests.find((request) => request.trigger === "explicit-request");
  if (key !== undefined) return outside(key);
  const threshold = policy.explicitRequest.threshold;
  const asked = open.filter((memory) => memory.signals.explicitRequest >= threshold);
  const newest = asked.at(-1);
  if (newest === undefined) return undefined;
  return {
    trigger: "explicit-request",
    because: "The caller asked for a person.",
    evidence: asked.map((memory) => memory.turn),
    signals: { explicitRequest: newest.signals.explicitRequest },
    thresholds: { explicitRequest: threshold },
  };
};

const distress: Rule = (_conversation, policy, { open }) => {
  const threshold = policy.distress.threshold;
  const newest = open.at(-1);
  if (newest === undefined) return undefined;
  const danger = newest.signals.danger === true;
  // A threshold is about how somebody sounds, and not about a life.
  if (!danger && combinedDistress(newest.signals) < threshold) return undefined;
  return {
    trigger: "distress",
    because: danger ? "The caller says that a life is in danger." : "The caller sounds in distress.",
    evidence: [newest.turn],
    signals: {
      distress: combinedDistress(newest.signals),
      inWords: newest.signals.distress,
      inVoice: distressInVoice(newest.signals),
    },
    thresholds: { distress: threshold },
    ...(danger ? { emergency: true, priority: "urgent" } : { priority: "high" }),
  };
};

/** A life in danger, said in the newest turn. */
export const dangerRule: Rule = (conversation, policy, moment) =>
  moment.open.at(-1)?.signals.danger === true ? distress(conversation, policy, moment) : undefined;

function outside(request: Conversation["requests"][number]): Fired {
  return {
    trigger: request.trigger,
    because: request.because,
    evidence: request.turn >= 0 ? [request.turn] : [],
    signals: {},
    thresholds: {},
  };
}

const outsideRequest: Rule = (conversation) => {
  const newest = conversation.requests.at(-1);
  return newest === undefined ? undefined : outside(newest);
};

const assistantFailure: Rule = (conversation, policy) => {
  const failures = conversation.assistantFailures;
  const newest = failures.at(-1);
  if (newest === undefined || failures.length < policy.assistantFailures.limit) return undefined;
  return {
    ...outside(newest),
    signals: { assistantFailures: failures.length },
    thresholds: { assistantFailures: policy.assistantFailures.limit },
  };
};

const confidence: Rule = (conversation, policy) => {
  const low = belowFloor(conversation, policy);
  const now = confidenceNow(conversation, policy);
  const floor = floorFor(conversation, policy);
  if (now === undefined || now >= floor) return undefined;
  // A re-grounding try comes first, unless more answers than allowed were already below the floor without one.
  const tried = conversation.reGrounds > 0 && low.length >= policy.confidence.failedEvaluations;
  if (!tried && low.length <= policy.confidence.failedEvaluations) return undefined;
  return {
    trigger: "confidence",
    because: `The assistant is not sure enough of its answers (${percent(now)}, needed ${percent(floor)}), also after searching again.`,
    evidence: low,
    signals: { confidence: now, answersBelowFloor: low.length, reGrounds: conversation.reGrounds },
    thresholds: { confidence: floor, answersBelowFloor: policy.confidence.failedEvaluations },
  };
};

const toolFailure: Rule = (conversation, policy) => {
  const failures = conversation.toolFailures;
  if (failures.length < policy.toolFailures.limit) return undefined;
  return {
    trigger: "tool-failure",
    because: `The assistant's tools failed ${failures.length} times in a row.`,
    evidence: known(failures),
    signals: { toolFailures: failures.length },
    thresholds: { toolFailures: policy.toolFailures.limit },
  };
};

const failedTurns: Rule = (conversation, policy) => {
  const failed = conversation.failedTurns;
  if (failed.length < policy.failedTurns.limit) return undefined;
  return {
    trigger: "failed-turns",
    because: `${failed.length} of the caller's turns brought no progress.`,
    evidence: failed,
    signals: { failedTurns: failed.length },
    thresholds: { failedTurns: policy.failedTurns.limit },
  };
};

const sentiment: Rule = (_conversation, policy, { trend }) => {
  const { level, rise, slope } = policy.sentiment;
  if (trend === undefined || trend.now < level || trend.now - trend.baseline < rise) return undefined;
  const rising = slopeOf(trend);
  if (rising < slope) return undefined;
  return {
    trigger: "sentiment",
    because: "The caller's frustration is rising.",
    evidence: trend.window.map((memory) => memory.turn),
    signals: { frustration: trend.now, baseline: trend.baseline, slope: rising },
    thresholds: { frustration: level, rise, slope },
  };
};

const confusion: Rule = (_conversation, policy, { open }) => {
  const { threshold, turns } = policy.confusion;
  const lost = open.filter((memory) => memory.signals.confusion >= threshold);
  if (lost.length < turns || lost.at(-1) !== open.at(-1)) return undefined;
  return {
    trigger: "confusion",
    because: `The caller was lost in ${lost.length} turns.`,
    evidence: lost.map((memory) => memory.turn),
    signals: { confusedTurns: lost.length, confusion: lost.at(-1)?.signals.confusion ?? 0 },
    thresholds: { confusedTurns: turns, confusion: threshold },
  };
};

const silence: Rule = (conversation, policy) => {
  const long = conversation.silences.filter((pause) => pause.ms >= policy.silence.longMs);
  if (long.length < policy.silence.limit) return undefined;
  return {
    trigger: "silence",
    because: `The caller stayed silent ${long.length} times when it was their turn.`,
    evidence: known(long.map((pause) => pause.turn)),
    signals: { silences: long.length, longestMs: Math.max(...long.map((pause) => pause.ms)) },
    thresholds: { silences: policy.silence.limit, longestMs: policy.silence.longMs },
  };
};

const contextLimit: Rule = (conversation, policy) => {
  if (conversation.contextShare < policy.contextLimit.share) return undefined;
  return {
    trigger: "context-limit",
    because: "The conversation has nearly filled what the assistant can remember.",
    evidence: known([conversation.lastTurn]),
    signals: { contextShare: conversation.contextShare },
    thresholds: { contextShare: policy.contextLimit.share },
  };
};

const longConversation: Rule = (conversation, policy, { at }) => {
  const { callerTurns, ms } = policy.longConversation;
  const lasted = at - conversation.startedAt;
  if (conversation.callerTurns < callerTurns && lasted < ms) return undefined;
  return {
    trigger: "long-conversation",
    because: `The call has lasted ${Math.round(lasted / 60_000)} minutes and ${conversation.callerTurns} caller turns without an end.`,
    evidence: known([conversation.lastTurn]),
    signals: { callerTurns: conversation.callerTurns, ms: lasted },
    thresholds: { callerTurns, ms },
  };
};

const percent = (share: number): string => `${Math.round(share * 100)} %`;
const known = (turns: readonly number[]): readonly number[] => [...new Set(turns)].filter((turn) => turn >= 0);

/** In order of urgency: the first that fires decides. */
export const rules: readonly Rule[] = [
  explicitRequest,
  policyIntentRule,
  distress,
  outsideRequest,
  assistantFailure,
  confidence,
  toolFailure,
  failedTurns,
  sentiment,
  confusion,
  silence,
  contextLimit,
  longConversation,
];
