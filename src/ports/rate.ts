import type { EpochMs } from "../domain/time.ts";
import type { StoreAnswer } from "./store-answer.ts";

/**
 * A limit shared by all nodes: the carrier's calls per second. No second sees more than the rate, and nobody waits while
 * the last second had fewer: calls whose decisions fall together leave together.
 */
export type RateLimit = {
  /** Takes as many of the `wanted` turns as there are; nothing is kept for the asker. */
  take(at: EpochMs, wanted: number): Promise<StoreAnswer<Turns>>;
};

/** `waitMs`: until the next one could be taken, in milliseconds; 0 when all that were wanted are taken. */
export type Turns = { readonly taken: number; readonly waitMs: number };

/** `perSecond`: above 0, fractions allowed. */
export type Rate = { readonly perSecond: number };
