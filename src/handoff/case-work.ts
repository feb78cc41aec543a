// What happens to a case whatever state its handoff is in: the caller's side, closing work, and people over the API.

import type { EpochMs } from "../domain/time.ts";
import { type Decision, enter, stay, withEscalation } from "./decision.ts";
import type { HandoffPolicy } from "./policy.ts";
import type { CallerPart, CaseState } from "./state.ts";
import { straightToPeople } from "./states/none.ts";
import type { CaseEvent, Effect } from "./vocabulary.ts";

export function onArrival(
  state: CaseState,
  event: Extract<CaseEvent, { kind: "call-arrived" }>,
  policy: HandoffPolicy,
): Decision {
  if (state.caller) return stay(state);
  const { call, leg, mode, language, target, canCallBack, at, fresh } = event;
  const caller: CallerPart = {
    call,
    leg,
    mode,
    language,
    target,
    canCallBack,
    place: "arriving",
    modelDown: false,
    losses: 0,
  };
  const arrived: CaseState = { ...state, caller };
  return mode === "queue"
    ? straightToPeople({ ...arrived, caller: { ...caller, place: "menu" } }, at, policy, fresh)
    : stay(arrived);
}

/** The caller's side of the case after an event; the same value when nothing changes. */
export function followCaller(state: CaseState, event: CaseEvent): CaseState {
  const { caller } = state;
  if (!caller || caller.place === "gone") return state;
  switch (event.kind) {
    case "assistant-started":
      return changed(state, caller, { ...caller, place: "assistant", stream: event.stream });
    case "assistant-lost":
      return changed(state, caller, withoutAssistant(caller, event));
    case "caller-joined":
      return changed(state, caller, { ...caller, place: "room" });
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

function withoutAssistant(caller: CallerPart, event: Extract<CaseEvent, { kind: "assistant-lost" }>): CallerPart {
  // A late word about an earlier stream changes nothing (H7).
  if (caller.stream !== event.stream || caller.place !== "assistant") return caller;
  return { ...caller, place: "menu", losses: caller.losses + 1, modelDown: caller.modelDown || event.down };
}

/** The agent's closing work: their own act ends it and makes them available; the clock only asks them to check in. */
export function onWrapUp(state: CaseState, event: CaseEvent): Decision | undefined {
  if (event.kind !== "wrapped-up") return undefined;
  const mine = state.wrapUps.find((wrapUp) => wrapUp.agent === event.agent);
  if (!mine) return stay(state);
  const release: Effect = { kind: "release-agent", agent: mine.agent, token: mine.token, next: "available" };
  const left: CaseState = { ...state, wrapUps: state.wrapUps.filter((wrapUp) => wrapUp !== mine) };
  const done = left.handoff.kind === "wrapping-up" && left.wrapUps.length === 0;
  const closed = done ? enter(left, { kind: "closed", outcome: "bridged" }).state : left;
  if (!event.resolved || !closed.escalation || !done) return { state: closed, effects: [release] };
  return {
    state: withEscalation(closed, { status: "resolved", resolvedAt: event.at }),
    effects: [release, { kind: "notify", what: "resolved", escalation: closed.escalation.id }],
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

/** Claiming, moving and resolving over the API; the second claimer changes nothing and sees who has it. */
export function onCaseWork(state: CaseState, event: CaseEvent): Decision | undefined {
  const { escalation } = state;
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
