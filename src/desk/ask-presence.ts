// Presence that does not answer is asked again for as long as the agent's tabs are here, so that a desk comes to its right
// state by itself: what the agent wished, or else what they are.

import { after } from "../domain/time.ts";
import type { AgentPresence, PresenceAnswer } from "../ports/presence.ts";
import type { DeskDeps } from "./desk-deps.ts";
import { presenceFrame } from "./presence-frame.ts";
import { sendTo, type Seat } from "./seat.ts";

const AGAIN_MS = 1_000;

type AskDeps = Pick<DeskDeps, "clock" | "log">;
type Question = () => Promise<PresenceAnswer<AgentPresence>>;

/** Asks soon, and again until there is an answer, which every tab gets; in place of what was asked before. */
export function askPresenceAgain(deps: AskDeps, seat: Seat, question: Question): void {
  seat.cancelAsking?.();
  const cancel = deps.clock.at(after(deps.clock.now(), AGAIN_MS), () => {
    ask(deps, seat, question, () => seat.cancelAsking === cancel).catch((err: unknown) => {
      deps.log.error({ agent: seat.agent, door: "desk", err }, "presence could not be asked for an agent");
      if (seat.cancelAsking === cancel) seat.cancelAsking = undefined;
    });
  });
  seat.cancelAsking = cancel;
}

/** `wanted`: they have not wished something else meanwhile, and are not gone. */
async function ask(deps: AskDeps, seat: Seat, question: Question, wanted: () => boolean): Promise<void> {
  if (seat.sockets.size === 0) return stopAsking(seat);
  const answer = await question();
  if (!wanted()) return undefined;
  if (!answer.ok) return askPresenceAgain(deps, seat, question);
  seat.cancelAsking = undefined;
  sendTo(seat, presenceFrame(answer.value));
  return undefined;
}

/** The next answer is another one's. */
export function stopAsking(seat: Seat): void {
  seat.cancelAsking?.();
  seat.cancelAsking = undefined;
}
