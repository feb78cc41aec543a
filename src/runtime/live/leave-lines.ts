import { after } from "../../domain/time.ts";
import type { Clock } from "../../ports/clock.ts";
import { pause } from "../insist.ts";

type Line = { readonly resting: boolean; letGo(): void };

const LOOK_MS = 50;
/** Callers who change hands in one look: whoever takes them opens as many sessions at once. */
const AT_ONCE = 5;

/**
 * Lets the lines go, each in a pause of its conversation, so that no caller notices that another node goes on with it.
 * After the limit those that never paused go too. Lines that are opened meanwhile are let go as well.
 */
export async function leaveLines(lines: () => readonly Line[], clock: Clock, limitMs: number): Promise<void> {
  const until = after(clock.now(), limitMs);
  for (;;) {
    const late = clock.now() >= until;
    const open = lines();
    for (const line of open.filter(({ resting }) => resting || late).slice(0, AT_ONCE)) line.letGo();
    if (lines().length === 0) return;
    await pause(clock, LOOK_MS);
  }
}
