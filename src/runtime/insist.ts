import { after } from "../domain/time.ts";
import type { Clock } from "../ports/clock.ts";

/** A question or a harmless command whose answer was lost is asked again this often, this far apart. Never a create. */
export const COMMAND_TRIES = 4;
export const COMMAND_RETRY_MS = 400;

/** Repeats what may be repeated while its answer is unknown; the last answer is returned, whatever it is. */
export async function insist<A extends { readonly kind: string }>(clock: Clock, ask: () => Promise<A>): Promise<A> {
  let answer = await ask();
  for (let tries = 1; answer.kind === "unknown" && tries < COMMAND_TRIES; tries += 1) {
    await pause(clock, COMMAND_RETRY_MS);
    answer = await ask();
  }
  return answer;
}

export const pause = (clock: Clock, ms: number): Promise<void> =>
  new Promise((resume) => void clock.at(after(clock.now(), ms), resume));
