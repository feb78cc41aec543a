import type { EscalationId } from "../domain/ids.ts";
import type { EpochMs } from "../domain/time.ts";
import type { PacketFacts } from "../packet/build-packet.ts";
import type { CallInsight } from "../packet/insight.ts";
import type { Turn } from "../turns/turn.ts";
import type { CaseId } from "./journal.ts";

/** Who called, as the carrier says; personal data. */
export type CallerFacts = {
  /** E.164, or absent when withheld or not a number. */
  readonly ani?: string;
  readonly dnis?: string;
  readonly name?: string;
  readonly customerId?: string;
  readonly verification: readonly { readonly method: string; readonly result: string; readonly at: EpochMs }[];
  /** The number the caller wants to be rung back on, once confirmed; else the ANI. */
  readonly callbackNumber?: string;
};

/** A tool the assistant had run, by us or by its vendor, kept as the packet wants it. */
export type ToolRun = PacketFacts["runs"][number];

export type StoredPacket = {
  readonly escalation: EscalationId;
  readonly version: number;
  readonly hash: string;
  /** Canonical JSON text, exactly what was hashed. */
  readonly json: string;
};

/** What a packet is made of; each as the question of that name would answer. */
export type PacketParts = {
  readonly caller?: CallerFacts;
  readonly turns: readonly Turn[];
  readonly runs: readonly ToolRun[];
  readonly history: Awaited<ReturnType<Conversations["history"]>>;
  readonly notes: Awaited<ReturnType<Conversations["notes"]>>;
  readonly insight?: CallInsight;
  /** The newest version. */
  readonly packet?: StoredPacket;
};

/**
 * What callers are and said, apart from the journal so that a caller can be erased (H12). Writes are idempotent by
 * their natural key (call and turn index, escalation and version). Rejects with a `Fault` (blame `store`).
 */
export type Conversations = {
  saveCaller(caseId: CaseId, facts: CallerFacts): Promise<void>;
  caller(caseId: CaseId): Promise<CallerFacts | undefined>;
  saveTurn(caseId: CaseId, turn: Turn): Promise<void>;
  turns(caseId: CaseId): Promise<readonly Turn[]>;
  saveToolRun(caseId: CaseId, run: ToolRun): Promise<void>;
  toolRuns(caseId: CaseId): Promise<readonly ToolRun[]>;
  /** What a model made of the conversation, on whichever node it ran; one that was made earlier (`at`) replaces nothing. */
  saveInsight(caseId: CaseId, insight: CallInsight): Promise<void>;
  insight(caseId: CaseId): Promise<CallInsight | undefined>;
  savePacket(packet: StoredPacket): Promise<void>;
  /** The newest version, or the one asked for. */
  packet(escalation: EscalationId, version?: number): Promise<StoredPacket | undefined>;
  /** Free JSON kept for one escalation: an API case's context data, an agent's notes, what the
   * assistant is to do with a caller who is handed back. */
  saveNote(
    escalation: EscalationId,
    kind: "context" | "wrap-up" | "hop" | "hand-back" | "issue" | "callback",
    json: string,
    at: EpochMs,
  ): Promise<void>;
  notes(
    escalation: EscalationId,
  ): Promise<readonly { readonly kind: string; readonly json: string; readonly at: EpochMs }[]>;
  /** Escalations of the same caller (this case's, and by ANI or customer id), newest first, at most `limit`. */
  history(
    caseId: CaseId,
    limit: number,
  ): Promise<
    readonly {
      readonly escalation: EscalationId;
      readonly at: EpochMs;
      readonly outcome: string;
      readonly team?: string;
    }[]
  >;
  /** All of them in one question, as somebody waits for the packet. */
  packetParts(about: {
    readonly caseId: CaseId;
    readonly escalation: EscalationId;
    readonly historyMax: number;
  }): Promise<PacketParts>;
  erase(caseId: CaseId): Promise<void>;
};
