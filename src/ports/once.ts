import type { EpochMs } from "../domain/time.ts";
import type { StoreAnswer } from "./store-answer.ts";

/** What may be used once among all nodes. */
export type Once = {
  /** True for the first who asks for this name; false for everybody else until `until`. */
  first(name: string, at: EpochMs, until: EpochMs): Promise<StoreAnswer<boolean>>;
};
