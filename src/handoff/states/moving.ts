// The caller's leg is on its way into the room where the agent is. Nothing may stay here for long.

import { after, EpochMs } from "../../domain/time.ts";
import { isPresentVisit } from "../case-work.ts";
import { type Decision, enter, type Scene, stay, withEscalation, withOffer } from "../decision.ts";
import { cardOf } from "../end-offer.ts";
import { abandon, tryNext } from "../search.ts";
import type { HandoffState } from "../state.ts";
import type { CaseEvent } from "../vocabulary.ts";
import { over, rawOf } from "./offering.ts";
import { searchOf } from "./searching.ts";

type Moving = Extract<HandoffState, { kind: "moving" }>;

export function whileMoving(scene: Scene, handoff: Moving, event: CaseEvent): Decision {
  if ("offer" in event && event.offer !== handoff.offer.id) return stay(scene.state);
  switch (event.kind) {
    case "caller-joined":
      return onCallerJoined(scene, handoff, event);
    case "agent-joined":
      return handoff.offer.joined
        ? stay(scene.state)
        : settleIn(scene, withOffer(handoff, { joined: true, leg: event.leg }));
    case "room-seen":
      return onRoomSeen(scene, handoff, event.legs);
    case "move-failed":
      return event.unknown ? ask(scene, handoff) : secondWay(scene, handoff);
    case "time-passed":
      return event.at >= handoff.by ? onTooLate(scene, handoff) : stay(scene.state);
    case "agent-leg-ended":
    case "agent-left-room":
      return bringBack(scene, handoff, event);
    case "caller-left":
      return abandon(scene);
    default:
      return stay(scene.state);
  }
}

/** From here the agent's audio has its time; told again, it has no more of it (C29). */
function onCallerJoined(scene: Scene, handoff: Moving, event: Extract<CaseEvent, { kind: "caller-joined" }>): Decision {
  if (handoff.callerIn || !isPresentVisit(scene.state, event)) return stay(scene.state);
  return settleIn(scene, { ...handoff, callerIn: true, by: audioBy(scene, handoff) });
}

/** A join event that is on its way arrives within this. */
const JOIN_NEWS_MS = 200;

function audioBy({ at, policy }: Scene, { offer }: Moving): EpochMs {
  const late = Math.min(after(at, policy.audioMs), after(offer.acceptedAt ?? at, policy.audioByMs));
  return EpochMs(Math.max(late, after(at, JOIN_NEWS_MS)));
}

function settleIn(scene: Scene, handoff: Moving): Decision {
  return handoff.callerIn && handoff.offer.joined ? bridge(scene, handoff) : enter(scene.state, handoff);
}

function bridge(scene: Scene, handoff: Moving): Decision {
  const { offer } = handoff;
  const { escalation, at } = scene;
  const state = withEscalation(scene.state, {
    // Resolved over the API meanwhile: that is final (H7).
    ...(escalation.status === "resolved" ? {} : { status: "assigned" as const }),
    assignee: offer.agent,
    assignedAt: at,
    outcome: "bridged",
    offers: [...escalation.offers, { id: offer.id, agent: offer.agent, outcome: "accepted", ...cardOf(offer) }],
  });
  return enter(state, { kind: "bridged", offer: { ...offer, joined: true }, since: at }, [
    { kind: "notify", what: "assigned", escalation: escalation.id },
    { kind: "notify", what: "bridged", escalation: escalation.id },
  ]);
}

/** Asks first, and orders the other way once; never the same create twice (H8). */
function onTooLate(scene: Scene, handoff: Moving): Decision {
  if (!handoff.asked) return ask(scene, handoff);
  if (!handoff.callerIn) return secondWay(scene, handoff);
  // The caller is in, the carrier does not answer, and the agent's leg is up as far as anybody knows.
  return bridge(scene, handoff);
}

function ask(scene: Scene, handoff: Moving): Decision {
  return enter(scene.state, { ...handoff, asked: true, by: after(scene.at, scene.policy.moveMs / 2) }, [
    { kind: "ask-room", escalation: scene.escalation.id },
  ]);
}

function onRoomSeen(scene: Scene, handoff: Moving, legs: readonly string[]): Decision {
  const callerIn = handoff.callerIn || legs.includes(scene.state.caller?.leg ?? "");
  const agentIn = handoff.offer.joined || legs.includes(handoff.offer.leg ?? "");
  if (callerIn && agentIn) return bridge(scene, handoff);
  if (!callerIn) return secondWay(scene, handoff);
  return bringBack(scene, { ...handoff, callerIn }, undefined);
}

function secondWay(scene: Scene, handoff: Moving): Decision {
  if (handoff.tries >= 2) return bringBack(scene, handoff, undefined);
  return enter(scene.state, { ...handoff, tries: 2, asked: false, by: after(scene.at, scene.policy.moveMs) }, [
    { kind: "move-caller", how: "redirect" },
  ]);
}

/** No agent in the room: the caller goes back to the assistant's document and the next agent is asked. */
function bringBack(scene: Scene, handoff: Moving, event: CaseEvent | undefined): Decision {
  const offer = event ? over(handoff.offer, event) : handoff.offer;
  const next = tryNext(scene, searchOf(handoff), {
    offer,
    outcome: "no-audio",
    raw: event ? rawOf(event) : "never-in-room",
  });
  // Where the redirect fails too, the caller is still with the assistant, which was silenced for the move.
  return {
    state: next.state,
    effects: [
      ...next.effects,
      { kind: "keep-company", team: scene.escalation.target.team },
      { kind: "move-caller", how: "redirect" },
    ],
  };
}
