import type { PresenceStatus } from "../domain/closed-sets.ts";
import type { AgentId, OwnerToken } from "../domain/ids.ts";
import type { EpochMs } from "../domain/time.ts";

export type AgentPresence = {
  readonly agent: AgentId;
  readonly status: PresenceStatus;
  readonly since: EpochMs;
  readonly reason?: string;
};

/** `reserved`, `busy` or `wrap-up` for one owner. */
export type AgentHold = { readonly agent: AgentId; readonly token: OwnerToken; readonly status: PresenceStatus };

/** Unanswered within its own limit: the store is away and nobody may be promised (H13). */
export type PresenceAnswer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly why: string };

/**
 * Who can take a call right now. Implemented by `stores/redis` and, as the reference model, `stores/memory`; one
 * contract suite holds both. All times are passed in. No method throws for an unreachable store: it answers `ok: false`.
 */
export type Presence = {
  /**
   * Atomically takes the agent among `candidates` who has been `available` for longest (by `since`, then by id) and
   * whose lease is live, and marks them `reserved` for `token` until `expiresAt`; `undefined`: none is free.
   * Asking again with a token that already holds an agent answers that agent.
   */
  reserve(ask: {
    readonly candidates: readonly AgentId[];
    readonly token: OwnerToken;
    readonly at: EpochMs;
    readonly expiresAt: EpochMs;
  }): Promise<PresenceAnswer<AgentId | undefined>>;
  /** Prolongs the hold and names what it is now (`reserved` while asked, `busy` once bridged, then `wrap-up`). False: the token no longer owns the agent. */
  hold(ask: {
    readonly agent: AgentId;
    readonly token: OwnerToken;
    readonly status: "reserved" | "busy" | "wrap-up";
    readonly at: EpochMs;
    readonly until: EpochMs;
  }): Promise<PresenceAnswer<boolean>>;
  /**
   * Ends the hold, only with the owner's token; false otherwise. The agent goes to `next`, or to what they themselves
   * asked for meanwhile (`away`, `offline`), or to `offline` if their lease is gone. Idempotent.
   */
  release(ask: {
    readonly agent: AgentId;
    readonly token: OwnerToken;
    readonly next: "available" | "check-in" | "offline";
    readonly at: EpochMs;
  }): Promise<PresenceAnswer<boolean>>;
  /**
   * The agent's own wish. While reserved or busy it is remembered and applied at release. `leaseUntil`: without a
   * renewal by then (a desk renews it, or `PUT presence` with `until`) the agent is offline.
   */
  set(ask: {
    readonly agent: AgentId;
    readonly status: "available" | "away" | "offline";
    readonly at: EpochMs;
    readonly leaseUntil: EpochMs;
    readonly reason?: string;
  }): Promise<PresenceAnswer<AgentPresence>>;
  /** Prolongs the lease; changes no status. False: the lease had already run out, so the agent is offline and must say so again. */
  renew(agent: AgentId, at: EpochMs, leaseUntil: EpochMs): Promise<PresenceAnswer<boolean>>;
  get(agents: readonly AgentId[], at: EpochMs): Promise<PresenceAnswer<readonly AgentPresence[]>>;
  /** Everybody who is held now, and under which token: to find holds that no case stands behind any more. */
  holds(at: EpochMs): Promise<PresenceAnswer<readonly AgentHold[]>>;
  /** Every change of any agent, on every node, release and expiry included. The result unsubscribes. */
  onChange(listener: (presence: AgentPresence) => void): () => void;
};
