// The whole state of a case, as a plain value. Counters, attempts and deadlines live here and nowhere else.

import type {
  Channel,
  EscalationStatus,
  HandoffOutcome,
  HandoffStateName,
  NumberMode,
  OfferOutcome,
  Priority,
} from "../domain/closed-sets.ts";
import type { AgentId, CallbackId, CallId, EscalationId, LegId, OfferId, OwnerToken } from "../domain/ids.ts";
import type { EpochMs } from "../domain/time.ts";
import type { DecisionFacts } from "../escalation/decision.ts";
import type { Device, NobodyWhy, Target, Wish } from "./vocabulary.ts";

/** One reserved agent being asked, or (after the bridge) the agent the caller talks with. */
export type Offer = {
  readonly id: OfferId;
  readonly attempt: number;
  readonly agent: AgentId;
  readonly agentName: string;
  readonly token: OwnerToken;
  readonly device: Device;
  /** `held`: waiting for the paint acknowledgement. `unknown`: the carrier did not answer the create (H8). `ended`: the leg is over. */
  readonly dial: "held" | "requested" | "unknown" | "placed" | "ended";
  readonly leg?: LegId;
  readonly phase: "dialling" | "ringing" | "answered";
  /** Set by the paint acknowledgement; absent after the dial means the case is degraded (H5). */
  readonly painted?: { readonly version: number; readonly hash: string };
  readonly consent?: "desk" | "key" | "answer";
  readonly joined: boolean;
  /** When consent and a leg that is up were both there. */
  readonly acceptedAt?: EpochMs;
  /** When the carrier was asked to ring. */
  readonly dialledAt?: EpochMs;
  /** No word of ringing: the carrier was asked before the offer is given up. */
  readonly asked?: true;
  /** The dial waits in our own queue until about then. */
  readonly startsAt?: EpochMs;
  /** When the present step of this offer has taken too long: paint, ring window, pick-up or whisper. */
  readonly giveUpAt: EpochMs;
};

/** What every state between the decision and the bridge carries: the budget's zero, and who was asked already. */
export type Search = { readonly t0: EpochMs; readonly attempt: number; readonly tried: readonly AgentId[] };

export type HandoffState =
  | { readonly kind: "none" }
  | ({ readonly kind: "reserving"; readonly by: EpochMs } & Search)
  | ({
      readonly kind: "waiting";
      readonly asking: boolean;
      /** Nobody was on duty when the caller chose to wait: that alone is no news to them. */
      readonly hoping: boolean;
      readonly askAgainAt: EpochMs;
      readonly until: EpochMs;
    } & Search)
  | ({
      readonly kind: "offering";
      readonly offer: Offer;
      /** The fallback is offered then. */ readonly by: EpochMs;
    } & Search)
  | ({
      readonly kind: "accepted";
      readonly offer: Offer;
      readonly announced: boolean;
      /** The carrier asked what the caller's leg should do, and was told to enter the room. */
      readonly sentIn?: true;
      /** The caller goes in without the agent's join event from here on (join events get lost). */
      readonly moveAt: EpochMs;
    } & Search)
  | ({
      readonly kind: "moving";
      /** When the caller's leg was first told to go. */
      readonly orderedAt: EpochMs;
      readonly offer: Offer;
      readonly tries: number;
      readonly callerIn: boolean;
      /** The carrier was asked who is in the room. */
      readonly asked: boolean;
      readonly by: EpochMs;
    } & Search)
  | { readonly kind: "bridged"; readonly offer: Offer; readonly since: EpochMs }
  | ({
      readonly kind: "consulting";
      readonly bridge: Offer;
      readonly target: Target;
      /** The colleague being asked; absent while one is being reserved. */
      readonly offer?: Offer;
      readonly by: EpochMs;
    } & Search)
  | {
      readonly kind: "handing-back";
      readonly offer: Offer;
      readonly by: EpochMs;
      /** How often the carrier was asked whether the caller is still in the room. */
      readonly asked?: number;
    }
  | { readonly kind: "agent-lost"; readonly by: EpochMs }
  | ({
      readonly kind: "offering-fallback";
      /** `no-number`: they asked to be called back, and there is no number to call. */
      readonly why: NobodyWhy | "no-answer" | "carrier-fault" | "no-number";
      readonly asked: number;
      readonly by: EpochMs;
      /** Still ringing past the budget: an acceptance that is stored first wins. */
      readonly offer?: Offer;
    } & Search)
  | ({
      readonly kind: "capturing-callback";
      readonly asked: number;
      /** The time that was read back, if the caller named one; absent: as soon as callbacks are due. */
      readonly dueAt?: EpochMs;
      /** They are being asked when; absent: whether what was read back is right. */
      readonly step?: "time";
      /** How often what they said about the time could not be noted. */
      readonly misheard?: number;
      readonly by: EpochMs;
      readonly offer?: Offer;
    } & Search)
  | { readonly kind: "wrapping-up" }
  | { readonly kind: "closed"; readonly outcome: HandoffOutcome };

export type HandoffKind = HandoffState["kind"];

/** The caller's side of the case. */
export type CallerPart = {
  readonly call: CallId;
  readonly leg: LegId;
  readonly mode: NumberMode;
  readonly language: string;
  readonly target: Target;
  readonly canCallBack: boolean;
  /** Where the caller leg is, as far as we know. */
  readonly place: "arriving" | "assistant" | "menu" | "room" | "gone";
  /** The assistant's connection now in use; a late event of an earlier one changes nothing. */
  readonly stream?: string;
  readonly modelDown: boolean;
  /** More calls than assistants when this one came: keys and fixed lines, as for a number without one. */
  readonly overflow?: true;
  /** A key before this is not the caller's. */
  readonly keysFrom?: EpochMs;
  /** A person is looked for when the caller has arrived: nothing else remembers it, whichever node has them then. */
  readonly wish?: Wish & Pick<EscalationPart, "id" | "reference">;
  /** How often the assistant's connection was lost: the second line spoken differs from the first. */
  readonly losses: number;
  /** Connections before the present one: late news of theirs changes nothing. */
  readonly earlierStreams?: readonly string[];
  /** When the carrier is asked whether they are still on the line. */
  readonly lookAt?: EpochMs;
  /** They may be alone in the room: the carrier is asked again then. */
  readonly outAt?: EpochMs;
  /** Key presses that were answered, by their names. */
  readonly presses?: readonly string[];
};

export type EscalationPart = {
  readonly id: EscalationId;
  readonly target: Target;
  readonly priority: Priority;
  readonly decision: DecisionFacts;
  readonly decidedAt: EpochMs;
  readonly status: EscalationStatus;
  readonly assignee?: AgentId;
  readonly assignedAt?: EpochMs;
  readonly resolvedAt?: EpochMs;
  /** Handoffs tried so far: an agent lost after the bridge starts another one. */
  readonly handoffs: number;
  readonly outcome?: HandoffOutcome;
  /** What the caller quotes. */
  readonly reference: string;
  /** `unconfirmed`: the record was away, so the caller was told that it is noted and no more (H13). */
  readonly callback?: { readonly id: CallbackId; readonly dueAt: EpochMs; readonly unconfirmed?: true };
  /** Promised earlier in this call: a callback promised now takes its place, so that nobody is rung twice. */
  readonly earlierCallback?: CallbackId;
  /** The case came over the API, without a call. */
  readonly channel: Channel;
  /** The AI agent that opened it over the API. */
  readonly sourceAgent?: string;
  /** Every offer of this case and how it ended. */
  readonly offers: readonly {
    readonly id: OfferId;
    readonly agent: AgentId;
    readonly outcome: OfferOutcome;
    readonly raw?: string;
    /** Rung without its card on a desk: the whisper carried it alone (H5). */
    readonly degraded?: true;
  }[];
};

/** An offer given up while its leg may still come to life at the carrier: ended as soon as it shows. */
export type Stray = {
  readonly offer: OfferId;
  /** Whose device may be ringing. */
  readonly agent?: AgentId;
  readonly leg?: LegId;
  readonly say: "caller-gone" | "call-taken";
  /** With a leg: it is ended by then, whatever was said. Without: nobody expects it any more. */
  readonly by: EpochMs;
};

/** An agent's closing work; it may outlive the handoff (the caller may be with the assistant again). */
export type WrapUp = { readonly agent: AgentId; readonly token: OwnerToken; readonly until: EpochMs };

export type CaseState = {
  readonly caller?: CallerPart;
  readonly escalation?: EscalationPart;
  readonly handoff: HandoffState;
  readonly strays: readonly Stray[];
  readonly wrapUps: readonly WrapUp[];
  /** Decisions heard of, merged and replaced ones too: each counts once, however late it is told again. */
  readonly decisions?: readonly EscalationId[];
};

export const emptyCase: CaseState = { handoff: { kind: "none" }, strays: [], wrapUps: [] };

/** The name others see (contract §8); `undefined` while there is no handoff. */
export function handoffName(state: CaseState): HandoffStateName | undefined {
  return state.handoff.kind === "none" ? undefined : state.handoff.kind;
}

/** The offers that hold an agent right now (H4: the store keeps these unique over all cases). */
export function heldOffers({ handoff }: CaseState): readonly Offer[] {
  const open = "offer" in handoff && handoff.offer ? [handoff.offer] : [];
  return handoff.kind === "consulting" ? [...open, handoff.bridge] : open;
}

/** States in which somebody has the caller: to another agent of the case they are not what they say. */
const IN_CALL: ReadonlySet<HandoffStateName> = new Set(["accepted", "moving", "bridged", "consulting", "handing-back"]);

/** States that an agent is left with by themselves, their closing work included. */
const LEFT_THEM: ReadonlySet<HandoffStateName> = new Set(["agent-lost", "wrapping-up", "closed"]);

/**
 * What the case is to one agent of it. In a hop the call of one is the closing work of the other, and a colleague who is
 * being asked has an offer, whoever has the caller meanwhile.
 */
export function handoffNameFor(state: CaseState, agent: AgentId): HandoffStateName {
  const { handoff } = state;
  const name = handoffName(state) ?? "closed";
  const held = heldOffers(state).find((offer) => offer.agent === agent);
  if (held && handoff.kind === "consulting" && held !== handoff.bridge) return colleagueName(held);
  if (held) return name;
  if (closingUntil(state, agent) !== undefined) return LEFT_THEM.has(name) ? name : "wrapping-up";
  return IN_CALL.has(name) ? "closed" : name;
}

function colleagueName({ phase, consent, joined }: Offer): HandoffStateName {
  if (phase !== "answered" || consent === undefined) return "offering";
  return joined ? "bridged" : "moving";
}

/** When an agent's closing work ends by itself; `undefined`: they have none. */
export const closingUntil = (state: CaseState, agent: AgentId): EpochMs | undefined =>
  state.wrapUps.find((wrapUp) => wrapUp.agent === agent)?.until;

/** When the case must be looked at again if nothing happens before; `undefined`: never. */
export function wakeAt(state: CaseState): EpochMs | undefined {
  const times: EpochMs[] = [...state.wrapUps.map((wrapUp) => wrapUp.until), ...state.strays.map((stray) => stray.by)];
  const { handoff, caller } = state;
  if (caller?.lookAt !== undefined && caller.place !== "gone") times.push(caller.lookAt);
  if (caller?.outAt !== undefined && caller.place !== "gone") times.push(caller.outAt);
  if ("by" in handoff) times.push(handoff.by);
  if ("until" in handoff) times.push(handoff.until);
  if (handoff.kind === "waiting") times.push(handoff.askAgainAt);
  if (handoff.kind === "accepted") times.push(handoff.moveAt);
  if ("offer" in handoff && handoff.offer && givesUp(handoff.kind)) times.push(handoff.offer.giveUpAt);
  return times.reduce<EpochMs | undefined>((first, at) => (first === undefined || at < first ? at : first), undefined);
}

const givesUp = (kind: HandoffKind): boolean =>
  kind === "offering" || kind === "consulting" || kind === "offering-fallback" || kind === "capturing-callback";
