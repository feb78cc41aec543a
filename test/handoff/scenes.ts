// Hand-made states and one event of every kind, for tests of the machine. Nothing here calls `decide`.
import type { HandoffKind, CaseState, HandoffState, Offer } from "../../src/handoff/state.ts";
import type { CaseEvent, CaseEventKind, Fresh, Target } from "../../src/handoff/vocabulary.ts";
import {
  AgentId,
  CallbackId,
  CallId,
  EscalationId,
  LegId,
  OfferId,
  OwnerToken,
  QueueId,
} from "../../src/domain/ids.ts";
import { EpochMs } from "../../src/domain/time.ts";

export const T0 = EpochMs(1_000_000);
/** When the table's events happen: before any deadline of the states below. */
export const NOW = EpochMs(1_000_100);
export const LATER = EpochMs(1_000_000 + 60_000);

export const disputes: Target = { queue: QueueId("disputes"), skills: ["disputes"], team: "our disputes team" };
export const billing: Target = { queue: QueueId("billing"), skills: [], team: "our billing team" };
export const escalationId = EscalationId("esc-1");
export const dana = AgentId("dana");
export const lee = AgentId("lee");
const token = OwnerToken("esc-1.1.1");

export const fresh: Fresh = {
  escalation: EscalationId("esc-fresh"),
  callback: CallbackId("cb-fresh"),
  reference: "RFRESH7",
  callbackDueAt: EpochMs(5_000_000),
};

/** Ringing on Dana's phone, packet painted. */
export const ringing: Offer = {
  id: OfferId("off-1"),
  attempt: 1,
  agent: dana,
  agentName: "Dana",
  token,
  device: "phone",
  dial: "placed",
  leg: LegId("leg-dana"),
  phase: "ringing",
  painted: { version: 1, hash: "h1" },
  joined: false,
  giveUpAt: LATER,
};
export const answered: Offer = { ...ringing, phase: "answered" };
export const agreed: Offer = { ...answered, consent: "key" };
export const joined: Offer = { ...agreed, joined: true };
/** A colleague being rung while Dana has the caller. */
const leeRings: Offer = {
  ...ringing,
  id: OfferId("off-2"),
  agent: lee,
  agentName: "Lee",
  token: OwnerToken("esc-1.2.1"),
  leg: LegId("leg-lee"),
};

const search = { t0: T0, attempt: 2, tried: [] };
const asked = { t0: T0, attempt: 1, tried: [dana] };

export const handoffs: Record<HandoffKind, HandoffState> = {
  none: { kind: "none" },
  reserving: { kind: "reserving", ...search, by: LATER },
  waiting: { kind: "waiting", ...search, asking: true, hoping: false, askAgainAt: LATER, until: LATER },
  offering: { kind: "offering", ...asked, offer: ringing, by: LATER },
  accepted: { kind: "accepted", ...asked, offer: agreed, announced: false, moveAt: LATER },
  moving: {
    kind: "moving",
    ...asked,
    offer: agreed,
    orderedAt: T0,
    tries: 1,
    callerIn: false,
    asked: false,
    by: LATER,
  },
  bridged: { kind: "bridged", offer: joined, since: T0 },
  consulting: { kind: "consulting", ...asked, bridge: joined, target: billing, offer: leeRings, by: LATER },
  "handing-back": { kind: "handing-back", offer: joined, by: LATER },
  "agent-lost": { kind: "agent-lost", by: LATER },
  "offering-fallback": { kind: "offering-fallback", ...search, why: "all-busy", asked: 1, by: LATER },
  "capturing-callback": { kind: "capturing-callback", ...search, asked: 1, by: LATER },
  "wrapping-up": { kind: "wrapping-up" },
  closed: { kind: "closed", outcome: "returned" },
};

const callersPlace = (kind: HandoffKind): "assistant" | "room" | "gone" => {
  if (kind === "bridged" || kind === "consulting" || kind === "handing-back" || kind === "agent-lost") return "room";
  return kind === "wrapping-up" ? "gone" : "assistant";
};

export function stateOf(kind: HandoffKind): CaseState {
  return {
    caller: {
      call: CallId("call-1"),
      leg: LegId("leg-caller"),
      mode: "assistant",
      language: "en",
      target: disputes,
      canCallBack: true,
      place: callersPlace(kind),
      stream: "stream-1",
      modelDown: false,
      losses: 0,
    },
    ...(kind === "none"
      ? {}
      : {
          escalation: {
            id: escalationId,
            target: disputes,
            priority: "medium" as const,
            decision: {
              trigger: "explicit-request" as const,
              because: "asked",
              evidence: [0],
              signals: {},
              thresholds: {},
              policyRevision: "1",
            },
            decidedAt: T0,
            status: "open" as const,
            handoffs: 1,
            reference: "R111111",
            channel: "voice" as const,
            offers: [],
          },
        }),
    handoff: handoffs[kind],
    strays: [],
    wrapUps: kind === "wrapping-up" ? [{ agent: dana, token, until: LATER }] : [],
  };
}

const offer = ringing.id;
const leg = LegId("leg-dana");

/** One of each, fitting the states above as well as it can: the right offer, the right attempt, the right agent. */
export const events: { readonly [K in CaseEventKind]: Extract<CaseEvent, { kind: K }> } = {
  "call-arrived": {
    kind: "call-arrived",
    at: NOW,
    call: CallId("call-1"),
    leg: LegId("leg-caller"),
    mode: "assistant",
    language: "en",
    target: disputes,
    canCallBack: true,
    fresh,
  },
  "assistant-started": { kind: "assistant-started", at: NOW, stream: "stream-2" },
  "assistant-lost": { kind: "assistant-lost", at: NOW, stream: "stream-1", down: false },
  "caller-left": { kind: "caller-left", at: NOW },
  "line-ended": { kind: "line-ended", at: NOW, line: "announce" },
  "caller-pressed": { kind: "caller-pressed", at: NOW, key: "1", fresh },
  "escalation-decided": {
    kind: "escalation-decided",
    at: NOW,
    escalation: EscalationId("esc-2"),
    target: billing,
    priority: "high",
    decision: {
      trigger: "sentiment",
      because: "rising",
      evidence: [2],
      signals: {},
      thresholds: {},
      policyRevision: "1",
    },
    fresh,
  },
  "caller-cancelled": { kind: "caller-cancelled", at: NOW },
  "caller-chose": { kind: "caller-chose", at: NOW, choice: "callback", fresh },
  "callback-confirmed": { kind: "callback-confirmed", at: NOW, fresh },
  "callback-rejected": { kind: "callback-rejected", at: NOW },
  "agent-reserved": {
    kind: "agent-reserved",
    at: NOW,
    attempt: 2,
    offer: OfferId("off-new"),
    agent: lee,
    agentName: "Lee",
    token: OwnerToken("esc-1.1.2"),
    device: "phone",
  },
  "no-agent-free": { kind: "no-agent-free", at: NOW, attempt: 2, why: "all-busy" },
  "agent-freed": { kind: "agent-freed", at: NOW },
  "packet-painted": { kind: "packet-painted", at: NOW, offer, version: 1, hash: "h1" },
  "agent-consented": { kind: "agent-consented", at: NOW, offer, via: "desk" },
  "agent-declined": { kind: "agent-declined", at: NOW, offer },
  "desk-lost": { kind: "desk-lost", at: NOW, agent: dana, forced: false },
  "agent-ended": { kind: "agent-ended", at: NOW, agent: dana },
  "agent-transferred": { kind: "agent-transferred", at: NOW, agent: dana, target: billing },
  "agent-handed-back": { kind: "agent-handed-back", at: NOW, agent: dana },
  "wrapped-up": { kind: "wrapped-up", at: NOW, agent: dana, disposition: "resolved", resolved: true },
  "dial-queued": { kind: "dial-queued", at: NOW, offer, startsAt: EpochMs(NOW + 2_000) },
  "dial-accepted": { kind: "dial-accepted", at: NOW, offer, leg },
  "dial-refused": { kind: "dial-refused", at: NOW, offer, fault: { outcome: "carrier-fault", raw: "21211" } },
  "dial-unknown": { kind: "dial-unknown", at: NOW, offer },
  "agent-leg-ringing": { kind: "agent-leg-ringing", at: NOW, offer, leg },
  "agent-leg-answered": { kind: "agent-leg-answered", at: NOW, offer, leg },
  "agent-leg-ended": { kind: "agent-leg-ended", at: NOW, offer, leg, how: "no-answer", raw: "487" },
  "leg-left-behind": { kind: "leg-left-behind", at: NOW, offer, leg },
  "agent-joined": { kind: "agent-joined", at: NOW, offer, leg },
  "agent-left-room": { kind: "agent-left-room", at: NOW, offer, leg },
  "caller-joined": { kind: "caller-joined", at: NOW },
  "caller-leg-asked": { kind: "caller-leg-asked", at: NOW },
  "caller-left-room": { kind: "caller-left-room", at: NOW },
  "room-seen": { kind: "room-seen", at: NOW, legs: [LegId("leg-caller"), leg] },
  "move-failed": { kind: "move-failed", at: NOW, unknown: true, raw: "timeout" },
  "case-claimed": { kind: "case-claimed", at: NOW, agent: lee },
  "case-resolved": { kind: "case-resolved", at: NOW, by: "supervisor" },
  "case-moved": { kind: "case-moved", at: NOW, target: billing },
  "case-promised": { kind: "case-promised", at: NOW, fresh },
  "time-passed": { kind: "time-passed", at: NOW },
};
