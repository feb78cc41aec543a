import type { StatusCallback } from "./status-callback.ts";
import type { Leg } from "./leg.ts";

export type CallStatus =
  | "queued"
  | "ringing"
  | "in-progress"
  | "completed"
  | "busy"
  | "failed"
  | "no-answer"
  | "canceled";

type Direction = "inbound" | "outbound-api" | "outbound-dial";

/** Who or what ended a call. */
export type EndedBy = "party" | "rest" | "document" | "carrier" | "parent";

export type CallEnd = { status: CallStatus; sipCode: number; by: EndedBy; at: number };

/** Why a running document was stopped. */
export type Interruption = { kind: "ended"; by: EndedBy } | { kind: "redirected" };

export type CallFacts = {
  sid: string;
  direction: Direction;
  from: string;
  to: string;
  parentSid?: string;
  applicationSid?: string;
  stirVerstat?: string;
  phoneNumberSid?: string;
};

const TERMINAL: readonly CallStatus[] = ["completed", "busy", "failed", "no-answer", "canceled"];

/** True for a status after which nothing happens to a call any more. */
export function isTerminal(status: CallStatus): boolean {
  return TERMINAL.includes(status);
}

/** One call leg as the carrier keeps it: the resource, its audio, and the document it is running. */
export class Call {
  readonly facts: CallFacts;
  readonly leg: Leg;
  readonly createdAt: number;
  status: CallStatus = "queued";
  queueMs = 0;
  answeredAt: number | undefined;
  end: CallEnd | undefined;
  answeredBy: string | undefined;
  statusCallback: StatusCallback | undefined;
  fallback: { url: string; method: "GET" | "POST" } | undefined;
  timeLimitMs = 14_400_000;
  /** The document being executed: how to stop it, and when it has stopped. */
  running: { stop: AbortController; done: Promise<void> } | undefined;
  /** How often REST redirected the call; of several at once the last wins. */
  redirects = 0;
  /** A call may carry one bidirectional stream. */
  streamSid: string | undefined;
  /** Takes the call off the far end's device before it was answered. */
  stopRinging: (() => void) | undefined;
  /** Leaves the account's line of calls not started yet; tells whether it was still in it. */
  leaveLine: (() => boolean) | undefined;
  readonly answered: Promise<void>;
  readonly ended: Promise<CallEnd>;
  resolveAnswered: () => void;
  resolveEnded: (end: CallEnd) => void;

  constructor(facts: CallFacts, leg: Leg, createdAt: number) {
    this.facts = facts;
    this.leg = leg;
    this.createdAt = createdAt;
    const answered = Promise.withResolvers<void>();
    const ended = Promise.withResolvers<CallEnd>();
    this.answered = answered.promise;
    this.ended = ended.promise;
    this.resolveAnswered = answered.resolve;
    this.resolveEnded = ended.resolve;
  }

  get sid(): string {
    return this.facts.sid;
  }

  get over(): boolean {
    return this.end !== undefined;
  }

  get durationSeconds(): number {
    if (this.answeredAt === undefined || this.end === undefined) return 0;
    return Math.max(1, Math.round((this.end.at - this.answeredAt) / 1000));
  }
}

/** Why a document's signal aborted. */
export function interruptionOf(signal: AbortSignal): Interruption {
  return signal.reason as Interruption;
}
