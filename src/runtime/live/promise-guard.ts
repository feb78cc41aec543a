// The assistant cannot promise on its own (design §2, H2): its words are checked ahead of the audio that is played.
// A pure fold over one reply's words and audio.

import { findPromise, SENTENCE_ENDS, type SpokenPromise } from "../../escalation/promise.ts";
import type { CaseState } from "../../handoff/state.ts";
import { after, type EpochMs } from "../../domain/time.ts";
import { payloadMs } from "../../turns/playout.ts";

export type PromiseKind = SpokenPromise["kind"];
export type HeldAudio = { readonly item: string; readonly payload: string };

export type PromiseGuard = {
  readonly words: string;
  /** Where the sentence that is open begins: those before it have been read. */
  readonly open: number;
  /** What those before it promised: what stood behind it may be gone. */
  readonly promised: readonly PromiseKind[];
  /** Audio whose words are not known well enough yet, oldest first. */
  readonly held: readonly HeldAudio[];
  readonly heldSince?: EpochMs;
};

export const noWordsYet: PromiseGuard = { words: "", open: 0, promised: [], held: [] };

/** Words of a sentence that are needed to see where it is going. */
const ENOUGH_WORDS = 4;
/** Characters of a sentence that are looked at for this: more than so many words have. */
const SEEN_MAX = 200;
/** A reply's words are bounded by the model; this is a wall against nonsense. */
const WORDS_MAX = 8_000;

/** Audio whose words have not come with so much of it has none. */
const HELD_MAX_MS = 60_000;

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
  const all = guard.words + delta;
  const words = all.slice(-WORDS_MAX);
  const before = Math.max(0, guard.open - (all.length - words.length));
  const promises = promisesIn(words, before, check.language);
  const kinds = [...guard.promised, ...promises.map(({ kind }) => kind)];
  const cut = kinds.find((kind) => !check.backed(kind));
  if (cut !== undefined) return { guard: { ...guard, words, held: [] }, play: [], cut };
  const open = openFrom(words, words.length - delta.length) ?? before;
  const kept = promises.filter(({ end }) => end <= open).map(({ kind }) => kind);
  const promised = kept.length === 0 ? guard.promised : [...new Set([...guard.promised, ...kept])];
  const next = { ...guard, words, open, promised };
  return clearEnough(next) ? released(next) : { guard: next, play: [] };
}

/** An item of the reply is complete: what comes next is another sentence. */
export const closed = (guard: PromiseGuard): PromiseGuard => {
  const words = `${guard.words}\n`;
  return { words, open: words.length, promised: guard.promised, held: [] };
};

/** Audio came: it may be played when its words say enough, and waits for them otherwise. */
export function guardAudio(guard: PromiseGuard, audio: HeldAudio, at: EpochMs): Checked {
  if (guard.held.length === 0 && clearEnough(guard)) return { guard, play: [audio] };
  const holding = { ...guard, held: [...guard.held, audio], heldSince: guard.heldSince ?? at };
  const heldMs = holding.held.reduce((sum, { payload }) => sum + payloadMs(payload), 0);
  return heldMs > HELD_MAX_MS ? released(holding) : { guard: holding, play: [] };
}

/** The words did not come in time, or there are none to come: a voice late is worse than a word unchecked. */
export const released = (guard: PromiseGuard): Checked => ({
  guard: { words: guard.words, open: guard.open, promised: guard.promised, held: [] },
  play: guard.held,
});

export const guardWakesAt = (guard: PromiseGuard, waitMs: number): EpochMs | undefined =>
  guard.heldSince === undefined ? undefined : after(guard.heldSince, waitMs);

/** Does the sentence being spoken say enough to be judged? A finished one does. */
function clearEnough({ words, open }: PromiseGuard): boolean {
  let count = 0;
  let length = 0;
  const end = Math.min(words.length, open + SEEN_MAX);
  for (let at = open; at < end && count < ENOUGH_WORDS; at += 1) {
    if (words.charAt(at).trim() !== "") length += 1;
    else {
      count += wordsIn(length);
      length = 0;
    }
  }
  count += wordsIn(length);
  return count === 0 ? words.trim() !== "" : count >= ENOUGH_WORDS;
}

/** Of so many letters without a blank. Chinese has no blanks: a few characters are a word. */
const wordsIn = (length: number): number => (length === 0 ? 0 : Math.max(1, Math.floor(length / 12)));

/** Behind the last end of a sentence in the text from `from` on; `undefined`: none ends there. */
function openFrom(words: string, from: number): number | undefined {
  for (let at = words.length; at > from; at -= 1) if (SENTENCE_ENDS.includes(words.charAt(at - 1))) return at;
  return undefined;
}

/** What is promised in the text from `from` on, which begins a sentence; `end` is a place in the whole text. */
function promisesIn(words: string, from: number, language: string): SpokenPromise[] {
  const found: SpokenPromise[] = [];
  for (let at = from; ;) {
    const promise = findPromise(words.slice(at), language);
    if (promise === undefined) return found;
    found.push({ ...promise, end: at + promise.end });
    at += promise.end;
  }
}

/** What the committed state stands behind: a person needs a live reservation, a callback a stored one. */
export function backedBy(state: CaseState | undefined, kind: PromiseKind): boolean {
  const person = state !== undefined && "offer" in state.handoff && state.handoff.offer !== undefined;
  const stored = state?.escalation?.callback;
  const callback = stored !== undefined && !stored.unconfirmed;
  return kind === "person" ? person : kind === "callback" ? callback : person || callback;
}
