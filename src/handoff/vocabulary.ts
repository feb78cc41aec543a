// Everything that can happen to a case, and everything we can do about it. Read these two unions and you know the
// product. Telephony's words only: a vendor's word stops at the vendor's folder.

import type { Channel, Disposition, NumberMode, OfferOutcome, Priority } from "../domain/closed-sets.ts";
import type { NamedTime } from "../callbacks/read-time.ts";
import type { AgentId, CallbackId, CallId, EscalationId, LegId, OfferId, OwnerToken, QueueId } from "../domain/ids.ts";
import type { EpochMs } from "../domain/time.ts";
import type { DecisionFacts } from "../escalation/decision.ts";
import type { LineId, LineValues } from "./lines.ts";

export type Device = "phone" | "sip" | "softphone";

/** Whom to reach: the queue, the skills an agent must have, and the team's spoken name. */
export type Target = {
  readonly queue: QueueId;
  readonly skills: readonly string[];
  /** What the caller hears, for example "our disputes team". */
  readonly team: string;
};

/** Why nobody could be reserved. `presence-unavailable`: the presence store did not answer (H13). */
export type NobodyWhy = "nobody-on-duty" | "all-busy" | "closed" | "presence-unavailable";

/** How a leg ended, in our words; `raw` keeps the carrier's own code for the record. */
export type LegEnd = "hung-up" | "busy" | "no-answer" | "declined" | "failed" | "cancelled";

/** Whose doing, and whether the request may have been performed all the same. */
export type DialFault = { readonly outcome: "busy" | "carrier-fault"; readonly raw: string };

/** `ticket`: what they need is written down for the team. */
export type CallerChoice = "wait" | "callback" | "continue" | "person" | "ticket";

/** What the core may need and cannot make: stamped by the runtime on the events that can open something. */
export type Fresh = {
  readonly escalation: EscalationId;
  readonly callback: CallbackId;
  /** What the caller will quote. */
  readonly reference: string;
  /** When a callback promised now is due unless the caller names a time. */
  readonly callbackDueAt: EpochMs;
  /** The record is away: what is decided now is on one node's disk only, and no callback is confirmed aloud (H13). */
  readonly unstored?: true;
};

/** What somebody else decided for the caller before they came to us. */
export type Wish = { readonly target: Target; readonly decision: DecisionFacts };

export type CaseEvent = { readonly at: EpochMs } &
  // The call
  (
    | {
        readonly kind: "call-arrived";
        readonly call: CallId;
        readonly leg: LegId;
        readonly mode: NumberMode;
        readonly language: string;
        /** Where this number's callers go when nothing more is known. */
        readonly target: Target;
        /** The caller's number is known and may be rung back. The number itself is in the content tables, under the call. */
        readonly canCallBack: boolean;
        /** No assistant is free for this call: the fixed lines and keys serve it from the start. */
        readonly overflow?: true;
        /** Nobody runs this number's assistant: the model counts as down from the first moment. */
        readonly noAssistant?: true;
        /** Keys before this are digits of the network that brought the caller, sent late, and not the caller's. */
        readonly keysFrom?: EpochMs;
        /** A person was decided on where the caller comes from: looked for as soon as somebody of ours is heard by them. */
        readonly wish?: Wish;
        readonly fresh: Fresh;
      }
    | { readonly kind: "assistant-started"; readonly stream: string }
    /** The assistant's connection or the model behind it is gone. `down`: do not try the model again, speak fixed lines. */
    | { readonly kind: "assistant-lost"; readonly stream: string; readonly down: boolean }
    /** The carrier asks what comes next on the caller's leg: whatever it was doing is over, and it does what it is told. */
    | { readonly kind: "caller-leg-asked" }
    | { readonly kind: "caller-left" }
    /** A line ordered by `speak` was heard to its end, or could not be spoken. */
    | { readonly kind: "line-ended"; readonly line: LineId }
    | {
        readonly kind: "caller-pressed";
        readonly key: string;
        /** Names this one press, where the edge knows a repetition from a second press; a repeated name changes nothing. */
        readonly press?: string;
        readonly fresh: Fresh;
      }
    // The decision, and the caller's wishes afterwards
    | {
        readonly kind: "escalation-decided";
        readonly escalation: EscalationId;
        readonly target: Target;
        readonly priority: Priority;
        readonly decision: DecisionFacts;
        /** Where a case without a call came from. */
        readonly origin?: { readonly channel: Channel; readonly sourceAgent: string };
        readonly fresh: Fresh;
      }
    | { readonly kind: "caller-cancelled" }
    /** `when`: with a callback, what they said about its time; none of it is stored before they said yes to it. */
    | {
        readonly kind: "caller-chose";
        readonly choice: CallerChoice;
        readonly when?: NamedTime;
        readonly fresh: Fresh;
      }
    /** The caller agreed to what was read back; `dueAt`: people name another time over the API. */
    | { readonly kind: "callback-confirmed"; readonly dueAt?: EpochMs; readonly fresh: Fresh }
    | { readonly kind: "callback-rejected" }
    // Presence
    | {
        readonly kind: "agent-reserved";
        readonly attempt: number;
        readonly offer: OfferId;
        readonly agent: AgentId;
        readonly agentName: string;
        readonly token: OwnerToken;
        readonly device: Device;
      }
    | {
        readonly kind: "no-agent-free";
        readonly attempt: number;
        readonly why: NobodyWhy;
        /** Of the question this answers; a late answer to an earlier one changes nothing. */
        readonly token?: OwnerToken;
        /** Expected wait, in milliseconds, when it can be said. */
        readonly expectedWaitMs?: number;
      }
    /** Somebody in the queue became free: worth asking again before the next poll. */
    | { readonly kind: "agent-freed" }
    // The desk
    | { readonly kind: "packet-painted"; readonly offer: OfferId; readonly version: number; readonly hash: string }
    | { readonly kind: "agent-consented"; readonly offer: OfferId; readonly via: "desk" | "key" | "answer" }
    | { readonly kind: "agent-declined"; readonly offer: OfferId }
    | { readonly kind: "desk-lost"; readonly agent: AgentId; readonly forced: boolean }
    | { readonly kind: "agent-ended"; readonly agent: AgentId }
    | { readonly kind: "agent-transferred"; readonly agent: AgentId; readonly target: Target }
    | { readonly kind: "agent-handed-back"; readonly agent: AgentId }
    | {
        readonly kind: "wrapped-up";
        readonly agent: AgentId;
        readonly disposition: Disposition;
        readonly resolved: boolean;
      }
    // The agent's leg at the carrier
    /** Outbound calls are scarce: this one leaves our own queue about then. */
    | { readonly kind: "dial-queued"; readonly offer: OfferId; readonly startsAt: EpochMs }
    | { readonly kind: "dial-accepted"; readonly offer: OfferId; readonly leg: LegId }
    | { readonly kind: "dial-refused"; readonly offer: OfferId; readonly fault: DialFault }
    | { readonly kind: "dial-unknown"; readonly offer: OfferId }
    | { readonly kind: "agent-leg-ringing"; readonly offer: OfferId; readonly leg: LegId }
    | { readonly kind: "agent-leg-answered"; readonly offer: OfferId; readonly leg: LegId }
    | {
        readonly kind: "agent-leg-ended";
        readonly offer: OfferId;
        readonly leg: LegId;
        readonly how: LegEnd;
        readonly raw: string;
      }
    /** Put up by a decision that the record has lost, since another node overtook it (H13): does anybody stand behind it? */
    | { readonly kind: "leg-left-behind"; readonly offer: OfferId; readonly leg: LegId }
    // The room
    | { readonly kind: "agent-joined"; readonly offer: OfferId; readonly leg: LegId }
    | { readonly kind: "agent-left-room"; readonly offer: OfferId; readonly leg: LegId }
    /** `label`: under which the caller entered, where the carrier tells it; an earlier visit's changes nothing. */
    | { readonly kind: "caller-joined"; readonly label?: string }
    | { readonly kind: "caller-left-room" }
    /** What the carrier says of the room: the legs in it now. */
    | { readonly kind: "room-seen"; readonly legs: readonly LegId[] }
    | { readonly kind: "move-failed"; readonly unknown: boolean; readonly raw: string }
    // The case, worked by people over the API
    | { readonly kind: "case-claimed"; readonly agent: AgentId }
    | { readonly kind: "case-resolved"; readonly by: string }
    | { readonly kind: "case-moved"; readonly target: Target }
    /** People promise a callback in a case whose caller is not on the line; `dueAt` when they named a time. */
    | { readonly kind: "case-promised"; readonly dueAt?: EpochMs; readonly fresh: Fresh }
    // Time
    | { readonly kind: "time-passed" }
  );

export type CaseEventKind = CaseEvent["kind"];

/**
 * What we do. Everything here may be asked for twice (a node may die between the commit and its doing), so each is
 * idempotent by the ids it carries. `speak`, `cut-speech` and the desk's frames are worthless late and not kept as jobs.
 */
export type Effect =
  // Presence
  | {
      readonly kind: "reserve-agent";
      readonly escalation: EscalationId;
      readonly attempt: number;
      /** The same at every repetition of this effect, so that asking twice holds one agent. */
      readonly token: OwnerToken;
      readonly target: Target;
      readonly exclude: readonly AgentId[];
      readonly expiresAt: EpochMs;
    }
  /** `next` is where the agent goes; only the owner's token is obeyed. */
  | {
      readonly kind: "release-agent";
      readonly agent: AgentId;
      readonly token: OwnerToken;
      readonly next: "available" | "check-in" | "offline";
    }
  | {
      readonly kind: "hold-agent";
      readonly agent: AgentId;
      readonly token: OwnerToken;
      readonly as: "busy" | "wrap-up";
      readonly until: EpochMs;
    }
  // The desk
  | {
      readonly kind: "show-offer";
      readonly escalation: EscalationId;
      readonly offer: OfferId;
      readonly agent: AgentId;
      readonly acceptBy: EpochMs;
    }
  | {
      readonly kind: "withdraw-offer";
      readonly escalation: EscalationId;
      readonly offer: OfferId;
      readonly agent: AgentId;
      readonly reason: OfferOutcome;
    }
  // The carrier
  | {
      readonly kind: "dial-agent";
      readonly escalation: EscalationId;
      readonly offer: OfferId;
      readonly agent: AgentId;
      /** Priority and age order the outbound calls when they are scarce. */
      readonly priority: Priority;
      readonly decidedAt: EpochMs;
      readonly ringMs: number;
    }
  /** Stop a dial whose leg is not known yet: leave the dialler's queue, or end it when the carrier names it. */
  | { readonly kind: "cancel-dial"; readonly offer: OfferId }
  | { readonly kind: "ask-carrier"; readonly offer: OfferId; readonly agent: AgentId; readonly since: EpochMs }
  /** Is the caller still on the line? Answered by `caller-left`, if they are not. */
  | { readonly kind: "ask-caller"; readonly leg: LegId }
  /** Who is in the room? Answered by `room-seen`. */
  | { readonly kind: "ask-room"; readonly escalation: EscalationId }
  | { readonly kind: "end-leg"; readonly leg: LegId }
  /** Make the leg ask again what it should do now (the document function answers). */
  | { readonly kind: "refresh-leg"; readonly leg: LegId; readonly offer: OfferId }
  /** `let-go`: close our end of the caller's media, so that the carrier asks for the next document. */
  | { readonly kind: "move-caller"; readonly how: "let-go" | "redirect" }
  // The assistant
  | { readonly kind: "speak"; readonly line: LineId; readonly values: LineValues }
  | { readonly kind: "cut-speech" }
  /** From here the assistant follows holding instructions and fills silences. */
  | { readonly kind: "keep-company"; readonly team: string }
  | {
      readonly kind: "resume-assistant";
      readonly because: "cancelled" | "fallback-settled" | "handed-back" | "agent-lost";
    }
  | { readonly kind: "silence-assistant" }
  // People afterwards
  | {
      readonly kind: "notify";
      readonly what: "assigned" | "bridged" | "fallback" | "resolved" | "ticket" | "created";
      readonly escalation: EscalationId;
    };

export type EffectKind = Effect["kind"];
