// Keeps the desks of the agents in a case up to date: every state change, every turn, every new packet version.

import type { AgentId } from "../domain/ids.ts";
import { type CaseState, closingUntil, handoffNameFor, heldOffers } from "../handoff/state.ts";
import { redact } from "../packet/redact.ts";
import type { Desk } from "../ports/desk.ts";
import type { CaseId } from "../ports/journal.ts";
import type { Log } from "../telemetry/log.ts";
import type { Turn } from "../turns/turn.ts";
import type { CaseLoop } from "./case-loop.ts";
import type { PacketRoom } from "./packet-room.ts";

export type DeskBulletin = {
  /** A turn was recognised and stored. */
  turn(caseId: CaseId, turn: Turn): void;
  /** More is known of a case: its packet may be another one now. */
  learned(caseId: CaseId): void;
  close(): void;
};

type Deps = { readonly cases: CaseLoop; readonly desk: Desk; readonly packets: PacketRoom; readonly log: Log };

export function createDeskBulletin({ cases, desk, packets, log }: Deps): DeskBulletin {
  const stop = cases.onStep(({ before, after, event }) => {
    const { escalation } = after;
    if (!escalation) return;
    // Whoever was in the case a moment ago hears how it ended for them.
    for (const agent of new Set([...agentsIn(before), ...agentsIn(after)])) {
      const until = closingUntil(after, agent);
      const about = { agent, escalation: escalation.id, at: event.at, cause: event.kind };
      desk.state({ ...about, state: handoffNameFor(after, agent), ...(until !== undefined && { until }) });
    }
  });

  const show = async (caseId: CaseId, turn?: Turn): Promise<void> => {
    packets.changed(caseId);
    const state = cases.remembered(caseId) ?? (await cases.state(caseId));
    if (!state?.escalation) return;
    const agents = heldOffers(state).map(({ agent }) => agent);
    if (agents.length === 0) return;
    const shown = turn && { ...turn, text: redact(turn.text) };
    for (const agent of agents) if (shown) desk.turn(agent, state.escalation.id, shown);
    const packet = await packets.current(caseId, state);
    for (const agent of agents) desk.packet(agent, packet);
  };

  return {
    turn: (caseId, turn) => {
      show(caseId, turn).catch((err: unknown) => log.error({ case: caseId, err }, "a turn did not reach the desk"));
    },
    learned: (caseId) => {
      show(caseId).catch((err: unknown) => log.error({ case: caseId, err }, "a packet did not reach the desk"));
    },
    close: stop,
  };
}

const agentsIn = (state: CaseState): readonly AgentId[] =>
  [...heldOffers(state), ...state.wrapUps].map(({ agent }) => agent);
