import type { CallbackId, EscalationId, NodeId, OfferId, OwnerToken } from "../domain/ids.ts";

/** Fresh identities; seeded in the simulation. All but `reference` are unguessable. */
export type Ids = {
  escalation(): EscalationId;
  offer(): OfferId;
  token(): OwnerToken;
  callback(): CallbackId;
  node(): NodeId;
  /** Short, speakable, quoted by callers: letters and digits that cannot be misheard, at least 30 bits. */
  reference(): string;
  /** 256 bits, URL-safe. */
  secret(): string;
};
