// One reserved agent is being asked while the assistant keeps the caller company.

import type { LegId } from "../../domain/ids.ts";
import { after, EpochMs } from "../../domain/time.ts";
import { type Decision, enter, type Scene, stay, withOffer } from "../decision.ts";
import { isPresentVisit } from "../case-work.ts";
import { progressOffer } from "../offer-progress.ts";
import { offerFallback, replaceTarget, tryNext } from "../search.ts";
import type { HandoffState, Offer, Search } from "../state.ts";
import type { CaseEvent, Effect } from "../vocabulary.ts";
import { searchOf, wishes } from "./searching.ts";

type Offering = Extract<HandoffState, { kind: "offering" }>;

export function whileOffering(scene: Scene, handoff: Offering, event: CaseEvent): Decision {
  const step = progressOffer(handoff.offer, event, scene.escalation, scene.policy);
  switch (step.kind) {
    case "accepted":
      return accept(scene, searchOf(handoff), step.offer, step.effects);
    case "over":
      return tryNext(scene, searchOf(handoff), step);
    case "going-on":
      return enter(scene.state, withOffer(handoff, step.offer), step.effects);
    case "unchanged":
      return onOther(scene, handoff, event);
    default:
      return step satisfies never;
  }
}

function onOther(scene: Scene, handoff: Offering, event: CaseEvent): Decision {
  if (event.kind === "escalation-decided") return replaceTarget(scene, event);
  if (event.kind === "time-passed" && event.at >= handoff.by) {
    // The budget is used up; the ring may go on, and whichever is stored first wins (design §2, Accepting).
    return offerFallback(scene, searchOf(handoff), "no-answer", { offer: handoff.offer });
  }
  return wishes(scene, searchOf(handoff), event);
}

/** Consent and a leg that is up: the agent goes to the room, the caller hears who is coming and follows. */
export function accept(scene: Scene, search: Search, offer: Offer, effects: readonly Effect[] = []): Decision {
  const { state, escalation, at, policy } = scene;
  // Without an assistant nobody announces: the caller's own document follows the state.
  const spoken = state.caller?.place === "assistant";
  return enter(
    state,
    {
      kind: "accepted",
      ...search,
      offer: { ...offer, acceptedAt: at },
      announced: !spoken,
      moveAt: after(at, spoken ? policy.announceMs : policy.joinMs),
    },
    [
      ...effects,
      { kind: "hold-agent", agent: offer.agent, token: offer.token, as: "busy", until: after(at, policy.bridgeMaxMs) },
      { kind: "cut-speech" },
      { kind: "speak", line: "announce", values: { agent: offer.agentName, team: escalation.target.team } },
    ],
  );
}

type Accepted = Extract<HandoffState, { kind: "accepted" }>;

export function whileAccepted(scene: Scene, handoff: Accepted, event: CaseEvent): Decision {
  if ("offer" in event && event.offer !== handoff.offer.id) return stay(scene.state);
  switch (event.kind) {
    case "agent-joined":
      return onAgentJoined(scene, handoff, event.leg);
    case "line-ended":
      return event.line === "announce" ? onAnnounced(scene, handoff) : stay(scene.state);
    case "time-passed":
      return event.at >= handoff.moveAt ? move(scene, handoff) : stay(scene.state);
    case "caller-joined":
      return onCallerJoined(scene, handoff, event);
    case "caller-leg-asked":
      // Their line may be lost at this moment, and they on the way in; a late question means nothing, so all else stays.
      return handoff.sentIn ? stay(scene.state) : enter(scene.state, { ...handoff, sentIn: true });
    case "agent-leg-ended":
    case "agent-left-room":
      return agentGone(scene, handoff, event);
    case "caller-chose":
    case "caller-pressed":
      return stay(scene.state);
    default:
      return wishes(scene, searchOf(handoff), event);
  }
}

/** The caller's socket was lost at this moment and the carrier asked for the document: already where they belong. */
function onCallerJoined(
  scene: Scene,
  handoff: Accepted,
  event: Extract<CaseEvent, { kind: "caller-joined" }>,
): Decision {
  if (!isPresentVisit(scene.state, event)) return stay(scene.state);
  return enter(scene.state, { ...moving(scene, handoff), callerIn: true }, [{ kind: "silence-assistant" }]);
}

/** Whoever may have been sent into the room is taken out of it, though nobody told that they are in (H1). */
function agentGone(scene: Scene, handoff: Accepted, event: CaseEvent): Decision {
  const next = tryNext(scene, searchOf(handoff), {
    offer: over(handoff.offer, event),
    outcome: "no-audio",
    raw: rawOf(event),
  });
  if (!handoff.sentIn) return next;
  return { state: next.state, effects: [...next.effects, { kind: "move-caller", how: "redirect" }] };
}

function onAgentJoined(scene: Scene, handoff: Accepted, leg: LegId): Decision {
  if (handoff.offer.joined) return stay(scene.state);
  const joined = withOffer(handoff, { joined: true, leg });
  return joined.announced ? move(scene, joined) : enter(scene.state, joined);
}

function onAnnounced(scene: Scene, handoff: Accepted): Decision {
  const announced: Accepted = {
    ...handoff,
    announced: true,
    moveAt: EpochMs(Math.min(handoff.moveAt, scene.at + scene.policy.joinMs)),
  };
  return handoff.offer.joined ? move(scene, announced) : enter(scene.state, announced);
}

function move(scene: Scene, handoff: Accepted): Decision {
  return enter(scene.state, moving(scene, handoff), [
    { kind: "silence-assistant" },
    { kind: "move-caller", how: scene.state.caller?.place === "assistant" ? "let-go" : "redirect" },
  ]);
}

function moving(scene: Scene, handoff: Accepted): Extract<HandoffState, { kind: "moving" }> {
  return {
    kind: "moving",
    ...searchOf(handoff),
    offer: handoff.offer,
    orderedAt: scene.at,
    tries: 1,
    callerIn: false,
    asked: false,
    by: after(scene.at, scene.policy.moveMs),
  };
}

/** The offer as its leg's end leaves it: a leg that is gone needs no ending. */
export const over = (offer: Offer, event: CaseEvent): Offer =>
  event.kind === "agent-leg-ended" ? { ...offer, leg: event.leg, dial: "ended" } : offer;

export const rawOf = (event: CaseEvent): string => ("raw" in event ? event.raw : event.kind);
