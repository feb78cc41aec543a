import type { EpochMs } from "../domain/time.ts";

/** Time as a parameter: the real one in `main`, a simulated one in tests. */
export type Clock = {
  now(): EpochMs;
  /** Calls `wake` once, at `when` or as soon after as possible; the result cancels it. A past `when` fires at once, never synchronously. */
  at(when: EpochMs, wake: () => void): () => void;
};
