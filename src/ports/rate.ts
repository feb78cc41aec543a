import type { EpochMs } from "../domain/time.ts";
import type { StoreAnswer } from "./store-answer.ts";

/** A limit shared by all nodes: the carrier's calls per second. */
export type RateLimit = {
  /** Takes one turn, or says how long until the next one could be taken, in milliseconds (nothing is kept for the asker). */
  take(
    at: EpochMs,
  ): Promise<StoreAnswer<{ readonly taken: true } | { readonly taken: false; readonly waitMs: number }>>;
};

/** `perSecond`: above 0, fractions allowed. `burst`: how many may go at once after a pause, from 1. */
export type Rate = { readonly perSecond: number; readonly burst: number };
