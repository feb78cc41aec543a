// One stretch of the assistant's speech, from the asking to the last mark. Plain values and what is read off them.

import type { EpochMs } from "../../domain/time.ts";
import type { LineId } from "../../handoff/lines.ts";
import { noWordsYet, type PromiseGuard } from "./promise-guard.ts";

export type Speech =
  /** The assistant's own words. */
  | { readonly kind: "answer"; readonly instructions?: string }
  /**
   * A fixed sentence. `ordered` by the case, which hears of its end; `company` fills a silence; `own` is said for the
   * assistant (greeting, after a cut promise).
   */
  | {
      readonly kind: "line";
      readonly line: LineId;
      readonly text: string;
      readonly why: "ordered" | "company" | "own";
    };

export type SpokenItem = { text: string; receivedMs: number; startsAt?: EpochMs; complete: boolean; heard: boolean };

/** The speech in progress: at most one. */
export type CurrentSpeech = {
  readonly tag: string;
  readonly speech: Speech;
  readonly askedAt: EpochMs;
  /** The second asking of the same thing. */
  readonly again: boolean;
  reply?: string;
  firstAudioAt?: EpochMs;
  guard: PromiseGuard;
  readonly items: Map<string, SpokenItem>;
  /** The assistant has nothing more to send. */
  ended: boolean;
  /** A tool was called in it: saying nothing is in order then. */
  calledTool: boolean;
};

export const beginSpeech = (tag: string, speech: Speech, askedAt: EpochMs, again: boolean): CurrentSpeech => ({
  tag,
  speech,
  askedAt,
  again,
  guard: noWordsYet,
  items: new Map(),
  ended: false,
  calledTool: false,
});

export function itemOf(current: CurrentSpeech, id: string): SpokenItem {
  const known = current.items.get(id);
  if (known !== undefined) return known;
  const item: SpokenItem = { text: "", receivedMs: 0, complete: false, heard: false };
  current.items.set(id, item);
  return item;
}

/** Everything that was sent has been heard, and there is nothing more to come. */
export const isOver = (current: CurrentSpeech): boolean =>
  current.ended && [...current.items.values()].every((item) => item.heard || item.receivedMs === 0);

/** About the words that fit into what was heard: whole words only. */
export function heardText(item: SpokenItem, heardMs: number): string {
  if (heardMs <= 0 || item.receivedMs <= 0) return "";
  const share = Math.min(1, heardMs / item.receivedMs);
  if (share === 1) return item.text.trim();
  const cut = item.text.slice(0, Math.round(item.text.length * share));
  return cut.slice(0, Math.max(cut.lastIndexOf(" "), 0)).trim();
}

/** How long a sentence takes to say, in milliseconds, on the slow side. */
export const speakingMs = (text: string): number => 1_000 + text.length * 80;
