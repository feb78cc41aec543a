// No handoff is open: the caller talks with the assistant, or has not arrived, or an earlier handoff is closed.

import type { NamedTime } from "../../callbacks/read-time.ts";
import type { EpochMs } from "../../domain/time.ts";
import type { DecisionFacts } from "../../escalation/decision.ts";
import { captureCallback } from "../capture-callback.ts";
import { type Decision, type Scene, stay } from "../decision.ts";
import { sayEmergency } from "../emergency.ts";
import type { HandoffPolicy } from "../policy.ts";
import { beginSearch } from "../search.ts";
import type { CallerPart, CaseState, EscalationPart } from "../state.ts";
import type { CaseEvent, Fresh } from "../vocabulary.ts";

export function whileNone(state: CaseState, event: CaseEvent, policy: HandoffPolicy): Decision {
  const wished = asWished(state, event.at, policy);
  if (wished) return wished;
  switch (event.kind) {
    case "escalation-decided":
      return begin(state, event.at, policy, escalationOf(state, event));
    case "caller-pressed":
      return onKey(state, event, policy);
    case "caller-chose":
      if (event.choice === "callback") return straightToCallback(state, event, policy, event.when);
      return event.choice === "person" ? person(state, event.at, policy, event.fresh) : stay(state);
    default:
      return stay(state);
  }
}

/** In spoken menus key 1 asks for a person and key 2 for a callback (contract §9). */
function onKey(
  state: CaseState,
  event: Extract<CaseEvent, { kind: "caller-pressed" }>,
  policy: HandoffPolicy,
): Decision {
  if (event.key === "1") return person(state, event.at, policy, event.fresh);
  if (event.key === "2") return straightToCallback(state, event, policy);
  return stay(state);
}

function person(state: CaseState, at: EpochMs, policy: HandoffPolicy, fresh: Fresh): Decision {
  const { caller } = state;
  if (!caller || caller.place === "gone") return stay(state);
  return begin(state, at, policy, byTheCaller(caller, at, fresh, "the caller asked for a person by key"));
}

/** A number in mode `queue` serves people at once: dialling it is the request. */
export function straightToPeople(state: CaseState, at: EpochMs, policy: HandoffPolicy, fresh: Fresh): Decision {
  const { caller } = state;
  if (!caller) return stay(state);
  return begin(state, at, policy, byTheCaller(caller, at, fresh, "the number dialled goes straight to people"));
}

/** What was decided before they came, once, when somebody of ours is on the line with them; `undefined`: nothing, or not yet. */
export function asWished(state: CaseState, at: EpochMs, policy: HandoffPolicy): Decision | undefined {
  const { caller, escalation } = state;
  const heard = caller?.place === "assistant" || caller?.place === "menu";
  if (!caller?.wish || !heard || escalation) return undefined;
  return begin(state, at, policy, {
    ...caller.wish,
    priority: "medium",
    decidedAt: at,
    status: "open",
    handoffs: 1,
    channel: "voice",
    offers: [],
  });
}

function straightToCallback(
  state: CaseState,
  { at, fresh }: { readonly at: EpochMs; readonly fresh: Fresh },
  policy: HandoffPolicy,
  when?: NamedTime,
): Decision {
  const { caller } = state;
  if (!caller || caller.place === "gone") return stay(state);
  const escalation = withEarlier(state, byTheCaller(caller, at, fresh, "the caller asked to be called back"));
  const scene: Scene = { state: { ...state, escalation }, escalation, at, policy };
  return captureCallback(scene, { t0: at, attempt: 1, tried: [] }, when);
}

/** What an earlier handoff of this call has promised. */
function withEarlier({ escalation: earlier }: CaseState, escalation: EscalationPart): EscalationPart {
  const callback = earlier?.callback?.id ?? earlier?.earlierCallback;
  return callback === undefined ? escalation : { ...escalation, earlierCallback: callback };
}

function begin(state: CaseState, at: EpochMs, policy: HandoffPolicy, fresh: EscalationPart): Decision {
  if (state.caller?.place === "gone") return stay(state);
  const escalation = withEarlier(state, fresh);
  const opened: CaseState = { ...state, escalation };
  // A case from the API has no caller to bring together with anyone: people claim it.
  if (!state.caller)
    return { state: opened, effects: [{ kind: "notify", what: "created", escalation: escalation.id }] };
  const begun = beginSearch({ state: opened, escalation, at, policy }, { t0: at, attempt: 1, tried: [] });
  return {
    state: begun.state,
    effects: [
      { kind: "cut-speech" },
      ...(escalation.decision.emergency === true ? [sayEmergency] : []),
      ...begun.effects,
      { kind: "notify", what: "created", escalation: escalation.id },
    ],
  };
}

function escalationOf(state: CaseState, event: Extract<CaseEvent, { kind: "escalation-decided" }>): EscalationPart {
  const { escalation: id, target, priority, decision, origin, at, fresh } = event;
  return {
    id,
    target,
    priority,
    decision,
    decidedAt: at,
    status: "open",
    handoffs: 1,
    reference: fresh.reference,
    channel: origin?.channel ?? (state.caller ? "voice" : "api"),
    ...(origin && { sourceAgent: origin.sourceAgent }),
    offers: [],
  };
}

function byTheCaller(caller: CallerPart, at: EpochMs, fresh: Fresh, because: string): EscalationPart {
  const decision: DecisionFacts = {
    trigger: "explicit-request",
    because,
    evidence: [],
    signals: {},
    thresholds: {},
    policyRevision: "keys",
  };
  return {
    id: fresh.escalation,
    target: caller.target,
    priority: "medium",
    decision,
    decidedAt: at,
    status: "open",
    handoffs: 1,
    reference: fresh.reference,
    channel: "voice",
    offers: [],
  };
}
