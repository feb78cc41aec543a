import type { CallerIntent } from "../../escalation/caller-intent.ts";
import type { CallerChoice } from "../../handoff/vocabulary.ts";
import type { CaseState } from "../../handoff/state.ts";

/** What the caller wants of the handoff that is open. */
export type CallerWish =
  | { readonly kind: "cancel" }
  | { readonly kind: "choose"; readonly choice: CallerChoice }
  | { readonly kind: "confirm" }
  | { readonly kind: "reject" };

/**
 * The wish behind a caller's turn while a handoff is open; `undefined`: it is about something else and the assistant
 * answers it. `asksForPerson`: the turn is an explicit request. `first`: the intent of the turn's first clause, since
 * "yes, call me back" agrees to what was read back.
 */
export function callerWish(
  state: CaseState,
  said: {
    readonly intent: CallerIntent | undefined;
    readonly first: CallerIntent | undefined;
    readonly asksForPerson: boolean;
  },
): CallerWish | undefined {
  switch (state.handoff.kind) {
    case "reserving":
    case "waiting":
    case "offering":
      return whileHeld(said.intent);
    case "accepted":
      return said.intent === "cancel" ? { kind: "cancel" } : undefined;
    case "offering-fallback":
      return whileChoosing(said.intent, said.asksForPerson, state.caller?.canCallBack === true);
    case "capturing-callback":
      return whileConfirming(said);
    default:
      return undefined;
  }
}

function whileHeld(intent: CallerIntent | undefined): CallerWish | undefined {
  if (intent === "cancel") return { kind: "cancel" };
  return intent === "callback" ? { kind: "choose", choice: "callback" } : undefined;
}

function whileChoosing(
  intent: CallerIntent | undefined,
  asksForPerson: boolean,
  canCallBack: boolean,
): CallerWish | undefined {
  // "Yes, a person" and "no, a person" want the same.
  const vague = intent === undefined || intent === "accept" || intent === "decline";
  if (asksForPerson && vague) return { kind: "choose", choice: "person" };
  switch (intent) {
    case "cancel":
      return { kind: "cancel" };
    case "wait":
      return { kind: "choose", choice: "wait" };
    case "callback":
      return { kind: "choose", choice: "callback" };
    case "accept":
      // A bare yes takes the last thing offered; who cannot be rung back can only wait.
      return { kind: "choose", choice: canCallBack ? "callback" : "wait" };
    case "decline":
      return { kind: "choose", choice: "continue" };
    case undefined:
      return undefined;
    default:
      return intent satisfies never;
  }
}

function whileConfirming(said: {
  readonly intent: CallerIntent | undefined;
  readonly first: CallerIntent | undefined;
}): CallerWish | undefined {
  if (said.intent === "cancel") return { kind: "cancel" };
  if (said.intent === "accept" || said.first === "accept") return { kind: "confirm" };
  return said.intent === "decline" || said.first === "decline" ? { kind: "reject" } : undefined;
}
