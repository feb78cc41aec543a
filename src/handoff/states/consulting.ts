// The first agent stays with the caller while a colleague is reserved, asked, and joins; then the first may leave.

import { after, EpochMs } from "../../domain/time.ts";
import { afterEffects, type Decision, enter, inEscalation, type Scene, stay, withEscalation } from "../decision.ts";
import { cardOf, endOffer } from "../end-offer.ts";
import { openOffer, progressOffer } from "../offer-progress.ts";
import { answersSearch, reserve, showOffer } from "../search.ts";
import type { HandoffState, Offer } from "../state.ts";
import type { CaseEvent } from "../vocabulary.ts";
import { consult, endCall, endLegs, finish, handBack, holdForWrapUp, loseAgent, withWrapUp } from "./bridged.ts";

type Consulting = Extract<HandoffState, { kind: "consulting" }>;

export function whileConsulting(scene: Scene, handoff: Consulting, event: CaseEvent): Decision {
  if (event.kind === "agent-reserved" || event.kind === "no-agent-free") return onSearch(scene, handoff, event);
  const { offer } = handoff;
  if (offer && inTheRoom(offer)) return withThree(scene, handoff, offer, event);
  if (offer) {
    const step = progressOffer(offer, event, scene.escalation, scene.policy);
    if (step.kind === "going-on") return enter(scene.state, { ...handoff, offer: step.offer }, step.effects);
    if (step.kind === "over") return nextColleague(scene, handoff, step);
    if (step.kind === "accepted") return colleagueAccepts(scene, handoff, step.offer, step.effects);
  }
  return onBridge(scene, handoff, event);
}

/** What the first agent and the caller do while a colleague is being asked. */
function onBridge(scene: Scene, handoff: Consulting, event: CaseEvent): Decision {
  const { bridge } = handoff;
  if ("agent" in event && event.agent !== bridge.agent) return stay(scene.state);
  switch (event.kind) {
    case "caller-left":
      return endAll(scene, handoff, "caller-left", endLegs([bridge]));
    case "agent-ended":
      return endAll(scene, handoff, "replaced", endCall(scene, [bridge]));
    case "agent-leg-ended":
    case "agent-left-room":
      return event.offer === bridge.id ? firstAgentGone(scene, handoff) : stay(scene.state);
    case "agent-handed-back":
      return giveUp(scene, handoff, (next) => handBack(next, bridge));
    case "agent-transferred":
      // Another team than the one that is being asked: that ring is taken back first (C20).
      return event.target.queue !== handoff.target.queue
        ? giveUp(scene, handoff, (next) => consult(next, bridge, event))
        : stay(scene.state);
    case "time-passed":
      return event.at >= handoff.by ? backToFirst(scene, handoff) : stay(scene.state);
    default:
      return stay(scene.state);
  }
}

/** Accepted and on the way into the room, or there. */
const inTheRoom = (offer: Offer): boolean => offer.phase === "answered" && offer.consent !== undefined;

function onSearch(
  scene: Scene,
  handoff: Consulting,
  event: Extract<CaseEvent, { kind: "agent-reserved" | "no-agent-free" }>,
): Decision {
  if (handoff.offer || !answersSearch(scene.escalation, handoff, event)) return stay(scene.state);
  if (event.kind === "no-agent-free") return backToFirst(scene, handoff);
  const { policy, at, escalation } = scene;
  const offer = openOffer(event, EpochMs(at + policy.paintMs));
  return enter(scene.state, { ...handoff, offer, tried: [...handoff.tried, offer.agent] }, [
    showOffer(escalation, offer, after(at, policy.ringsWithinMs + policy.ringMs)),
  ]);
}

/** Their card is taken up from here, whoever of the two agents stays. */
function colleagueAccepts(scene: Scene, handoff: Consulting, offer: Offer, effects: Decision["effects"]): Decision {
  const by = after(scene.at, scene.policy.bridgeMaxMs);
  const state = withEscalation(scene.state, {
    offers: [...scene.escalation.offers, { id: offer.id, agent: offer.agent, outcome: "accepted", ...cardOf(offer) }],
  });
  return enter(state, { ...handoff, offer: { ...offer, giveUpAt: by }, by }, [
    ...effects,
    { kind: "hold-agent", agent: offer.agent, token: offer.token, as: "busy", until: by },
  ]);
}

/** Three in the room (or about to be): whoever of the two agents leaves first leaves the caller with the other. */
function withThree(scene: Scene, handoff: Consulting, offer: Offer, event: CaseEvent): Decision {
  const { bridge } = handoff;
  switch (event.kind) {
    case "agent-joined":
      return event.offer === offer.id && !offer.joined
        ? enter(scene.state, { ...handoff, offer: { ...offer, joined: true, leg: event.leg } })
        : stay(scene.state);
    case "caller-left":
      return finish({ ...scene, state: withWrapUp(scene, bridge) }, offer, [
        ...endLegs([bridge, offer]),
        holdForWrapUp(scene, bridge),
      ]);
    case "agent-ended":
      if (event.agent === bridge.agent) return handOver(scene, handoff, offer, endLegs([bridge]));
      return event.agent === offer.agent ? colleagueLeaves(scene, handoff, offer, endLegs([offer])) : stay(scene.state);
    case "agent-handed-back":
      // The assistant is to have the caller: both agents leave them.
      return event.agent === bridge.agent
        ? giveUp(scene, handoff, (next) => handBack(next, bridge))
        : stay(scene.state);
    case "agent-leg-ended":
    case "agent-left-room":
      if (event.offer === bridge.id) return handOver(scene, handoff, offer, endLegs([bridge]));
      return event.offer === offer.id ? colleagueLeaves(scene, handoff, offer, endLegs([offer])) : stay(scene.state);
    default:
      return stay(scene.state);
  }
}

function handOver(scene: Scene, handoff: Consulting, offer: Offer, effects: Decision["effects"]): Decision {
  const { bridge, target } = handoff;
  const held = withWrapUp(scene, bridge);
  const state = withEscalation(held, { target, assignee: offer.agent });
  return enter(state, { kind: "bridged", offer: { ...offer, joined: true }, since: scene.at }, [
    ...effects,
    holdForWrapUp(scene, bridge),
    { kind: "notify", what: "assigned", escalation: scene.escalation.id },
  ]);
}

function colleagueLeaves(scene: Scene, handoff: Consulting, offer: Offer, effects: Decision["effects"]): Decision {
  const state = withWrapUp(scene, offer);
  return enter(state, { kind: "bridged", offer: handoff.bridge, since: scene.at }, [
    ...effects,
    holdForWrapUp(scene, offer),
  ]);
}

function nextColleague(
  scene: Scene,
  handoff: Consulting,
  ended: { offer: Offer; outcome: Parameters<typeof endOffer>[1]["outcome"]; raw?: string },
): Decision {
  const closing = endOffer(scene.state, { ...ended, at: scene.at, policy: scene.policy });
  const next = inEscalation(scene, closing.state);
  const { offer: _over, ...rest } = handoff;
  if (scene.at >= handoff.by || handoff.tried.length > scene.policy.attemptsMax) {
    return afterEffects(closing.effects, backToFirst(next, rest));
  }
  const search = { t0: handoff.t0, attempt: handoff.attempt + 1, tried: handoff.tried };
  return afterEffects(
    closing.effects,
    enter(next.state, { ...rest, ...search }, [reserve(next, search, handoff.target)]),
  );
}

/** The first agent wants something else: whoever is being asked is let go of. */
function giveUp(scene: Scene, handoff: Consulting, then: (scene: Scene) => Decision): Decision {
  const closing = handoff.offer
    ? endOffer(scene.state, { offer: handoff.offer, outcome: "replaced", at: scene.at, policy: scene.policy })
    : stay(scene.state);
  return afterEffects(closing.effects, then(inEscalation(scene, closing.state)));
}

/** Nobody of the other team: the first agent simply goes on with the caller, and is told by the state. */
function backToFirst(scene: Scene, handoff: Consulting): Decision {
  const closing = handoff.offer
    ? endOffer(scene.state, { offer: handoff.offer, outcome: "missed", at: scene.at, policy: scene.policy })
    : stay(scene.state);
  return afterEffects(
    closing.effects,
    enter(closing.state, { kind: "bridged", offer: handoff.bridge, since: scene.at }),
  );
}

function endAll(
  scene: Scene,
  handoff: Consulting,
  outcome: "caller-left" | "replaced",
  effects: Decision["effects"],
): Decision {
  const closing = handoff.offer
    ? endOffer(scene.state, { offer: handoff.offer, outcome, at: scene.at, policy: scene.policy })
    : stay(scene.state);
  return afterEffects(closing.effects, finish(inEscalation(scene, closing.state), handoff.bridge, effects));
}

/** The caller would be alone: the assistant takes them back; a colleague still being asked is let go of. */
function firstAgentGone(scene: Scene, handoff: Consulting): Decision {
  return giveUp(scene, handoff, (next) =>
    loseAgent(
      inEscalation(next, withEscalation(next.state, { target: handoff.target })),
      handoff.bridge,
      endLegs([handoff.bridge]),
    ),
  );
}
