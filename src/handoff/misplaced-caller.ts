// A caller who is in the room while nobody is there for them: an agent was lost while they were on the way in, or the
// carrier did not obey. They are brought back; what only looks like it is asked about first (H8).

import { after, type EpochMs } from "../domain/time.ts";
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
      // The carrier may not answer this either, and then nobody would look for them any more.
      return event.unknown ? soon({ ...decided, effects: [...decided.effects, askRoom] }, event.at) : decided;
    case "room-seen":
      return event.legs.includes(caller.leg) ? bringOut(known(decided)) : known(decided);
    default:
      return decided;
  }
}

/** A question that is not answered is asked again after this, in milliseconds. */
const ASK_AGAIN_MS = 2_000;

function soon({ state, effects }: Decision, at: EpochMs): Decision {
  const { caller } = state;
  if (!caller) return { state, effects };
  return { state: { ...state, caller: { ...caller, outAt: after(at, ASK_AGAIN_MS) } }, effects };
}

/** They were not brought out for certain: the carrier is asked again until it says where they are, or they are elsewhere. */
export function askForMisplaced(state: CaseState, at: EpochMs): Decision {
  const { caller, escalation } = state;
  if (caller?.outAt === undefined || at < caller.outAt) return { state, effects: [] };
  const { outAt: _due, ...rest } = caller;
  if (!escalation || caller.place !== "room" || belongsInRoom(state)) {
    return { state: { ...state, caller: rest }, effects: [] };
  }
  return soon({ state, effects: [{ kind: "ask-room", escalation: escalation.id }] }, at);
}

/** The carrier has answered. */
function known(decided: Decision): Decision {
  const { caller } = decided.state;
  if (caller?.outAt === undefined) return decided;
  const { outAt: _due, ...rest } = caller;
  return { ...decided, state: { ...decided.state, caller: rest } };
}

function bringOut({ state, effects }: Decision): Decision {
  const { caller } = state;
  if (!caller) return { state, effects };
  return {
    state: { ...state, caller: { ...caller, place: "room" } },
    effects: [...effects, { kind: "move-caller", how: "redirect" }],
  };
}
