// What nodes tell each other. Nothing here is the only copy of anything: the journal and presence are; a lost message
// costs time, never a promise.

import type { AgentId, CallId, NodeId } from "../../domain/ids.ts";
import type { CaseState } from "../../handoff/state.ts";
import type { Channel } from "../../ports/bus.ts";
import type { News } from "../../ports/cases.ts";
import type { Desk } from "../../ports/desk.ts";
import type { CaseId } from "../../ports/journal.ts";
import type { SpeechEffect } from "../speech-effect.ts";

/** A case has a newer state than others may remember. */
export type CaseNews = { readonly from: NodeId; readonly caseId: CaseId; readonly seq: number };

/** Something for the node that holds a caller's line. */
export type LineOrder = {
  readonly from: NodeId;
  readonly call: CallId;
  readonly order: SpeechEffect | { readonly kind: "let-go" };
};

/** Something for whichever nodes have a desk of the agent open. */
export type DeskOrder = {
  [K in Exclude<keyof Desk, "visible">]: { readonly op: K; readonly args: Parameters<Desk[K]> };
}[Exclude<keyof Desk, "visible">];
export type DeskNews = { readonly from: NodeId; readonly order: DeskOrder };

/** Who has a desk of the agent open (`open: false` asks), and who says that they have. */
export type DeskRoll = { readonly from: NodeId; readonly agent: AgentId; readonly open: boolean };

/** An agent was made, changed or removed. */
export type AgentNews = { readonly from: NodeId };

/** What a node knows of a case: it keeps its newest events, holds the caller's line, saw it up to this place. */
export type CaseKnown = { readonly keeps: boolean; readonly line: boolean; readonly seq: number };

/** Something about a case whose record is away, for all nodes (`who`) or the one that decides on it. */
export type CaseAsk = {
  readonly from: NodeId;
  readonly id: string;
  readonly to?: NodeId;
  readonly caseId: CaseId;
  readonly order:
    | { readonly kind: "who" }
    | { readonly kind: "state" }
    | { readonly kind: "deliver"; readonly news: News; readonly actor: string };
};
export type CaseAnswer = {
  readonly from: NodeId;
  readonly to: NodeId;
  /** The question's id. */
  readonly ask: string;
  readonly known?: CaseKnown;
  readonly state?: CaseState;
  /** The fault's code. */
  readonly failed?: string;
};

/** A node goes on without the record; said again as long as it does. */
export type RecordNews = { readonly from: NodeId };

const hasSender = (raw: unknown): boolean => typeof raw === "object" && raw !== null && "from" in raw;

/** Only nodes of this installation publish here, so what carries the sender's mark has the sender's shape. */
function fromNode<T>(name: string, is: (raw: unknown) => raw is T): Channel<T> {
  return {
    name,
    read: (raw) => {
      if (!is(raw)) throw new Error(`a message on ${name} has no sender`);
      return raw;
    },
  };
}

export const caseNews = fromNode("cases", (raw): raw is CaseNews => hasSender(raw));
export const lineOrders = fromNode("lines", (raw): raw is LineOrder => hasSender(raw));
export const deskNews = fromNode("desks", (raw): raw is DeskNews => hasSender(raw));
export const deskRoll = fromNode("desk-roll", (raw): raw is DeskRoll => hasSender(raw));
export const agentNews = fromNode("agents", (raw): raw is AgentNews => hasSender(raw));
export const recordNews = fromNode("record", (raw): raw is RecordNews => hasSender(raw));
export const caseAsks = fromNode("case-asks", (raw): raw is CaseAsk => hasSender(raw));
export const caseAnswers = fromNode("case-answers", (raw): raw is CaseAnswer => hasSender(raw));
