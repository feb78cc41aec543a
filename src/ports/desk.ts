import type { OfferOutcome } from "../domain/closed-sets.ts";
import type { AgentId, CallId, EscalationId, OfferId } from "../domain/ids.ts";
import type { EpochMs } from "../domain/time.ts";
import type { StoredPacket } from "./conversations.ts";
import type { Turn } from "../turns/turn.ts";

/** The agents' desks, on whichever node their sockets are. Sending to an agent without a desk is a no-op. */
export type Desk = {
  offer(ask: {
    readonly agent: AgentId;
    readonly escalation: EscalationId;
    readonly offer: OfferId;
    readonly packet: StoredPacket;
    readonly acceptBy: EpochMs;
  }): void;
  packet(agent: AgentId, packet: StoredPacket): void;
  withdraw(ask: { readonly agent: AgentId; readonly offer: OfferId; readonly reason: OfferOutcome }): void;
  turn(agent: AgentId, escalation: EscalationId, turn: Turn): void;
  state(ask: {
    readonly agent: AgentId;
    readonly escalation: EscalationId;
    /** What the case is to this agent. */
    readonly state: string;
    readonly at: EpochMs;
    readonly cause: string;
    /** When their closing work ends by itself; absent: they have none. */
    readonly until?: EpochMs;
  }): void;
  preAlert(ask: {
    readonly agent: AgentId;
    readonly call: CallId;
    readonly risk: number;
    readonly summary: string;
  }): void;
  nudge(ask: {
    readonly agent: AgentId;
    readonly escalation: EscalationId;
    readonly field: string;
    readonly asked: string;
  }): void;
  /** Is there a live socket with a visible page for this agent, anywhere? */
  visible(agent: AgentId): boolean;
};
