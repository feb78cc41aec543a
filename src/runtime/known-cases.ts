// The cases this node looks after: what it last knew of each, and the wake-up that each of them waits for. Other nodes may
// have gone on with a case meanwhile; the journal says so, and while it is away what is remembered stands (H13).

import { Fault } from "../domain/fault.ts";
import { after } from "../domain/time.ts";
import { type CaseState, emptyCase, wakeAt } from "../handoff/state.ts";
import type { CaseEvent } from "../handoff/vocabulary.ts";
import type { Clock } from "../ports/clock.ts";
import type { CaseId, Journal } from "../ports/journal.ts";
import type { Log } from "../telemetry/log.ts";

/** A case as it was after the commit with this place in the journal; 0 for one that nothing has happened to. */
export type Known = { readonly seq: number; readonly state: CaseState };

type Deps = {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly log: Log;
  /** The time of a case has come. What fails is logged and tried again. */
  readonly due: (caseId: CaseId) => Promise<unknown>;
};

const STORE_RETRY_MS = 500;

/** Owns the timers of this node's cases; `close` gives them up. */
export class KnownCases {
  readonly #deps: Deps;
  readonly #known = new Map<CaseId, Known>();
  /** The newest place another node has told of, where what is remembered is older. */
  readonly #told = new Map<CaseId, number>();
  readonly #timers = new Map<CaseId, () => void>();
  #closed = false;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  get(caseId: CaseId): Known | undefined {
    return this.#known.get(caseId);
  }

  /** Cases this node looks after: somebody is on the line, or a deadline runs. */
  get count(): number {
    return this.#known.size;
  }

  /** Cases this node looks after whose caller is on the line. */
  get callers(): number {
    return [...this.#known.values()].filter(({ state }) => state.caller && state.caller.place !== "gone").length;
  }

  /** Another node has committed this; what is remembered of the case is not its newest state until it is loaded. */
  toldOf(caseId: CaseId, seq: number): void {
    if (this.#known.has(caseId)) this.#told.set(caseId, Math.max(seq, this.#told.get(caseId) ?? 0));
  }

  /** Known to be older than what another node decided. */
  isBehind(caseId: CaseId): boolean {
    return (this.#told.get(caseId) ?? 0) > (this.#known.get(caseId)?.seq ?? Infinity);
  }

  /** The case to decide on. An arrival is taken for a new call's when the journal does not answer. */
  async load(caseId: CaseId, event: CaseEvent): Promise<Known> {
    const known = this.#known.get(caseId);
    if (known) return known;
    const stored = await this.#deps.journal.load(caseId).catch((err: unknown) => {
      if (!isStoreFault(err) || event.kind !== "call-arrived") throw err;
      // New to us is new, as far as anybody can tell now; should another node know it, the replay will say so (H13).
      this.#deps.log.warn({ case: caseId, err }, "a call arrives while the journal does not answer");
      return undefined;
    });
    return stored ?? { seq: 0, state: emptyCase };
  }

  /** Looks what other nodes made of it. False: the journal does not answer, and what is remembered stays (H13). */
  async reload(caseId: CaseId): Promise<boolean> {
    try {
      const stored = await this.#deps.journal.load(caseId);
      if (stored) this.#known.set(caseId, stored);
      else this.#known.delete(caseId);
      this.#told.delete(caseId);
      return true;
    } catch (err) {
      if (!isStoreFault(err) || !this.#known.has(caseId)) throw err;
      this.#deps.log.warn({ case: caseId, err }, "a case goes on from memory: the journal does not answer");
      return false;
    }
  }

  /** What the journal says now, or what is remembered while it is away. */
  async newest(caseId: CaseId): Promise<CaseState | undefined> {
    const known = this.#known.get(caseId)?.state;
    try {
      return (await this.#deps.journal.load(caseId))?.state ?? known;
    } catch (err) {
      if (!known) throw err;
      // What is remembered is better than silence while the store is away (H13).
      this.#deps.log.warn({ case: caseId, err }, "a case is answered from memory: the journal does not answer");
      return known;
    }
  }

  /** Keeps the case and its next wake-up, or neither when nothing more is expected of it. */
  remember(caseId: CaseId, now: Known): void {
    this.#timers.get(caseId)?.();
    this.#timers.delete(caseId);
    const wake = wakeAt(now.state);
    if (wake !== undefined) this.#wakeAt(caseId, wake);
    if ((this.#told.get(caseId) ?? 0) <= now.seq) this.#told.delete(caseId);
    if (wake === undefined && atRest(now.state)) this.forget(caseId);
    else this.#known.set(caseId, now);
  }

  /** An event that changed nothing must not leave the case without its next wake-up. */
  keepAwake(caseId: CaseId, now: Known): void {
    if (this.#timers.has(caseId)) return;
    this.remember(caseId, now);
    const { clock } = this.#deps;
    if ((wakeAt(now.state) ?? Infinity) > clock.now()) return;
    // Due, and nothing came of it: never a busy loop.
    this.#wakeAt(caseId, after(clock.now(), STORE_RETRY_MS));
  }

  forget(caseId: CaseId): void {
    this.#known.delete(caseId);
    this.#told.delete(caseId);
  }

  close(): void {
    this.#closed = true;
    for (const cancel of this.#timers.values()) cancel();
    this.#timers.clear();
  }

  #wakeAt(caseId: CaseId, when: Parameters<Clock["at"]>[0]): void {
    const { clock, log } = this.#deps;
    this.#timers.get(caseId)?.();
    // What is still under way is stored; its time comes on another node.
    if (this.#closed) return;
    const look = (): void => {
      this.#timers.delete(caseId);
      this.#deps.due(caseId).catch((err: unknown) => {
        log.error({ case: caseId, err }, "a case could not be looked at in time; it will be tried again");
        this.#wakeAt(caseId, after(clock.now(), STORE_RETRY_MS));
      });
    };
    this.#timers.set(caseId, clock.at(when, look));
  }
}

export const isStoreFault = (err: unknown): boolean => err instanceof Fault && err.blame === "store";

/** Nothing more is expected: the caller is gone (or never was) and no handoff is open. */
function atRest({ handoff, caller }: CaseState): boolean {
  return (handoff.kind === "none" || handoff.kind === "closed") && (!caller || caller.place === "gone");
}
