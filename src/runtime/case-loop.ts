// The shell of a case: a mailbox that decides nothing. An event is decided, state and effects are committed together,
// then the effects are performed; their answers come back as events.

import { Fault } from "../domain/fault.ts";
import { after, type EpochMs } from "../domain/time.ts";
import type { Decision } from "../handoff/decision.ts";
import type { HandoffPolicy } from "../handoff/policy.ts";
import { type CaseState, heldOffers, wakeAt } from "../handoff/state.ts";
import type { CaseEvent, Effect } from "../handoff/vocabulary.ts";
import type { Cases, News } from "../ports/cases.ts";
import type { Clock } from "../ports/clock.ts";
import type { Ids } from "../ports/ids.ts";
import type { CaseId, Commit, CommitAnswer, Job, Journal } from "../ports/journal.ts";
import type { NodeId } from "../domain/ids.ts";
import type { Log } from "../telemetry/log.ts";
import { commitSurely } from "./commit-surely.ts";
import { CASE_BEHIND, type OwnersOfCases, whereItIs } from "./fleet/case-owner.ts";
import { HeldElsewhere } from "./held-elsewhere.ts";
import { isStoreFault, type Known, KnownCases } from "./known-cases.ts";
import { createMailboxes } from "./mailbox.ts";
import { asUnstored, stampNews } from "./stamp-news.ts";

/** Performs one effect; its answers are delivered as events. `job`: confirm it when done. */
export type Perform = (work: {
  readonly caseId: CaseId;
  readonly effect: Effect;
  readonly state: CaseState;
  readonly job?: string;
  /** The journal refused this agent: another case has them, whatever presence says. */
  readonly heldElsewhere?: true;
}) => void;

/** Called after every commit on this node, with the event that caused it. */
export type CaseListener = (caseId: CaseId, state: CaseState, event: CaseEvent, seq: number) => void;

/** One commit, with what the case was before it: what figures are read from. */
export type CaseStep = { readonly before: CaseState; readonly after: CaseState; readonly event: CaseEvent };

/** The machine: what an event makes of a case. */
export type Decide = (state: CaseState, event: CaseEvent, policy: HandoffPolicy) => Decision;

export type CaseLoopDeps = OwnersOfCases & {
  /** Other nodes commit to the same journal: what is remembered here may be old. */
  readonly shared: boolean;
  readonly decide: Decide;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly node: NodeId;
  readonly policy: HandoffPolicy;
  /** From the promise: when a callback without a named time is due. */
  readonly callbackDueMs: number;
  readonly log: Log;
};

export type CaseLoop = Cases & {
  /** Effects go here; set once, before the first event. */
  performWith(perform: Perform): void;
  onCommit(listener: CaseListener): () => void;
  /** The same commits, each with the state before. */
  onStep(listener: (step: CaseStep) => void): () => void;
  /** Every state of a case this node comes to know, other nodes' commits included. */
  onChange(listener: (caseId: CaseId, state: CaseState) => void): () => void;
  /** Another node committed this; `interesting`: somebody here follows the case. */
  heard(caseId: CaseId, seq: number, interesting: boolean): void;
  /** What is remembered of it never happened, for the record: nothing is decided on it any more. */
  forget(caseId: CaseId): void;
  /** The same two of `Cases`, without looking for another node. */
  deliverHere(caseId: CaseId, news: News, actor: string): Promise<CaseState>;
  stateHere(caseId: CaseId): Promise<CaseState | undefined>;
  /** The place of the newest event this node knows of; `undefined`: it has no memory of the case. */
  seqOf(caseId: CaseId): number | undefined;
  /** Looks at a case again because its time has come, or because its owner is gone. */
  wake(caseId: CaseId): Promise<CaseState>;
  /** Cases this node looks after: somebody is on the line, or a deadline runs. */
  count(): number;
  /** Cases this node looks after whose caller is on the line. */
  callers(): number;
  idle(): Promise<void>;
  close(): void;
};

/** Effects that are worthless late: performed, never kept. Everything else is a job until it is confirmed. */
const EPHEMERAL: ReadonlySet<Effect["kind"]> = new Set([
  "speak",
  "cut-speech",
  "keep-company",
  "resume-assistant",
  "silence-assistant",
]);

/** Another node may win the same place this often before something is wrong. */
const RACES_MAX = 8;

export const createCaseLoop = (deps: CaseLoopDeps): CaseLoop => new LocalCaseLoop(deps);

class LocalCaseLoop implements CaseLoop {
  readonly #deps: CaseLoopDeps;
  readonly #mailboxes = createMailboxes<CaseId>();
  readonly #known: KnownCases;
  readonly #listeners = new Set<CaseListener>();
  readonly #steps = new Set<(step: CaseStep) => void>();
  readonly #watchers = new Set<(caseId: CaseId, state: CaseState) => void>();
  readonly #heldElsewhere = new HeldElsewhere();
  #perform: Perform | undefined;

  constructor(deps: CaseLoopDeps) {
    this.#deps = deps;
    const { journal, clock, log } = deps;
    const due = (caseId: CaseId): Promise<CaseState> => this.deliver(caseId, { kind: "time-passed" }, "clock");
    this.#known = new KnownCases({ journal, clock, log, due });
  }

  deliver(caseId: CaseId, news: News, actor: string): Promise<CaseState> {
    return whereItIs(this.#deps, caseId, {
      here: () => this.#deliver(caseId, news, actor, false),
      there: (elsewhere) => elsewhere.deliver(news, actor),
      anyway: () => this.deliverHere(caseId, news, actor),
    });
  }

  state(caseId: CaseId): Promise<CaseState | undefined> {
    return whereItIs(this.#deps, caseId, {
      here: () => this.stateHere(caseId),
      there: (elsewhere) => elsewhere.state(),
    });
  }

  deliverHere(caseId: CaseId, news: News, actor: string): Promise<CaseState> {
    return this.#deliver(caseId, news, actor, true);
  }

  seqOf(caseId: CaseId): number | undefined {
    return this.#known.get(caseId)?.seq;
  }

  remembered(caseId: CaseId): CaseState | undefined {
    return this.#known.get(caseId)?.state;
  }

  async stateHere(caseId: CaseId): Promise<CaseState | undefined> {
    const known = this.#known.get(caseId)?.state;
    return known && !this.#deps.shared ? known : this.#known.newest(caseId);
  }

  performWith(perform: Perform): void {
    this.#perform = perform;
  }

  onCommit(listener: CaseListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  onStep(listener: (step: CaseStep) => void): () => void {
    this.#steps.add(listener);
    return () => void this.#steps.delete(listener);
  }

  onChange(listener: (caseId: CaseId, state: CaseState) => void): () => void {
    this.#watchers.add(listener);
    return () => void this.#watchers.delete(listener);
  }

  heard(caseId: CaseId, seq: number, interesting: boolean): void {
    if ((this.#known.get(caseId)?.seq ?? (interesting ? 0 : seq)) >= seq) return;
    this.#known.toldOf(caseId, seq);
    this.#mailboxes
      .post(caseId, async () => {
        if ((this.#known.get(caseId)?.seq ?? 0) >= seq) return;
        const now = await this.#deps.journal.load(caseId);
        if (!now) return;
        this.#remember(caseId, now);
        for (const watcher of this.#watchers) watcher(caseId, now.state);
      })
      .catch((err: unknown) => this.#deps.log.warn({ case: caseId, err }, "another node's commit could not be read"));
  }

  forget(caseId: CaseId): void {
    this.#known.forget(caseId);
  }

  wake(caseId: CaseId): Promise<CaseState> {
    return whereItIs(this.#deps, caseId, {
      here: () => this.#wakeHere(caseId, false),
      there: (elsewhere) => elsewhere.deliver({ kind: "time-passed" }, "clock"),
      anyway: () => this.#wakeHere(caseId, true),
    });
  }

  #wakeHere(caseId: CaseId, anyway: boolean): Promise<CaseState> {
    return this.#mailboxes.post(caseId, async () => {
      await this.#known.reload(caseId);
      return this.#step(caseId, { kind: "time-passed", at: this.#deps.clock.now() }, "clock", anyway);
    });
  }

  #deliver(caseId: CaseId, news: News, actor: string, anyway: boolean): Promise<CaseState> {
    return this.#mailboxes.post(caseId, () => this.#step(caseId, stampNews(news, this.#deps), actor, anyway));
  }

  count(): number {
    return this.#known.count;
  }

  callers(): number {
    return this.#known.callers;
  }

  idle(): Promise<void> {
    return this.#mailboxes.idle();
  }

  close(): void {
    this.#known.close();
  }

  /** @param anyway also on a state that is known to be old and cannot be loaded anew */
  async #step(caseId: CaseId, event: CaseEvent, actor: string, anyway: boolean): Promise<CaseState> {
    if (this.#known.isBehind(caseId) && !(await this.#known.reload(caseId)) && !anyway) throw behind(caseId);
    let newest = !this.#deps.shared || this.#known.get(caseId) === undefined;
    for (let race = 0; race < RACES_MAX; race += 1) {
      const before = await this.#known.load(caseId, event);
      const { state, effects } = this.#deps.decide(before.state, event, this.#deps.policy);
      if (state === before.state && effects.length === 0) {
        // Nothing to do in an old state may be something to do in the newest one.
        if (newest || !(await this.#known.reload(caseId))) {
          this.#known.keepAwake(caseId, before);
          return before.state;
        }
        newest = true;
        continue;
      }
      const seq = before.seq + 1;
      const work = effects.map((effect, place) => ({ effect, job: `${caseId}:${seq}:${place}` }));
      const commit = {
        caseId,
        seq,
        event,
        actor,
        state,
        jobs: work.filter(({ effect }) => isKept(effect)).map(({ effect, job }): Job => ({ id: job, effect })),
        held: heldOffers(state).map(({ agent }) => agent),
        ...wakeOf(state),
        node: this.#deps.node,
      };
      const answer = await this.#commit(commit);
      if (answer === "decide-unstored") return this.#step(caseId, asUnstored(event), actor, anyway);
      if (answer.kind === "agent-held") return this.#giveBack(caseId, event, before.state);
      if (answer.kind === "committed") {
        this.#committed(caseId, { seq, state }, { before: before.state, after: state, event });
        for (const { effect, job } of work) this.#do({ caseId, effect, state, ...(isKept(effect) ? { job } : {}) });
        return state;
      }
      this.#known.forget(caseId);
      newest = true;
    }
    throw new Fault("case-contended", {
      blame: "gateway",
      retryable: true,
      message: `case ${caseId}: ${RACES_MAX} commits in a row lost to other nodes`,
    });
  }

  async #commit(commit: Commit): Promise<CommitAnswer | "decide-unstored"> {
    try {
      return await commitSurely(this.#deps, commit);
    } catch (err) {
      // The journal went away with this very event, which was decided as if it could be confirmed aloud.
      if (isStoreFault(err) && asUnstored(commit.event) !== commit.event) return "decide-unstored";
      throw err;
    }
  }

  #do(work: Parameters<Perform>[0]): void {
    if (!this.#perform) throw new Error("case loop: performWith was not called before the first event");
    this.#perform(work);
  }

  #committed(caseId: CaseId, now: Known, step: CaseStep): void {
    this.#remember(caseId, now);
    for (const listener of this.#steps) listener(step);
    for (const listener of this.#listeners) listener(caseId, now.state, step.event, now.seq);
    for (const watcher of this.#watchers) watcher(caseId, now.state);
  }

  #remember(caseId: CaseId, now: Known): void {
    if (!("attempt" in now.state.handoff)) this.#heldElsewhere.forget(caseId);
    this.#known.remember(caseId, now);
  }

  /** The journal knows that another case holds this agent (H4): the reservation is void, and another one is asked for. */
  #giveBack(caseId: CaseId, event: CaseEvent, state: CaseState): CaseState {
    if (event.kind !== "agent-reserved") {
      throw new Error(`case ${caseId}: the event ${event.kind} was refused because an agent is held elsewhere`);
    }
    const { agent, token } = event;
    this.#deps.log.warn({ case: caseId, agent }, "presence proposed an agent whom another case holds");
    this.#do({
      caseId,
      state,
      effect: { kind: "release-agent", agent, token, next: "available" },
      heldElsewhere: true,
    });
    const expiresAt = after(this.#deps.clock.now(), this.#deps.policy.reservationMs);
    const again = this.#heldElsewhere.insteadOf(caseId, event, state, expiresAt);
    if (again) this.#do({ caseId, state, effect: again });
    return state;
  }
}

const behind = (caseId: CaseId): Fault =>
  new Fault(CASE_BEHIND, {
    blame: "store",
    retryable: true,
    message: `case ${caseId}: another node has gone on with it, and the record does not say how`,
  });

const isKept = (effect: Effect): boolean => !EPHEMERAL.has(effect.kind);

const wakeOf = (state: CaseState): { wakeAt?: EpochMs } => {
  const at = wakeAt(state);
  return at === undefined ? {} : { wakeAt: at };
};
