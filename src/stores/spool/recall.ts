import type { EscalationId } from "../../domain/ids.ts";
import type { CallInsight } from "../../packet/insight.ts";
import type { CallerFacts, Conversations, PacketParts, StoredPacket, ToolRun } from "../../ports/conversations.ts";
import type { CaseId } from "../../ports/journal.ts";
import type { Turn } from "../../turns/turn.ts";

/** What this node has lately read or written of one call or one escalation. */
type Recalled = {
  caller?: CallerFacts;
  insight?: CallInsight;
  packet?: StoredPacket;
  history?: Awaited<ReturnType<Conversations["history"]>>;
  readonly turns: Map<number, Turn>;
  readonly runs: Map<string, ToolRun>;
  readonly notes: Map<string, Awaited<ReturnType<Conversations["notes"]>>[number]>;
};

/** Calls and escalations that are remembered; the one that was touched longest ago goes first. */
const SUBJECTS_MAX = 2_000;

/** A memory of conversations that stands in for their store while that is away. Bounded; nothing here is the only copy. */
export type Recall = {
  of(subject: CaseId | EscalationId): Recalled;
  /** Somebody is to be erased: cheaper to remember nothing than to find all that is theirs. */
  forgetAll(): void;
};

export function createRecall(): Recall {
  const subjects = new Map<CaseId | EscalationId, Recalled>();
  return {
    of: (subject) => {
      const known = subjects.get(subject) ?? { turns: new Map(), runs: new Map(), notes: new Map() };
      subjects.delete(subject);
      subjects.set(subject, known);
      const [oldest] = subjects.keys();
      if (subjects.size > SUBJECTS_MAX && oldest !== undefined) subjects.delete(oldest);
      return known;
    },
    forgetAll: () => subjects.clear(),
  };
}

export const runKey = ({ at, name, kind }: ToolRun): string => `${at} ${name} ${kind}`;

type AboutPacket = Parameters<Conversations["packetParts"]>[0];

export function rememberParts(recall: Recall, { caseId, escalation }: AboutPacket, parts: PacketParts): void {
  const call = recall.of(caseId);
  const { caller, insight, packet, history } = parts;
  Object.assign(call, { history, ...(caller && { caller }), ...(insight && { insight }) });
  for (const turn of parts.turns) call.turns.set(turn.index, turn);
  for (const run of parts.runs) call.runs.set(runKey(run), run);
  const one = recall.of(escalation);
  if (packet) one.packet = packet;
  for (const note of parts.notes) one.notes.set(`${note.at} ${note.kind}`, note);
}

export function recalledParts(recall: Recall, { caseId, escalation, historyMax }: AboutPacket): PacketParts {
  const { caller, insight, turns, runs, history = [] } = recall.of(caseId);
  const { packet, notes } = recall.of(escalation);
  return {
    turns: [...turns.values()].toSorted((a, b) => a.index - b.index),
    runs: [...runs.values()].toSorted((a, b) => a.at - b.at),
    history: history.slice(0, historyMax),
    notes: [...notes.values()].toSorted((a, b) => a.at - b.at),
    ...(caller && { caller }),
    ...(insight && { insight }),
    ...(packet && { packet }),
  };
}
