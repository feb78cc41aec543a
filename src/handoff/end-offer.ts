import type { OfferOutcome } from "../domain/closed-sets.ts";
import { after, type EpochMs } from "../domain/time.ts";
import type { Decision } from "./decision.ts";
import type { HandoffPolicy } from "./policy.ts";
import type { CaseState, Offer, Stray } from "./state.ts";
import type { CaseEvent, Effect } from "./vocabulary.ts";

export type OfferEnding = {
  readonly offer: Offer;
  readonly outcome: OfferOutcome;
  readonly raw?: string | undefined;
  readonly at: EpochMs;
  readonly policy: HandoffPolicy;
};

/**
 * Takes an offer back whole: the card, the ring, the reservation (H6). A leg that is not known yet, or hears a last
 * sentence first, is remembered as a stray until the carrier says it is over.
 */
export function endOffer(state: CaseState, ending: OfferEnding): Decision {
  const { escalation } = state;
  if (!escalation) return { state, effects: [] };
  const { offer, outcome, raw } = ending;
  const { stray, effects } = endLeg(ending);
  const entry = { id: offer.id, agent: offer.agent, outcome, ...(raw === undefined ? {} : { raw }) };
  return {
    state: {
      ...state,
      escalation: { ...escalation, offers: [...escalation.offers, entry] },
      strays: stray ? [...state.strays, stray] : state.strays,
    },
    effects: [
      ...effects,
      { kind: "withdraw-offer", escalation: escalation.id, offer: offer.id, agent: offer.agent, reason: outcome },
      { kind: "release-agent", agent: offer.agent, token: offer.token, next: whereTo(outcome) },
    ],
  };
}

function endLeg(ending: OfferEnding): { stray?: Stray; effects: readonly Effect[] } {
  const { offer, outcome, at, policy } = ending;
  if (offer.dial === "held" || offer.dial === "ended") return { effects: [] };
  const say = outcome === "accepted-elsewhere" ? "call-taken" : "caller-gone";
  if (!offer.leg) {
    // Not known to the carrier, or not told to us yet: ended as soon as it shows (H8: never rung again).
    return {
      stray: { offer: offer.id, say, by: after(at, policy.reservationMs) },
      effects: [{ kind: "cancel-dial", offer: offer.id }],
    };
  }
  const callerWent = outcome === "caller-left" || outcome === "caller-cancelled" || outcome === "accepted-elsewhere";
  if (offer.phase === "answered" && callerWent) {
    return {
      stray: { offer: offer.id, leg: offer.leg, say, by: after(at, policy.strayMs) },
      effects: [{ kind: "refresh-leg", leg: offer.leg, offer: offer.id }],
    };
  }
  return { effects: [{ kind: "end-leg", leg: offer.leg }] };
}

/** Where a released agent goes: a miss asks them to check in (never silently offline); what was not their doing costs nothing. */
function whereTo(outcome: OfferOutcome): "available" | "check-in" | "offline" {
  switch (outcome) {
    case "missed":
    case "busy":
    case "no-audio":
    case "carrier-fault":
      return "check-in";
    case "desk-lost":
    case "forced-offline":
      return "offline";
    case "accepted":
    case "caller-left":
    case "accepted-elsewhere":
    case "declined":
    case "replaced":
    case "caller-cancelled":
    case "caller-chose-fallback":
      return "available";
    default:
      return outcome satisfies never;
  }
}

/** News of an offer that was given up. `undefined`: this event is not about one. */
export function onStray(state: CaseState, event: CaseEvent, policy: HandoffPolicy): Decision | undefined {
  if (!("offer" in event)) return undefined;
  const stray = state.strays.find((one) => one.offer === event.offer);
  if (!stray) return undefined;
  const others = state.strays.filter((one) => one !== stray);
  if (event.kind === "agent-leg-ended" || event.kind === "dial-refused") {
    return { state: { ...state, strays: others }, effects: [] };
  }
  if (stray.leg || !("leg" in event)) return { state, effects: [] };
  const known: Stray = { ...stray, leg: event.leg, by: after(event.at, policy.strayMs) };
  return { state: { ...state, strays: [...others, known] }, effects: [{ kind: "end-leg", leg: event.leg }] };
}

/** Legs that had their sentence, and leg-less offers nobody heard of again. */
export function clearStrays(state: CaseState, at: EpochMs): Decision {
  const due = state.strays.filter((stray) => stray.by <= at);
  if (due.length === 0) return { state, effects: [] };
  return {
    state: { ...state, strays: state.strays.filter((stray) => stray.by > at) },
    effects: due.flatMap((stray): Effect[] => (stray.leg ? [{ kind: "end-leg", leg: stray.leg }] : [])),
  };
}
