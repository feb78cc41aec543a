import type { EpochMs } from "../domain/time.ts";

/** What a model made of a conversation up to one turn: content, kept apart from the journal. Every text is redacted. */
export type CallInsight = {
  /** The newest turn that was looked at, by index. */
  readonly turn: number;
  readonly at: EpochMs;
  readonly intent?: string;
  /** One sentence on what the caller wants and where it stands. */
  readonly summary?: string;
  readonly entities?: Readonly<Record<string, string>>;
  readonly suggestedNextAction?: string;
  /** Composite of the newest judged answer, 0 to 1, and what was needed for this intent. */
  readonly confidence?: number;
  readonly floor?: number;
};
