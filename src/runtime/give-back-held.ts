import type { OwnerToken } from "../domain/ids.ts";
import { type CaseState, heldOffers } from "../handoff/state.ts";
import type { Clock } from "../ports/clock.ts";
import type { Presence } from "../ports/presence.ts";

type Deps = { readonly presence: Pick<Presence, "holds" | "release">; readonly clock: Pick<Clock, "now"> };

/**
 * A reservation that was asked for and never answered may have been made all the same. The case waits for it no more, so
 * whoever it holds is free again. Throws while presence does not answer.
 */
export async function giveBackHeld({ presence, clock }: Deps, state: CaseState, token: OwnerToken): Promise<void> {
  if ([...heldOffers(state), ...state.wrapUps].some((mine) => mine.token === token)) return;
  const at = clock.now();
  const holds = await presence.holds(at);
  if (!holds.ok) throw new Error(`presence did not say whom it holds: ${holds.why}`);
  const held = holds.value.find((one) => one.token === token);
  if (held === undefined) return;
  const answer = await presence.release({ agent: held.agent, token, next: "available", at });
  if (!answer.ok) throw new Error(`presence did not give back an agent whom nobody waits for: ${answer.why}`);
}
