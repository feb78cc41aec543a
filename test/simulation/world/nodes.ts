// The gateway's nodes, on shared stores: news lands on any of them, one holds a caller's line. A dead node's promises
// never resolve, its timers never fire and its sockets are gone; what it had committed stays.
import type { AgentId, CallId } from "../../../src/domain/ids.ts";
import { Fault } from "../../../src/domain/fault.ts";
import { after } from "../../../src/domain/time.ts";
import type { CaseState } from "../../../src/handoff/state.ts";
import type { Target } from "../../../src/handoff/vocabulary.ts";
import type { Clock } from "../../../src/ports/clock.ts";
import type { Conversations } from "../../../src/ports/conversations.ts";
import type { Desk } from "../../../src/ports/desk.ts";
import type { Directory } from "../../../src/ports/directory.ts";
import type { Ids } from "../../../src/ports/ids.ts";
import type { News } from "../../../src/ports/cases.ts";
import type { CaseId, Journal } from "../../../src/ports/journal.ts";
import type { Presence } from "../../../src/ports/presence.ts";
import type { Decide } from "../../../src/runtime/case-loop.ts";
import { localPermits, type TakePermits } from "../../../src/runtime/dialler.ts";
import { createNode, type GatewayNode } from "../../../src/runtime/node.ts";
import { silentLog } from "../../support/silent-log.ts";
import type { SimCarrier } from "./carrier.ts";
import type { Faults } from "./faults.ts";
import { gateAll, gatedClock, type Life, newLife } from "./life.ts";
import type { SimPeople } from "./people.ts";
import type { Random } from "./random.ts";
import type { SimClock } from "./sim-clock.ts";
import { simPolicy } from "./sim-policy.ts";
import { speakOfDanger } from "./speak-of-danger.ts";
import { SimVoices } from "./voices.ts";
import type { SimWatch } from "./watch.ts";

type Deps = {
  readonly clock: SimClock;
  readonly random: Random;
  readonly faults: Faults;
  readonly note: (line: () => string) => void;
  readonly ids: Ids;
  readonly decide: Decide;
  readonly stores: { journal: Journal; presence: Presence; directory: Directory; conversations: Conversations };
  readonly carrier: () => SimCarrier;
  readonly people: () => SimPeople;
  readonly watch: SimWatch;
  /** Does anybody look after what a dead node left? */
  readonly recovers: boolean;
};

type Living = {
  readonly life: Life;
  readonly node: GatewayNode;
  readonly voices: SimVoices;
  readonly clock: Clock;
};

const TAKEOVER_MS = 2_000;
const SAYS_AGAIN_MS = 700;
const SAYS_AGAIN_MAX = 20;
const AGAIN_MS = 300;

export class SimNodes {
  readonly #deps: Deps;
  readonly #permits: TakePermits = localPermits(1);
  #living: readonly Living[] = [];
  #waiting: (() => void)[] = [];

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  start(): void {
    const living = this.#create();
    this.#living = [...this.#living, living];
    if (this.#deps.recovers) living.node.start();
    for (const resume of this.#waiting.splice(0)) resume();
  }

  close(): void {
    for (const { node } of this.#living) node.close();
  }

  /** Whoever sends gets no answer from a dying node or an absent store, and sends again. */
  async deliver(caseId: CaseId, news: News): Promise<CaseState> {
    const call = caseId as CallId;
    const { watch } = this.#deps;
    const before = watch.calls.get(call)?.state;
    const state = await this.#insist((node) => node.cases.deliver(caseId, news, "outside"));
    watch.told(call, news, { before, after: state });
    return state;
  }

  state(caseId: CaseId): Promise<CaseState | undefined> {
    return this.#insist((node) => node.cases.state(caseId));
  }

  streamOpened(call: CallId, stream: string): void {
    const { people, carrier, watch, random } = this.#deps;
    if (this.#living.length === 0) return carrier().streamGone(call, 500);
    const { voices } = random.pick(this.#living);
    const kind = watch.calls.get(call)?.state.handoff.kind ?? "none";
    voices.open(call, stream, SEARCHING.has(kind));
    people().streamOpened(call);
    void this.#assistantStarts(call, stream);
    return undefined;
  }

  async #assistantStarts(call: CallId, stream: string): Promise<void> {
    const { faults } = this.#deps;
    const down = faults.strikes("model-down", 0.4);
    await this.deliver(call, { kind: "assistant-started", stream });
    if (down || faults.strikes("assistant-lost", 0.4)) this.#loseAssistant(call, stream, down);
  }

  streamClosed(call: CallId): void {
    for (const { voices } of this.#living) voices.close(call);
  }

  callerSpeaks(call: CallId): void {
    const { random, stores, clock } = this.#deps;
    if (this.#living.length === 0) return;
    const { node } = random.pick(this.#living);
    const turn = { index: clock.now() % 1_000, role: "caller" as const, text: "It is about my card.", at: clock.now() };
    void stores.conversations.saveTurn(call, turn).then(() => node.bulletin.turn(call, turn));
  }

  /** Heard on whichever node has the line; who has none at the moment says it again. */
  callerInDanger(call: CallId, target: Target, tries = 1): void {
    const { carrier, clock, ids, random, note } = this.#deps;
    const phase = carrier().callers.get(call)?.phase;
    if (phase === "over" || phase === "room" || tries > SAYS_AGAIN_MAX) return;
    const living = this.#living.find(({ voices }) => voices.holds(call));
    if (!living) {
      clock.at(after(clock.now(), SAYS_AGAIN_MS), () => this.callerInDanger(call, target, tries + 1));
      return;
    }
    note(() => `${call} is in danger`);
    const trigger = random.pick(["policy-intent", "policy-intent", "explicit-request"] as const);
    void speakOfDanger(call, { ...living, ids, target, trigger });
  }

  planDeath(): void {
    const { clock, faults, random } = this.#deps;
    if (!faults.strikes("node-dies", 0.9)) return;
    clock.at(after(clock.now(), random.int(500, 60_000)), () => this.#die());
  }

  #loseAssistant(call: CallId, stream: string, down: boolean): void {
    const { clock, random } = this.#deps;
    clock.at(after(clock.now(), random.int(10, 20_000)), () => void this.#assistantEnds(call, stream, down));
  }

  async #assistantEnds(call: CallId, stream: string, down: boolean): Promise<void> {
    const { carrier } = this.#deps;
    const holder = this.#living.find(({ voices }) => voices.holds(call));
    if (carrier().callers.get(call)?.stream !== stream || !holder) return;
    await this.deliver(call, { kind: "assistant-lost", stream, down });
    holder.voices.close(call);
    carrier().streamGone(call, 100);
  }

  #die(): void {
    const { clock, carrier, random, watch, note } = this.#deps;
    if (this.#living.length === 0) return;
    const dead = random.pick(this.#living);
    note(() => "a node dies");
    watch.disturbed();
    watch.muted(dead.voices.calls());
    dead.life.end();
    dead.node.close();
    this.#living = this.#living.filter((one) => one !== dead);
    for (const call of dead.voices.calls()) {
      dead.voices.close(call);
      carrier().streamGone(call, random.int(500, 3_000));
    }
    clock.at(after(clock.now(), TAKEOVER_MS), () => {
      note(() => "another node comes up");
      this.start();
    });
  }

  async #insist<T>(ask: (node: GatewayNode) => Promise<T>): Promise<T> {
    for (;;) {
      const { life, node } = await this.#alive();
      const answer = await Promise.race([
        ask(node).then(
          (value) => ({ value }),
          () => undefined,
        ),
        life.ended,
      ]);
      if (answer && life.alive) return answer.value;
      await this.#pause(AGAIN_MS);
    }
  }

  async #alive(): Promise<Living> {
    while (this.#living.length === 0) await new Promise<void>((resume) => this.#waiting.push(resume));
    return this.#living.length === 1 && this.#living[0] ? this.#living[0] : this.#deps.random.pick(this.#living);
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resume) => this.#deps.clock.at(after(this.#deps.clock.now(), ms), resume));
  }

  #create(): Living {
    const { clock, ids, stores, carrier, watch, decide, faults, people } = this.#deps;
    const life = newLife();
    const voices = new SimVoices({
      clock: gatedClock(clock, life),
      deliver: (call, news) => void this.deliver(call, news),
      heard: (call, line) => {
        watch.ended(call, line);
        people().heard(call, line);
        // "Thank you": said to whoever is there to hear it.
        if (line === "announce") for (const one of this.#living) one.voices.callerSpoke(call);
      },
      letGo: (call) => carrier().streamGone(call, 120),
      said: (said) => {
        watch.heard(said);
        if (said.line === "announce") people().announced(said.call);
      },
    });
    const id = ids.node();
    const node = createNode({
      id,
      shared: true,
      decide,
      journal: gateAll(this.#slowJournal(), life),
      conversations: gateAll(stores.conversations, life),
      directory: gateAll(stores.directory, life),
      presence: gateAll(stores.presence, life),
      telephony: gateAll(carrier().telephony, life),
      desk: this.#desk(life),
      voice: {
        perform: (call, effect) => life.alive && this.#living.some((one) => one.voices.perform(call, effect)),
        letGo: (call) =>
          life.alive && !faults.strikes("let-go-unheard") && this.#living.some((one) => one.voices.letGo(call)),
      },
      notifier: { notify: () => Promise.resolve() },
      clock: gatedClock(clock, life),
      ids,
      policy: simPolicy,
      callbackDueMs: 3_600_000,
      takePermits: this.#permits,
      insight: () => ({}),
      log: silentLog,
    });
    node.cases.onCommit((caseId, _state, _event, seq) => this.#spread(node, caseId, seq));
    return { life, node, voices, clock: gatedClock(clock, life) };
  }

  /** Others hear of a commit a little later. */
  #spread(from: GatewayNode, caseId: CaseId, seq: number): void {
    if (this.#living.length < 2) return;
    this.#deps.clock.at(after(this.#deps.clock.now(), 3), () => {
      for (const { node } of this.#living) if (node !== from) node.cases.heard(caseId, seq, false);
    });
  }

  /** What is committed may be committed slowly, not at all for a while, or without an answer. */
  #slowJournal(): Journal {
    const { stores, faults, watch, random } = this.#deps;
    const journal = watch.watched(stores.journal);
    let inARow = 0;
    return {
      ...journal,
      commit: async (commit) => {
        if (faults.strikes("store-slow", 0.2)) {
          const ms = random.int(20, 800);
          // Several of these in a row are no healthy store any more.
          if (ms > 250) watch.disturbed();
          await this.#pause(ms);
        }
        // A store that stays away for longer is the spool's business (H13), not the machine's.
        const silent = inARow < 2 && faults.strikes("store-away", 0.1);
        const answer = silent ? undefined : await journal.commit(commit);
        const lost = inARow < 2 && !silent && faults.strikes("commit-answer-lost", 0.1);
        inARow = silent || lost ? inARow + 1 : 0;
        if (answer && !lost) return answer;
        watch.disturbed();
        throw new Fault("store-silent", { blame: "store", retryable: true });
      },
    };
  }

  #desk(life: Life): Desk {
    const { people, watch } = this.#deps;
    return {
      offer: ({ agent, offer, packet }) => {
        if (!life.alive) return;
        watch.shown(packet);
        watch.cards.add(offer);
        const { callId } = JSON.parse(packet.json) as { callId: CallId };
        people().offered(callId, offer, agent, packet);
      },
      packet: (_agent: AgentId, packet) => watch.shown(packet),
      withdraw: ({ offer }) => void watch.cards.delete(offer),
      turn: () => undefined,
      state: () => undefined,
      preAlert: () => undefined,
      nudge: () => undefined,
      visible: () => true,
    };
  }
}

/** The assistant that starts in one of these keeps the caller company from the first moment. */
const SEARCHING: ReadonlySet<string> = new Set([
  "reserving",
  "waiting",
  "offering",
  "offering-fallback",
  "capturing-callback",
]);
