// Builds, stores and serves the packet of a case. The version rises only when its content changes, and the same text
// is hashed, stored and shown everywhere (H5).

import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import type { EscalationId } from "../domain/ids.ts";
import { after, EpochMs } from "../domain/time.ts";
import type { DecisionFacts } from "../escalation/decision.ts";
import type { CaseState } from "../handoff/state.ts";
import { buildPacket, type Insight } from "../packet/build-packet.ts";
import type { Packet } from "../packet/packet.ts";
import { whisperOf } from "../packet/whisper.ts";
import type { Clock } from "../ports/clock.ts";
import { isVendorReport } from "./hosted/vendor-report.ts";
import type { Conversations, StoredPacket } from "../ports/conversations.ts";
import type { CaseId } from "../ports/journal.ts";
import type { Turn } from "../turns/turn.ts";
import { createMailboxes } from "./mailbox.ts";

/** Earlier contacts in a packet: what an agent reads in seconds. */
const HISTORY_MAX = 5;

/** A packet that was made ahead is not taken after this, in milliseconds. */
const AHEAD_MS = 500;

export type PacketRoom = {
  /**
   * Somebody was found for the case: its packet is made while that is stored, and the next `current` takes it. Does not
   * throw and does not wait.
   */
  ahead(caseId: CaseId, state: CaseState): void;
  /** More is known of the case: what was made ahead is old. */
  changed(caseId: CaseId): void;
  /** The packet as of now; stored under a new version if anything but the time changed. */
  current(caseId: CaseId, state: CaseState): Promise<StoredPacket>;
  whisper(escalation: EscalationId): Promise<string>;
};

type Deps = {
  readonly conversations: Conversations;
  readonly clock: Clock;
  /** What can be judged from the turns alone. */
  readonly insight: (turns: readonly Turn[], language: string) => Insight;
};

export function createPacketRoom(deps: Deps): PacketRoom {
  const mailboxes = createMailboxes<CaseId>();
  const made = new Map<CaseId, Ahead>();
  const anew = (caseId: CaseId, state: CaseState): Promise<StoredPacket> =>
    mailboxes.post(caseId, () => refresh(deps, caseId, state));
  const { clock } = deps;
  return {
    ahead: (caseId, state) => {
      const packet = anew(caseId, state);
      const mine = { state, packet };
      made.set(caseId, mine);
      const forget = (): void => void (made.get(caseId) === mine && made.delete(caseId));
      clock.at(after(clock.now(), AHEAD_MS), forget);
      // Whoever needs it makes it anew, and hears why that fails.
      packet.catch(forget);
    },
    changed: (caseId) => void made.delete(caseId),
    current: (caseId, state) => {
      const found = made.get(caseId);
      made.delete(caseId);
      if (!found || !sameCase(found.state, state)) return anew(caseId, state);
      return found.packet.catch(() => anew(caseId, state));
    },
    whisper: async (escalation) => {
      const stored = await deps.conversations.packet(escalation);
      return stored ? whisperOf(parsePacket(stored.json)) : "A caller asks for you.";
    },
  };
}

type Ahead = { readonly state: CaseState; readonly packet: Promise<StoredPacket> };

/** The same decision, for the same team and caller. */
const sameCase = ({ escalation: a, caller: x }: CaseState, { escalation: b, caller: y }: CaseState): boolean =>
  a?.id === b?.id && a?.decision === b?.decision && a?.target === b?.target && x?.language === y?.language;

async function refresh(deps: Deps, caseId: CaseId, state: CaseState): Promise<StoredPacket> {
  const { escalation } = state;
  if (!escalation) throw new Error(`case ${caseId} has no escalation to build a packet of`);
  const { conversations } = deps;
  const parts = await conversations.packetParts({ caseId, escalation: escalation.id, historyMax: HISTORY_MAX + 1 });
  const { caller, turns, history, notes, insight: judged, packet: last } = parts;
  const runs = parts.runs.filter(({ name }) => !isVendorReport(name));
  const language = state.caller?.language ?? "en";
  const packet = buildPacket({
    escalationId: escalation.id,
    callId: caseId,
    version: (last?.version ?? 0) + 1,
    createdAt: deps.clock.now(),
    language,
    ...(caller ? { caller } : {}),
    trigger: {
      kind: escalation.decision.trigger,
      because: escalation.decision.because,
      evidence: escalation.decision.evidence,
    },
    turns,
    runs,
    history: history
      .filter((past) => past.escalation !== escalation.id)
      .slice(0, HISTORY_MAX)
      .map(({ escalation: escalationId, ...past }) => ({ escalationId, ...past })),
    hops: notes.flatMap((note) => hopOf(note)),
    insight: { ...deps.insight(turns, language), ...judged, ...measured(escalation.decision) },
  });
  if (last && sameContent(parsePacket(last.json), packet)) return last;
  const json = canonical(packet);
  const stored: StoredPacket = { escalation: escalation.id, version: packet.version, hash: sha256(json), json };
  await conversations.savePacket(stored);
  // Two nodes may make a version in the same moment, and what is stored is what everybody shows. The first version is made
  // by the one node that has found an agent.
  const kept = stored.version === 1 ? stored : await conversations.packet(stored.escalation, stored.version);
  return kept === undefined || kept.hash === stored.hash ? stored : refresh(deps, caseId, state);
}

/** A decision by confidence keeps the numbers it was made with, whatever is judged later. */
function measured({ trigger, signals, thresholds }: DecisionFacts): Pick<Insight, "confidence" | "floor"> {
  const { confidence } = signals;
  const floor = thresholds["confidence"];
  return trigger !== "confidence" || confidence === undefined || floor === undefined ? {} : { confidence, floor };
}

function hopOf(note: { readonly kind: string; readonly json: string; readonly at: Packet["createdAt"] | number }) {
  if (note.kind !== "hop") return [];
  const hop: unknown = JSON.parse(note.json);
  return isHop(hop) ? [{ ...hop, at: EpochMs(Number(note.at)) }] : [];
}

const isHop = (value: unknown): value is { from: string; to: string; note: string } =>
  typeof value === "object" && value !== null && "from" in value && "to" in value && "note" in value;

const sameContent = (a: Packet, b: Packet): boolean => canonical(bare(a)) === canonical(bare(b));

const bare = ({ version: _version, createdAt: _createdAt, ...content }: Packet): object => content;

/** RFC 8785. */
function canonical(value: object): string {
  const text = canonicalize(value);
  if (text === undefined) throw new Error("a packet has no canonical form");
  return text;
}

const sha256 = (text: string): string => createHash("sha256").update(text, "utf8").digest("hex");

/** Only texts this module stored are read back. */
const parsePacket = (json: string): Packet => JSON.parse(json);
