// The gateway's nodes: one alive at a time, and its successor when it dies. A dead node's promises never resolve, its
// timers never fire and its sockets are gone; what it had committed stays.
import type { CallId } from "../../../src/domain/ids.ts";
import { after } from "../../../src/domain/time.ts";
import { decide } from "../../../src/handoff/decide.ts";
import { simPolicy } from "./sim-policy.ts";
import type { CaseState } from "../../../src/handoff/state.ts";
import type { News } from "../../../src/ports/cases.ts";
import type { Clock } from "../../../src/ports/clock.ts";
import type { Conversations } from "../../../src/ports/conversations.ts";
import type { Desk } from "../../../src/ports/desk.ts";
import type { Directory } from "../../../src/ports/directory.ts";
import type { Ids } from "../../../src/ports/ids.ts";
import type { CaseId, Journal } from "../../../src/ports/journal.ts";
import type { Presence } from "../../../src/ports/presence.ts";
import { localPermits } from "../../../src/runtime/dialler.ts";
import { createNode, type GatewayNode } from "../../../src/runtime/node.ts";
import { silentLog } from "../../support/silent-log.ts";
import type { SimCarrier } from "./carrier.ts";
import type { Faults } from "./faults.ts";
import type { Sabotage } from "./guards.ts";
import type { SimPeople } from "./people.ts";
import type { Random } from "./random.ts";
import type { SimClock } from "./sim-clock.ts";
import { SimVoices } from "./voices.ts";
import type { SimWatch } from "./watch.ts";

type Deps = {
  readonly clock: SimClock;
  readonly random: Random;
  readonly faults: Faults;
  readonly note: (line: string) => void;
  readonly ids: Ids;
  readonly stores: { journal: Journal; presence: Presence; directory: Directory; conversations: Conversations };
  readonly carrier: () => SimCarrier;
  readonly people: () => SimPeople;
  readonly watch: SimWatch;
  readonly sabotage?: Sabotage | undefined;
};

type Life = { alive: boolean };
type Living = { readonly life: Life; readonly node: GatewayNode; readonly voices: SimVoices };

const TAKEOVER_MS = 2_000;

export class SimNodes {
  readonly #deps: Deps;
  #living: Living | undefined;
  #waiting: (() => void)[] = [];

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  start(): void {
    this.#living = this.#create();
    this.#living.node.start();
    for (const resume of this.#waiting.splice(0)) resume();
  }

  close(): void {
    this.#living?.node.close();
  }

  /** The balancer holds a request while no node is up. */
  async deliver(caseId: CaseId, news: News): Promise<CaseState> {
    const living = await this.#alive();
    return gate(living.life, living.node.cases.deliver(caseId, news, "outside"));
  }

  async state(caseId: CaseId): Promise<CaseState | undefined> {
    const living = await this.#alive();
    return gate(living.life, living.node.cases.state(caseId));
  }

  streamOpened(call: CallId, stream: string): void {
    const { faults, people, carrier } = this.#deps;
    const { voices } = this.#living ?? {};
    if (!voices) return carrier().streamGone(call, 500);
    voices.open(call, stream);
    people().streamOpened(call);
    const down = faults.strikes("model-down", 0.4);
    void this.deliver(call, { kind: "assistant-started", stream }).then(() => {
      if (down || faults.strikes("assistant-lost", 0.4)) this.#loseAssistant(call, stream, down);
    });
    return undefined;
  }

  streamClosed(call: CallId): void {
    this.#living?.voices.close(call);
  }

  planDeath(): void {
    const { clock, faults, random } = this.#deps;
    if (!faults.strikes("node-dies", 0.9)) return;
    clock.at(after(clock.now(), random.int(500, 60_000)), () => this.#die());
  }

  #loseAssistant(call: CallId, stream: string, down: boolean): void {
    const { clock, random, carrier } = this.#deps;
    clock.at(after(clock.now(), random.int(10, 20_000)), () => {
      if (carrier().callers.get(call)?.stream !== stream || !this.#living?.voices.calls().includes(call)) return;
      void this.deliver(call, { kind: "assistant-lost", stream, down }).then(() => {
        this.#living?.voices.close(call);
        carrier().streamGone(call, 100);
      });
    });
  }

  #die(): void {
    const { clock, carrier, random, watch } = this.#deps;
    const dead = this.#living;
    if (!dead) return;
    this.#deps.note("the node dies");
    watch.nodeDied();
    dead.life.alive = false;
    dead.node.close();
    this.#living = undefined;
    for (const call of dead.voices.calls()) {
      dead.voices.close(call);
      carrier().streamGone(call, random.int(500, 3_000));
    }
    clock.at(after(clock.now(), TAKEOVER_MS), () => {
      this.#deps.note("another node takes over");
      this.start();
    });
  }

  #alive(): Promise<Living> {
    const living = this.#living;
    if (living) return Promise.resolve(living);
    return new Promise<void>((resume) => this.#waiting.push(resume)).then(() => this.#alive());
  }

  #create(): Living {
    const { clock, ids, stores, carrier, people, watch, sabotage, faults, random } = this.#deps;
    const life: Life = { alive: true };
    const voices = new SimVoices({
      clock: gatedClock(clock, life),
      deliver: (call, news) => void this.deliver(call, news),
      heard: (call, line) => people().heard(call, line),
      letGo: (call) => carrier().streamGone(call, 120),
      said: (said) => watch.heard(said),
    });
    const slow = async (): Promise<void> => {
      if (!faults.strikes("store-slow", 0.2)) return undefined;
      return new Promise((resolve) => clock.at(after(clock.now(), random.int(20, 800)), resolve));
    };
    const node = createNode({
      id: ids.node(),
      shared: false,
      decide: (state, event, policy) => {
        const decided = decide(state, event, policy);
        return sabotage ? sabotage(decided, state, event) : decided;
      },
      journal: watch.watched(
        gateAll(
          { ...stores.journal, commit: async (commit) => slow().then(() => stores.journal.commit(commit)) },
          life,
        ),
      ),
      conversations: gateAll(stores.conversations, life),
      directory: gateAll(stores.directory, life),
      presence: gateAll(faultyPresence(stores.presence, this.#deps), life),
      telephony: gateAll(carrier().telephony, life),
      desk: this.#desk(life),
      voice: {
        perform: (call, effect) => life.alive && voices.perform(call, effect),
        letGo: (call) => life.alive && voices.letGo(call),
      },
      notifier: { notify: () => Promise.resolve() },
      clock: gatedClock(clock, life),
      ids,
      policy: simPolicy,
      callbackDueMs: 3_600_000,
      takePermit: localPermits(1),
      insight: () => ({}),
      log: silentLog,
    });
    node.cases.onCommit((caseId, state, event) => watch.committed(caseId, state, event));
    return { life, node, voices };
  }

  #desk(life: Life): Desk {
    const { people } = this.#deps;
    return {
      offer: ({ agent, offer, packet }) => {
        if (!life.alive) return;
        const parsed = JSON.parse(packet.json) as { callId: string };
        people().offered(parsed.callId as CallId, offer, agent);
      },
      packet: () => undefined,
      withdraw: () => undefined,
      turn: () => undefined,
      state: () => undefined,
      preAlert: () => undefined,
      nudge: () => undefined,
      visible: () => true,
    };
  }
}

/** What a dead node was waiting for never comes; what it had asked for may have happened all the same. */
function gate<T>(life: Life, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    promise.then(
      (value) => (life.alive ? resolve(value) : undefined),
      (reason: unknown) =>
        life.alive ? reject(reason instanceof Error ? reason : new Error(String(reason))) : undefined,
    );
  });
}

function gateAll<T extends object>(port: T, life: Life): T {
  return new Proxy(port, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== "function") return member;
      return (...args: unknown[]) => {
        if (!life.alive) return new Promise(() => undefined);
        const answer: unknown = Reflect.apply(member, target, args);
        return answer instanceof Promise ? gate(life, answer) : answer;
      };
    },
  });
}

const gatedClock = (clock: Clock, life: Life): Clock => ({
  now: () => clock.now(),
  at: (when, wake) => clock.at(when, () => (life.alive ? wake() : undefined)),
});

function faultyPresence(presence: Presence, { faults, clock, random }: Deps): Presence {
  return {
    ...presence,
    reserve: async (ask) => {
      if (faults.strikes("presence-does-not-answer", 0.4)) return { ok: false, why: "no answer in time" };
      const answer = await presence.reserve(ask);
      if (!faults.strikes("reservation-slow", 0.4)) return answer;
      return new Promise((resolve) => clock.at(after(clock.now(), random.int(50, 4_000)), () => resolve(answer)));
    },
  };
}
