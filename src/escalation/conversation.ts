// What deciding needs to remember of a conversation: a fold over what happens, immutable and bounded.
// It holds numbers and hashes, never words, so it may be stored with a decision.
import type { Trigger } from "../domain/closed-sets.ts";
import type { EpochMs } from "../domain/time.ts";
import { plainText } from "../scoring/read-text.ts";
import { type SelfEvaluation, worseOf } from "../scoring/self-evaluation.ts";
import { contentTokens } from "../scoring/tokens.ts";
import { BASELINE_TURNS } from "../scoring/trajectory.ts";
import { combinedFrustration, type TurnSignals } from "../scoring/turn-signals.ts";
import { assistantGaveUp, callerOutcome } from "../scoring/turn-outcome.ts";
import type { Turn } from "../turns/turn.ts";
import { repeats } from "./repetition.ts";

/** Caller turns kept: more than any window that looks back. */
const RECENT_TURNS = 12;
const KEPT_EVENTS = 24;
/** Below this recognition confidence the words of a turn count as not understood. */
const HEARD_BADLY = 0.4;

export type CallerTurnMemory = {
  readonly turn: number;
  readonly at: EpochMs;
  readonly signals: TurnSignals;
  /** Words and voice together. */
  readonly frustration: number;
  readonly tokens: readonly number[];
};

/** Something outside the caller's words that asks for a person. */
export type OutsideRequest = {
  readonly trigger: "explicit-request" | "assistant-request" | "api" | "policy-exception" | "assistant-failure";
  /** One plain sentence, shown to the agent. */
  readonly because: string;
  readonly at: EpochMs;
  readonly turn: number;
};

export type Decline = {
  readonly trigger: Trigger;
  readonly intent: string;
  readonly at: EpochMs;
  readonly turn: number;
};

export type Conversation = {
  readonly language: string;
  readonly startedAt: EpochMs;
  /** Resolved intent, by name; "unknown" until something names it. */
  readonly intent: string;
  /** Index of the newest turn of either party; -1 before the first. */
  readonly lastTurn: number;
  readonly callerTurns: number;
  readonly recent: readonly CallerTurnMemory[];
  /** Frustration of the caller's first turns. */
  readonly baseline: readonly number[];
  /** Caller turns without progress on this intent, by index. */
  readonly failedTurns: readonly number[];
  /** Tool failures since the last tool that worked, by the turn they answer. */
  readonly toolFailures: readonly number[];
  readonly evaluation?: SelfEvaluation;
  /** Evaluations seen on this intent, newest last. */
  readonly evaluations: readonly SelfEvaluation[];
  /** Re-grounding tries on this intent. */
  readonly reGrounds: number;
  readonly silences: readonly { readonly at: EpochMs; readonly ms: number; readonly turn: number }[];
  readonly assistantFailures: readonly OutsideRequest[];
  readonly requests: readonly OutsideRequest[];
  readonly declines: readonly Decline[];
  /** Share of the model's context in use, 0 to 1. */
  readonly contextShare: number;
  /** Turns up to this index have been dealt with: a person was reached, or the caller came back of their own wish. */
  readonly settledTurn: number;
};

export function startConversation(start: { language: string; startedAt: EpochMs }): Conversation {
  return {
    ...start,
    intent: "unknown",
    lastTurn: -1,
    callerTurns: 0,
    recent: [],
    baseline: [],
    failedTurns: [],
    toolFailures: [],
    evaluations: [],
    reGrounds: 0,
    silences: [],
    assistantFailures: [],
    requests: [],
    declines: [],
    contextShare: 0,
    settledTurn: -1,
  };
}

const last = <T>(list: readonly T[], item: T, most = KEPT_EVENTS): readonly T[] => [...list, item].slice(-most);

/** A final caller turn and its signals. A repeated delivery of the same turn index replaces nothing and changes nothing. */
export function afterCallerTurn(conversation: Conversation, turn: Turn, signals: TurnSignals): Conversation {
  if (conversation.recent.some((known) => known.turn === turn.index)) return conversation;
  const plain = plainText(turn.text);
  const tokens = contentTokens(plain);
  const frustration = combinedFrustration(signals);
  const outcome = callerOutcome(plain, conversation.language);
  const failed =
    (turn.asrConfidence !== undefined && turn.asrConfidence < HEARD_BADLY) ||
    outcome.rejects ||
    repeats(tokens, conversation.recent);
  const content = !failed && outcome.content;
  return {
    ...conversation,
    lastTurn: Math.max(conversation.lastTurn, turn.index),
    callerTurns: conversation.callerTurns + 1,
    recent: last(conversation.recent, { turn: turn.index, at: turn.at, signals, frustration, tokens }, RECENT_TURNS),
    baseline:
      conversation.baseline.length < BASELINE_TURNS ? [...conversation.baseline, frustration] : conversation.baseline,
    failedTurns: content ? [] : failed ? last(conversation.failedTurns, turn.index) : conversation.failedTurns,
    // The caller spoke, so the silence is over.
    silences: [],
  };
}

/** A final assistant turn. An answer that gives up makes the caller turn before it a failed one. */
export function afterAssistantTurn(conversation: Conversation, turn: Turn): Conversation {
  const next = { ...conversation, lastTurn: Math.max(conversation.lastTurn, turn.index) };
  return assistantGaveUp(plainText(turn.text), conversation.language) ? withFailedTurn(next) : next;
}

/** What a tool did. A committed write is progress; a failure makes the current caller turn a failed one. */
export type ToolUse = {
  readonly name: string;
  readonly kind: "search" | "read" | "write";
  readonly ok: boolean;
  readonly at: EpochMs;
  readonly query?: string;
  readonly sources?: readonly { readonly title: string; readonly ref: string }[];
};

export function afterTool(conversation: Conversation, tool: ToolUse): Conversation {
  if (!tool.ok)
    return withFailedTurn({
      ...conversation,
      toolFailures: last(conversation.toolFailures, newestCallerTurn(conversation)),
    });
  const worked = { ...conversation, toolFailures: [] };
  if (tool.kind === "write") return { ...worked, failedTurns: [] };
  // A search that found nothing has not helped the caller.
  return tool.kind === "search" && tool.sources?.length === 0 ? withFailedTurn(worked) : worked;
}

/**
 * A judgement of an answer, by the deep path or by its figures (`weakFigures`). A new intent starts new counts; a resolved
 * one clears them. Of two judgements of one answer the worse holds, so that the slower one can only add.
 */
export function afterSelfEvaluation(conversation: Conversation, judged: SelfEvaluation): Conversation {
  const earlier = conversation.evaluations.find(({ turn }) => turn === judged.turn);
  const evaluation = earlier === undefined ? judged : { ...judged, scores: worseOf(judged.scores, earlier.scores) };
  const changed = evaluation.intent !== undefined && evaluation.intent !== conversation.intent;
  // The first name given to an intent is not a change of it.
  const fresh = changed && conversation.intent !== "unknown";
  const base = fresh ? { ...conversation, failedTurns: [], evaluations: [], reGrounds: 0 } : conversation;
  const others = base.evaluations.filter(({ turn }) => turn !== evaluation.turn);
  return {
    ...base,
    intent: evaluation.intent ?? base.intent,
    evaluation,
    evaluations: evaluation.resolved === true ? [evaluation] : last(others, evaluation, RECENT_TURNS),
    failedTurns: evaluation.resolved === true ? [] : base.failedTurns,
  };
}

/** The assistant searched again with another query because its confidence was below the floor. */
export function afterReGround(conversation: Conversation): Conversation {
  return { ...conversation, reGrounds: conversation.reGrounds + 1 };
}

/** Nobody spoke for `ms` although the caller was due. */
export function afterSilence(conversation: Conversation, silence: { at: EpochMs; ms: number }): Conversation {
  return { ...conversation, silences: last(conversation.silences, { ...silence, turn: conversation.lastTurn }) };
}

/** A key, the assistant's own tool, the API, or a policy exception asks for a person. */
export function afterRequest(conversation: Conversation, request: Omit<OutsideRequest, "turn">): Conversation {
  return { ...conversation, requests: last(conversation.requests, { ...request, turn: conversation.lastTurn }) };
}

/** The assistant's session failed, answered nothing, or answered nonsense. */
export function afterAssistantFailure(
  conversation: Conversation,
  failure: { at: EpochMs; because: string },
): Conversation {
  const entry = { ...failure, trigger: "assistant-failure", turn: conversation.lastTurn } as const;
  return { ...conversation, assistantFailures: last(conversation.assistantFailures, entry) };
}

/** Share of the model's context in use, 0 to 1. */
export function afterContextUse(conversation: Conversation, share: number): Conversation {
  return { ...conversation, contextShare: share };
}

/** The caller wants to go on with the assistant: the same trigger is not raised again in this intent. */
export function afterDecline(
  conversation: Conversation,
  decline: { trigger: Trigger; at: EpochMs; policyIntent?: string },
): Conversation {
  const entry = {
    trigger: decline.trigger,
    intent: decline.policyIntent ?? conversation.intent,
    at: decline.at,
    turn: conversation.lastTurn,
  };
  return settled({ ...conversation, declines: last(conversation.declines, entry) });
}

/** A handoff ended and the caller is with the assistant again: what led to it is spent. */
export function afterReturn(conversation: Conversation): Conversation {
  return settled(conversation);
}

function settled(conversation: Conversation): Conversation {
  return {
    ...conversation,
    settledTurn: conversation.lastTurn,
    failedTurns: [],
    toolFailures: [],
    silences: [],
    requests: [],
    assistantFailures: [],
    evaluations: [],
    reGrounds: 0,
  };
}

const newestCallerTurn = (conversation: Conversation): number => conversation.recent.at(-1)?.turn ?? -1;

function withFailedTurn(conversation: Conversation): Conversation {
  const turn = newestCallerTurn(conversation);
  if (turn < 0 || conversation.failedTurns.includes(turn)) return conversation;
  return { ...conversation, failedTurns: last(conversation.failedTurns, turn) };
}
