// What callers and agents do, by chance: they answer, decline, wait, change their minds and hang up.
import type { CallId, LegId, OfferId } from "../../../src/domain/ids.ts";
import { AgentId, EscalationId, QueueId } from "../../../src/domain/ids.ts";
import { after } from "../../../src/domain/time.ts";
import type { LineId } from "../../../src/handoff/lines.ts";
import type { Target } from "../../../src/handoff/vocabulary.ts";
import type { News } from "../../../src/ports/cases.ts";
import type { StoredPacket } from "../../../src/ports/conversations.ts";
import type { AgentLeg, SimCarrier } from "./carrier.ts";
import type { Faults } from "./faults.ts";
import type { Post } from "./mail.ts";
import type { Random } from "./random.ts";
import type { SimClock } from "./sim-clock.ts";

type Deps = {
  readonly clock: SimClock;
  readonly random: Random;
  readonly faults: Faults;
  readonly post: Post;
  readonly carrier: () => SimCarrier;
  readonly note: (line: () => string) => void;
  /** The caller says something that is understood. */
  readonly speaks: (call: CallId) => void;
  /** The caller says that a life is in danger. */
  readonly inDanger: (call: CallId, target: Target) => void;
};

export const general: Target = { queue: QueueId("general"), skills: [], team: "our team" };
const other: Target = { queue: QueueId("other"), skills: [], team: "the other team" };

export class SimPeople {
  readonly #deps: Deps;
  readonly #asked = new Set<CallId>();
  /** They say it when they are asked whether to wait or to be called back. */
  readonly #tellsWhenAsked = new Set<CallId>();
  #escalations = 0;
  #presses = 0;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** Whatever happens in this call later. */
  arrives(call: CallId): void {
    const { random, faults, carrier } = this.#deps;
    while (faults.strikes("case-worked-over-the-api", 0.6)) this.#workFromOutside(call);
    if (faults.strikes("caller-in-danger", 0.9)) this.#planDanger(call);
    if (!faults.strikes("caller-hangs-up-any-time", 0.8)) return;
    this.#in(random.int(0, 45_000), () => carrier().callerHangsUp(call));
  }

  /** The assistant greets; some time later the caller asks for a person. */
  streamOpened(call: CallId): void {
    const { random, faults } = this.#deps;
    if (this.#asked.has(call)) return;
    this.#asked.add(call);
    const ask = random.int(500, 6_000);
    this.#in(ask, () => this.#decide(call, general));
    if (faults.strikes("second-decision-other-team"))
      this.#in(ask + random.int(1, 20_000), () => this.#decide(call, other));
    if (random.chance(0.15)) this.#in(ask + random.int(0, 400), () => this.#decide(call, general));
    if (random.chance(0.15)) this.#in(ask + random.int(1_000, 20_000), () => this.#deps.speaks(call));
    if (faults.strikes("caller-changes-their-mind", 0.8)) {
      this.#in(ask + random.int(0, 30_000), () => this.#deps.post(call, { kind: "caller-cancelled" }));
    }
  }

  /** The handoff is over and the caller is still there: they hang up some time, or ask again. */
  served(call: CallId): void {
    const { random, carrier } = this.#deps;
    if (random.chance(0.15)) return this.#in(random.int(1_000, 15_000), () => this.#decide(call, general));
    return this.#in(random.int(1_000, 25_000), () => carrier().callerHangsUp(call));
  }

  /** They are told that the agent comes now. */
  announced(call: CallId): void {
    const { random, faults } = this.#deps;
    if (faults.strikes("danger-as-the-agent-comes", 0.9)) this.#in(random.int(0, 3_000), () => this.#inDanger(call));
  }

  menuHeard(call: CallId): void {
    const { random } = this.#deps;
    if (random.chance(0.3))
      this.#in(random.int(200, 1_400), () => this.#press(call, random.pick(["1", "1", "2", "9"])));
  }

  /** A fixed line was heard to its end. */
  heard(call: CallId, line: LineId): void {
    const { random, faults, post } = this.#deps;
    if (faults.strikes("caller-says-nothing")) return;
    const soon = random.int(300, 4_000);
    const asks = line.startsWith("offer-") || line === "read-back";
    if (asks && this.#tellsWhenAsked.delete(call)) return this.#in(soon, () => this.#inDanger(call));
    if (line.startsWith("offer-") || line === "ask-choice-again") {
      const choice = random.pick(["wait", "wait", "callback", "callback", "continue", "nothing"] as const);
      if (choice !== "nothing") this.#in(soon, () => post(call, { kind: "caller-chose", choice }));
    }
    if (line === "read-back") {
      const answer = random.pick(["yes", "yes", "yes", "no", "person", "nothing"] as const);
      if (answer === "yes") this.#in(soon, () => post(call, { kind: "callback-confirmed" }));
      if (answer === "no") this.#in(soon, () => post(call, { kind: "callback-rejected" }));
      if (answer === "person") this.#in(soon, () => this.#decide(call, general));
    }
  }

  /** The card is on the desk. */
  offered(call: CallId, offer: OfferId, agent: AgentId, { version, hash }: StoredPacket): void {
    const { random, faults, post } = this.#deps;
    if (!faults.strikes("desk-never-paints", 0.7)) {
      this.#in(random.int(40, 220), () => post(call, { kind: "packet-painted", offer, version, hash }));
    }
    if (faults.strikes("desk-lost")) {
      this.#in(random.int(0, 12_000), () => post(call, { kind: "desk-lost", agent, forced: random.chance(0.2) }));
    }
    if (random.chance(0.3)) {
      this.#in(random.int(800, 7_000), () => post(call, { kind: "agent-consented", offer, via: "desk" }));
    }
    if (faults.strikes("agent-declines", 0.3)) {
      this.#in(random.int(300, 5_000), () => post(call, { kind: "agent-declined", offer }));
    }
  }

  rings(leg: AgentLeg): void {
    const { random, faults } = this.#deps;
    if (faults.strikes("agent-never-answers", 0.7)) return;
    if (faults.strikes("agent-declines")) {
      return this.#in(random.int(500, 5_000), () => this.#deps.carrier().agentHangsUp(leg.leg, "declined"));
    }
    this.#in(random.int(1_000, 10_000), () => this.#deps.carrier().answer(leg));
  }

  hearsWhisper(leg: AgentLeg): void {
    const { random, faults } = this.#deps;
    if (random.chance(0.9)) this.#in(random.int(1_000, 6_000), () => this.#deps.carrier().pressOne(leg));
    if (faults.strikes("agent-vanishes-after-accepting", 0.7)) {
      this.#in(random.int(1_500, 8_000), () => this.#deps.carrier().agentHangsUp(leg.leg));
    }
  }

  /** Caller and agent talk: it ends, one way or another. */
  bridged(call: CallId, agent: AgentId, leg: LegId | undefined): void {
    const { random, faults, post, carrier } = this.#deps;
    if (leg && faults.strikes("agent-hangs-up-in-the-conversation", 0.8)) {
      // At the end of a talk both hang up, in no order that anybody could rely on.
      const both = random.chance(0.3);
      const when = random.int(100, 15_000);
      if (both) this.#in(when + random.int(0, 300), () => carrier().callerHangsUp(call));
      return this.#in(when, () => carrier().agentHangsUp(leg));
    }
    const ending = random.pick(["end", "end", "caller", "hand-back", "transfer"] as const);
    const when = random.int(3_000, 30_000);
    if (ending === "end") this.#in(when, () => post(call, { kind: "agent-ended", agent }));
    if (ending === "caller") this.#in(when, () => carrier().callerHangsUp(call));
    if (ending === "hand-back") this.#in(when, () => post(call, { kind: "agent-handed-back", agent }));
    if (ending === "transfer") {
      this.#in(when, () => post(call, { kind: "agent-transferred", agent, target: other }));
      if (random.chance(0.2)) {
        this.#in(when + random.int(500, 8_000), () =>
          post(call, { kind: "agent-transferred", agent, target: general }),
        );
      }
      const last = random.chance(0.2) ? ("agent-handed-back" as const) : ("agent-ended" as const);
      this.#in(when + random.int(1_000, 60_000), () => post(call, { kind: last, agent }));
    }
    return undefined;
  }

  wrapsUp(call: CallId, agent: AgentId): void {
    const { random, post } = this.#deps;
    if (random.chance(0.8)) {
      this.#in(random.int(2_000, 30_000), () =>
        post(call, { kind: "wrapped-up", agent, disposition: "resolved", resolved: random.chance(0.7) }),
      );
    }
  }

  /** Somebody opens the case in a list while it is being handed over. */
  #workFromOutside(call: CallId): void {
    const { random, post } = this.#deps;
    const news = random.pick<News>([
      { kind: "case-claimed", agent: AgentId("agent-1") },
      { kind: "case-resolved", by: "a supervisor" },
      { kind: "case-moved", target: other },
    ]);
    this.#in(random.int(0, 60_000), () => post(call, news));
  }

  /** Before, during or after a search for a person, or in the middle of a question; some say it twice. */
  #planDanger(call: CallId): void {
    const { random } = this.#deps;
    if (random.chance(0.3)) this.#tellsWhenAsked.add(call);
    else this.#in(random.int(1_500, 50_000), () => this.#inDanger(call));
    if (random.chance(0.3)) this.#in(random.int(1_500, 90_000), () => this.#inDanger(call));
  }

  /** Some would be called back all the same. */
  #inDanger(call: CallId): void {
    const { random, post, inDanger } = this.#deps;
    inDanger(call, random.pick([general, general, other]));
    if (!random.chance(0.4)) return;
    const wish = random.int(500, 8_000);
    this.#in(wish, () => post(call, { kind: "caller-chose", choice: "callback" }));
    this.#in(wish + 3_000, () => post(call, { kind: "callback-confirmed" }));
  }

  #press(call: CallId, key: string): void {
    this.#presses += 1;
    this.#deps.post(call, { kind: "caller-pressed", key, press: `press-${this.#presses}` });
  }

  #decide(call: CallId, target: Target): void {
    this.#escalations += 1;
    this.#deps.note(() => `${call} asks for ${target.queue}`);
    this.#deps.post(call, {
      kind: "escalation-decided",
      escalation: EscalationId(`${call}.esc-${this.#escalations}`),
      target,
      priority: this.#deps.random.pick(["low", "medium", "high", "urgent"]),
      decision: {
        trigger: "explicit-request",
        because: "asked",
        evidence: [0],
        signals: {},
        thresholds: {},
        policyRevision: "1",
      },
    });
  }

  #in(ms: number, act: () => void): void {
    this.#deps.clock.at(after(this.#deps.clock.now(), ms), act);
  }
}
