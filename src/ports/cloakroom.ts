import type { EpochMs } from "../domain/time.ts";
import type { StoreAnswer } from "./store-answer.ts";

/** What one node leaves under a name for a while, for whichever node asks for it first. */
export type Cloakroom = {
  /** Takes the place of what was left under this name before. */
  leave(what: {
    readonly name: string;
    readonly text: string;
    readonly at: EpochMs;
    readonly until: EpochMs;
  }): Promise<StoreAnswer<boolean>>;
  /** Hands it over, once; `undefined`: there is nothing, or nothing any more. */
  take(name: string, at: EpochMs): Promise<StoreAnswer<string | undefined>>;
  /** What is there; it stays. */
  look(name: string, at: EpochMs): Promise<StoreAnswer<string | undefined>>;
  /** Leaves it only where `was` still is (`undefined`: nothing). False: something else is there, and stays. */
  swap(what: {
    readonly name: string;
    readonly was: string | undefined;
    readonly text: string;
    readonly at: EpochMs;
    readonly until: EpochMs;
  }): Promise<StoreAnswer<boolean>>;
};
