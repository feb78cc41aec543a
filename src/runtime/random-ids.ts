import { randomBytes, randomUUID } from "node:crypto";
import { CallbackId, EscalationId, NodeId, OfferId, OwnerToken } from "../domain/ids.ts";
import type { Ids } from "../ports/ids.ts";

/** No vowels, no 0/O, 1/I/L, 5/S, 2/Z, 8/B: said once over a phone line, written down right. */
const SPEAKABLE = "34679CDFGHJKMNPQRTVWXY";
const REFERENCE_LENGTH = 7;

export const randomIds: Ids = {
  escalation: () => EscalationId(`esc_${randomUUID()}`),
  offer: () => OfferId(`off_${randomUUID()}`),
  token: () => OwnerToken(randomBytes(24).toString("base64url")),
  callback: () => CallbackId(`cb_${randomUUID()}`),
  node: () => NodeId(`node_${randomUUID()}`),
  reference: () => Array.from(randomBytes(REFERENCE_LENGTH), (byte) => SPEAKABLE[byte % SPEAKABLE.length]).join(""),
  secret: () => randomBytes(32).toString("base64url"),
};
