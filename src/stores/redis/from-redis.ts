import type { StoreAnswer } from "../../ports/store-answer.ts";

/** A store that is away is an answer, not a failure: nobody is promised (H13). What it says wrongly is a bug. */
export async function fromRedis<T>(work: Promise<unknown>, read: (raw: unknown) => T): Promise<StoreAnswer<T>> {
  let raw: unknown;
  try {
    raw = await work;
  } catch (error) {
    return { ok: false, why: error instanceof Error ? error.message : String(error) };
  }
  return { ok: true, value: read(raw) };
}
