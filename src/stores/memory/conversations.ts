import type { EscalationId } from "../../domain/ids.ts";
import type { CallInsight } from "../../packet/insight.ts";
import type { CallerFacts, Conversations, PacketParts, StoredPacket, ToolRun } from "../../ports/conversations.ts";
import type { CaseId, EscalationRow } from "../../ports/journal.ts";
import type { Turn } from "../../turns/turn.ts";

type Note = { readonly kind: string; readonly json: string; readonly at: EscalationRow["createdAt"] };

type Content = {
  readonly callers: Map<CaseId, CallerFacts>;
  readonly turns: Map<CaseId, Map<number, Turn>>;
  readonly runs: Map<CaseId, Map<string, ToolRun>>;
  readonly insights: Map<CaseId, CallInsight>;
  readonly packets: Map<EscalationId, Map<number, StoredPacket>>;
  readonly notes: Map<EscalationId, Map<string, Note>>;
};

type EscalationsOf = (caseId: CaseId) => readonly EscalationRow[];

/** The reference model of `Conversations`. `escalationsOf`: the journal's rows, for the history. */
export function createMemoryConversations(escalationsOf: EscalationsOf): Conversations {
  const t: Content = {
    callers: new Map(),
    turns: new Map(),
    runs: new Map(),
    insights: new Map(),
    packets: new Map(),
    notes: new Map(),
  };
  const memory: Conversations = {
    saveCaller: async (caseId, facts) => void t.callers.set(caseId, facts),
    caller: async (caseId) => t.callers.get(caseId),
    saveTurn: async (caseId, turn) => void under(t.turns, caseId).set(turn.index, turn),
    turns: async (caseId) => [...(t.turns.get(caseId)?.values() ?? [])].toSorted((a, b) => a.index - b.index),
    saveToolRun: async (caseId, run) => void under(t.runs, caseId).set(`${run.at} ${run.name} ${run.kind}`, run),
    toolRuns: async (caseId) => [...(t.runs.get(caseId)?.values() ?? [])].toSorted((a, b) => a.at - b.at),
    saveInsight: async (caseId, insight) => {
      if ((t.insights.get(caseId)?.at ?? -Infinity) <= insight.at) t.insights.set(caseId, insight);
    },
    insight: async (caseId) => t.insights.get(caseId),
    savePacket: async (packet) => {
      const versions = under(t.packets, packet.escalation);
      // A version is what was hashed and shown; it is never another one later.
      if (!versions.has(packet.version)) versions.set(packet.version, packet);
    },
    packet: async (escalation, version) => {
      const versions = t.packets.get(escalation);
      return versions?.get(version ?? Math.max(...versions.keys()));
    },
    saveNote: async (escalation, kind, json, at) =>
      void under(t.notes, escalation).set(`${at} ${kind}`, { kind, json, at }),
    notes: async (escalation) => [...(t.notes.get(escalation)?.values() ?? [])].toSorted((a, b) => a.at - b.at),
    history: async (caseId, limit) => history(t, escalationsOf, caseId).slice(0, limit),
    packetParts: (about) => partsOf(memory, about),
    erase: async (caseId) => erase(t, escalationsOf, caseId),
  };
  return memory;
}

async function partsOf(
  asked: Conversations,
  { caseId, escalation, historyMax }: Parameters<Conversations["packetParts"]>[0],
): Promise<PacketParts> {
  const [caller, insight, packet] = [
    await asked.caller(caseId),
    await asked.insight(caseId),
    await asked.packet(escalation),
  ];
  return {
    turns: await asked.turns(caseId),
    runs: await asked.toolRuns(caseId),
    history: await asked.history(caseId, historyMax),
    notes: await asked.notes(escalation),
    ...(caller && { caller }),
    ...(insight && { insight }),
    ...(packet && { packet }),
  };
}

function under<K, K2, V>(table: Map<K, Map<K2, V>>, key: K): Map<K2, V> {
  const rows = table.get(key) ?? new Map<K2, V>();
  table.set(key, rows);
  return rows;
}

function history(
  t: Content,
  escalationsOf: EscalationsOf,
  caseId: CaseId,
): Awaited<ReturnType<Conversations["history"]>> {
  const me = t.callers.get(caseId);
  if (!me) return [];
  return [...t.callers]
    .filter(([other, facts]) => other === caseId || sameCaller(me, facts))
    .flatMap(([other]) => escalationsOf(other))
    .toSorted((a, b) => b.createdAt - a.createdAt)
    .map((row) => ({
      escalation: row.id,
      at: row.createdAt,
      outcome: row.handoff?.outcome ?? row.status,
      team: row.queue,
    }));
}

const sameCaller = (a: CallerFacts, b: CallerFacts): boolean =>
  (a.ani !== undefined && a.ani === b.ani) || (a.customerId !== undefined && a.customerId === b.customerId);

function erase(t: Content, escalationsOf: EscalationsOf, caseId: CaseId): void {
  t.callers.delete(caseId);
  t.turns.delete(caseId);
  t.runs.delete(caseId);
  t.insights.delete(caseId);
  for (const { id } of escalationsOf(caseId)) {
    t.packets.delete(id);
    t.notes.delete(id);
  }
}
