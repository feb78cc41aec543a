// Does the caller talk over the assistant, or cough? Speech that has lasted, or words that are more than "mm-hm"
// (facts/openai.md §2, false barge-in). Pure: times are passed in.

import { after, type EpochMs } from "../domain/time.ts";

/** Real speech, measured on the audio, that counts as an interruption. */
const SPEECH_MS = 300;
/**
 * Without a measure of the audio: the recogniser itself ends a turn after 500 ms of silence, so a cough is over by then.
 */
const UNMEASURED_MS = 800;

export type BargeIn = {
  /** When the caller began while the assistant was audible; `undefined`: nothing is suspected. */
  readonly since?: EpochMs;
  readonly item?: string;
  readonly speechMs: number;
  readonly words: string;
};

export const noBargeIn: BargeIn = { speechMs: 0, words: "" };

/** The caller may be interrupting: only then does it matter how long they are heard. */
export const suspected = (bargeIn: BargeIn): boolean => bargeIn.since !== undefined;

export type BargeInEvent =
  | { readonly kind: "started"; readonly item: string; readonly at: EpochMs }
  | { readonly kind: "heard"; readonly speechMs: number }
  | { readonly kind: "words"; readonly item: string; readonly delta: string }
  | { readonly kind: "ended"; readonly item: string }
  | { readonly kind: "time"; readonly at: EpochMs };

/** `interrupt`: the caller has the floor. */
export function stepBargeIn(
  bargeIn: BargeIn,
  event: BargeInEvent,
): { readonly bargeIn: BargeIn; readonly interrupt: boolean } {
  if (event.kind === "started")
    return { bargeIn: { since: event.at, item: event.item, speechMs: 0, words: "" }, interrupt: false };
  if (bargeIn.since === undefined) return { bargeIn, interrupt: false };
  switch (event.kind) {
    case "heard":
      return verdict({ ...bargeIn, speechMs: bargeIn.speechMs + event.speechMs });
    case "words":
      return event.item === bargeIn.item
        ? verdict({ ...bargeIn, words: (bargeIn.words + event.delta).slice(0, 200) })
        : { bargeIn, interrupt: false };
    case "ended":
      return event.item === bargeIn.item ? { bargeIn: noBargeIn, interrupt: false } : { bargeIn, interrupt: false };
    case "time":
      return event.at >= after(bargeIn.since, UNMEASURED_MS)
        ? { bargeIn: noBargeIn, interrupt: true }
        : { bargeIn, interrupt: false };
    default:
      return event satisfies never;
  }
}

/** When `time` is to be told; `undefined`: nothing is suspected. */
export const bargeInWakesAt = (bargeIn: BargeIn): EpochMs | undefined =>
  bargeIn.since === undefined ? undefined : after(bargeIn.since, UNMEASURED_MS);

function verdict(bargeIn: BargeIn): { readonly bargeIn: BargeIn; readonly interrupt: boolean } {
  const interrupt = bargeIn.speechMs >= SPEECH_MS || !isBackchannel(bargeIn.words);
  return { bargeIn: interrupt ? noBargeIn : bargeIn, interrupt };
}

/** What people say to show that they listen, in the languages served. */
const BACKCHANNEL: ReadonlySet<string> = new Set(
  "mm hm mmhm mhm mmm hmm uh huh uhhuh aha ah oh ok okay yeah yep yes right sure hm si claro vale ya oui ouais ja genau klar sim pois certo va bene tak".split(
    " ",
  ),
);
const BACKCHANNEL_MAX_WORDS = 3;

/** True for words that only say "I am listening", and for none at all. */
export function isBackchannel(text: string): boolean {
  const words = text
    .toLowerCase()
    .normalize("NFKD")
    .replaceAll(/[^\p{L}\s]+/gu, "")
    .split(/\s+/)
    .filter((word) => word !== "");
  const [last, ...before] = words.toReversed();
  if (words.length > BACKCHANNEL_MAX_WORDS || !before.every((word) => BACKCHANNEL.has(word))) return false;
  // Words come in pieces: the last one may still become one of them.
  return last === undefined || [...BACKCHANNEL].some((word) => word.startsWith(last));
}
