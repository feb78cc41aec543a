import type { AgentId, CallId, EscalationId, LegId, OfferId } from "../domain/ids.ts";
import type { Device } from "../handoff/vocabulary.ts";

/** The answer to a create. `unknown`: it may have been performed; ask, never repeat (H8). `later`: it was not performed. */
export type DialAnswer =
  | { readonly kind: "placed"; readonly leg: LegId; readonly queuedMs: number }
  | { readonly kind: "refused"; readonly outcome: "busy" | "carrier-fault"; readonly raw: string }
  | { readonly kind: "later"; readonly raw: string }
  | { readonly kind: "unknown"; readonly raw: string };

export type CommandAnswer =
  | { readonly kind: "done" }
  /** The leg or room is already over: as good as done for an ending, a refusal for a move. */
  | { readonly kind: "gone"; readonly raw: string }
  | { readonly kind: "refused"; readonly raw: string }
  | { readonly kind: "unknown"; readonly raw: string };

/** What the carrier knows of an offer's leg. */
export type OfferLeg =
  | { readonly kind: "none" }
  | { readonly kind: "live"; readonly leg: LegId; readonly phase: "dialling" | "ringing" | "answered" }
  | { readonly kind: "over"; readonly leg: LegId; readonly raw: string }
  | { readonly kind: "unknown"; readonly raw: string };

/** `unknown`: the carrier did not answer, or knows no such leg. */
export type LegSeen =
  | { readonly kind: "live" }
  | { readonly kind: "over"; readonly raw: string }
  | { readonly kind: "unknown"; readonly raw: string };

/** The legs in a case's room now; `unknown`: the carrier did not answer. */
export type RoomLegs =
  | { readonly kind: "legs"; readonly legs: readonly LegId[] }
  | { readonly kind: "unknown"; readonly raw: string };

/** The carrier, as the gateway needs it. No method throws for what a carrier may answer. */
export type Telephony = {
  /** Rings an agent's device once. Its progress comes back as events of the case, by the offer's id. */
  dialAgent(ask: {
    readonly call: CallId;
    readonly escalation: EscalationId;
    readonly offer: OfferId;
    readonly agent: AgentId;
    readonly device: { readonly kind: Device; readonly address: string };
    /** Give-up time at the carrier, in milliseconds; somewhat above our own ring window. */
    readonly timeoutMs: number;
  }): Promise<DialAnswer>;
  /** Ends a leg in any phase. */
  endLeg(leg: LegId): Promise<CommandAnswer>;
  /** Makes the leg ask for its document again. */
  refreshLeg(ask: {
    readonly call: CallId;
    readonly leg: LegId;
    readonly party: "caller" | "agent";
    readonly offer?: OfferId;
  }): Promise<CommandAnswer>;
  /** Is this leg still there? */
  askLeg(leg: LegId): Promise<LegSeen>;
  askRoom(escalation: EscalationId): Promise<RoomLegs>;
  /** What became of a create whose answer was lost. */
  askOffer(ask: {
    readonly call: CallId;
    readonly offer: OfferId;
    readonly address: string;
    readonly sinceMs: number;
  }): Promise<OfferLeg>;
};
