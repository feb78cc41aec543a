// What the caller has heard of the assistant. The carrier buffers minutes of audio, so "sent" and "heard" are two
// counters; an interruption must name the second (facts/openai.md §2). Pure: times are passed in.

import { after, EpochMs } from "../domain/time.ts";

/** One stretch of the assistant's speech, in the order it was sent. */
export type PlayoutItem = {
  readonly reply: string;
  readonly item: string;
  readonly sentMs: number;
  /** Confirmed by marks of the present generation. */
  readonly playedMs: number;
  /** Nothing more will be sent of it. */
  readonly complete: boolean;
};

export type Playout = {
  /** Raised by every interruption: marks of an older one say what was dropped, not what was heard. */
  readonly generation: number;
  readonly queue: readonly PlayoutItem[];
  readonly marks: number;
  /** When the last sent audio will have been played, as far as we know. */
  readonly until: EpochMs;
};

export const emptyPlayout: Playout = { generation: 0, queue: [], marks: 0, until: EpochMs(0) };

/** More than any answer is long. */
const AHEAD_MAX_MS = 300_000;

/** Marks come over the network after the audio was played: what was heard is a little more than what they confirm. */
const ALLOWANCE_MS = 50;
/** A mark that has not come back this long after its audio must have ended will not come back. */
const MARK_PATIENCE_MS = 1_000;

/** Length of a base64 μ-law payload, in milliseconds: 8 bytes each, read off the text without decoding it. */
export function payloadMs(payload: string): number {
  const padding = payload.endsWith("==") ? 2 : payload.endsWith("=") ? 1 : 0;
  return ((payload.length * 3) / 4 - padding) / 8;
}

/** So much was sent that the caller has not heard that nothing more should be. */
export const isFull = ({ until }: Playout, at: EpochMs): boolean => until - at >= AHEAD_MAX_MS;

/** Audio went out at `at`; the answer's `mark` is to be sent right behind it. */
export function sent(
  playout: Playout,
  audio: { readonly reply: string; readonly item: string; readonly ms: number; readonly at: EpochMs },
): { readonly playout: Playout; readonly mark: string } {
  const { reply, item, ms, at } = audio;
  const known = playout.queue.find((entry) => entry.item === item);
  const entry: PlayoutItem = known
    ? { ...known, sentMs: known.sentMs + ms }
    : { reply, item, sentMs: ms, playedMs: 0, complete: false };
  const queue = known ? playout.queue.map((old) => (old === known ? entry : old)) : [...playout.queue, entry];
  return marking({ ...playout, queue, until: after(playout.until > at ? playout.until : at, ms) }, entry, "");
}

/** All of the item has been sent. `mark` is absent when nothing of it ever was. */
export function completed(playout: Playout, item: string): { readonly playout: Playout; readonly mark?: string } {
  const known = playout.queue.find((entry) => entry.item === item);
  if (known === undefined || known.complete) return { playout };
  const entry = { ...known, complete: true };
  return marking({ ...playout, queue: playout.queue.map((old) => (old === known ? entry : old)) }, entry, ":end");
}

/** A mark came back at `at`. `finished`: the items that were heard to their end. */
export function marked(
  playout: Playout,
  name: string,
  at: EpochMs,
): { readonly playout: Playout; readonly finished: readonly PlayoutItem[] } {
  const read = /^(.*):(\d+):g(\d+):m\d+(:end)?$/.exec(name);
  if (read === null || Number(read[3]) !== playout.generation) return { playout, finished: [] };
  const place = playout.queue.findIndex((entry) => entry.item === read[1]);
  const known = playout.queue[place];
  if (known === undefined) return { playout, finished: [] };
  const entry = { ...known, playedMs: Math.max(known.playedMs, Number(read[2])) };
  // Everything sent before it was played too, whatever became of its marks.
  const before = playout.queue.slice(0, place).map((other) => ({ ...other, playedMs: other.sentMs }));
  const rest = playout.queue.slice(place + 1);
  const ahead = entry.sentMs - entry.playedMs + rest.reduce((sum, other) => sum + other.sentMs, 0);
  const isOver = (other: PlayoutItem): boolean =>
    other.complete && (other === entry ? read[4] === ":end" : other.playedMs >= other.sentMs);
  const upTo = [...before, entry];
  const queue = [...upTo.filter((other) => !isOver(other)), ...rest];
  return { playout: { ...playout, queue, until: after(at, ahead) }, finished: upTo.filter(isOver) };
}

/** How much of one item was heard, in whole milliseconds; never more than was sent. */
export type Heard = {
  readonly reply: string;
  readonly item: string;
  readonly heardMs: number;
  readonly sentMs: number;
};

/**
 * The caller talks over us at `at`: what to truncate (`heardMs` > 0) and what to delete (0). Between marks the played
 * time is extrapolated, as playing is in real time, and clamped to what was sent. When the network is `stuck`, only what
 * marks confirm was played.
 */
export function interrupted(
  playout: Playout,
  at: EpochMs,
  network: "goes" | "stuck" = "goes",
): { readonly playout: Playout; readonly heard: readonly Heard[] } {
  let ahead = network === "stuck" ? Infinity : Math.max(0, playout.until - at);
  const heard: Heard[] = [];
  for (const entry of playout.queue.toReversed()) {
    const unplayed = Math.min(entry.sentMs, ahead);
    ahead -= unplayed;
    const played = Math.max(entry.playedMs, entry.sentMs - unplayed);
    const heardMs = played > 0 ? Math.floor(Math.min(entry.sentMs, played + ALLOWANCE_MS)) : 0;
    heard.unshift({ reply: entry.reply, item: entry.item, heardMs, sentMs: entry.sentMs });
  }
  return { playout: { ...playout, generation: playout.generation + 1, queue: [], until: at }, heard };
}

/** Items whose end must have been heard although their marks never came back. */
export function settled(
  playout: Playout,
  at: EpochMs,
): { readonly playout: Playout; readonly finished: readonly PlayoutItem[] } {
  if (playout.queue.length === 0 || at < after(playout.until, MARK_PATIENCE_MS)) return { playout, finished: [] };
  const finished = playout.queue.filter((entry) => entry.complete);
  return { playout: { ...playout, queue: playout.queue.filter((entry) => !entry.complete) }, finished };
}

/** When the marks of what is queued have to be back at the latest; `undefined`: nothing is queued. */
export const settlesAt = (playout: Playout): EpochMs | undefined =>
  playout.queue.length === 0 ? undefined : after(playout.until, MARK_PATIENCE_MS);

/** Is the assistant audible at `at`, or will it be without anything more being sent? */
export const audible = (playout: Playout, at: EpochMs): boolean => playout.queue.length > 0 && at < playout.until;

function marking(
  playout: Playout,
  entry: PlayoutItem,
  end: "" | ":end",
): { readonly playout: Playout; readonly mark: string } {
  const marks = playout.marks + 1;
  const mark = `${entry.item}:${Math.floor(entry.sentMs)}:g${playout.generation}:m${marks}${end}`;
  return { playout: { ...playout, marks }, mark };
}
