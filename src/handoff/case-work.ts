// What happens to a case whatever state its handoff is in: the caller's side, closing work, and people over the API.

import { after, type EpochMs } from "../domain/time.ts";
import { belongsInRoom, callerLabel } from "./caller-room.ts";
import { type Decision, enter, stay, withEscalation } from "./decision.ts";
import type { HandoffPolicy } from "./policy.ts";
import type { CallerPart, CaseState } from "./state.ts";
import { asWished, straightToPeople } from "./states/none.ts";
import type { CaseEvent, Effect } from "./vocabulary.ts";

export function onArrival(
  state: CaseState,
  event: Extract<CaseEvent, { kind: "call-arrived" }>,
  policy: HandoffPolicy,
): Decision {
  if (state.caller) return stay(state);
  const { call, leg, mode, language, target, canCallBack, overflow, noAssistant, keysFrom, wish, at, fresh } = event;
  const caller: CallerPart = {
    call,
    leg,
    mode,
    language,
    target,
    canCallBack,
    place: overflow || noAssistant ? "menu" : "arriving",
    modelDown: noAssistant === true,
    losses: 0,
    lookAt: after(at, policy.callerLookMs),
    ...(overflow && { overflow }),
    ...(keysFrom !== undefined && { keysFrom }),
    ...(wish && { wish: { ...wish, id: fresh.escalation, reference: fresh.reference } }),
  };
  const arrived: CaseState = { ...state, caller };
  return mode === "queue"
    ? straightToPeople({ ...arrived, caller: { ...caller, place: "menu" } }, at, policy, fresh)
    : (asWished(arrived, at, policy) ?? stay(arrived));
}

/** A digit that was sent for the door and came behind it: in a menu it would be a choice nobody made. */
export const isLateDigit = ({ caller }: CaseState, event: CaseEvent): boolean =>
  event.kind === "caller-pressed" && caller?.keysFrom !== undefined && event.at < caller.keysFrom;

/** The caller's side of the case after an event; the same value when nothing changes. */
export function followCaller(state: CaseState, event: CaseEvent): CaseState {
  const { caller } = state;
  if (!caller || caller.place === "gone") return state;
  switch (event.kind) {
    case "assistant-started":
      return changed(state, caller, withAssistant(caller, event.stream));
    case "assistant-lost":
      return changed(state, caller, withoutAssistant(state, caller, event));
    case "caller-joined":
      return isPresentVisit(state, event) ? changed(state, caller, { ...caller, place: "room" }) : state;
    case "caller-left":
      return changed(state, caller, { ...caller, place: "gone" });
    default:
      return state;
  }
}

/** The very same state when the caller's side is as it was: repeated news leaves no trace (H7). */
function changed(state: CaseState, before: CallerPart, caller: CallerPart): CaseState {
  const same = before.place === caller.place && before.stream === caller.stream && before.losses === caller.losses;
  return same ? state : { ...state, caller };
}

/** Did the caller enter the room they belong in? Labels get lost; one that is told must be the present one (H7). */
export const isPresentVisit = (state: CaseState, event: Extract<CaseEvent, { kind: "caller-joined" }>): boolean =>
  belongsInRoom(state) && (event.label === undefined || event.label === callerLabel(state));

/** Enough to know a late repetition: a call is moved between the assistant and people only so often. */
const REMEMBERED_MAX = 20;

/** A connection starts once: told again, or late, it changes nothing (H7). */
function withAssistant(caller: CallerPart, stream: string): CallerPart {
  const { stream: last, earlierStreams: earlier = [] } = caller;
  if (last === stream || earlier.includes(stream)) return caller;
  const before = last === undefined ? earlier : [...earlier, last].slice(-REMEMBERED_MAX);
  return { ...caller, place: "assistant", stream, ...(before.length > 0 && { earlierStreams: before }) };
}

function withoutAssistant(
  state: CaseState,
  caller: CallerPart,
  event: Extract<CaseEvent, { kind: "assistant-lost" }>,
): CallerPart {
  const lost = caller.stream === event.stream && caller.place === "assistant";
  // A late word about an earlier stream changes nothing (H7).
  if (!lost && !neverCame(state, caller, event)) return caller;
  return { ...caller, place: "menu", losses: caller.losses + 1, modelDown: caller.modelDown || event.down };
}

/**
 * The model is down since before it could speak on this connection, so nothing ever said that it had started: without
 * this the caller would be connected to nobody again and again.
 */
function neverCame(
  state: CaseState,
  { stream, earlierStreams = [], place, modelDown }: CallerPart,
  event: Extract<CaseEvent, { kind: "assistant-lost" }>,
): boolean {
  const unheardOf = stream !== event.stream && !earlierStreams.includes(event.stream);
  return event.down && !modelDown && unheardOf && place !== "assistant" && !belongsInRoom(state);
}

/** News that a caller hung up can be lost, and nothing else would ever end their case: the carrier is asked (H1). */
export function lookForCaller(state: CaseState, at: EpochMs, policy: HandoffPolicy): Decision {
  const { caller } = state;
  if (caller?.lookAt === undefined || caller.place === "gone" || at < caller.lookAt) return stay(state);
  return {
    state: { ...state, caller: { ...caller, lookAt: after(at, policy.callerLookMs) } },
    effects: [{ kind: "ask-caller", leg: caller.leg }],
  };
}

/** The same press told again: the carrier repeats a request whose answer it did not get. */
export function isRepeatedPress({ caller }: CaseState, event: CaseEvent): boolean {
  if (event.kind !== "caller-pressed" || event.press === undefined) return false;
  return caller?.presses?.includes(event.press) ?? false;
}

export function rememberPress(state: CaseState, event: CaseEvent): CaseState {
  const { caller } = state;
  if (event.kind !== "caller-pressed" || event.press === undefined || !caller) return state;
  const presses = [...(caller.presses ?? []), event.press].slice(-REMEMBERED_MAX);
  return { ...state, caller: { ...caller, presses } };
}

/** Every decision counts once: merged, replaced and closed ones too, however late they are told again (C20, H7). */
export const isRepeatedDecision = (state: CaseState, event: CaseEvent): boolean =>
  event.kind === "escalation-decided" &&
  (event.escalation === state.escalation?.id || (state.decisions?.includes(event.escalation) ?? false));

export function rememberDecision(state: CaseState, event: CaseEvent): CaseState {
  if (event.kind !== "escalation-decided") return state;
  return { ...state, decisions: [...(state.decisions ?? []), event.escalation].slice(-REMEMBERED_MAX) };
}

/** The agent's closing work: their own act ends it and makes them available; the clock only asks them to check in. */
export function onWrapUp(state: CaseState, event: CaseEvent): Decision | undefined {
  if (event.kind !== "wrapped-up") return undefined;
  const mine = state.wrapUps.find((wrapUp) => wrapUp.agent === event.agent);
  if (!mine) return stay(state);
  const release: Effect = { kind: "release-agent", agent: mine.agent, token: mine.token, next: "available" };
  const left: CaseState = { ...state, wrapUps: state.wrapUps.filter((wrapUp) => wrapUp !== mine) };
  const last = left.wrapUps.length === 0;
  const done = left.handoff.kind === "wrapping-up" && last;
  const closed = done ? enter(left, { kind: "closed", outcome: "bridged" }).state : left;
  const { escalation, handoff } = closed;
  // Handed back to the assistant, the handoff is closed before its agent is done with the paperwork.
  const over = last && handoff.kind === "closed" && handoff.outcome === "bridged";
  if (!event.resolved || !over || !escalation || escalation.status === "resolved") {
    return { state: closed, effects: [release] };
  }
  return {
    state: withEscalation(closed, { status: "resolved", resolvedAt: event.at }),
    effects: [release, { kind: "notify", what: "resolved", escalation: escalation.id }],
  };
}

export function clearWrapUps(state: CaseState, at: EpochMs): Decision {
  const due = state.wrapUps.filter((wrapUp) => wrapUp.until <= at);
  if (due.length === 0) return stay(state);
  const left: CaseState = { ...state, wrapUps: state.wrapUps.filter((wrapUp) => wrapUp.until > at) };
  const effects = due.map(({ agent, token }): Effect => ({ kind: "release-agent", agent, token, next: "check-in" }));
  const done = left.handoff.kind === "wrapping-up" && left.wrapUps.length === 0;
  return { state: done ? enter(left, { kind: "closed", outcome: "bridged" }).state : left, effects };
}

/**
 * Claiming, moving, resolving and promising a callback over the API; the second claimer changes nothing and sees who has
 * it, and of two promises the first one stands.
 */
export function onCaseWork(state: CaseState, event: CaseEvent): Decision | undefined {
  const { escalation } = state;
  if (event.kind === "case-promised") return promised(state, event);
  if (event.kind !== "case-claimed" && event.kind !== "case-resolved" && event.kind !== "case-moved") return undefined;
  if (!escalation || escalation.status === "resolved") return stay(state);
  if (event.kind === "case-claimed") {
    if (escalation.assignee) return stay(state);
    return {
      state: withEscalation(state, { status: "assigned", assignee: event.agent, assignedAt: event.at }),
      effects: [{ kind: "notify", what: "assigned", escalation: escalation.id }],
    };
  }
  if (event.kind === "case-moved") {
    const { assignee: _gone, assignedAt: _since, ...rest } = escalation;
    return stay({ ...state, escalation: { ...rest, target: event.target, status: "open" } });
  }
  return {
    state: withEscalation(state, { status: "resolved", resolvedAt: event.at }),
    effects: [{ kind: "notify", what: "resolved", escalation: escalation.id }],
  };
}

/** Only where no caller can be asked: one who is on the line confirms their own callback (contract §5). */
function promised(state: CaseState, event: Extract<CaseEvent, { kind: "case-promised" }>): Decision {
  const { caller, escalation } = state;
  const onTheLine = caller !== undefined && caller.place !== "gone";
  if (onTheLine || !escalation || escalation.status === "resolved" || escalation.callback) return stay(state);
  const { callback: id, callbackDueAt, unstored } = event.fresh;
  const callback = {
    id: escalation.earlierCallback ?? id,
    dueAt: event.dueAt ?? callbackDueAt,
    ...(unstored && { unconfirmed: true as const }),
  };
  return stay(withEscalation(state, { callback }));
}
