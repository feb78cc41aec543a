import {
  AgentId,
  CallId,
  EscalationId,
  LegId,
  NodeId,
  OfferId,
  OwnerToken,
  QueueId,
  CallbackId,
} from "../../src/domain/ids.ts";
import { EpochMs } from "../../src/domain/time.ts";
import type { CaseState, EscalationPart, Offer } from "../../src/handoff/state.ts";
import { emptyCase } from "../../src/handoff/state.ts";
import type { CaseEvent, Effect } from "../../src/handoff/vocabulary.ts";
import type { Commit } from "../../src/ports/journal.ts";
import type { Log } from "../../src/telemetry/log.ts";

// Plain values that the store suites share. Times are small numbers: every store takes its times from the caller.

export const at = (ms: number): EpochMs => EpochMs(ms);
export const agent = (name: string): AgentId => AgentId(name);
export const token = (name: string): OwnerToken => OwnerToken(name);

export const silentLog: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  child: () => silentLog,
};

export const target = { queue: QueueId("disputes"), skills: ["disputes"], team: "our disputes team" };

export function escalationPart(id: string, over: Partial<EscalationPart> = {}): EscalationPart {
  return {
    id: EscalationId(id),
    target,
    priority: "high",
    decision: {
      trigger: "explicit-request",
      because: "asked for a person",
      evidence: [2],
      signals: { explicitRequest: 0.98 },
      thresholds: { explicitRequest: 0.5 },
      policyRevision: "1",
    },
    decidedAt: at(1_000),
    status: "open",
    handoffs: 1,
    reference: `R${id}`,
    channel: "voice",
    offers: [],
    ...over,
  };
}

export const offer = (id: string, held: string): Offer => ({
  id: OfferId(id),
  attempt: 1,
  agent: agent(held),
  agentName: "Dana",
  token: token(`token-${id}`),
  device: "softphone",
  dial: "held",
  phase: "dialling",
  joined: false,
  giveUpAt: at(2_000),
});

export const timePassed = (ms: number): CaseEvent => ({ kind: "time-passed", at: at(ms) });

export const endLeg = (leg: string): Effect => ({ kind: "end-leg", leg: LegId(leg) });

export function commit(caseId: string, seq: number, over: Partial<Commit> = {}): Commit {
  return {
    caseId: CallId(caseId),
    seq,
    event: timePassed(seq * 1_000),
    actor: "clock",
    state: emptyCase,
    jobs: [],
    held: [],
    node: NodeId("node-1"),
    ...over,
  };
}

/** A case whose caller is on the line with the assistant. */
export function callerState(call: string, over: Partial<CaseState> = {}): CaseState {
  return {
    ...emptyCase,
    caller: {
      call: CallId(call),
      leg: LegId(`leg-${call}`),
      mode: "assistant",
      language: "en",
      target,
      canCallBack: true,
      place: "assistant",
      modelDown: false,
      losses: 0,
    },
    ...over,
  };
}

export const callbackOf = (id: string, dueAt: number): NonNullable<EscalationPart["callback"]> => ({
  id: CallbackId(id),
  dueAt: at(dueAt),
});
