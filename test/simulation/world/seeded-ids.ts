import { CallbackId, EscalationId, NodeId, OfferId, OwnerToken } from "../../../src/domain/ids.ts";
import type { Ids } from "../../../src/ports/ids.ts";

/** Ids that count up: the same run mints the same ones. */
export function createSeededIds(): Ids {
  let last = 0;
  const next = (kind: string): string => `${kind}-${(last += 1)}`;
  return {
    escalation: () => EscalationId(next("esc")),
    offer: () => OfferId(next("off")),
    token: () => OwnerToken(next("token")),
    callback: () => CallbackId(next("cb")),
    node: () => NodeId(next("node")),
    reference: () => next("R"),
    secret: () => next("secret"),
  };
}
