// One offer from the reservation to consent and a leg that is up, in either order. Used wherever somebody is being
// asked: while the caller waits, behind a fallback question, and when a colleague is consulted.

import type { OfferOutcome } from "../domain/closed-sets.ts";
import { after, EpochMs } from "../domain/time.ts";
import type { HandoffPolicy } from "./policy.ts";
import type { EscalationPart, Offer } from "./state.ts";
import type { CaseEvent, Effect, LegEnd } from "./vocabulary.ts";

export type OfferStep =
  | { readonly kind: "unchanged" }
  | { readonly kind: "going-on"; readonly offer: Offer; readonly effects: readonly Effect[] }
  | { readonly kind: "accepted"; readonly offer: Offer; readonly effects: readonly Effect[] }
  | { readonly kind: "over"; readonly offer: Offer; readonly outcome: OfferOutcome; readonly raw?: string };

/** A dial that cannot start in time to be worth it: said by our own dialler, never by the carrier. */
export const NO_LINE_IN_TIME = "no-line-in-time";

/** A fresh offer out of a reservation, with the desk's card; the dial waits for the paint until `paintBy`. */
export function openOffer(reserved: Extract<CaseEvent, { kind: "agent-reserved" }>, paintBy: EpochMs): Offer {
  const { offer, attempt, agent, agentName, token, device } = reserved;
  return {
    id: offer,
    attempt,
    agent,
    agentName,
    token,
    device,
    dial: "held",
    phase: "dialling",
    joined: false,
    giveUpAt: paintBy,
  };
}

export function progressOffer(
  offer: Offer,
  event: CaseEvent,
  escalation: EscalationPart,
  policy: HandoffPolicy,
): OfferStep {
  if ("offer" in event && event.offer !== offer.id) return { kind: "unchanged" };
  switch (event.kind) {
    case "packet-painted":
      return onPainted(offer, event, escalation, policy);
    case "agent-consented":
      return onConsent(offer, event, policy);
    case "agent-declined":
      return { kind: "over", offer, outcome: "declined" };
    case "desk-lost":
      return onDeskLost(offer, event);
    case "time-passed":
      return event.at >= offer.giveUpAt ? onTooLate(offer, event.at, escalation, policy) : { kind: "unchanged" };
    default:
      return fromTheCarrier(offer, event, policy);
  }
}

function fromTheCarrier(offer: Offer, event: CaseEvent, policy: HandoffPolicy): OfferStep {
  switch (event.kind) {
    case "dial-queued":
      return onQueued(offer, event, policy);
    case "dial-accepted":
    case "leg-left-behind":
      return onPlaced(offer, event, policy);
    case "dial-refused":
      return { kind: "over", offer: { ...offer, dial: "ended" }, outcome: event.fault.outcome, raw: event.fault.raw };
    case "dial-unknown":
      return onDialUnknown(offer, event.at, policy);
    case "agent-leg-ringing":
      return onRinging(offer, event, policy);
    case "agent-leg-answered":
      return onAnswered(offer, event, policy);
    case "agent-leg-ended":
      return {
        kind: "over",
        offer: { ...offer, leg: event.leg, dial: "ended" },
        outcome: outcomeOfLeg(event.how, offer),
        raw: event.raw,
      };
    default:
      return { kind: "unchanged" };
  }
}

const goingOn = (offer: Offer, effects: readonly Effect[] = []): OfferStep => ({ kind: "going-on", offer, effects });

function onPainted(
  offer: Offer,
  event: Extract<CaseEvent, { kind: "packet-painted" }>,
  escalation: EscalationPart,
  policy: HandoffPolicy,
): OfferStep {
  const { version, hash } = event;
  const painted = { ...offer, painted: { version, hash } };
  if (offer.dial === "held") return dial(painted, event.at, escalation, policy);
  // A later version replaces an earlier one on the desk; an earlier one told late does not.
  return version > (offer.painted?.version ?? 0) ? goingOn(painted) : { kind: "unchanged" };
}

/** The one place an agent's phone is rung from. An offer is dialled once: `held` is left here and never entered again. */
function dial(offer: Offer, at: EpochMs, escalation: EscalationPart, policy: HandoffPolicy): OfferStep {
  return goingOn({ ...offer, dial: "requested", dialledAt: at, giveUpAt: after(at, policy.ringsWithinMs) }, [
    {
      kind: "dial-agent",
      escalation: escalation.id,
      offer: offer.id,
      agent: offer.agent,
      priority: escalation.priority,
      decidedAt: escalation.decidedAt,
      ringMs: policy.ringMs,
    },
  ]);
}

/** It waits in our own queue: its time to ring begins when it leaves, if that is soon enough to be of use. */
function onQueued(
  offer: Offer,
  { startsAt, at }: Extract<CaseEvent, { kind: "dial-queued" }>,
  policy: HandoffPolicy,
): OfferStep {
  if (offer.dial !== "requested" || offer.startsAt === startsAt) return { kind: "unchanged" };
  if (startsAt > (offer.dialledAt ?? at) + policy.queueMs) {
    return { kind: "over", offer, outcome: "carrier-fault", raw: NO_LINE_IN_TIME };
  }
  return goingOn({ ...offer, startsAt, giveUpAt: after(startsAt, policy.ringsWithinMs) });
}

/** A leg that shows after an unanswered create has the usual time to ring. */
function onPlaced(
  offer: Offer,
  { leg, at }: Extract<CaseEvent, { kind: "dial-accepted" | "leg-left-behind" }>,
  policy: HandoffPolicy,
): OfferStep {
  if (offer.dial === "placed") return { kind: "unchanged" };
  const placed: Offer = { ...offer, dial: "placed", leg };
  return goingOn(
    offer.dial === "unknown" ? { ...placed, giveUpAt: after(offer.dialledAt ?? at, policy.ringsWithinMs) } : placed,
  );
}

/** The carrier may take this long to say what became of a create, even when the question comes late. */
const ANSWER_MS = 1_000;

function onDialUnknown(offer: Offer, at: EpochMs, policy: HandoffPolicy): OfferStep {
  if (offer.dial !== "requested") return { kind: "unchanged" };
  const since = offer.dialledAt ?? at;
  const giveUpAt = EpochMs(Math.max(since + policy.unknownMs, at + ANSWER_MS));
  return goingOn({ ...offer, dial: "unknown", giveUpAt }, [
    { kind: "ask-carrier", offer: offer.id, agent: offer.agent, since },
  ]);
}

function onRinging(
  offer: Offer,
  event: Extract<CaseEvent, { kind: "agent-leg-ringing" }>,
  policy: HandoffPolicy,
): OfferStep {
  if (offer.phase !== "dialling") return { kind: "unchanged" };
  return goingOn({
    ...offer,
    leg: event.leg,
    dial: "placed",
    phase: "ringing",
    giveUpAt: ringUntil(offer, event.at, policy),
  });
}

/** The window runs from ringing; where its news was lost, it has been ringing since about the dial. */
function ringUntil({ asked, consent, dialledAt }: Offer, at: EpochMs, policy: HandoffPolicy): EpochMs {
  if (consent) return after(at, policy.pickUpMs);
  if (!asked || dialledAt === undefined) return after(at, policy.ringMs);
  return EpochMs(Math.max(at + ANSWER_MS, dialledAt + policy.ringMs + 2 * ANSWER_MS));
}

function onAnswered(
  offer: Offer,
  event: Extract<CaseEvent, { kind: "agent-leg-answered" }>,
  policy: HandoffPolicy,
): OfferStep {
  if (offer.phase === "answered") return { kind: "unchanged" };
  const up: Offer = { ...offer, leg: event.leg, dial: "placed", phase: "answered" };
  // Somebody who picks up a softphone has it in their hand: answering is consent.
  if (offer.consent || offer.device === "softphone") {
    return { kind: "accepted", offer: { ...up, consent: offer.consent ?? "answer" }, effects: [] };
  }
  return goingOn({ ...up, giveUpAt: after(event.at, policy.whisperMs) });
}

function onConsent(
  offer: Offer,
  event: Extract<CaseEvent, { kind: "agent-consented" }>,
  policy: HandoffPolicy,
): OfferStep {
  if (offer.consent) return { kind: "unchanged" };
  // A key is pressed on a leg that is up, whatever became of the news that says so.
  const phase = event.via === "key" ? "answered" : offer.phase;
  const agreed: Offer = { ...offer, phase, consent: event.via };
  if (phase === "answered") {
    // A key press is answered with the leg's next document anyway; from the desk the leg must be told to ask.
    const tell: Effect[] =
      event.via === "desk" && offer.leg ? [{ kind: "refresh-leg", leg: offer.leg, offer: offer.id }] : [];
    return { kind: "accepted", offer: agreed, effects: tell };
  }
  return goingOn(phase === "ringing" ? { ...agreed, giveUpAt: after(event.at, policy.pickUpMs) } : agreed);
}

function onDeskLost(offer: Offer, event: Extract<CaseEvent, { kind: "desk-lost" }>): OfferStep {
  if (event.agent !== offer.agent) return { kind: "unchanged" };
  if (event.forced) return { kind: "over", offer, outcome: "forced-offline" };
  // On the phone already: they can hear and press 1 without a desk.
  return offer.phase === "answered" && offer.device !== "softphone"
    ? { kind: "unchanged" }
    : { kind: "over", offer, outcome: "desk-lost" };
}

function onTooLate(offer: Offer, at: EpochMs, escalation: EscalationPart, policy: HandoffPolicy): OfferStep {
  if (offer.dial === "held") return dial(offer, at, escalation, policy);
  if (offer.dial === "unknown") return { kind: "over", offer, outcome: "carrier-fault", raw: "create-unknown" };
  if (offer.phase === "dialling") return onNoRing(offer, at);
  return { kind: "over", offer, outcome: "missed", raw: offer.phase === "ringing" ? "ring-window" : "no-key" };
}

/** It may be ringing, and the news of it be lost: the carrier knows (H8). */
function onNoRing(offer: Offer, at: EpochMs): OfferStep {
  if (offer.asked || offer.dial !== "placed")
    return { kind: "over", offer, outcome: "carrier-fault", raw: "never-rang" };
  return goingOn({ ...offer, asked: true, giveUpAt: after(at, ANSWER_MS) }, [
    { kind: "ask-carrier", offer: offer.id, agent: offer.agent, since: offer.dialledAt ?? at },
  ]);
}

function outcomeOfLeg(how: LegEnd, offer: Offer): OfferOutcome {
  switch (how) {
    case "busy":
      return "busy";
    case "no-answer":
      return "missed";
    case "declined":
      return "declined";
    case "failed":
    case "cancelled":
      return "carrier-fault";
    case "hung-up":
      return offer.phase === "answered" ? "declined" : "missed";
    default:
      return how satisfies never;
  }
}
