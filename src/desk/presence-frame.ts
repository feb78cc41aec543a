import { iso } from "../domain/time.ts";
import type { AgentPresence } from "../ports/presence.ts";
import type { ServerFrame } from "../protocol/desk-frames.ts";

export const presenceFrame = ({
  status,
  since,
  reason,
}: AgentPresence): Extract<ServerFrame, { type: "presence" }> => ({
  type: "presence",
  status,
  since: iso(since),
  ...(reason !== undefined && { reason }),
});
