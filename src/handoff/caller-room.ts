// Where the caller belongs, and under which name they enter the room: labels are unique per attempt, so that news of an
// earlier visit cannot be taken for this one.

import type { CaseState } from "./state.ts";

/** From acceptance on the caller belongs in the room, however the carrier came to ask. */
export function belongsInRoom({ handoff }: CaseState): boolean {
  switch (handoff.kind) {
    case "accepted":
    case "moving":
    case "bridged":
    case "consulting":
      return true;
    default:
      return false;
  }
}

/** The label of the caller's present visit; `undefined` when they belong elsewhere. */
export function callerLabel(state: CaseState): string | undefined {
  const { escalation, handoff } = state;
  if (!escalation || !belongsInRoom(state)) return undefined;
  const attempt = "attempt" in handoff ? handoff.attempt : "offer" in handoff ? (handoff.offer?.attempt ?? 0) : 0;
  return `caller-${escalation.id}-${escalation.handoffs}-${attempt}`;
}
