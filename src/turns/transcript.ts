// Who said what, in order, although the words come late and out of order: a turn takes its place when it begins and
// gets its words when they are known.

import type { EpochMs } from "../domain/time.ts";
import type { Speaker, Turn } from "./turn.ts";

/** Turns kept in memory; older ones are in the store. */
const KEPT = 200;

/** A turn that has its place and not yet its words. `key`: the recogniser's item. */
type OpenTurn = { readonly key: string; readonly index: number; readonly role: Speaker; readonly at: EpochMs };

export type Transcript = {
  readonly next: number;
  readonly open: readonly OpenTurn[];
  readonly turns: readonly Turn[];
  /** Keys whose words have come, newest last: a repeated delivery changes nothing. */
  readonly done: readonly string[];
};

/** Takes a conversation up where `turns` left it. */
export function startTranscript(turns: readonly Turn[]): Transcript {
  const next = turns.reduce((highest, turn) => Math.max(highest, turn.index + 1), 0);
  return { next, open: [], turns: turns.slice(-KEPT), done: [] };
}

/** A turn begins: it takes the next place. Nothing happens when it is known already. */
export function openTurn(
  transcript: Transcript,
  turn: { readonly key: string; readonly role: Speaker; readonly at: EpochMs },
): Transcript {
  const known = transcript.done.includes(turn.key) || transcript.open.some((open) => open.key === turn.key);
  if (known) return transcript;
  const open: OpenTurn = { ...turn, index: transcript.next };
  return { ...transcript, next: transcript.next + 1, open: [...transcript.open, open] };
}

export type TurnWords = {
  readonly text: string;
  readonly endedAt?: EpochMs;
  readonly asrConfidence?: number;
  readonly interrupted?: boolean;
};

/** The words of a turn are known. `turn` is absent when it is not open, or its words came before. */
export function closeTurn(
  transcript: Transcript,
  key: string,
  words: TurnWords,
): { readonly transcript: Transcript; readonly turn?: Turn } {
  const open = transcript.open.find((one) => one.key === key);
  if (open === undefined) return { transcript };
  const turn: Turn = { index: open.index, role: open.role, at: open.at, ...words };
  return {
    transcript: {
      ...transcript,
      open: transcript.open.filter((one) => one !== open),
      turns: [...transcript.turns, turn].toSorted((a, b) => a.index - b.index).slice(-KEPT),
      done: [...transcript.done, key].slice(-KEPT),
    },
    turn,
  };
}

/** The conversation as text for an assistant that takes it up. */
export function asHistory(
  transcript: Transcript,
): readonly { readonly role: "caller" | "assistant"; readonly text: string }[] {
  return transcript.turns.flatMap(({ role, text }) => (role === "agent" || text === "" ? [] : [{ role, text }]));
}

/** The newest words of one party, oldest first, at most `most`. */
export const lastTexts = (transcript: Transcript, role: Speaker, most: number): readonly string[] =>
  transcript.turns
    .filter((turn) => turn.role === role && turn.text !== "")
    .slice(-most)
    .map((turn) => turn.text);
