// A caller who is in the room while nobody is there for them: an agent was lost while they were on the way in, or the
// carrier did not obey. They are brought back; what only looks like it is asked about first (H8).

import type { Decision } from "./decision.ts";
import { belongsInRoom } from "./caller-room.ts";
import type { CaseState } from "./state.ts";
import type { CaseEvent, Effect } from "./vocabulary.ts";

export function onMisplacedCaller(before: CaseState, decided: Decision, event: CaseEvent): Decision {
  const { caller, escalation, handoff } = before;
  if (!caller || !escalation || caller.place === "gone" || belongsInRoom(before)) return decided;
  // These wait for the caller to come out, and have their own answers; a call that is being ended needs none.
  if (handoff.kind === "handing-back" || handoff.kind === "wrapping-up") return decided;
  const askRoom: Effect = { kind: "ask-room", escalation: escalation.id };
  switch (event.kind) {
    case "caller-joined":
      return handoff.kind === "agent-lost" ? decided : { ...decided, effects: [...decided.effects, askRoom] };
    case "move-failed":
      return event.unknown ? { ...decided, effects: [...decided.effects, askRoom] } : decided;
    case "room-seen":
      return event.legs.includes(caller.leg) ? bringOut(decided) : decided;
    default:
      return decided;
  }
}

function bringOut({ state, effects }: Decision): Decision {
  const { caller } = state;
  if (!caller) return { state, effects };
  return {
    state: { ...state, caller: { ...caller, place: "room" } },
    effects: [...effects, { kind: "move-caller", how: "redirect" }],
  };
}
