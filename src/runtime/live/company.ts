import { openQuestion } from "../../handoff/capture-callback.ts";
import type { CaseState } from "../../handoff/state.ts";
import type { LineId, LineValues } from "../../handoff/lines.ts";
import type { Mode } from "./instructions.ts";

const HOLDING: readonly LineId[] = ["holding-1", "holding-2", "holding-3"];
/** The longest stretch without a voice that a caller may hear before the bridge (C17), less a margin for the network. */
const SILENCE_MAX_MS = 3_500;
const QUIET_MIN_MS = 1_000;

export type CompanyLine = { readonly line: LineId; readonly values: LineValues };

/**
 * What to say into a silence while a person is being got. Short lines in turn; where the caller was asked something,
 * the question comes again in between.
 */
export function companyLine(mode: Mode, state: CaseState | undefined, turn: number): CompanyLine | undefined {
  const team = state?.escalation?.target.team ?? "";
  const holding = HOLDING[turn % HOLDING.length] ?? "holding-1";
  switch (mode.kind) {
    case "hold":
      return { line: holding, values: { team } };
    case "choose":
      return turn % 2 === 0 ? { line: "holding-1", values: { team } } : choiceAgain(state, team);
    case "confirm":
      return turn % 2 === 0 ? { line: "holding-1", values: { team } } : callbackAgain(state, team);
    case "silent":
    case "talk":
      return undefined;
    default:
      return mode satisfies never;
  }
}

/** A callback is mentioned only to who has a number to be called on. */
const choiceAgain = (state: CaseState | undefined, team: string): CompanyLine =>
  state?.caller?.canCallBack === false
    ? { line: "offer-without-callback", values: { team, wait: "" } }
    : { line: "ask-choice-again", values: { team } };

function callbackAgain(state: CaseState | undefined, team: string): CompanyLine {
  const { handoff } = state ?? {};
  const line = handoff?.kind === "capturing-callback" ? openQuestion(handoff) : "read-back";
  return { line, values: { team, number: "", time: "" } };
}

/**
 * How long a silence is borne, in milliseconds: the assistant's recent delay up to its first audio is taken off, so
 * that a slow model is asked earlier.
 */
export const borneMs = (quietMs: number, latencyMs: number): number =>
  Math.max(QUIET_MIN_MS, Math.min(quietMs, SILENCE_MAX_MS - latencyMs));
