import type { EpochMs } from "../../domain/time.ts";
import type { LineId } from "../../handoff/lines.ts";
import type { AssistantSession } from "../../ports/assistant.ts";
import type { CallerLine } from "../../ports/caller-line.ts";
import type { Clock } from "../../ports/clock.ts";
import type { PromiseCheck, PromiseKind } from "./promise-guard.ts";

export type SpokenWords = {
  readonly item: string;
  readonly text: string;
  readonly endedAt: EpochMs;
  readonly interrupted: boolean;
};

export type SpeakerListener = {
  itemStarted(item: string, at: EpochMs): void;
  itemHeard(words: SpokenWords): void;
  /** Of an ordered line: its first audio begins on the caller's line at `at`. */
  lineBegan(line: LineId, at: EpochMs): void;
  /** Of an ordered line: heard, interrupted, or impossible. */
  lineEnded(line: LineId): void;
  promiseCut(kind: PromiseKind): void;
  /** The caller's line takes no more, or there is no end of it: the speech was stopped. */
  unplayable(): void;
  /** So much waits to be said that the next of it was refused. */
  overfull(): void;
  /** The assistant does not speak although it was asked twice, or there is no time to ask twice. */
  mute(): void;
  /** Something about what is audible has changed. */
  changed(): void;
};

export type SpeakerParts = {
  readonly line: CallerLine;
  readonly session: () => AssistantSession | undefined;
  readonly clock: Clock;
  readonly check: PromiseCheck;
  readonly checkWordsMs: number;
  /** How long the first audio may take, in milliseconds, and whether a second asking is affordable. */
  readonly patience: () => { readonly firstAudioMs: number; readonly again: boolean };
  readonly noPromise: () => string;
};
