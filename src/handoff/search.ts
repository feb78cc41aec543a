// From the decision towards an agent: reserve, open the offer, try the next one, and where it ends without one.

import { type HandoffOutcome, type OfferOutcome, PRIORITIES, type Priority } from "../domain/closed-sets.ts";
import { OwnerToken } from "../domain/ids.ts";
import { after, EpochMs } from "../domain/time.ts";
import { afterEffects, type Decision, enter, type Scene, withEscalation } from "./decision.ts";
import { isEmergency, isGraver, keepTrying, sayEmergency } from "./emergency.ts";
import { endOffer } from "./end-offer.ts";
import { NO_LINE_IN_TIME, openOffer } from "./offer-progress.ts";
import type { LineId } from "./lines.ts";
import type { CaseState, EscalationPart, HandoffState, Offer, Search } from "./state.ts";
import type { CaseEvent, Effect, NobodyWhy, Target } from "./vocabulary.ts";

/** Asks presence for an agent; the token is the same however often the effect is repeated. */
export function reserve(scene: Scene, search: Search, target: Target): Effect {
  const { escalation, at, policy } = scene;
  return {
    kind: "reserve-agent",
    escalation: escalation.id,
    attempt: search.attempt,
    token: tokenOf(escalation, search.attempt),
    target,
    exclude: search.tried,
    expiresAt: after(at, policy.reservationMs),
  };
}

const tokenOf = ({ id, handoffs }: EscalationPart, attempt: number): OwnerToken =>
  OwnerToken(`${id}.${handoffs}.${attempt}`);

/** Is this the answer to the question asked last? An earlier one may name an agent of another team. */
export function answersSearch(
  escalation: EscalationPart,
  search: Search,
  event: Extract<CaseEvent, { kind: "agent-reserved" | "no-agent-free" }>,
): boolean {
  const asked = tokenOf(escalation, search.attempt);
  return event.attempt === search.attempt && (event.token ?? asked) === asked;
}

/** Does the case still wait for the answer to this question? */
export function awaitsAgent({ escalation, handoff }: CaseState, { token }: { readonly token: OwnerToken }): boolean {
  const open =
    handoff.kind === "reserving" ||
    (handoff.kind === "waiting" && handoff.asking) ||
    (handoff.kind === "consulting" && handoff.offer === undefined);
  return open && escalation !== undefined && tokenOf(escalation, handoff.attempt) === token;
}

export function beginSearch(scene: Scene, search: Search): Decision {
  return enter(scene.state, { kind: "reserving", ...search, by: after(scene.at, scene.policy.reserveMs) }, [
    reserve(scene, search, scene.escalation.target),
  ]);
}

/** An agent is reserved for us: only now may the caller be promised one (H2). */
export function offerTo(
  scene: Scene,
  reserved: Extract<CaseEvent, { kind: "agent-reserved" }>,
  search: Search,
): Decision {
  const { state, escalation, at, policy } = scene;
  const offer = openOffer(reserved, paintBy(scene, search));
  const { team } = escalation.target;
  const handoff: HandoffState = {
    kind: "offering",
    ...search,
    tried: [...search.tried, offer.agent],
    offer,
    by: after(search.t0, policy.fallbackMs),
  };
  return enter(state, handoff, [
    showOffer(escalation, offer, after(at, policy.ringsWithinMs + policy.ringMs)),
    { kind: "keep-company", team },
    { kind: "speak", line: search.tried.length === 0 ? "promise" : "next-agent", values: { team } },
  ]);
}

/** The budget gives the first card what the reservation left of it; a later one has its time from here. */
function paintBy({ at, policy }: Scene, search: Search): EpochMs {
  if (search.tried.length > 0) return after(at, policy.paintMs);
  return EpochMs(Math.max(search.t0 + policy.paintMs, at + policy.paintMs / 2));
}

export function showOffer(escalation: EscalationPart, offer: Offer, acceptBy: EpochMs): Effect {
  return { kind: "show-offer", escalation: escalation.id, offer: offer.id, agent: offer.agent, acceptBy };
}

/** This offer is over without success: the next agent, or the fallback when enough were asked or the carrier is blind. */
export function tryNext(
  scene: Scene,
  search: Search,
  ended: { offer: Offer; outcome: OfferOutcome; raw?: string | undefined },
): Decision {
  const { at, policy } = scene;
  const closing = endOffer(scene.state, { ...ended, at, policy });
  const next: Scene = inScene(scene, closing);
  // Nobody else can be rung either: the carrier is silent, or no line is free in time.
  const blind = ended.raw === "create-unknown" || ended.raw === NO_LINE_IN_TIME;
  if (blind || search.tried.length >= policy.attemptsMax || at >= search.t0 + policy.fallbackMs) {
    return afterEffects(closing.effects, offerFallback(next, search, blind ? "carrier-fault" : "no-answer"));
  }
  const again = beginSearch(next, { ...search, attempt: search.attempt + 1 });
  // What is cut off may have been the emergency line, which is heard to its end (H14).
  const line = isEmergency(next) ? [sayEmergency] : [];
  return afterEffects([...closing.effects, { kind: "cut-speech" }, ...line], again);
}

/** The same scene after another step changed the case. */
export function inScene(scene: Scene, decision: Decision): Scene {
  return { ...scene, state: decision.state, escalation: decision.state.escalation ?? scene.escalation };
}

export type FallbackWhy = Extract<HandoffState, { kind: "offering-fallback" }>["why"];

/** Nobody can take the call now: says so and asks what the caller would like. `offer`: one that still rings. */
export function offerFallback(
  scene: Scene,
  search: Search,
  why: FallbackWhy,
  more: { offer?: Offer; expectedWaitMs?: number } = {},
): Decision {
  const { state, at, policy } = scene;
  if (isEmergency(scene)) return keepTrying(scene, search, more.offer);
  const handoff: HandoffState = {
    kind: "offering-fallback",
    ...search,
    why,
    asked: 1,
    by: after(at, policy.choiceMs * 2),
    ...(more.offer ? { offer: more.offer } : {}),
  };
  const ask = askFallback(scene, handoff, more.expectedWaitMs);
  // A promise that still waits to be spoken has nothing behind it any more (H2).
  return enter(state, handoff, promisedNothing(scene, search) ? ask : [{ kind: "cut-speech" }, ...ask]);
}

/** Nobody was offered since the caller talked with an agent: that the line was cut off is said to its end. */
const promisedNothing = ({ escalation }: Scene, { tried }: Search): boolean =>
  tried.length === 0 && escalation.offers.at(-1)?.outcome === "accepted";

/** The question whether to wait or to be called back, however the caller hears it. */
export function askFallback(
  { state, escalation }: Scene,
  { why, tried }: Extract<HandoffState, { kind: "offering-fallback" }>,
  expectedWaitMs?: number,
): readonly Effect[] {
  const { team } = escalation.target;
  const values = { team, attempts: String(tried.length), wait: spokenMinutes(expectedWaitMs) };
  const ask: Effect[] = [
    { kind: "keep-company", team },
    { kind: "speak", line: fallbackLine(why, state.caller), values },
  ];
  // Who is in the carrier's menu hears it with the next document: now, not at the menu's next turn.
  return state.caller?.place === "menu" ? [...ask, { kind: "move-caller", how: "redirect" }] : ask;
}

/** Nobody is offered what cannot be kept: who has no number to be called on may wait or leave word. */
export function fallbackLine(why: FallbackWhy, caller: CaseState["caller"]): LineId {
  if (why !== "no-number" && caller?.canCallBack === false) return "offer-without-callback";
  switch (why) {
    case "no-number":
      return "callback-not-possible";
    case "closed":
      return "offer-closed";
    case "presence-unavailable":
      return "offer-unavailable";
    case "nobody-on-duty":
    case "all-busy":
      return "offer-nobody-free";
    case "no-answer":
    case "carrier-fault":
      return "offer-after-attempts";
    default:
      return why satisfies never;
  }
}

const spokenMinutes = (ms: number | undefined): string =>
  ms === undefined ? "" : String(Math.max(1, Math.ceil(ms / 60_000)));

export const nobodyWhy = (why: NobodyWhy, search: Search): FallbackWhy => (search.tried.length > 0 ? "no-answer" : why);

/** Takes back whatever offer is open in the present state, and leaves the rest to the caller of this. */
export function endOpenOffer(scene: Scene, outcome: OfferOutcome): Decision {
  const { handoff } = scene.state;
  if (!("offer" in handoff) || !handoff.offer) return { state: scene.state, effects: [] };
  return endOffer(scene.state, { offer: handoff.offer, outcome, at: scene.at, policy: scene.policy });
}

/** The handoff ends without a bridge; the caller stays with the assistant, who is told why. */
export function settle(
  scene: Scene,
  ended: { outcome: Exclude<HandoffOutcome, "bridged" | "abandoned">; offerOutcome: OfferOutcome; line: LineId },
): Decision {
  const closing = endOpenOffer(scene, ended.offerOutcome);
  const { escalation } = scene;
  const state = withEscalation(closing.state, {
    outcome: ended.outcome,
    // By the caller's wish nothing is left to do; a callback or a ticket still has somebody's work in it.
    ...(ended.outcome === "returned" ? { status: "resolved" as const, resolvedAt: scene.at } : {}),
  });
  const because = ended.outcome === "returned" ? "cancelled" : "fallback-settled";
  // What is cut off may have been the emergency line; said as the agent came, the danger was not answered yet (H14).
  const line = isEmergency(scene) ? [sayEmergency] : [];
  return enter(state, { kind: "closed", outcome: ended.outcome }, [
    ...closing.effects,
    { kind: "cut-speech" },
    ...line,
    { kind: "speak", line: ended.line, values: { reference: escalation.reference, team: escalation.target.team } },
    { kind: "resume-assistant", because },
    { kind: "notify", what: ended.outcome === "returned" ? "resolved" : "fallback", escalation: escalation.id },
  ]);
}

/** The caller is gone before the bridge: everything of this case is taken back, and a ticket opens by itself (H1, H6). */
export function abandon(scene: Scene): Decision {
  const closing = endOpenOffer(scene, "caller-left");
  const state = withEscalation(closing.state, { outcome: "abandoned" });
  return enter(state, { kind: "closed", outcome: "abandoned" }, [
    ...closing.effects,
    { kind: "notify", what: "ticket", escalation: scene.escalation.id },
  ]);
}

/** A second decision while one is under way: the same target is the same handoff, another one replaces it (C20). */
export function replaceTarget(scene: Scene, event: Extract<CaseEvent, { kind: "escalation-decided" }>): Decision {
  const { escalation } = scene;
  const priority = moreUrgent(escalation.priority, event.priority);
  // Danger to life is the reason from then on: it is answered at once, and nobody offers a callback any more (H14).
  const graver = isGraver(scene, event.decision);
  // What waits to be said is not said before it: it may speak of a callback.
  const line: readonly Effect[] = graver ? [{ kind: "cut-speech" }, sayEmergency] : [];
  if (sameTarget(event, escalation)) {
    if (!graver && priority === escalation.priority) return { state: scene.state, effects: [] };
    const state = withEscalation(scene.state, { priority, ...(graver && { decision: event.decision }) });
    return { state, effects: line };
  }
  const closing = endOpenOffer(scene, "replaced");
  const state = withEscalation(closing.state, {
    target: event.target,
    decision: { ...event.decision, ...(isEmergency(scene) && { emergency: true as const }) },
    priority,
    handoffs: scene.escalation.handoffs + 1,
  });
  const next = inScene(scene, { state, effects: [] });
  // A promise that still waits to be spoken has nothing behind it any more (H2); the line before it is heard all the same.
  const cut = closing.effects.length > 0 || graver;
  const again: readonly Effect[] = isEmergency(next)
    ? [{ kind: "cut-speech" }, sayEmergency]
    : [{ kind: "cut-speech" }];
  const effects = cut ? [...closing.effects, ...again] : closing.effects;
  return afterEffects(effects, beginSearch(next, { t0: scene.at, attempt: 1, tried: [] }));
}

/**
 * Danger to life said while an agent has the caller, or is about to: nothing is said between them (H9). It is known from
 * then on, so that it is answered as what it is if the agent does not come, or goes (H14).
 */
export function rememberDanger(scene: Scene, event: Extract<CaseEvent, { kind: "escalation-decided" }>): Decision {
  if (!isGraver(scene, event.decision)) return { state: scene.state, effects: [] };
  const priority = moreUrgent(scene.escalation.priority, event.priority);
  return { state: withEscalation(scene.state, { priority, decision: event.decision }), effects: [] };
}

export const sameTarget = (event: Extract<CaseEvent, { kind: "escalation-decided" }>, { target }: EscalationPart) =>
  event.target.queue === target.queue;

const moreUrgent = (a: Priority, b: Priority): Priority => (PRIORITIES.indexOf(b) > PRIORITIES.indexOf(a) ? b : a);
