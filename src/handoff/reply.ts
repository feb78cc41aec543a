// The document function: what should this leg do now? Pure, over the committed state (design §2).

import type { LegId, OfferId } from "../domain/ids.ts";
import { belongsInRoom, callerLabel } from "./caller-room.ts";
import type { LegDocument, SpokenLine } from "./document.ts";
import type { LineId, LineValues } from "./lines.ts";
import { fallbackLine } from "./search.ts";
import { type CallerPart, type CaseState, heldOffers } from "./state.ts";

/** The carrier's menu asks again after this long, so that no silence grows while people are looked for. */
const MENU_WAIT_MS = 2_000;
const MENU_CHOICE_MS = 6_000;

export function documentForCaller(state: CaseState): LegDocument {
  const { caller } = state;
  if (!caller || caller.place === "gone") return { kind: "hang-up" };
  if (caller.mode === "forward") return { kind: "forward" };
  if (caller.mode === "closed") return { kind: "say-and-hang-up", lines: [line("closed")] };
  if (belongsInRoom(state)) return callerRoom(state);
  // The agent ended the call: nothing more is said to a leg that is being ended.
  if (state.handoff.kind === "wrapping-up") return { kind: "hang-up" };
  return hasNoAssistant(caller) ? menu(state) : assistant(state, caller);
}

const hasNoAssistant = ({ modelDown, mode, overflow }: CallerPart): boolean =>
  modelDown || mode === "queue" || overflow === true;

function callerRoom(state: CaseState): LegDocument {
  const { escalation } = state;
  const label = callerLabel(state);
  if (!escalation || label === undefined) return { kind: "hang-up" };
  return { kind: "room", escalation: escalation.id, party: "caller", label };
}

/** The first words are the carrier's own voice: they are heard even when the assistant takes a moment (H11, H14). */
function assistant(state: CaseState, caller: CallerPart): LegDocument {
  if (caller.place === "arriving") return { kind: "assistant", first: [line("disclosure")] };
  if (state.handoff.kind === "agent-lost" || state.handoff.kind === "handing-back") {
    return { kind: "assistant", first: [] };
  }
  return { kind: "assistant", first: caller.place === "menu" ? [line("assistant-back")] : [] };
}

/** The model is down or has no room, or the number has none: fixed lines and keys lead to a person or a callback (H13). */
function menu(state: CaseState): LegDocument {
  const { handoff, escalation } = state;
  const values = {
    team: escalation?.target.team ?? state.caller?.target.team ?? "",
    reference: escalation?.reference ?? "",
  };
  switch (handoff.kind) {
    case "none":
      return { kind: "menu", lines: [line(menuLine(state), values)], waitMs: MENU_CHOICE_MS };
    case "offering-fallback":
      return {
        kind: "menu",
        lines: [
          line(fallbackLine(handoff.why, state.caller), {
            ...values,
            wait: "",
            attempts: String(handoff.tried.length),
          }),
        ],
        waitMs: MENU_CHOICE_MS,
      };
    case "capturing-callback":
      return { kind: "menu", lines: [line("read-back", { ...values, number: "", time: "" })], waitMs: MENU_CHOICE_MS };
    case "closed":
      return afterwards(state, values);
    default:
      return { kind: "menu", lines: [line(holdingLine(state), values)], waitMs: MENU_WAIT_MS };
  }
}

/** Too many calls is no technical problem, and is not called one. */
function menuLine({ caller }: CaseState): LineId {
  const full = caller?.overflow === true && !caller.modelDown;
  if (caller?.canCallBack === false) return full ? "overflow-without-callback" : "menu-without-callback";
  return full ? "overflow" : "menu";
}

/** Key 2 is offered to who can be called back, and never in danger to life (H14). */
function holdingLine({ caller, escalation }: CaseState): LineId {
  if (escalation?.decision.emergency === true) return "emergency";
  return caller?.canCallBack === false ? "holding-3" : "menu-holding";
}

function afterwards(state: CaseState, values: LineValues): LegDocument {
  const { handoff } = state;
  if (handoff.kind !== "closed") return { kind: "hang-up" };
  switch (handoff.outcome) {
    case "callback":
      return { kind: "say-and-hang-up", lines: [callbackLine(state, values), line("goodbye")] };
    case "ticket":
      return { kind: "say-and-hang-up", lines: [line("ticket-opened", values), line("goodbye")] };
    case "returned":
    case "bridged":
      return { kind: "menu", lines: [line(menuLine(state), values)], waitMs: MENU_CHOICE_MS };
    case "abandoned":
      return { kind: "hang-up" };
    default:
      return handoff.outcome satisfies never;
  }
}

/** What is not stored is not confirmed (H2, H13). */
const callbackLine = ({ escalation }: CaseState, values: LineValues): SpokenLine =>
  escalation?.callback?.unconfirmed ? line("callback-noted") : line("callback-confirmed", { ...values, time: "" });

/** An agent's leg: the whisper until there is consent, the room afterwards, one fixed sentence when it is over. */
export function documentForAgent(state: CaseState, offer: OfferId, leg: LegId): LegDocument {
  const { escalation, handoff } = state;
  const stray = state.strays.find((one) => one.offer === offer);
  if (stray) return { kind: "say-and-hang-up", lines: [line(stray.say)] };
  const mine = heldOffers(state).find((one) => one.id === offer);
  // A second leg of the same offer is nobody's.
  if (!mine || !escalation || (mine.leg !== undefined && mine.leg !== leg))
    return { kind: "say-and-hang-up", lines: [line("call-taken")] };
  if (handoff.kind === "handing-back" || handoff.kind === "agent-lost") return { kind: "hang-up" };
  if (mine.consent && mine.phase === "answered") {
    return { kind: "room", escalation: escalation.id, party: "agent", label: `agent-${mine.attempt}-${mine.id}` };
  }
  return { kind: "whisper", escalation: escalation.id, offer: mine.id };
}

const line = (id: LineId, values: LineValues = {}): SpokenLine => ({ line: id, values });
