// Sees every commit, dial and spoken line of a run, and holds them against the invariants.
import { isDeepStrictEqual } from "node:util";
import type { CallId, LegId, OfferId } from "../../../src/domain/ids.ts";
import type { EpochMs } from "../../../src/domain/time.ts";
import type { Decision } from "../../../src/handoff/decision.ts";
import { type CaseState, emptyCase, heldOffers } from "../../../src/handoff/state.ts";
import type { CaseEvent } from "../../../src/handoff/vocabulary.ts";
import type { CaseId, Journal } from "../../../src/ports/journal.ts";
import type { SimCarrier } from "./carrier.ts";
import type { Sabotage } from "./guards.ts";
import { checkCommit, checkStep, type Violation } from "./invariants.ts";
import type { SimPeople } from "./people.ts";
import type { SimClock } from "./sim-clock.ts";
import type { Said } from "./voices.ts";

type Deps = {
  readonly clock: SimClock;
  readonly note: (line: string) => void;
  readonly carrier: () => SimCarrier;
  readonly people: () => SimPeople;
};

const FALLBACK_BY_MS = 28_500;

export class SimWatch {
  readonly violations: Violation[] = [];
  readonly cases = new Map<CallId, CaseState>();
  readonly leftAt = new Map<CallId, EpochMs>();
  readonly outcomes = new Set<string>();
  readonly cells = new Set<string>();
  readonly #deps: Deps;
  readonly #painted = new Set<OfferId>();
  readonly #searchSince = new Map<CallId, EpochMs>();
  #diedAt: EpochMs | undefined;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  readonly now = (): EpochMs => this.#deps.clock.now();
  get carrier(): SimCarrier {
    return this.#deps.carrier();
  }
  /** After a death the successor needs its takeover time, and a little to find unfinished work. */
  readonly graceMs = (): number => (this.#diedAt !== undefined && this.now() - this.#diedAt < 20_000 ? 20_000 : 0);
  readonly found = (violation: Violation): void => {
    if (this.violations.length < 5) this.violations.push(violation);
  };

  nodeDied(): void {
    this.#diedAt = this.now();
  }

  step(): void {
    checkStep(this);
    for (const [call, since] of this.#searchSince) {
      const late = this.now() - since - FALLBACK_BY_MS - this.graceMs();
      if (late > 0) this.found({ invariant: "budget", what: `${call}: no fallback ${late} ms after it was due` });
    }
  }

  /** The journal with its dials and holds checked as they are committed, before anything is performed (H10). */
  watched(journal: Journal): Journal {
    return new Proxy(journal, {
      get: (target, name) => {
        if (name !== "commit") return Reflect.get(target, name) as unknown;
        return async (commit: Parameters<Journal["commit"]>[0]) => {
          if (commit.event.kind === "packet-painted") this.#painted.add(commit.event.offer);
          for (const { effect } of commit.jobs) {
            if (effect.kind === "dial-agent") this.#dialled(effect.offer, commit.event.kind);
          }
          return target.commit(commit);
        };
      },
    });
  }

  committed(caseId: CaseId, state: CaseState, event: CaseEvent): void {
    const call = caseId as CallId;
    const before = this.cases.get(call);
    this.cells.add(`${before?.handoff.kind ?? "none"} × ${event.kind}`);
    this.#deps.note(`${call} ${event.kind}: ${before?.handoff.kind ?? "none"} → ${state.handoff.kind}`);
    checkCommit(before, state, event, this.found);
    this.cases.set(call, state);
    if (event.kind === "caller-left" && !this.leftAt.has(call)) this.leftAt.set(call, event.at);
    this.#follow(call, before, state);
  }

  heard({ call, line }: Said): void {
    const state = this.cases.get(call);
    if (!state) return;
    if ((line === "promise" || line === "next-agent" || line === "announce") && heldOffers(state).length === 0) {
      this.found({ invariant: "H2", what: `${call} heard "${line}" with nobody reserved` });
    }
    if (line === "callback-confirmed" && !state.escalation?.callback) {
      this.found({ invariant: "H2", what: `${call} heard a callback confirmed that is not stored` });
    }
    if (state.caller?.place === "room" && (state.handoff.kind === "bridged" || state.handoff.kind === "moving")) {
      this.found({ invariant: "H9", what: `${call} heard the assistant while with an agent` });
    }
  }

  /** H10: deciding again from the recorded events gives the recorded state. */
  async replays(
    journal: Journal,
    again: (state: CaseState, event: CaseEvent) => Decision,
    sabotage?: Sabotage,
  ): Promise<void> {
    for (const [call, state] of this.cases) {
      let replayed = emptyCase;
      let seq = 0;
      for (const entry of await journal.entries(call)) {
        seq += 1;
        if (entry.seq !== seq) this.found({ invariant: "H10", what: `${call}: entry ${seq} is missing` });
        const decided = again(replayed, entry.event);
        replayed = (sabotage ? sabotage(decided, replayed, entry.event) : decided).state;
      }
      if (!isDeepStrictEqual(replayed, state)) this.found({ invariant: "H10", what: `${call}: replay ends elsewhere` });
    }
  }

  /** Painted, or the wait for the paint is over and the case is degraded: nothing else may start the ring. */
  #dialled(offer: OfferId, cause: CaseEvent["kind"]): void {
    if (this.#painted.has(offer) || cause === "time-passed") return;
    this.found({ invariant: "H5", what: `${offer} was dialled before its card` });
  }

  #follow(call: CallId, before: CaseState | undefined, state: CaseState): void {
    const { handoff } = state;
    const { kind } = handoff;
    if (before?.handoff.kind === kind) return;
    if (
      kind === "reserving" &&
      before?.handoff.kind !== "offering" &&
      before?.handoff.kind !== "moving" &&
      before?.handoff.kind !== "accepted"
    ) {
      this.#searchSince.set(call, this.now());
    } else if (kind !== "reserving" && kind !== "offering") this.#searchSince.delete(call);
    if (handoff.kind === "bridged")
      this.#deps.people().bridged(call, handoff.offer.agent, handoff.offer.leg as LegId | undefined);
    if (kind === "closed" && handoff.kind === "closed") this.outcomes.add(handoff.outcome);
    for (const { agent } of state.wrapUps.filter((one) => !before?.wrapUps.includes(one)))
      this.#deps.people().wrapsUp(call, agent);
  }
}
