// Looking for an agent: one is being reserved, or the caller waits for the next free one.

import { after } from "../../domain/time.ts";
import { captureCallback, ticket } from "../capture-callback.ts";
import { afterEffects, type Decision, enter, type Scene, stay } from "../decision.ts";
import { isEmergency } from "../emergency.ts";
import {
  abandon,
  answersSearch,
  beginSearch,
  nobodyWhy,
  offerFallback,
  offerTo,
  replaceTarget,
  reserve,
  settle,
} from "../search.ts";
import type { LineId } from "../lines.ts";
import type { CaseState, HandoffState, Search } from "../state.ts";
import type { CaseEvent } from "../vocabulary.ts";

type Reserving = Extract<HandoffState, { kind: "reserving" }>;
type Waiting = Extract<HandoffState, { kind: "waiting" }>;

export function whileSearching(scene: Scene, handoff: Reserving | Waiting, event: CaseEvent): Decision {
  return handoff.kind === "reserving" ? whileReserving(scene, handoff, event) : whileWaiting(scene, handoff, event);
}

function whileReserving(scene: Scene, handoff: Reserving, event: CaseEvent): Decision {
  switch (event.kind) {
    case "agent-reserved":
      return answersSearch(scene.escalation, handoff, event)
        ? offerTo(scene, event, searchOf(handoff))
        : stay(scene.state);
    case "no-agent-free":
      if (!answersSearch(scene.escalation, handoff, event)) return stay(scene.state);
      return offerFallback(scene, searchOf(handoff), nobodyWhy(event.why, handoff), expected(event.expectedWaitMs));
    case "time-passed":
      // An answer that comes after this is given back at once (decide: unexpected reservation).
      return event.at >= handoff.by
        ? offerFallback(scene, searchOf(handoff), "presence-unavailable")
        : stay(scene.state);
    case "escalation-decided":
      return replaceTarget(scene, event);
    default:
      return wishes(scene, searchOf(handoff), event);
  }
}

function whileWaiting(scene: Scene, handoff: Waiting, event: CaseEvent): Decision {
  switch (event.kind) {
    case "agent-reserved":
      if (!answersSearch(scene.escalation, handoff, event)) return stay(scene.state);
      // The caller agreed to wait: the budget counts from here, and nobody was asked before.
      return offerTo(scene, event, { t0: scene.at, attempt: handoff.attempt, tried: [] });
    case "no-agent-free":
      if (!answersSearch(scene.escalation, handoff, event)) return stay(scene.state);
      // The last agent went: the caller is told and asked again (C27).
      if (!isEmergency(scene) && event.why !== "all-busy" && !(handoff.hoping && event.why === "nobody-on-duty")) {
        return offerFallback(scene, searchOf(handoff), event.why);
      }
      return enter(scene.state, { ...handoff, asking: false, askAgainAt: after(scene.at, scene.policy.askAgainMs) });
    case "agent-freed":
      return handoff.asking ? stay(scene.state) : askSoon(scene, handoff);
    case "time-passed":
      if (event.at >= handoff.until) return offerFallback(scene, searchOf(handoff), "all-busy");
      return event.at >= handoff.askAgainAt ? askAgain(scene, handoff) : stay(scene.state);
    case "escalation-decided":
      return replaceTarget(scene, event);
    default:
      return wishes(scene, searchOf(handoff), event);
  }
}

/** At once, but not in a circle: who was just refused an agent is not offered the same one again and again. */
function askSoon(scene: Scene, handoff: Waiting): Decision {
  const { askAgainMs, freedMs } = scene.policy;
  const soon = after(handoff.askAgainAt, freedMs - askAgainMs);
  if (scene.at >= soon) return askAgain(scene, handoff);
  return soon < handoff.askAgainAt ? enter(scene.state, { ...handoff, askAgainAt: soon }) : stay(scene.state);
}

/** Also when an earlier question was never answered: its late answer carries another attempt and is given back. */
function askAgain(scene: Scene, handoff: Waiting): Decision {
  const search: Search = { t0: handoff.t0, attempt: handoff.attempt + 1, tried: [] };
  return enter(
    scene.state,
    { ...handoff, ...search, asking: true, askAgainAt: after(scene.at, scene.policy.askAgainMs) },
    [reserve(scene, search, scene.escalation.target)],
  );
}

/** The caller chose to wait with the assistant for the next free agent. */
export function startWaiting(scene: Scene, search: Search, hoping: boolean): Decision {
  const { at, policy, escalation } = scene;
  const handoff: Waiting = {
    kind: "waiting",
    ...search,
    asking: false,
    hoping,
    askAgainAt: at,
    until: after(at, policy.waitMaxMs),
  };
  const asked = askAgain({ ...scene, state: enter(scene.state, handoff).state }, handoff);
  return afterEffects(
    [
      { kind: "keep-company", team: escalation.target.team },
      { kind: "speak", line: waitingLine(scene.state), values: { team: escalation.target.team, wait: "" } },
    ],
    asked,
  );
}

/** A callback is mentioned only to who has a number to be called on. */
export const waitingLine = ({ caller }: CaseState): LineId =>
  caller?.canCallBack === false ? "waiting-without-callback" : "waiting";

/** What a caller may want at any time before the bridge. */
export function wishes(scene: Scene, search: Search, event: CaseEvent): Decision {
  switch (event.kind) {
    case "caller-left":
      return abandon(scene);
    case "caller-cancelled":
      return returned(scene);
    case "caller-chose":
      if (event.choice === "callback") return captureCallback(scene, search, event.when);
      if (event.choice === "ticket") return ticket(scene);
      return event.choice === "continue" ? returned(scene) : stay(scene.state);
    case "caller-pressed":
      return event.key === "2" ? captureCallback(scene, search) : stay(scene.state);
    default:
      return stay(scene.state);
  }
}

export const returned = (scene: Scene): Decision =>
  settle(scene, { outcome: "returned", offerOutcome: "caller-cancelled", line: "cancelled" });

export const searchOf = ({ t0, attempt, tried }: Search): Search => ({ t0, attempt, tried });

const expected = (ms: number | undefined): { expectedWaitMs?: number } =>
  ms === undefined ? {} : { expectedWaitMs: ms };

/** A new handoff of the same case: the agent was lost after the bridge. */
export function searchAnew(scene: Scene): Decision {
  const { state, escalation } = scene;
  const again = { ...escalation, handoffs: escalation.handoffs + 1 };
  return beginSearch(
    { ...scene, state: { ...state, escalation: again }, escalation: again },
    { t0: scene.at, attempt: 1, tried: [] },
  );
}
