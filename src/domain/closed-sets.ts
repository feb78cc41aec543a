// Closed sets that others build on (contract §8). A value that is not here does not exist.

/** Why an escalation was decided. A key that asks for a person is `explicit-request`. */
export const TRIGGERS = [
  "explicit-request",
  "sentiment",
  "distress",
  "confusion",
  "confidence",
  "policy-intent",
  "failed-turns",
  "silence",
  "tool-failure",
  "policy-exception",
  "context-limit",
  "long-conversation",
  "assistant-failure",
  "assistant-request",
  "api",
] as const;
export type Trigger = (typeof TRIGGERS)[number];

export const POLICY_INTENTS = [
  "fraud",
  "identity-theft",
  "cancellation",
  "hardship",
  "legal-threat",
  "regulator",
  "self-harm",
  "billing-dispute",
] as const;
export type PolicyIntent = (typeof POLICY_INTENTS)[number];

export const HANDOFF_STATES = [
  "reserving",
  "waiting",
  "offering",
  "accepted",
  "moving",
  "bridged",
  "consulting",
  "handing-back",
  "agent-lost",
  "offering-fallback",
  "capturing-callback",
  "wrapping-up",
  "closed",
] as const;
export type HandoffStateName = (typeof HANDOFF_STATES)[number];

export const HANDOFF_OUTCOMES = ["bridged", "callback", "ticket", "returned", "abandoned"] as const;
export type HandoffOutcome = (typeof HANDOFF_OUTCOMES)[number];

export const ESCALATION_STATUSES = ["open", "assigned", "resolved"] as const;
export type EscalationStatus = (typeof ESCALATION_STATUSES)[number];

/** How an offer ended; also the reason of `offer-withdrawn` at the desk. */
export const OFFER_OUTCOMES = [
  "accepted",
  "caller-left",
  "accepted-elsewhere",
  "missed",
  "declined",
  "busy",
  "carrier-fault",
  "no-audio",
  "replaced",
  "caller-cancelled",
  "caller-chose-fallback",
  "desk-lost",
  "forced-offline",
] as const;
export type OfferOutcome = (typeof OFFER_OUTCOMES)[number];

export const DISPOSITIONS = [
  "resolved",
  "follow-up",
  "transferred",
  "handed-back",
  "wrong-team",
  "caller-left",
  "not-reached",
] as const;
export type Disposition = (typeof DISPOSITIONS)[number];

export const CALLBACK_STATUSES = [
  "scheduled",
  "due",
  "dialling-agent",
  "dialling-caller",
  "connected",
  "retry",
  "done",
  "exhausted",
  "cancelled",
] as const;
export type CallbackStatus = (typeof CALLBACK_STATUSES)[number];

export const PRESENCE_STATUSES = ["available", "away", "reserved", "busy", "wrap-up", "check-in", "offline"] as const;
export type PresenceStatus = (typeof PRESENCE_STATUSES)[number];

export const PRIORITIES = ["low", "medium", "high", "urgent"] as const;
export type Priority = (typeof PRIORITIES)[number];

export const CHANNELS = ["voice", "chat", "email", "api"] as const;
export type Channel = (typeof CHANNELS)[number];

export const NUMBER_MODES = ["assistant", "queue", "forward", "closed"] as const;
export type NumberMode = (typeof NUMBER_MODES)[number];
