import type { AgentId, EscalationId } from "../domain/ids.ts";
import { iso } from "../domain/time.ts";
import type { CaseState } from "../handoff/state.ts";
import type { Desk } from "../ports/desk.ts";
import type { CaseId } from "../ports/journal.ts";
import type { StoredPacket } from "../ports/conversations.ts";
import type { Turn } from "../turns/turn.ts";
import type { DeskDeps } from "./desk-deps.ts";
import { sendTo, type Seat, type Seats } from "./seat.ts";

type ShowDeps = Pick<DeskDeps, "cases" | "journal" | "directory" | "log">;

/**
 * The port `Desk`, for the agents whose tabs are on this node; for any other it does nothing. A bus between nodes
 * repeats these calls on each node that has a seat for the agent.
 */
export function createDesk(deps: ShowDeps, seats: Seats): Desk {
  return {
    offer: (ask) => inOrder(deps, seats, ask.agent, (seat) => showOffer(deps, seat, ask)),
    packet: (agent, packet) => inOrder(deps, seats, agent, (seat) => showPacket(deps, seat, packet)),
    withdraw: ({ agent, offer, reason }) =>
      inOrder(deps, seats, agent, (seat) => {
        for (const [escalation, shown] of seat.cases)
          // Of an accepted case the agent keeps what they saw, for the conversation and the closing work.
          if (shown.offer === offer && !shown.accepted && reason !== "accepted") seat.cases.delete(escalation);
        sendTo(seat, { type: "offer-withdrawn", offerId: offer, reason });
      }),
    turn: (agent, escalation, turn) =>
      inOrder(deps, seats, agent, (seat) => {
        if (seat.cases.has(escalation)) sendTo(seat, { type: "turn", escalationId: escalation, turn: turnOf(turn) });
      }),
    state: ({ agent, escalation, state, at, cause, until }) =>
      inOrder(deps, seats, agent, (seat) => {
        if (!seat.cases.has(escalation)) return;
        const ends = until === undefined ? {} : { until: iso(until) };
        sendTo(seat, { type: "state", escalationId: escalation, state, at: iso(at), cause, ...ends });
      }),
    preAlert: ({ agent, call, risk, summary }) =>
      inOrder(deps, seats, agent, async (seat) => {
        const state = await deps.cases.state(call);
        if (state && mayServe(seat, state)) sendTo(seat, { type: "pre-alert", callId: call, risk, summary });
      }),
    nudge: ({ agent, escalation, field, asked }) =>
      inOrder(deps, seats, agent, (seat) => {
        if (seat.cases.has(escalation)) sendTo(seat, { type: "nudge", escalationId: escalation, field, asked });
      }),
    visible: (agent) => [...(seats.get(agent)?.sockets ?? [])].some((socket) => socket.visible),
  };
}

function inOrder(deps: ShowDeps, seats: Seats, agent: AgentId, show: (seat: Seat) => void | Promise<void>): void {
  const seat = seats.get(agent);
  if (!seat) return;
  seat.tail = seat.tail
    .then(() => show(seat))
    .catch((err: unknown) => deps.log.error({ agent, err }, "something could not be shown on a desk"));
}

async function showOffer(deps: ShowDeps, seat: Seat, ask: Parameters<Desk["offer"]>[0]): Promise<void> {
  const { escalation, offer, packet, acceptBy } = ask;
  const caseId = caseIn(packet) ?? (await deps.journal.caseOf(escalation));
  const known = caseId && (deps.cases.remembered(caseId) ?? deps.cases.state(caseId));
  const [state, profile] = await Promise.all([known, deps.directory.agent(seat.agent)]);
  if (profile) seat.profile = profile;
  // What is remembered here may be from before the case was another team's.
  const newest = caseId && state && !mayServe(seat, state) ? await deps.cases.state(caseId) : state;
  if (!caseId || !newest || !mayServe(seat, newest)) {
    deps.log.error({ agent: seat.agent, escalation, offer }, "an offer was not shown: no right to the case's queue");
    return;
  }
  admit(seat, escalation, caseId, packet).offer = offer;
  const { version, hash, json } = packet;
  sendTo(seat, {
    type: "offer",
    offerId: offer,
    escalationId: escalation,
    packet: JSON.parse(json),
    version,
    hash,
    acceptBy: iso(acceptBy),
  });
}

/** The packet names its case, so that a card needs no record to be looked up (H13). Only our own packets come here. */
function caseIn({ json }: StoredPacket): CaseId | undefined {
  const { callId }: { readonly callId?: CaseId } = JSON.parse(json);
  return callId;
}

function showPacket(deps: ShowDeps, seat: Seat, packet: StoredPacket): void {
  const shown = seat.cases.get(packet.escalation);
  // Not offered to them (or not any more): no field of it reaches their socket.
  if (!shown) return;
  admit(seat, packet.escalation, shown.caseId, packet);
  const { version, hash, json } = packet;
  const fits = sendTo(seat, {
    type: "packet",
    escalationId: packet.escalation,
    packet: JSON.parse(json),
    version,
    hash,
  });
  if (!fits) deps.log.error({ agent: seat.agent, escalation: packet.escalation }, "a packet is too large for a frame");
}

/** Cases remembered for one agent; a closing form that was never sent must not be kept for ever. */
const CASES_MAX = 50;

/** Notes that the agent may see the case, and which packet went out. */
export function admit(seat: Seat, escalation: EscalationId, caseId: CaseId, packet: StoredPacket | undefined) {
  const shown = seat.cases.get(escalation) ?? { caseId, sent: new Map<number, string>(), accepted: false };
  seat.cases.set(escalation, shown);
  const [oldest] = seat.cases.keys();
  if (seat.cases.size > CASES_MAX && oldest !== undefined) seat.cases.delete(oldest);
  if (packet) {
    shown.sent.set(packet.version, packet.hash);
    if (packet.version >= (shown.newest?.version ?? 0)) shown.newest = packet;
  }
  return shown;
}

/** The right to the queue the case is in, or, while a colleague is asked, the queue it would go to. */
export function mayServe(seat: Seat, state: CaseState): boolean {
  const { handoff, escalation, caller } = state;
  const target = handoff.kind === "consulting" ? handoff.target : (escalation?.target ?? caller?.target);
  const queues = [target?.queue, escalation?.target.queue];
  return seat.profile.queues.some((queue) => queues.includes(queue));
}

const turnOf = (turn: Turn) => ({
  index: turn.index,
  role: turn.role,
  text: turn.text,
  at: iso(turn.at),
  ...(turn.interrupted !== undefined && { interrupted: turn.interrupted }),
});
