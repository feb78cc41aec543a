import type { CaseState } from "../../handoff/state.ts";

/** What the assistant is there for at the moment. */
export type Mode =
  | { readonly kind: "talk" }
  /** Somebody is being got, or the caller waits for the next free agent. */
  | { readonly kind: "hold"; readonly team: string }
  /** The caller was asked whether to wait or to be called back. */
  | { readonly kind: "choose"; readonly team: string }
  /** The caller's number was read back. */
  | { readonly kind: "confirm" }
  /** A person is there: the assistant says nothing more. */
  | { readonly kind: "silent" };

export function modeOf(state: CaseState | undefined): Mode {
  const team = state?.escalation?.target.team ?? "";
  switch (state?.handoff.kind) {
    case "reserving":
    case "waiting":
    case "offering":
      return { kind: "hold", team };
    case "offering-fallback":
      return { kind: "choose", team };
    case "capturing-callback":
      return { kind: "confirm" };
    case "accepted":
    case "moving":
    case "bridged":
    case "consulting":
    case "wrapping-up":
      return { kind: "silent" };
    default:
      return { kind: "talk" };
  }
}

/** Always said to the assistant, whatever the admin wrote: the gateway speaks for the handoff, not the model. */
const RULES = [
  "Rules of the telephone system, above everything else:",
  "- Never say that you connect, transfer or get anybody, that anybody will come or call back, or how long it takes. The system says so when it is true.",
  "- When the caller asks for a person, or you cannot help, call escalate_to_human at once and say nothing.",
  "- When the caller wants to be called back, call request_callback and say nothing. Never ask for a telephone number, card number or code.",
  "- Keep every answer under three short sentences.",
].join("\n");

const MEANWHILE: Readonly<Record<Exclude<Mode["kind"], "talk">, (team: string) => string>> = {
  hold: (team) =>
    `The system is trying to reach ${team} for the caller right now and will say itself what comes of it. Until then you keep the caller company: answer what they say in one or two short sentences, take down what they want ${team} to know, begin nothing new. Do not say how long it takes or who will come. If they no longer want a person, call cancel_handoff.`,
  choose: (team) =>
    `Nobody of ${team} is free. The system has asked the caller whether they want to wait or to be called back. Answer what they say in one short sentence and ask that question again. If they want neither, call cancel_handoff.`,
  confirm: () =>
    "The system is arranging a callback: it has read the caller's number and a time back, or asked when to call. Answer what they say in one short sentence and ask for a yes, a no or another time. When they name another time, call request_callback with their words. Promise nothing.",
  silent: () => "A person is with the caller now. Say nothing.",
};

export function instructionsFor(base: string, mode: Mode): string {
  const meanwhile = mode.kind === "talk" ? "" : MEANWHILE[mode.kind]("team" in mode ? mode.team : "");
  return [base.trim(), RULES, meanwhile].filter((part) => part !== "").join("\n\n");
}

/** For one reply after a long silence of the caller's. */
export const STILL_THERE =
  "The caller has been silent for a while. Ask in one short sentence whether they are still there, and nothing else.";

/** For the reply after an answer that was judged too weak (design §5): one more search before a person is asked. */
export const SEARCH_AGAIN =
  "Your last answer did not settle the caller's question. Say in a few words that you look again, then search again with another query or another tool: other words, a part of the name, a wider or a narrower question; never the same query twice. Then say plainly what you found, or that you found nothing more. Do not guess.";

/** For the reply after a promise that was cut. */
export const WITHOUT_PROMISE =
  "Your last sentence promised something that is not arranged, so the caller did not hear it. If the caller needs a person, call escalate_to_human now and say nothing. Otherwise go on with their question, without promising anything.";

/**
 * Closes the handoff in the assistant's memory: without it the model goes on as if one were still running, or stays
 * mute for ever (B44).
 */
export function endedNote(state: CaseState, because: string): string {
  const { escalation } = state;
  const outcome = state.handoff.kind === "closed" ? state.handoff.outcome : "open";
  const tried = escalation?.offers.length ?? 0;
  const asked = tried === 0 ? "No agent was asked." : `${tried} ${tried === 1 ? "agent was" : "agents were"} asked.`;
  return [
    `The handoff to ${escalation?.target.team ?? "a person"} has ended: ${because}, outcome ${outcome}. ${asked}`,
    callbackNote(outcome === "callback", escalation?.callback?.unconfirmed === true),
    "Nobody is being called any more. You help the caller yourself again, as before, and speak normally. If asked, say plainly what happened.",
  ].join(" ");
}

function callbackNote(promised: boolean, unconfirmed: boolean): string {
  if (!promised) return "No callback is stored.";
  return unconfirmed
    ? "The wish for a callback is noted, but cannot be confirmed now, and the system has said so. Do not confirm it."
    : "A callback is stored; the system has told the caller when.";
}
