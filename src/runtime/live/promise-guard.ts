// The assistant cannot promise on its own (design §2, H2): its words are checked ahead of the audio that is played.
// A pure fold over one reply's words and audio.

import { findPromise, type SpokenPromise } from "../../escalation/promise.ts";
import type { CaseState } from "../../handoff/state.ts";
import { after, type EpochMs } from "../../domain/time.ts";

export type PromiseKind = SpokenPromise["kind"];
export type HeldAudio = { readonly item: string; readonly payload: string };

export type PromiseGuard = {
  readonly words: string;
  /** Audio whose words are not known well enough yet, oldest first. */
  readonly held: readonly HeldAudio[];
  readonly heldSince?: EpochMs;
};

export const noWordsYet: PromiseGuard = { words: "", held: [] };

/** Words of a sentence that are needed to see where it is going. */
const ENOUGH_WORDS = 4;
/** A reply's words are bounded by the model; this is a wall against nonsense. */
const WORDS_MAX = 8_000;

export type Checked = {
  readonly guard: PromiseGuard;
  /** May be played now, in this order. */
  readonly play: readonly HeldAudio[];
  /** The reply must be cut: this was promised and there is nothing behind it. */
  readonly cut?: PromiseKind;
};

export type PromiseCheck = { readonly language: string; readonly backed: (kind: PromiseKind) => boolean };

/** More of the reply's words are known. The words of a sentence come a little before its audio. */
export function guardWords(guard: PromiseGuard, delta: string, check: PromiseCheck): Checked {
  const words = (guard.words + delta).slice(-WORDS_MAX);
  const cut = unbacked(words, check);
  if (cut !== undefined) return { guard: { words, held: [] }, play: [], cut };
  return clearEnough(words) ? released({ ...guard, words }) : { guard: { ...guard, words }, play: [] };
}

/** Audio came: it may be played when its words say enough, and waits for them otherwise. */
export function guardAudio(guard: PromiseGuard, audio: HeldAudio, at: EpochMs): Checked {
  if (guard.held.length === 0 && clearEnough(guard.words)) return { guard, play: [audio] };
  return { guard: { ...guard, held: [...guard.held, audio], heldSince: guard.heldSince ?? at }, play: [] };
}

/** The words did not come in time, or there are none to come: a voice late is worse than a word unchecked. */
export const released = (guard: PromiseGuard): Checked => ({
  guard: { words: guard.words, held: [] },
  play: guard.held,
});

export const guardWakesAt = (guard: PromiseGuard, waitMs: number): EpochMs | undefined =>
  guard.heldSince === undefined ? undefined : after(guard.heldSince, waitMs);

/** Does the sentence being spoken say enough to be judged? A finished one does. */
function clearEnough(words: string): boolean {
  if (words.trim() === "") return false;
  const open = /[^.!?;…。！？\n]*$/u.exec(words)?.[0].trim() ?? "";
  // Chinese has no blanks: a few characters are a word.
  const count = open.split(/\s+/).reduce((sum, word) => sum + Math.max(1, Math.floor(word.length / 12)), 0);
  return open === "" || count >= ENOUGH_WORDS;
}

function unbacked(words: string, { language, backed }: PromiseCheck): PromiseKind | undefined {
  let from = 0;
  for (;;) {
    const promise = findPromise(words.slice(from), language);
    if (promise === undefined) return undefined;
    if (!backed(promise.kind)) return promise.kind;
    from += promise.end;
  }
}

/** What the committed state stands behind: a person needs a live reservation, a callback a stored one. */
export function backedBy(state: CaseState | undefined, kind: PromiseKind): boolean {
  const person = state !== undefined && "offer" in state.handoff && state.handoff.offer !== undefined;
  const stored = state?.escalation?.callback;
  const callback = stored !== undefined && !stored.unconfirmed;
  return kind === "person" ? person : kind === "callback" ? callback : person || callback;
}
