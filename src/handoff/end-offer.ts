import type { OfferOutcome } from "../domain/closed-sets.ts";
import type { LegId } from "../domain/ids.ts";
import { after, type EpochMs } from "../domain/time.ts";
import type { Decision } from "./decision.ts";
import { NO_LINE_IN_TIME } from "./offer-progress.ts";
import type { HandoffPolicy } from "./policy.ts";
import { type CaseState, heldOffers, type Offer, type Stray } from "./state.ts";
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
  const entry = { id: offer.id, agent: offer.agent, outcome, ...(raw === undefined ? {} : { raw }), ...cardOf(offer) };
  return {
    state: {
      ...state,
      escalation: { ...escalation, offers: [...escalation.offers, entry] },
      strays: stray ? [...state.strays, stray] : state.strays,
    },
    effects: [
      ...effects,
      { kind: "withdraw-offer", escalation: escalation.id, offer: offer.id, agent: offer.agent, reason: outcome },
      { kind: "release-agent", agent: offer.agent, token: offer.token, next: whereTo(outcome, raw) },
    ],
  };
}

/** For the record: rung, but nobody saw the packet (H5). */
export const cardOf = ({ painted, dial }: Offer): { readonly degraded?: true } =>
  painted || dial === "held" ? {} : { degraded: true };

function endLeg(ending: OfferEnding): { stray?: Stray; effects: readonly Effect[] } {
  const { offer, outcome, at, policy } = ending;
  if (offer.dial === "held" || offer.dial === "ended") return { effects: [] };
  const say = outcome === "accepted-elsewhere" ? "call-taken" : "caller-gone";
  if (!offer.leg) {
    // Not known to the carrier, or not told to us yet: ended as soon as it shows (H8: never rung again).
    const cancel: Effect = { kind: "cancel-dial", offer: offer.id };
    const ask: Effect = { kind: "ask-carrier", offer: offer.id, agent: offer.agent, since: offer.dialledAt ?? at };
    return {
      stray: { offer: offer.id, agent: offer.agent, say, by: after(at, policy.reservationMs) },
      // Its answer was lost: it may be ringing already, and nobody may have told us.
      effects: offer.dial === "unknown" ? [cancel, ask] : [cancel],
    };
  }
  if (offer.phase === "answered" && isTheCallersDoing(outcome)) {
    return {
      stray: { offer: offer.id, agent: offer.agent, leg: offer.leg, say, by: after(at, policy.strayMs) },
      effects: [{ kind: "refresh-leg", leg: offer.leg, offer: offer.id }],
    };
  }
  return { effects: [{ kind: "end-leg", leg: offer.leg }] };
}

/** Whoever picked up for nothing hears one sentence about it. */
function isTheCallersDoing(outcome: OfferOutcome): boolean {
  switch (outcome) {
    case "caller-left":
    case "caller-cancelled":
    case "accepted-elsewhere":
    case "caller-chose-fallback":
    case "replaced":
      return true;
    default:
      return false;
  }
}

/** The carrier's or our own doing, whatever device the agent has. */
const NOT_THE_DEVICE: ReadonlySet<string> = new Set(["create-unknown", "taken-back-before-the-dial", NO_LINE_IN_TIME]);

/** Where a released agent goes: a miss asks them to check in (never silently offline); what was not their doing costs nothing. */
const AFTERWARDS: Readonly<Record<OfferOutcome, "available" | "check-in" | "offline">> = {
  missed: "check-in",
  busy: "check-in",
  "no-audio": "check-in",
  "carrier-fault": "check-in",
  "desk-lost": "offline",
  "forced-offline": "offline",
  accepted: "available",
  "caller-left": "available",
  "accepted-elsewhere": "available",
  declined: "available",
  replaced: "available",
  "caller-cancelled": "available",
  "caller-chose-fallback": "available",
};

const whereTo = (outcome: OfferOutcome, raw: string | undefined): (typeof AFTERWARDS)[OfferOutcome] =>
  outcome === "carrier-fault" && NOT_THE_DEVICE.has(raw ?? "") ? "available" : AFTERWARDS[outcome];

/** News of an offer that was given up. `undefined`: this event is not about one. */
export function onStray(state: CaseState, event: CaseEvent, policy: HandoffPolicy): Decision | undefined {
  if (!("offer" in event)) return undefined;
  const stray = state.strays.find((one) => one.offer === event.offer);
  if (!stray) return undefined;
  const other = otherLeg(stray.leg, event);
  if (other !== undefined) return endLegOfNobody(state, event, other);
  const others = state.strays.filter((one) => one !== stray);
  if (event.kind === "agent-leg-ended" || event.kind === "dial-refused") {
    return { state: { ...state, strays: others }, effects: [] };
  }
  if (event.kind === "dial-unknown" && stray.agent && !stray.leg) {
    const since = after(event.at, -policy.reservationMs);
    return { state, effects: [{ kind: "ask-carrier", offer: stray.offer, agent: stray.agent, since }] };
  }
  if (stray.leg || !("leg" in event)) return { state, effects: [] };
  const known: Stray = { ...stray, leg: event.leg, by: after(event.at, policy.strayMs) };
  // Picked up too late: the leg's document says that the call is taken, and then it ends.
  const hears = event.kind === "agent-leg-answered";
  return {
    state: { ...state, strays: [...others, known] },
    effects: hears ? [] : [{ kind: "end-leg", leg: event.leg }],
  };
}

/**
 * A leg to which nobody comes: of an offer that the record does not have, or a second one of the same offer. Two nodes may
 * each have dialled it while neither knew of the other; the one that is told first is the offer's (H8).
 */
export function onLegOfNobody(state: CaseState, event: CaseEvent): Decision | undefined {
  if (!("offer" in event && "leg" in event)) return undefined;
  const held = heldOffers(state).find(({ id }) => id === event.offer);
  if (!held) return event.kind === "leg-left-behind" ? endLegOfNobody(state, event, event.leg) : undefined;
  const other = otherLeg(held.leg, event);
  return other === undefined ? undefined : endLegOfNobody(state, event, other);
}

/** The leg that is told of, if it is not this one. */
const otherLeg = (leg: LegId | undefined, event: CaseEvent): LegId | undefined =>
  leg !== undefined && "leg" in event && event.leg !== leg ? event.leg : undefined;

/** What becomes of it is nothing to the offer. */
const endLegOfNobody = (state: CaseState, { kind }: CaseEvent, leg: LegId): Decision => ({
  state,
  effects: kind === "agent-leg-ended" || kind === "agent-left-room" ? [] : [{ kind: "end-leg", leg }],
});

/** Legs that had their sentence, and leg-less offers nobody heard of again. */
export function clearStrays(state: CaseState, at: EpochMs): Decision {
  const due = state.strays.filter((stray) => stray.by <= at);
  if (due.length === 0) return { state, effects: [] };
  return {
    state: { ...state, strays: state.strays.filter((stray) => stray.by > at) },
    effects: due.flatMap((stray): Effect[] => (stray.leg ? [{ kind: "end-leg", leg: stray.leg }] : [])),
  };
}
