// How much of each thing a packet holds, so that a desk frame stays below its 256 KiB whatever a call was like.

import { iso } from "../domain/time.ts";
import type { EpochMs } from "../domain/time.ts";
import type { Turn } from "../turns/turn.ts";
import type { Packet } from "./packet.ts";
import { redact } from "./redact.ts";

/** Newest ones that are shown; the rest stays in the record. */
export const RUNS_MAX = 20;
export const WRITES_MAX = 20;
export const HOPS_MAX = 20;
const SOURCES_MAX = 24;
const SERIES_MAX = 120;
/** In characters. */
export const RESULT_MAX = 400;
const BRIEF_MAX = 300;
const INPUT_MAX = 300;
const TURN_MAX = 1_000;
/** Looked at: more than fits, so that what is cut off takes no time. */
const TURNS_LOOKED_AT = 200;
const FIRST_TURNS = 20;
/** A number that crosses this is out of sight at `TURN_MAX`. */
const CHARACTERS_LOOKED_AT = 1_300;

const shortened = (turn: Turn): Turn => ({ ...turn, text: turn.text.slice(0, CHARACTERS_LOOKED_AT) });

export const newest = (turns: readonly Turn[]): readonly Turn[] => turns.slice(-TURNS_LOOKED_AT).map(shortened);
/** What a call is about is said early. */
export const first = (turns: readonly Turn[]): readonly Turn[] => turns.slice(0, FIRST_TURNS).map(shortened);

/** The transcript's share, in bytes of JSON. */
const TRANSCRIPT_BYTES_MAX = 72 * 1024;
/** What a turn takes beside its text: role, time, punctuation. */
const TURN_BYTES = 80;

/** At most so many characters, none for a machine, and never half of one: a lone surrogate has no canonical form. */
export const clipped = (text: string, most: number): string =>
  text
    .slice(0, most)
    .toWellFormed()
    .replaceAll(/\p{Cc}+/gu, " ");

/** One sentence or name for the screen, redacted. */
export const brief = (text: string): string => clipped(redact(text), BRIEF_MAX);

/** A tool's input as it is, or the beginning of its JSON when it is long or holds half characters. */
export function shortValue(value: unknown): unknown {
  const json = JSON.stringify(value) ?? "";
  return json.length <= INPUT_MAX && !HALF_CHARACTER.test(json) ? value : clipped(json, INPUT_MAX);
}

/** As `JSON.stringify` writes a lone surrogate. */
const HALF_CHARACTER = /\\ud[89a-f]/iu;

type Run = {
  readonly at: EpochMs;
  readonly sources?: readonly { readonly title: string; readonly ref: string }[];
};

/** Each source once, where it was found last. */
export function sourcesOf(runs: readonly Run[]): Packet["sources"] {
  const found = new Map<string, Packet["sources"][number]>();
  for (const run of runs) {
    for (const { title, ref } of run.sources ?? []) {
      found.delete(ref);
      found.set(ref, { title: brief(title), ref: clipped(ref, BRIEF_MAX), at: iso(run.at) });
    }
  }
  return [...found.values()].slice(-SOURCES_MAX);
}

export function sentimentOf(sentiment: Packet["sentiment"] | undefined): Packet["sentiment"] {
  if (sentiment === undefined) return { now: 0, baseline: 0, slope: 0, series: [] };
  return { ...sentiment, series: sentiment.series.slice(-SERIES_MAX) };
}

/** The newest turns that fit. @param turns redacted */
export function transcriptOf(turns: readonly Turn[]): Packet["transcript"] {
  const kept: Packet["transcript"][number][] = [];
  let bytes = 0;
  for (const { role, text, at } of turns.toReversed()) {
    const shown = clipped(text, TURN_MAX);
    bytes += jsonBytes(shown) + TURN_BYTES;
    if (bytes > TRANSCRIPT_BYTES_MAX) break;
    kept.push({ role, text: shown, at: iso(at) });
  }
  return kept.toReversed();
}

/** UTF-8 bytes of a text inside JSON; the core has no encoder. */
function jsonBytes(text: string): number {
  let bytes = 0;
  for (const sign of text) {
    const code = sign.codePointAt(0) ?? 0;
    if (code < 0x20) bytes += 6;
    else if (code < 0x80) bytes += sign === '"' || sign === "\\" ? 2 : 1;
    else bytes += code < 0x800 ? 2 : code < 0x1_0000 ? 3 : 4;
  }
  return bytes;
}
