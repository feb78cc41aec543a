// The packet as a pure function of what is known. A field that cannot be filled says why; nothing is invented.

import type { Trigger } from "../domain/closed-sets.ts";
import { type EpochMs, iso } from "../domain/time.ts";
import type { Turn } from "../turns/turn.ts";
import { readEntities } from "./entities.ts";
import type { CallInsight } from "./insight.ts";
import type { Packet } from "./packet.ts";
import {
  brief,
  first,
  newest,
  clipped,
  HOPS_MAX,
  RESULT_MAX,
  RUNS_MAX,
  sentimentOf,
  shortValue,
  sourcesOf,
  transcriptOf,
  WRITES_MAX,
} from "./packet-size.ts";
import { plainResult } from "./plain-result.ts";
import { redact, redactTurns, redactValue } from "./redact.ts";
import { callerInBrief } from "./summary.ts";

type At<T> = Omit<T, "at"> & { readonly at: EpochMs };

/** What the conversation's judgement knows; absent parts were not computed. */
export type Insight = Omit<CallInsight, "turn" | "at"> & { readonly sentiment?: Packet["sentiment"] };

export type PacketFacts = {
  readonly escalationId: string;
  readonly callId: string;
  readonly version: number;
  readonly createdAt: EpochMs;
  readonly language: string;
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
    /** Redacted JSON. */
    readonly input?: unknown;
    readonly result: string;
    readonly sources?: readonly { readonly title: string; readonly ref: string }[];
  }[];
  readonly history: readonly At<Packet["history"][number]>[];
  readonly hops: readonly At<Packet["hops"][number]>[];
  readonly insight: Insight;
};

export function buildPacket(facts: PacketFacts): Packet {
  const { insight, caller } = facts;
  // A card that is read out in pieces shows only over all turns.
  const turns = redactTurns(newest(facts.turns));
  const runs = facts.runs.slice(-RUNS_MAX);
  const body = {
    escalationId: facts.escalationId,
    callId: facts.callId,
    version: facts.version,
    createdAt: iso(facts.createdAt),
    caller: callerOf(caller),
    language: facts.language,
    intent: {
      name: insight.intent ?? "unknown",
      summary: brief(insight.summary ?? callerInBrief(redactTurns(first(facts.turns)))),
    },
    trigger: {
      ...facts.trigger,
      because: brief(facts.trigger.because),
      ...(insight.confidence === undefined ? {} : { confidence: insight.confidence }),
      ...(insight.floor === undefined ? {} : { floor: insight.floor }),
    },
    entities: entitiesOf(turns, insight),
    attempts: runs.map((run) => ({
      action: run.name,
      ...(run.input === undefined ? {} : { input: shortValue(redactValue(run.input)) }),
      result: clipped(redact(plainResult(run.result)), RESULT_MAX),
      at: iso(run.at),
    })),
    // Every one, however long ago: what was done must not be done again.
    writes: facts.runs
      .filter(({ kind, ok }) => kind === "write" && ok)
      .slice(-WRITES_MAX)
      .map((run) => ({ action: run.name, result: brief(run.result), at: iso(run.at) })),
    sources: sourcesOf(runs),
    sentiment: sentimentOf(insight.sentiment),
    suggestedNextAction: brief(insight.suggestedNextAction ?? suggest(facts)),
    transcript: transcriptOf(turns),
    history: facts.history.map((past) => ({ ...past, at: iso(past.at) })),
    hops: facts.hops.slice(-HOPS_MAX).map((hop) => ({ ...hop, note: brief(hop.note), at: iso(hop.at) })),
  };
  const missing = missingOf(facts, body);
  return { ...body, missing, completeness: (REQUIRED.length - missing.length) / REQUIRED.length };
}

function callerOf(caller: PacketFacts["caller"]): Packet["caller"] {
  return {
    ani: caller?.ani ?? "withheld",
    ...(caller?.name === undefined ? {} : { name: brief(caller.name) }),
    ...(caller?.customerId === undefined ? {} : { customerId: caller.customerId }),
    verification: (caller?.verification ?? []).map((check) => ({ ...check, at: iso(check.at) })),
  };
}

function entitiesOf(turns: readonly Turn[], insight: Insight): Packet["entities"] {
  const said = turns.filter(({ role }) => role === "caller").map(({ text }) => text);
  const told = Object.entries(insight.entities ?? {}).map(([name, value]) => [name, brief(value)] as const);
  return { ...readEntities(said), ...Object.fromEntries(told) };
}

/** A next step that follows from what was tried; a model's own suggestion replaces it. */
function suggest({ runs, trigger }: PacketFacts): string {
  const failed = runs.filter(({ ok }) => !ok).map(({ name }) => name);
  if (failed.length > 0)
    return `Do by hand what failed: ${[...new Set(failed)].join(", ")}. Tell the caller it did not work.`;
  if (runs.length > 0) return `Start from what was already looked up (${runs.length}); do not ask for it again.`;
  if (trigger.kind === "explicit-request")
    return "Ask what they need: they asked for a person before anything was tried.";
  return "Ask what happened and where it stands: nothing was looked up or tried yet.";
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
