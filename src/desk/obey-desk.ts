import { EscalationId } from "../domain/ids.ts";
import { after } from "../domain/time.ts";
import type { News } from "../ports/cases.ts";
import type { ClientFrame, ErrorFrame, ServerFrame } from "../protocol/desk-frames.ts";
import { askPresenceAgain, stopAsking } from "./ask-presence.ts";
import type { DeskDeps } from "./desk-deps.ts";
import { LEASE_MS } from "./leave-desk.ts";
import { presenceFrame } from "./presence-frame.ts";
import { caseOfOffer, type Seat, type ShownCase } from "./seat.ts";

type ObeyDeps = Pick<DeskDeps, "cases" | "conversations" | "presence" | "numbers" | "clock" | "log">;

type Frame<T extends ClientFrame["type"]> = Extract<ClientFrame, { type: T }>;

/** What goes back to the tab that sent the frame; `undefined`: nothing, the events that follow say it all. */
type Answer = Promise<ServerFrame | undefined>;

/** Turns an agent's frame into an event of the case. Rejects only when a store does. */
export async function obeyDesk(
  deps: ObeyDeps,
  seat: Seat,
  frame: Exclude<ClientFrame, { type: "visibility" }>,
): Answer {
  switch (frame.type) {
    case "presence":
      return setPresence(deps, seat, frame);
    case "painted":
      return onPainted(deps, seat, frame);
    case "accept":
      return onAccept(deps, seat, frame);
    case "decline":
      return onDecline(deps, seat, frame);
    case "transfer":
    case "hand-back":
    case "end":
    case "wrap-up":
      return onCase(deps, seat, frame);
    default:
      return frame satisfies never;
  }
}

export const errorFrame = (code: ErrorFrame["code"], message: string, ref?: string): ErrorFrame => ({
  type: "error",
  code,
  message,
  ...(ref !== undefined && { ref }),
});

/**
 * The agent's own word, the only way to become available. Presence that does not answer is told it again, until it does or
 * they say something else.
 */
async function setPresence(deps: ObeyDeps, seat: Seat, { status, reason }: Frame<"presence">): Answer {
  stopAsking(seat);
  const wish = () => {
    const at = deps.clock.now();
    const leaseUntil = after(at, LEASE_MS);
    return deps.presence.set({ agent: seat.agent, status, at, leaseUntil, ...(reason !== undefined && { reason }) });
  };
  const answer = await wish();
  // The answer goes out although the change does too: a wish that changes nothing yet (in a call) is thus seen as heard.
  if (answer.ok) return presenceFrame(answer.value);
  askPresenceAgain(deps, seat, wish);
  return errorFrame(
    "presence-unavailable",
    "Your status cannot be changed just now. It is as soon as that is possible.",
  );
}

async function onPainted(deps: ObeyDeps, seat: Seat, frame: Frame<"painted">): Answer {
  const found = caseOfOffer(seat, frame.offerId);
  // The card may be gone by now, which the tab is being told: no error. A hidden tab has painted nothing.
  if (!found || !frame.visible) return undefined;
  const [, shown] = found;
  if (shown.sent.get(frame.version) !== frame.hash) {
    return errorFrame("stale-packet", "This is not a packet that was sent for this offer.", frame.offerId);
  }
  const { version, hash } = frame;
  if (shown.offer !== undefined) {
    await tell(deps, seat, shown, { kind: "packet-painted", offer: shown.offer, version, hash });
  }
  return undefined;
}

async function onAccept(deps: ObeyDeps, seat: Seat, { offerId, hash }: Frame<"accept">): Answer {
  const found = caseOfOffer(seat, offerId);
  if (!found) return errorFrame("offer-gone", "This offer is no longer yours to accept.", offerId);
  const [, shown] = found;
  if (shown.newest && shown.newest.hash !== hash) return stale(shown, offerId);
  if (shown.offer === undefined) return undefined;
  shown.accepted = true;
  await tell(deps, seat, shown, { kind: "agent-consented", offer: shown.offer, via: "desk" });
  return undefined;
}

/** The agent has not seen what the case now is: they get it, and press again. */
function stale({ newest }: ShownCase, offerId: string): ErrorFrame {
  const error = errorFrame("stale-packet", "The card has changed since; here is the newest. Accept again.", offerId);
  return newest ? { ...error, packet: JSON.parse(newest.json), version: newest.version, hash: newest.hash } : error;
}

async function onDecline(deps: ObeyDeps, seat: Seat, { offerId }: Frame<"decline">): Answer {
  const shown = caseOfOffer(seat, offerId)?.[1];
  if (shown?.offer === undefined) return errorFrame("offer-gone", "This offer is no longer yours to decline.", offerId);
  await tell(deps, seat, shown, { kind: "agent-declined", offer: shown.offer });
  return undefined;
}

async function onCase(deps: ObeyDeps, seat: Seat, frame: Frame<"transfer" | "hand-back" | "end" | "wrap-up">): Answer {
  const escalation = EscalationId(frame.escalationId);
  const shown = seat.cases.get(escalation);
  if (!shown) return errorFrame("not-yours", "This case is not on your desk.", frame.escalationId);
  const { agent } = seat;
  switch (frame.type) {
    case "end":
      await tell(deps, seat, shown, { kind: "agent-ended", agent });
      return undefined;
    case "hand-back":
      await note(deps, escalation, "hand-back", { by: agent, instruction: frame.instruction });
      await tell(deps, seat, shown, { kind: "agent-handed-back", agent });
      return undefined;
    case "transfer":
      return transfer(deps, seat, shown, frame);
    case "wrap-up": {
      const { type: _type, escalationId: _id, ...said } = frame;
      const { disposition, resolved } = frame;
      await note(deps, escalation, "wrap-up", { by: agent, ...said });
      await tell(deps, seat, shown, { kind: "wrapped-up", agent, disposition, resolved });
      // Behind what the agent's other tabs are told of it.
      seat.tail = seat.tail.then(() => void seat.cases.delete(escalation));
      return undefined;
    }
    default:
      return frame satisfies never;
  }
}

async function transfer(deps: ObeyDeps, seat: Seat, shown: ShownCase, frame: Frame<"transfer">): Answer {
  const target = deps.numbers.team(frame.queue);
  if (!target) return errorFrame("unknown-queue", "There is no queue or team of that name.", frame.escalationId);
  const state = await deps.cases.state(shown.caseId);
  await note(deps, EscalationId(frame.escalationId), "hop", {
    from: state?.escalation?.target.queue ?? "",
    to: target.queue,
    note: frame.note,
    by: seat.agent,
  });
  await tell(deps, seat, shown, { kind: "agent-transferred", agent: seat.agent, target });
  return undefined;
}

/** Before its event, so that whoever acts on the event finds it. */
const note = (
  deps: ObeyDeps,
  escalation: EscalationId,
  kind: "hop" | "wrap-up" | "hand-back",
  content: object,
): Promise<void> => deps.conversations.saveNote(escalation, kind, JSON.stringify(content), deps.clock.now());

const tell = async (deps: ObeyDeps, seat: Seat, shown: ShownCase, news: News): Promise<void> =>
  void (await deps.cases.deliver(shown.caseId, news, `agent:${seat.agent}`));
