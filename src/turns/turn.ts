import type { EpochMs } from "../domain/time.ts";

export type Speaker = "caller" | "assistant" | "agent";

/** One party's uninterrupted speech, as recognised. */
export type Turn = {
  /** Position in the call, from 0, both parties counted. */
  readonly index: number;
  readonly role: Speaker;
  readonly text: string;
  /** When the speech began. */
  readonly at: EpochMs;
  readonly endedAt?: EpochMs;
  /** Recognition confidence, 0 to 1; absent when the recogniser gives none. */
  readonly asrConfidence?: number;
  /** The speaker was cut off; `text` holds what was audible. */
  readonly interrupted?: boolean;
};
