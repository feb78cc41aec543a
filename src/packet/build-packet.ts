// The packet as a pure function of what is known. A field that cannot be filled says why; nothing is invented.

import type { Trigger } from "../domain/closed-sets.ts";
import { type EpochMs, iso } from "../domain/time.ts";
import type { Turn } from "../turns/turn.ts";
import { readEntities } from "./entities.ts";
import type { Packet } from "./packet.ts";
import { redact, redactValue } from "./redact.ts";
import { callerInBrief } from "./summary.ts";

type At<T> = Omit<T, "at"> & { readonly at: EpochMs };

/** What the conversation's judgement knows; absent parts were not computed. */
export type Insight = {
  readonly intent?: string;
  readonly summary?: string;
  readonly entities?: Readonly<Record<string, string>>;
  readonly suggestedNextAction?: string;
  readonly confidence?: number;
  readonly floor?: number;
  readonly sentiment?: Packet["sentiment"];
};

export type PacketFacts = {
  readonly escalationId: string;
  readonly callId: string;
  readonly version: number;
  readonly createdAt: EpochMs;
  readonly language: string;
  readonly team: string;
  readonly caller?: {
    readonly ani?: string;
    readonly name?: string;
    readonly customerId?: string;
    readonly verification: readonly { readonly method: string; readonly result: string; readonly at: EpochMs }[];
  };
  readonly trigger: { readonly kind: Trigger; readonly because: string; readonly evidence: readonly number[] };
  readonly turns: readonly Turn[];
  readonly runs: readonly {
    readonly name: string;
    readonly kind: "search" | "read" | "write";
    readonly at: EpochMs;
    readonly ok: boolean;
    readonly input?: unknown;
    readonly result: string;
    readonly sources?: readonly { readonly title: string; readonly ref: string }[];
  }[];
  readonly history: readonly At<Packet["history"][number]>[];
  readonly hops: readonly At<Packet["hops"][number]>[];
  readonly insight: Insight;
};

/** Turns kept in the packet: the newest, so that a frame stays far below 256 KiB. */
const TURNS_MAX = 80;
const TURN_CHARS_MAX = 1_000;

export function buildPacket(facts: PacketFacts): Packet {
  const { insight, caller } = facts;
  const body = {
    escalationId: facts.escalationId,
    callId: facts.callId,
    version: facts.version,
    createdAt: iso(facts.createdAt),
    caller: callerOf(caller),
    language: facts.language,
    intent: { name: insight.intent ?? "unknown", summary: redact(insight.summary ?? callerInBrief(facts.turns)) },
    trigger: {
      ...facts.trigger,
      because: redact(facts.trigger.because),
      ...(insight.confidence === undefined ? {} : { confidence: insight.confidence }),
      ...(insight.floor === undefined ? {} : { floor: insight.floor }),
    },
    entities: entitiesOf(facts),
    attempts: facts.runs.map((run) => ({
      action: run.name,
      ...(run.input === undefined ? {} : { input: redactValue(run.input) }),
      result: redact(run.result),
      at: iso(run.at),
    })),
    writes: facts.runs
      .filter(({ kind, ok }) => kind === "write" && ok)
      .map((run) => ({ action: run.name, result: redact(run.result), at: iso(run.at) })),
    sources: facts.runs.flatMap((run) => (run.sources ?? []).map((source) => ({ ...source, at: iso(run.at) }))),
    sentiment: insight.sentiment ?? { now: 0, baseline: 0, slope: 0, series: [] },
    suggestedNextAction: redact(insight.suggestedNextAction ?? suggest(facts)),
    transcript: facts.turns
      .slice(-TURNS_MAX)
      .map(({ role, text, at }) => ({ role, text: redact(text).slice(0, TURN_CHARS_MAX), at: iso(at) })),
    history: facts.history.map((past) => ({ ...past, at: iso(past.at) })),
    hops: facts.hops.map((hop) => ({ ...hop, note: redact(hop.note), at: iso(hop.at) })),
  };
  const missing = missingOf(facts, body);
  return { ...body, missing, completeness: (REQUIRED.length - missing.length) / REQUIRED.length };
}

function callerOf(caller: PacketFacts["caller"]): Packet["caller"] {
  return {
    ani: caller?.ani ?? "withheld",
    ...(caller?.name === undefined ? {} : { name: caller.name }),
    ...(caller?.customerId === undefined ? {} : { customerId: caller.customerId }),
    verification: (caller?.verification ?? []).map((check) => ({ ...check, at: iso(check.at) })),
  };
}

function entitiesOf({ turns, insight }: PacketFacts): Packet["entities"] {
  const said = turns.filter(({ role }) => role === "caller").map(({ text }) => redact(text));
  const told = Object.entries(insight.entities ?? {}).map(([name, value]) => [name, redact(value)] as const);
  return { ...readEntities(said), ...Object.fromEntries(told) };
}

/** A next step that follows from what was tried; a model's own suggestion replaces it. */
function suggest({ runs, trigger, team }: PacketFacts): string {
  const failed = runs.filter(({ ok }) => !ok).map(({ name }) => name);
  if (failed.length > 0)
    return `Do by hand what failed: ${[...new Set(failed)].join(", ")}. Tell the caller it did not work.`;
  if (runs.length > 0) return `Start from what was already looked up (${runs.length}); do not ask for it again.`;
  if (trigger.kind === "explicit-request")
    return "Ask what they need: they asked for a person before anything was tried.";
  return `Take the case from ${team}'s usual first step.`;
}

/** The ten fields an agent cannot do without. Empty is valid where nothing happened that would fill it. */
const REQUIRED = [
  "caller",
  "verification",
  "intent",
  "trigger",
  "entities",
  "attempts",
  "sources",
  "sentiment",
  "suggestedNextAction",
  "transcript",
] as const;

function missingOf(facts: PacketFacts, body: Omit<Packet, "missing" | "completeness">): Packet["missing"] {
  const missing: { field: (typeof REQUIRED)[number]; why: string }[] = [];
  if (facts.caller === undefined) missing.push({ field: "caller", why: "the carrier's data did not reach the record" });
  if (body.caller.verification.length === 0) {
    missing.push({
      field: "verification",
      why: "the carrier sent no attestation and nothing was verified in the call",
    });
  }
  if (body.intent.summary === "")
    missing.push({ field: "intent", why: "the caller has said nothing that was understood" });
  if (body.transcript.length === 0) missing.push({ field: "transcript", why: "no turn was recognised yet" });
  if (facts.insight.sentiment === undefined) missing.push({ field: "sentiment", why: "no caller turn was scored" });
  return missing;
}
