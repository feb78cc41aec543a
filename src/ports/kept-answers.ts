import type { EpochMs } from "../domain/time.ts";

export type Begun =
  /** Nobody has asked this before, or who did has died at it: do the work, then `finish` or `forget`. */
  | { readonly kind: "first" }
  /** Somebody is at it, here or on another node. */
  | { readonly kind: "working"; readonly digest: string }
  | { readonly kind: "answered"; readonly digest: string; readonly reply: unknown };

/**
 * Answers of writes, so that a repetition gets the first one's, on whichever node it arrives and after a restart.
 * `place` names client, route and key. Rejects with a `Fault` (blame `store`) when the store does not answer.
 */
export type KeptAnswers = {
  begin(ask: {
    readonly place: string;
    /** Of what was asked. */
    readonly digest: string;
    readonly at: EpochMs;
    /** The answer is forgotten from then on. */
    readonly until: EpochMs;
    /** Whoever begins now is taken for dead from then on, if nothing was finished. */
    readonly workingUntil: EpochMs;
  }): Promise<Begun>;
  /** `reply`: a JSON value. What has run out by `at` is forgotten with it. */
  finish(place: string, reply: unknown, at: EpochMs): Promise<void>;
  /** It failed and may be tried again. An answer that is there stays. */
  forget(place: string): Promise<void>;
};
