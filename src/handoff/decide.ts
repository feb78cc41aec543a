// The warm transfer as a function: state and event in, state and effects out. Start here.
// Total: every state × event cell has an answer, and "nothing happens" is one (test/handoff/decide.test.ts).

import { onAssistantBack } from "./assistant-back.ts";
import {
  clearWrapUps,
  followCaller,
  isLateDigit,
  isRepeatedDecision,
  isRepeatedPress,
  lookForCaller,
  onArrival,
  onCaseWork,
  onWrapUp,
  rememberDecision,
  rememberPress,
} from "./case-work.ts";
import { afterEffects, type Decision, type Scene, stay } from "./decision.ts";
import { clearStrays, onLegOfNobody, onStray } from "./end-offer.ts";
import { askForMisplaced, onMisplacedCaller } from "./misplaced-caller.ts";
import type { HandoffPolicy } from "./policy.ts";
import { rememberDanger } from "./search.ts";
import { type CaseState, type HandoffState, heldOffers } from "./state.ts";
import { whileBridged } from "./states/bridged.ts";
import { whileConsulting } from "./states/consulting.ts";
import { whileAsking } from "./states/fallback.ts";
import { whileMoving } from "./states/moving.ts";
import { whileNone } from "./states/none.ts";
import { whileAccepted, whileOffering } from "./states/offering.ts";
import { whileReturning } from "./states/returning.ts";
import { whileSearching } from "./states/searching.ts";
import type { CaseEvent } from "./vocabulary.ts";

/** Never throws; the same input gives the same answer. An event that changes nothing returns the very same state. */
export function decide(state: CaseState, event: CaseEvent, policy: HandoffPolicy): Decision {
  if (event.kind === "call-arrived") return onArrival(state, event, policy);
  // Whoever is gone stays gone: nothing of the caller's may be heard of again (H7).
  const gone = state.caller?.place === "gone";
  if (gone && isTheCallers(event)) return stay(state);
  if (isLateDigit(state, event)) return stay(state);
  if (isRepeatedDecision(state, event) || isRepeatedPress(state, event)) return stay(state);
  const about =
    onStray(state, event, policy) ?? onLegOfNobody(state, event) ?? onWrapUp(state, event) ?? onCaseWork(state, event);
  if (about) return about;

  const followed = followCaller(rememberDecision(rememberPress(state, event), event), event);
  const swept = event.kind === "time-passed" ? sweep(followed, event, policy) : stay(followed);
  const decided = afterEffects(swept.effects, inState(swept.state, event, policy));
  return withoutStrayReservation(
    onMisplacedCaller(state, onAssistantBack(state, decided, event, policy), event),
    event,
  );
}

function isTheCallers(event: CaseEvent): boolean {
  switch (event.kind) {
    case "assistant-started":
    case "assistant-lost":
    case "caller-leg-asked":
    case "caller-left":
    case "caller-joined":
    case "caller-left-room":
    case "caller-pressed":
    case "caller-chose":
    case "caller-cancelled":
    case "callback-confirmed":
    case "callback-rejected":
    case "line-ended":
      return true;
    default:
      return false;
  }
}

function sweep(state: CaseState, { at }: CaseEvent, policy: HandoffPolicy): Decision {
  const strays = clearStrays(state, at);
  const closing = afterEffects(strays.effects, clearWrapUps(strays.state, at));
  const looked = afterEffects(closing.effects, lookForCaller(closing.state, at, policy));
  return afterEffects(looked.effects, askForMisplaced(looked.state, at));
}

function inState(state: CaseState, event: CaseEvent, policy: HandoffPolicy): Decision {
  const { handoff, escalation } = state;
  if (handoff.kind === "none" || handoff.kind === "closed") return whileNone(state, event, policy);
  if (!escalation) return stay(state);
  return withEscalation({ state, escalation, at: event.at, policy }, handoff, event);
}

type Open = Exclude<HandoffState, { kind: "none" | "closed" }>;

/** An agent has the caller or is on the way to them: a decision opens and replaces nothing. */
const IN_HAND: ReadonlySet<HandoffState["kind"]> = new Set(["accepted", "moving", "bridged", "consulting"]);

function withEscalation(scene: Scene, handoff: Open, event: CaseEvent): Decision {
  if (event.kind === "escalation-decided" && IN_HAND.has(handoff.kind)) return rememberDanger(scene, event);
  switch (handoff.kind) {
    case "reserving":
    case "waiting":
      return whileSearching(scene, handoff, event);
    case "offering":
      return whileOffering(scene, handoff, event);
    case "accepted":
      return whileAccepted(scene, handoff, event);
    case "moving":
      return whileMoving(scene, handoff, event);
    case "bridged":
      return whileBridged(scene, handoff, event);
    case "consulting":
      return whileConsulting(scene, handoff, event);
    case "handing-back":
    case "agent-lost":
      return whileReturning(scene, handoff, event);
    case "offering-fallback":
    case "capturing-callback":
      return whileAsking(scene, handoff, event);
    case "wrapping-up":
      return stay(scene.state);
    default:
      return handoff satisfies never;
  }
}

/** A reservation nobody waits for any more is given back at once, unless it is the one we hold under the same token. */
function withoutStrayReservation(decided: Decision, event: CaseEvent): Decision {
  if (event.kind !== "agent-reserved") return decided;
  const { agent, token } = event;
  const mine = [...heldOffers(decided.state), ...decided.state.wrapUps].some((held) => held.token === token);
  if (mine) return decided;
  return afterEffects(decided.effects, {
    state: decided.state,
    effects: [{ kind: "release-agent", agent, token, next: "available" }],
  });
}
