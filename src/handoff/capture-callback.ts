// A callback needs a number to ring, a time that was understood, and a yes to both of them read back.

import type { NamedTime } from "../callbacks/read-time.ts";
import { after } from "../domain/time.ts";
import { type Decision, enter, type Scene } from "./decision.ts";
import { isEmergency, refuseCallback } from "./emergency.ts";
import type { LineId } from "./lines.ts";
import { askFallback, settle } from "./search.ts";
import type { HandoffState, Search } from "./state.ts";
import type { Effect } from "./vocabulary.ts";

type Capturing = Extract<HandoffState, { kind: "capturing-callback" }>;

/**
 * Reads number and time back, or asks for a time that can be noted: once more, then the usual one is offered aloud.
 * @param when what the caller said about the time; nothing: the usual one
 */
export function captureCallback(scene: Scene, search: Search, when?: NamedTime): Decision {
  const { state, at, policy } = scene;
  if (isEmergency(scene)) return refuseCallback(scene);
  if (!state.caller?.canCallBack) return withoutNumber(scene, search);
  const { handoff } = state;
  const earlier = handoff.kind === "capturing-callback" ? handoff : undefined;
  const asked = earlier !== undefined && isReadBackOf(earlier, when) ? earlier.asked : 0;
  // A read-back is not given again and again: somebody reads it as a ticket.
  if (asked >= policy.choiceTries) return ticket(scene);
  const fresh: Capturing = {
    kind: "capturing-callback",
    ...search,
    asked: asked + 1,
    by: after(at, policy.choiceMs * 2),
    ...openOffer(handoff),
    ...misheardIn(earlier),
  };
  switch (when?.kind) {
    case undefined:
    case "soon":
      return ask(scene, fresh, "read-back");
    case "at":
      return ask(scene, { ...fresh, dueAt: when.at }, "read-back");
    case "past":
      return notNoted(scene, fresh, "ask-time-past");
    case "unclear":
      return notNoted(scene, fresh, "ask-time");
    default:
      return when satisfies never;
  }
}

const misheardIn = (earlier: Capturing | undefined) =>
  earlier?.misheard === undefined ? {} : { misheard: earlier.misheard };

/** The very time that was read back is named. */
function isReadBackOf({ step, dueAt }: Capturing, when: NamedTime | undefined): boolean {
  if (step === "time") return false;
  return when?.kind === "at" ? dueAt === when.at : when?.kind === "soon" && dueAt === undefined;
}

/** Said, never replaced in silence: asked once more, then the usual time is offered, then somebody reads it as a ticket. */
function notNoted(scene: Scene, handoff: Capturing, question: LineId): Decision {
  const { misheard = 0 } = handoff;
  if (misheard >= scene.policy.choiceTries) return ticket(scene);
  const more: Capturing = { ...handoff, misheard: misheard + 1 };
  return misheard > 0 ? ask(scene, more, "read-back-default") : ask(scene, { ...more, step: "time" }, question);
}

const openOffer = (handoff: HandoffState) => ("offer" in handoff && handoff.offer ? { offer: handoff.offer } : {});

const ask = (scene: Scene, handoff: Capturing, line: LineId): Decision =>
  enter(scene.state, handoff, [
    { kind: "cut-speech" },
    { kind: "keep-company", team: scene.escalation.target.team },
    callbackQuestion(scene, line),
  ]);

/** Number and time are filled in where they are known and spoken. */
export const callbackQuestion = ({ escalation }: Scene, line: LineId): Effect => ({
  kind: "speak",
  line,
  values: { number: "", time: "", team: escalation.target.team },
});

/** What is asked again when the caller could not hear it, or says nothing. */
export const openQuestion = ({ step }: Capturing): LineId => (step === "time" ? "ask-time" : "read-back");

/** What the caller was asked last about their callback. */
export const isCallbackQuestion = (line: LineId): boolean =>
  line === "read-back" || line === "read-back-default" || line === "ask-time" || line === "ask-time-past";

/** A callback to nowhere is not offered: they may wait, or leave word. Who was told so already wants the latter. */
function withoutNumber(scene: Scene, search: Search): Decision {
  const { state, at, policy } = scene;
  if (state.handoff.kind === "offering-fallback") return ticket(scene);
  const handoff: Extract<HandoffState, { kind: "offering-fallback" }> = {
    kind: "offering-fallback",
    ...search,
    why: "no-number",
    asked: 1,
    by: after(at, policy.choiceMs * 2),
    ...openOffer(state.handoff),
  };
  return enter(state, handoff, [{ kind: "cut-speech" }, ...askFallback(scene, handoff)]);
}

/** Somebody of the team will read what they need. */
export const ticket = (scene: Scene): Decision =>
  settle(scene, { outcome: "ticket", offerOutcome: "caller-chose-fallback", line: "ticket-opened" });
