// What is said to the caller, as plain values, and what is read off them.

import type { EpochMs } from "../../domain/time.ts";
import type { LineId } from "../../handoff/lines.ts";

/**
 * A fixed sentence. `ordered` by the case, which hears of its end; `company` fills a silence; `own` is said for the
 * assistant (greeting, after a cut promise).
 */
export type FixedLine = { readonly line: LineId; readonly text: string; readonly why: "ordered" | "company" | "own" };

export type Speech =
  /** The assistant's own words. */
  { readonly kind: "answer"; readonly instructions?: string } | ({ readonly kind: "line" } & FixedLine);

/** A line that the case ordered waits this long for the caller to pause; a voice-activity fault must not mute it. */
export const YIELD_MAX_MS = 5_000;

/** Said by order of the case. */
export const isOrdered = (speech: Speech): boolean => speech.kind === "line" && speech.why === "ordered";

/** A piece of a speech, as the assistant cuts it: its words, and how much audio of it came. */
export type SpokenItem = { text: string; receivedMs: number; startsAt?: EpochMs; complete: boolean; heard: boolean };

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
