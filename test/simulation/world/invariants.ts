// What must hold after every step, and at the end, of every run (design §3). A violation names its invariant.
import type { AgentId, CallId, EscalationId, OfferId, OwnerToken } from "../../../src/domain/ids.ts";
import type { EpochMs } from "../../../src/domain/time.ts";
import type { CaseState } from "../../../src/handoff/state.ts";
import { heldOffers } from "../../../src/handoff/state.ts";
import type { AgentLeg, SimCarrier } from "./carrier.ts";
import type { Hold } from "./seats.ts";

export type Violation = { readonly invariant: string; readonly what: string };

/** What is remembered of one call while its world runs. */
export type CallLog = {
  readonly call: CallId;
  state: CaseState;
  seq: number;
  wakeAt: EpochMs | undefined;
  /** When the departure was committed. */
  leftAt?: EpochMs;
  /** Since when a person is being looked for, without an end in sight. */
  searchSince?: EpochMs | undefined;
  /** Something is audible on the caller's line until then. */
  voiceUntil: number;
  /** The node that spoke died then, and nobody has spoken since. */
  mutedAt?: EpochMs | undefined;
  /** Everybody who could take the waiting caller has been away since then. */
  desertedSince?: EpochMs | undefined;
  /** An agent was held until then; now, while one is. */
  heldUntil: number;
  /** Since when they are in the room with nobody, and nobody on the way. */
  aloneSince: number | undefined;
  /** Since when the assistant has to be silent. */
  silentSince: number | undefined;
  readonly escalations: Set<EscalationId>;
};

export type Watch = {
  readonly now: () => EpochMs;
  readonly carrier: SimCarrier;
  readonly calls: ReadonlyMap<CallId, CallLog>;
  readonly holds: ReadonlyMap<OwnerToken, Hold>;
  /** A node died, or a store or the carrier is not answering: time bounds have the repair's time added. */
  readonly graceMs: () => number;
  readonly onDuty: (agent: AgentId) => boolean;
  readonly found: (violation: Violation) => void;
};

const COMMAND_MS = 1_100;
const STRAY_MS = 6_100;
/** A create may be without an answer for so long; nobody can end what nobody knows. */
const UNKNOWN_MS = 3_700;
const FALLBACK_BY_MS = 28_500;
const OVERDUE_MS = 5_300;
const VOICE_BACK_MS = 4_300;
const SILENCE_MS = 4_200;
const TOLD_MS = 5_000;
const ALONE_MS = 3_100;

/** Checked after every piece of work. */
export function checkStep(watch: Watch): void {
  const now = watch.now();
  const grace = watch.graceMs();
  for (const log of watch.calls.values()) {
    checkOrphans(watch, log, { now, grace });
    followRoom(watch, log, now);
    if (log.leftAt !== undefined) checkGone(watch, log, now - log.leftAt - grace);
    else checkPresent(watch, log, { now, grace });
    if (log.wakeAt !== undefined && now - log.wakeAt > OVERDUE_MS) {
      found(
        watch,
        "H11",
        log,
        `nobody looked at the case ${now - log.wakeAt} ms after its time (${log.state.handoff.kind})`,
      );
    }
  }
  checkHolds(watch, grace);
}

const found = (watch: Watch, invariant: string, { call }: CallLog, what: string): void =>
  watch.found({ invariant, what: `${call}: ${what}` });

function checkGone(watch: Watch, log: CallLog, goneMs: number): void {
  if (goneMs > 0 && heldOffers(log.state).length > 0) found(watch, "H6", log, "holds an agent after its caller left");
  for (const leg of watch.carrier.legsOf(log.call)) {
    if (leg.phase === "over") continue;
    const bound =
      leg.phase === "answered" || leg.phase === "room" ? STRAY_MS : leg.unanswered ? UNKNOWN_MS : COMMAND_MS;
    if (goneMs > bound) found(watch, "H6", log, `${leg.leg} is ${leg.phase} ${goneMs} ms after its caller left`);
  }
}

function checkPresent(watch: Watch, log: CallLog, { now, grace }: { now: EpochMs; grace: number }): void {
  const { handoff } = log.state;
  const since = (at: number | undefined): number => (at === undefined ? 0 : now - at);
  if (since(log.searchSince) > FALLBACK_BY_MS + grace) {
    found(watch, "budget", log, `no fallback ${since(log.searchSince)} ms after the decision`);
  }
  const there = watch.carrier.callers.get(log.call)?.phase !== "over";
  if (there && since(log.mutedAt) > VOICE_BACK_MS) {
    found(watch, "H11", log, `no voice ${since(log.mutedAt)} ms after the node died`);
  }
  if (grace === 0 && there && isHeldByVoice(log) && now - log.voiceUntil > SILENCE_MS) {
    found(watch, "C17", log, `silence for ${now - log.voiceUntil} ms while ${handoff.kind}`);
  }
  if (since(log.desertedSince) > TOLD_MS + grace) {
    found(watch, "C27", log, `waits for ${since(log.desertedSince)} ms although nobody is on duty`);
  }
  if (since(log.aloneSince) > ALONE_MS + grace) {
    found(watch, "H1", log, `is alone in the room for ${since(log.aloneSince)} ms`);
  }
  if (handoff.kind !== "accepted") return;
  for (const leg of watch.carrier.legsOf(log.call)) {
    if (leg.phase === "room" && since(leg.roomSince) > ALONE_MS + grace) {
      found(watch, "H6", log, `${leg.leg} waits in the room and the caller is not on the way`);
    }
  }
}

function followRoom(watch: Watch, log: CallLog, now: number): void {
  const inRoom = watch.carrier.callers.get(log.call)?.phase === "room";
  const alone = inRoom && !watch.carrier.legsOf(log.call).some(({ phase }) => phase === "room");
  log.aloneSince = alone ? (log.aloneSince ?? now) : undefined;
}

/** From the decision to the bridge, while the line is up and not on its way into the room. */
function isHeldByVoice({ state: { handoff, caller } }: CallLog): boolean {
  if (caller?.place !== "assistant") return false;
  switch (handoff.kind) {
    case "waiting":
    case "offering":
    case "offering-fallback":
    case "capturing-callback":
      return true;
    default:
      return false;
  }
}

/** Nobody's phone rings, and nobody waits on the line, for a case that does not want them any more. */
function checkOrphans(watch: Watch, log: CallLog, { now, grace }: { now: number; grace: number }): void {
  for (const leg of watch.carrier.legsOf(log.call)) {
    if (leg.phase === "over") continue;
    leg.orphanSince = isHeldOffer(log, leg) ? undefined : (leg.orphanSince ?? now);
    const bound = leg.phase === "answered" || leg.phase === "room" ? STRAY_MS + COMMAND_MS : UNKNOWN_MS + COMMAND_MS;
    const late = leg.orphanSince === undefined ? 0 : now - leg.orphanSince - grace;
    if (late > bound) found(watch, "H6", log, `${leg.leg} is ${leg.phase} ${late} ms after its case gave it up`);
  }
}

function isHeldOffer({ state: { handoff } }: CallLog, { offer }: AgentLeg): boolean {
  if ("offer" in handoff && handoff.offer?.id === offer) return true;
  return handoff.kind === "consulting" && handoff.bridge.id === offer;
}

/** Nobody stays reserved for a case that does not hold them any more. */
function checkHolds(watch: Watch, grace: number): void {
  const now = watch.now();
  for (const [token, hold] of watch.holds) {
    const log = hold.call === undefined ? undefined : watch.calls.get(hold.call);
    if (!log || hold.status === "wrap-up" || now <= hold.since) continue;
    hold.lostAt = isHeldBy(log, token) ? undefined : (hold.lostAt ?? now);
    const late = hold.lostAt === undefined ? 0 : now - hold.lostAt - grace;
    if (late <= COMMAND_MS) continue;
    const invariant = log.leftAt === undefined ? "H4" : "H6";
    found(watch, invariant, log, `${hold.agent} is still ${hold.status} ${late} ms after the case let go`);
  }
}

const isHeldBy = ({ state }: CallLog, token: OwnerToken): boolean =>
  heldOffers(state).some((offer) => offer.token === token) || state.wrapUps.some((wrapUp) => wrapUp.token === token);

/** Checked when the carrier is asked to ring somebody. */
export function checkDial(
  watch: Watch,
  dial: { readonly call: CallId; readonly offer: OfferId; readonly committed: boolean },
): void {
  const { carrier } = watch;
  const legs = carrier.legsOf(dial.call);
  if (carrier.creates.has(dial.offer)) watch.found({ invariant: "H8", what: `${dial.offer} was dialled twice` });
  if (!dial.committed) watch.found({ invariant: "H10", what: `${dial.offer} was dialled before its record` });
  // While the carrier does not answer endings, a ring may outlast them.
  if (watch.graceMs() > 0) return;
  const other = legs.find((leg) => leg.phase === "ringing" && isWanted(watch, dial.call, leg));
  if (other)
    watch.found({ invariant: "C20", what: `${dial.offer} was dialled while ${other.leg} rings for the same case` });
}

function isWanted({ calls, now }: Watch, call: CallId, leg: AgentLeg): boolean {
  const state = calls.get(call)?.state;
  if (!state || leg.unanswered || now() - leg.ringingSince < COMMAND_MS + 600) return false;
  return !state.strays.some((stray) => stray.offer === leg.offer);
}

/** Checked when everything has had time to end. */
export function checkEnd(watch: Watch): void {
  for (const log of watch.calls.values()) checkCaseEnd(watch, log);
  for (const leg of watch.carrier.agentLegs.values()) {
    if (leg.phase !== "over") watch.found({ invariant: "H1", what: `${leg.leg} is still ${leg.phase}` });
  }
  for (const caller of watch.carrier.callers.values()) {
    if (caller.phase !== "over") watch.found({ invariant: "H1", what: `${caller.call} is still ${caller.phase}` });
  }
  for (const hold of watch.holds.values()) {
    if (hold.status !== "wrap-up") watch.found({ invariant: "H4", what: `${hold.agent} is still ${hold.status}` });
  }
}

function checkCaseEnd(watch: Watch, log: CallLog): void {
  const { caller, handoff, escalation, strays, wrapUps } = log.state;
  if (handoff.kind !== "closed" && handoff.kind !== "none") found(watch, "H1", log, `ended in ${handoff.kind}`);
  if (handoff.kind === "closed" && escalation && escalation.outcome === undefined) {
    found(watch, "H1", log, "closed without an outcome");
  }
  if (caller && caller.place !== "gone" && watch.carrier.callers.get(log.call)?.phase === "over") {
    found(watch, "H1", log, "is still looked after, and its caller hung up long ago");
  }
  if (strays.length > 0) found(watch, "H6", log, "still has stray legs");
  if (wrapUps.length > 0) found(watch, "H1", log, "still has closing work");
}
