// Presence as the nodes see it: it may not answer, answer late, or forget what it had acknowledged. Remembers every hold,
// so that a leak is seen before it lapses by itself.
import type { AgentId, CallId, OwnerToken } from "../../../src/domain/ids.ts";
import { after, type EpochMs } from "../../../src/domain/time.ts";
import type { Presence } from "../../../src/ports/presence.ts";
import type { Faults } from "./faults.ts";
import type { Random } from "./random.ts";
import type { SimClock } from "./sim-clock.ts";

export type Hold = {
  readonly agent: AgentId;
  readonly call: CallId | undefined;
  status: "reserved" | "busy" | "wrap-up";
  /** When whoever asked for it was told. */
  since: number;
  /** Since when no case holds it. */
  lostAt: EpochMs | undefined;
};

type Deps = {
  readonly clock: SimClock;
  readonly random: Random;
  readonly faults: Faults;
  readonly store: Presence;
  /** The guard "ask before promising" is off: what does not answer counts as a yes. */
  readonly blind: boolean;
  readonly callOf: (token: OwnerToken) => CallId | undefined;
};

export class SimSeats {
  readonly holds = new Map<OwnerToken, Hold>();
  /** Tokens under which presence gave somebody. */
  readonly given = new Set<OwnerToken>();
  readonly presence: Presence;
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
    const { store } = deps;
    this.presence = {
      ...store,
      reserve: (ask) => this.#reserve(ask),
      hold: async (ask) => {
        const answer = await store.hold(ask);
        const hold = this.holds.get(ask.token);
        if (hold && answer.ok && answer.value) hold.status = ask.status;
        return answer;
      },
      release: async (ask) => {
        const answer = await store.release(ask);
        if (answer.ok && answer.value) this.holds.delete(ask.token);
        return answer;
      },
    };
  }

  async #reserve(ask: Parameters<Presence["reserve"]>[0]): ReturnType<Presence["reserve"]> {
    const { faults, store, clock, random, blind } = this.#deps;
    if (faults.strikes("presence-does-not-answer", 0.4)) {
      return blind ? { ok: true, value: ask.candidates[0] } : { ok: false, why: "no answer in time" };
    }
    const answer = await store.reserve(ask);
    if (!answer.ok || answer.value === undefined) return answer;
    const agent = answer.value;
    this.given.add(ask.token);
    if (faults.strikes("presence-forgets-a-reservation", 0.4)) {
      await store.release({ agent, token: ask.token, next: "available", at: ask.at });
      this.holds.delete(ask.token);
      return answer;
    }
    const slowMs = faults.strikes("reservation-slow", 0.4) ? random.int(50, 4_000) : 0;
    const since = clock.now() + slowMs;
    // Set aside by nobody's case: lapses by itself, as it should.
    if (!this.holds.has(ask.token) && !ask.token.endsWith(".aside")) {
      this.holds.set(ask.token, {
        agent,
        call: this.#deps.callOf(ask.token),
        status: "reserved",
        since,
        lostAt: undefined,
      });
    }
    if (slowMs === 0) return answer;
    return new Promise((resolve) => clock.at(after(clock.now(), slowMs), () => resolve(answer)));
  }
}
