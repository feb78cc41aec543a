// Sees every commit, dial and spoken line of a run, and holds them against the invariants.
import { isDeepStrictEqual } from "node:util";
import { type AgentId, type CallId, EscalationId, type OfferId, type OwnerToken } from "../../../src/domain/ids.ts";
import type { EpochMs } from "../../../src/domain/time.ts";
import type { Decision } from "../../../src/handoff/decision.ts";
import type { LegDocument } from "../../../src/handoff/document.ts";
import type { LineId } from "../../../src/handoff/lines.ts";
import { type CaseState, emptyCase, heldOffers, wakeAt } from "../../../src/handoff/state.ts";
import type { CaseEvent } from "../../../src/handoff/vocabulary.ts";
import type { News } from "../../../src/ports/cases.ts";
import type { Journal } from "../../../src/ports/journal.ts";
import type { SimCarrier } from "./carrier.ts";
import { cellOf, pairOf } from "./cells.ts";
import { checkCommit, checkWish, fingerprint } from "./check-commit.ts";
import { DangerWatch } from "./danger.ts";
import { type CallLog, checkDial, checkStep, type Violation, type Watch } from "./invariants.ts";
import type { SimPeople } from "./people.ts";
import type { Hold } from "./seats.ts";
import type { SimClock } from "./sim-clock.ts";
import type { Said } from "./voices.ts";

type Deps = {
  readonly clock: SimClock;
  readonly note: (line: () => string) => void;
  readonly carrier: () => SimCarrier;
  readonly people: () => SimPeople;
  readonly holds: () => ReadonlyMap<OwnerToken, Hold>;
  /** Did presence ever say so? */
  readonly given: (token: OwnerToken) => boolean;
  readonly onDuty: (agent: AgentId) => boolean;
  readonly agents: readonly AgentId[];
  /** The faults that have struck so far. */
  readonly faults: () => readonly string[];
};

type Commit = Parameters<Journal["commit"]>[0];

/** After something broke, its repair may take so long: a takeover, a look of recovery, a repeated command. */
const REPAIR_MS = 7_000;
/** A commit is asked for again for so long before it is given up. */
const UNANSWERED_MS = 1_500;

export class SimWatch implements Watch {
  readonly violations: Violation[] = [];
  readonly calls = new Map<CallId, CallLog>();
  readonly outcomes: string[] = [];
  readonly cells = new Set<string>();
  readonly pairs = new Set<string>();
  /** Called with the number of commits so far. */
  afterCommit: ((commits: number) => void) | undefined;
  commits = 0;
  /** Offers on a desk that nobody took back or took up. */
  readonly cards = new Set<OfferId>();
  readonly #deps: Deps;
  readonly #painted = new Set<OfferId>();
  readonly #dials = new Set<OfferId>();
  readonly #packets = new Map<string, string>();
  /** What changed a case when it was first told. */
  readonly #effective = new Map<CallId, Set<string>>();
  readonly #told = new Set<string>();
  readonly #wishes = new Set<string>();
  readonly #danger = new DangerWatch();
  #disturbedAt = -Infinity;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  readonly now = (): EpochMs => this.#deps.clock.now();
  get carrier(): SimCarrier {
    return this.#deps.carrier();
  }
  get holds(): ReadonlyMap<OwnerToken, Hold> {
    return this.#deps.holds();
  }
  readonly graceMs = (): number => (this.now() - this.#disturbedAt < 3 * REPAIR_MS ? REPAIR_MS : 0);
  readonly onDuty = (agent: AgentId): boolean => this.#deps.onDuty(agent);
  readonly found = (violation: Violation): void => {
    const name = `${violation.invariant} ${violation.what.slice(0, 20)}`;
    // Once is enough: a bound that is broken is broken at every further step.
    if (this.#told.has(name)) return;
    this.#told.add(name);
    this.violations.push(violation);
    this.#deps.note(() => `*** ${violation.invariant}: ${violation.what}`);
  };

  /** Something broke that no budget of a healthy run covers. */
  readonly disturbed = (): void => {
    this.#disturbedAt = this.now();
  };

  /** The node that spoke with these callers died. */
  muted(calls: readonly CallId[]): void {
    for (const call of calls) {
      const log = this.calls.get(call);
      if (log && log.leftAt === undefined) log.mutedAt = this.now();
    }
  }

  callOf(token: OwnerToken): CallId | undefined {
    const escalation = EscalationId(token.slice(0, token.lastIndexOf(".", token.lastIndexOf(".") - 1)));
    return [...this.calls.values()].find((log) => log.escalations.has(escalation))?.call;
  }

  step(): void {
    checkStep(this);
    const about = { now: this.now(), grace: this.graceMs() };
    for (const { call, state } of this.calls.values()) {
      this.#danger.step(call, { state, leg: this.carrier.callers.get(call) }, { ...about, say: this.#inDanger(call) });
    }
  }

  readonly #inDanger =
    (call: CallId) =>
    (what: string): void =>
      this.found({ invariant: "H14", what: `${call} ${what}` });

  /** A line was heard to its end. */
  ended(call: CallId, line: LineId): void {
    this.#danger.heard(call, line);
  }

  /** H14: whoever is answered by an assistant hears first that it is one. */
  reads(call: CallId, document: LegDocument, first: boolean): void {
    if (first && document.kind === "assistant" && document.first[0]?.line !== "disclosure")
      this.found({ invariant: "H14", what: `${call} was not told that an assistant speaks` });
    this.#danger.reads(call, document, { now: this.now(), say: this.#inDanger(call) });
  }

  dials(call: CallId, offer: OfferId): void {
    checkDial(this, { call, offer, committed: this.#dials.has(offer) });
  }

  speaks(call: CallId, ms: number): void {
    const log = this.calls.get(call);
    if (!log) return;
    log.voiceUntil = Math.max(log.voiceUntil, this.now() + ms);
    log.mutedAt = undefined;
  }

  /** H5: one version is one text, everywhere. */
  shown(packet: { readonly escalation: string; readonly version: number; readonly hash: string }): void {
    const name = `${packet.escalation} v${packet.version}`;
    const known = this.#packets.get(name);
    if (known !== undefined && known !== packet.hash) {
      this.found({ invariant: "H5", what: `${name} was shown with two texts` });
    }
    this.#packets.set(name, packet.hash);
  }

  /** The journal with its commits checked as they are made, before anything is performed (H10). */
  watched(journal: Journal): Journal {
    return {
      ...journal,
      commit: async (commit) => {
        const answer = await journal.commit(commit);
        if (answer.kind === "committed") this.#committed(commit);
        return answer;
      },
    };
  }

  heard({ call, line, ms }: Said): void {
    this.speaks(call, ms);
    this.#danger.begins(call, line, { now: this.now(), say: this.#inDanger(call) });
    const log = this.calls.get(call);
    if (!log) return;
    const { state } = log;
    const promises = line === "promise" || line === "next-agent" || line === "announce";
    // What a store has not answered yet, no node can know.
    const unknownMs = this.graceMs() > 0 ? UNANSWERED_MS : 0;
    if (promises && heldOffers(state).length === 0 && this.now() - log.heldUntil > unknownMs) {
      this.found({ invariant: "H2", what: `${call} heard "${line}" with nobody reserved` });
    }
    if (line === "callback-confirmed" && !state.escalation?.callback) {
      this.found({ invariant: "H2", what: `${call} heard a callback confirmed that is not stored` });
    }
    if (log.silentSince !== undefined && this.now() - log.silentSince > unknownMs) {
      this.found({ invariant: "H9", what: `${call} heard the assistant say "${line}" while ${state.handoff.kind}` });
    }
  }

  /** H10: deciding again from the recorded events gives the recorded state. */
  async replays(journal: Journal, again: (state: CaseState, event: CaseEvent) => Decision): Promise<void> {
    for (const { call, state } of this.calls.values()) {
      let replayed = emptyCase;
      let seq = 0;
      for (const entry of await journal.entries(call)) {
        seq += 1;
        if (entry.seq !== seq) this.found({ invariant: "H10", what: `${call}: entry ${seq} is missing` });
        replayed = again(replayed, entry.event).state;
      }
      if (!isDeepStrictEqual(replayed, state)) this.found({ invariant: "H10", what: `${call}: replay ends elsewhere` });
    }
  }

  #committed(commit: Commit): void {
    const call = commit.caseId as CallId;
    const log = this.calls.get(call) ?? newLog(call);
    this.calls.set(call, log);
    // A commit repeated because its answer was lost is one commit.
    if (commit.seq <= log.seq) return;
    const { event, state } = commit;
    const before = log.state;
    const { kind } = state.handoff;
    const cell = cellOf(before.handoff.kind, event.kind);
    this.cells.add(cell);
    for (const fault of this.#deps.faults()) this.pairs.add(pairOf(fault, cell));
    this.#deps.note(() => `${call} ${event.kind}: ${before.handoff.kind} → ${kind}`);
    const effects = commit.jobs.map((job) => job.effect);
    checkCommit({ before, after: state, event, effects }, (invariant, what) =>
      this.found({ invariant, what: `${call}: ${what}` }),
    );
    this.#danger.committed(call, { before, after: state, event }, { now: this.now(), say: this.#inDanger(call) });
    this.#checkRepeated(call, before, commit);
    if (heldOffers(before).length > 0) log.heldUntil = this.now();
    log.seq = commit.seq;
    log.state = state;
    log.wakeAt = wakeAt(state);
    if (state.escalation) log.escalations.add(state.escalation.id);
    if (event.kind === "caller-left") log.leftAt ??= event.at;
    if (event.kind === "packet-painted") this.#painted.add(event.offer);
    for (const effect of effects) if (effect.kind === "dial-agent") this.#ordered(effect.offer, event);
    this.#checkReserved(call, commit);
    this.#checkOneHolder(log);
    this.#follow(log, before);
    this.commits += 1;
    this.afterCommit?.(this.commits);
  }

  /** H7: what had its effect has it once, however often and late it is told again. */
  #checkRepeated(call: CallId, before: CaseState, { event, state }: Commit): void {
    const name = fingerprint(event);
    if (name === undefined || isDeepStrictEqual(before.handoff, state.handoff)) return;
    const effective = this.#effective.get(call) ?? new Set();
    this.#effective.set(call, effective);
    if (effective.has(name)) this.found({ invariant: "H7", what: `${call}: "${name}" changed the case twice` });
    effective.add(name);
  }

  /** Painted, or the wait for the paint is over and the case is degraded: nothing else may start the ring. */
  #ordered(offer: OfferId, event: CaseEvent): void {
    this.#dials.add(offer);
    if (this.#painted.has(offer) || event.kind === "time-passed") return;
    this.found({ invariant: "H5", what: `${offer} was dialled before its card` });
  }

  /** H4: nobody is in two cases at once. */
  #checkOneHolder(log: CallLog): void {
    for (const { agent } of heldOffers(log.state)) {
      for (const other of this.calls.values()) {
        if (other === log || !heldOffers(other.state).some((offer) => offer.agent === agent)) continue;
        this.found({ invariant: "H4", what: `${log.call} holds ${agent}, who is held by ${other.call}` });
      }
    }
  }

  /** What a caller wished was told: it counts in that very event, or was told before. */
  told(call: CallId, news: News, answer: { readonly before: CaseState | undefined; readonly after: CaseState }): void {
    const name =
      news.kind === "escalation-decided" ? news.escalation : news.kind === "caller-pressed" ? news.press : "";
    if (!name || this.#wishes.has(name)) return;
    this.#wishes.add(name);
    const wrong = checkWish(news, answer.before ?? emptyCase, answer.after);
    if (wrong) this.found({ ...wrong, what: `${call}: ${wrong.what}` });
  }

  /** H13: whom presence did not give may not be offered. */
  #checkReserved(call: CallId, { event, state }: Commit): void {
    if (event.kind !== "agent-reserved" || !heldOffers(state).some(({ token }) => token === event.token)) return;
    if (!this.#deps.given(event.token)) {
      this.found({ invariant: "H13", what: `${call} was offered ${event.agent}, whom presence never gave` });
    }
  }

  #follow(log: CallLog, before: CaseState): void {
    const { state, call } = log;
    const { handoff } = state;
    const { kind } = handoff;
    const people = this.#deps.people();
    for (const { agent } of state.wrapUps) {
      if (!before.wrapUps.some((one) => one.agent === agent)) people.wrapsUp(call, agent);
    }
    this.#followSearch(log, before);
    const silent = kind === "moving" || kind === "bridged" || kind === "consulting";
    log.silentSince = silent ? (log.silentSince ?? this.now()) : undefined;
    this.deserted(log);
    if (before.handoff.kind === kind) return;
    if (handoff.kind === "bridged") people.bridged(call, handoff.offer.agent, handoff.offer.leg);
    if (handoff.kind !== "closed") return;
    this.outcomes.push(handoff.outcome);
    if (state.caller && state.caller.place !== "gone") people.served(call);
  }

  /** The budget runs from the decision, or from when the next free agent is there for a caller who waited. */
  #followSearch(log: CallLog, before: CaseState): void {
    const { escalation, handoff } = log.state;
    const last = before.escalation;
    const anew = escalation?.id !== last?.id || escalation?.handoffs !== last?.handoffs;
    // In danger to life there is no fallback: who rings goes on ringing, and the next one is tried (H14).
    const danger = escalation?.decision.emergency === true;
    if (danger || (handoff.kind !== "reserving" && handoff.kind !== "offering")) log.searchSince = undefined;
    else if (anew || before.handoff.kind === "waiting") log.searchSince = this.now();
  }

  /** C27: is anybody left who could take this waiting caller? */
  deserted(log: CallLog): void {
    const { handoff, escalation } = log.state;
    // In danger to life there is nothing to offer them instead (H14): people are looked for on and on.
    const danger = escalation?.decision.emergency === true;
    const waits = handoff.kind === "waiting" && !handoff.hoping && !danger;
    const nobody = waits && !this.#deps.agents.some((agent) => this.#deps.onDuty(agent));
    if (!nobody) log.desertedSince = undefined;
    else log.desertedSince ??= this.now();
  }
}

const newLog = (call: CallId): CallLog => ({
  call,
  state: emptyCase,
  seq: 0,
  wakeAt: undefined,
  voiceUntil: 0,
  heldUntil: 0,
  silentSince: undefined,
  aloneSince: undefined,
  escalations: new Set(),
});
