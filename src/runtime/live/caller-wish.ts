import type { NamedTime, TimeSaid } from "../../callbacks/read-time.ts";
import type { CallerIntent } from "../../escalation/caller-intent.ts";
import type { EpochMs } from "../../domain/time.ts";
import type { CallerChoice } from "../../handoff/vocabulary.ts";
import type { CaseState } from "../../handoff/state.ts";

/** What the caller wants of the handoff that is open. */
export type CallerWish =
  | { readonly kind: "cancel" }
  | { readonly kind: "choose"; readonly choice: CallerChoice; readonly when?: NamedTime }
  | { readonly kind: "confirm" }
  | { readonly kind: "reject" };

/** A caller's turn, as far as it is about the handoff. */
export type Said = {
  readonly intent: CallerIntent | undefined;
  /** The intent of the turn's first clause, since "yes, call me back" agrees to what was read back. */
  readonly first: CallerIntent | undefined;
  /** The turn is an explicit request for a person, beside whatever else it says (H3). */
  readonly asksForPerson: boolean;
  /** What it says about when to be called; `fits`: that is the time that was read back. */
  readonly time?: TimeSaid | undefined;
};

/**
 * The wish behind a caller's turn while a handoff is open; `undefined`: it is about something else and the assistant
 * answers it.
 */
export function callerWish(state: CaseState, said: Said): CallerWish | undefined {
  switch (state.handoff.kind) {
    case "reserving":
    case "waiting":
    case "offering":
      return whileHeld(said);
    case "accepted":
      return said.intent === "cancel" ? { kind: "cancel" } : undefined;
    case "offering-fallback":
      return whileChoosing(said, state.caller?.canCallBack === true);
    case "capturing-callback":
      return state.handoff.step === "time" ? whileNamingTime(said) : whileConfirming(said, state.handoff.dueAt);
    default:
      return undefined;
  }
}

const callback = (when: NamedTime | undefined): CallerWish => ({
  kind: "choose",
  choice: "callback",
  ...(when !== undefined && { when }),
});

function whileHeld({ intent, asksForPerson, time }: Said): CallerWish | undefined {
  // They are being got one.
  if (asksForPerson) return undefined;
  if (intent === "cancel") return { kind: "cancel" };
  if (intent === "note") return { kind: "choose", choice: "ticket" };
  return intent === "callback" ? callback(time?.named) : undefined;
}

function whileChoosing({ intent, asksForPerson, time }: Said, canCallBack: boolean): CallerWish | undefined {
  // "Yes, a person" and "no, a person" want the same.
  if (asksForPerson) return { kind: "choose", choice: "person" };
  const vague = intent === undefined || intent === "accept" || intent === "decline";
  // "Tomorrow at ten" answers whether they want to be called back; "my flight is tomorrow", "no, not today" do not.
  const answers = time?.alone === true && (time.named.kind === "at" || intent === "accept");
  if (vague && canCallBack && answers) return callback(time.named);
  return chosen(intent, time?.named, canCallBack);
}

function chosen(
  intent: CallerIntent | undefined,
  when: NamedTime | undefined,
  canCallBack: boolean,
): CallerWish | undefined {
  switch (intent) {
    case "cancel":
      return { kind: "cancel" };
    case "wait":
      return { kind: "choose", choice: "wait" };
    case "callback":
      return callback(when);
    case "note":
      return { kind: "choose", choice: "ticket" };
    case "accept":
      // A bare yes takes the last thing offered; to who cannot be rung back that was to leave word.
      return canCallBack ? callback(undefined) : { kind: "choose", choice: "ticket" };
    case "decline":
      return { kind: "choose", choice: "continue" };
    case undefined:
      return undefined;
    default:
      return intent satisfies never;
  }
}

function whileConfirming(said: Said, dueAt: EpochMs | undefined): CallerWish | undefined {
  const { intent, first, asksForPerson, time } = said;
  // Decided upon like any request; a "now" beside it is no time.
  if (asksForPerson) return undefined;
  if (intent === "cancel") return { kind: "cancel" };
  if (intent === "note") return { kind: "choose", choice: "ticket" };
  const agrees = intent === "accept" || first === "accept";
  const declines = intent === "decline" || first === "decline";
  if (time !== undefined) return onTime(time, { said, agrees, declines, dueAt });
  if (agrees) return { kind: "confirm" };
  return declines ? { kind: "reject" } : undefined;
}

type Answer = {
  readonly said: Said;
  readonly agrees: boolean;
  readonly declines: boolean;
  readonly dueAt: EpochMs | undefined;
};

/** What was read back is confirmed, or another time is read back; a no to the very time is a time still to be said. */
function onTime(time: TimeSaid, { said, agrees, declines, dueAt }: Answer): CallerWish | undefined {
  const { named } = time;
  const answers = time.alone || said.intent === "callback";
  if (time.fits || (dueAt === undefined && named.kind === "soon")) {
    if (declines) return callback({ kind: "unclear" });
    if (agrees) return { kind: "confirm" };
    return answers ? callback(dueAt === undefined ? { kind: "soon" } : { kind: "at", at: dueAt }) : undefined;
  }
  if (answers) return callback(named);
  // A time in the middle of something else is not guessed at, and agreed to it is not either.
  return agrees || declines ? callback({ kind: "unclear" }) : undefined;
}

/** Asked when: whatever is no time and no other wish was not understood, and they are told so. */
function whileNamingTime({ intent, asksForPerson, time }: Said): CallerWish | undefined {
  if (asksForPerson) return undefined;
  if (time !== undefined) return callback(time.named);
  switch (intent) {
    case "cancel":
      return { kind: "cancel" };
    case "wait":
      return { kind: "choose", choice: "wait" };
    case "note":
      return { kind: "choose", choice: "ticket" };
    case "decline":
      return { kind: "reject" };
    default:
      return callback({ kind: "unclear" });
  }
}
