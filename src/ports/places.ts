import type { CallId } from "../domain/ids.ts";
import type { EpochMs } from "../domain/time.ts";
import type { StoreAnswer } from "./store-answer.ts";

/** The places for calls of all nodes together. All times are passed in. */
export type Places = {
  /**
   * A place for this call until `until`, if fewer than `limit` calls have one; counted and taken in one step, whoever asks
   * at once. A call that has one keeps it, for the longer of the two times.
   */
  take(ask: {
    readonly call: CallId;
    readonly limit: number;
    readonly at: EpochMs;
    readonly until: EpochMs;
  }): Promise<StoreAnswer<"taken" | "kept" | "full">>;
  /** These calls have theirs until `until` at least, whatever the limit. Answers how many calls have one now. */
  keep(calls: readonly CallId[], at: EpochMs, until: EpochMs): Promise<StoreAnswer<number>>;
  /** The call's place is free. */
  give(call: CallId): Promise<StoreAnswer<void>>;
};
