// The carrier as the runtime sees it: legs, documents, rooms. It asks for a leg's document as a real one does, and
// answers creates late, twice, or not at all.
import { CallId, LegId, type OfferId } from "../../../src/domain/ids.ts";
import { after } from "../../../src/domain/time.ts";
import type { LegDocument } from "../../../src/handoff/document.ts";
import { documentForAgent, type documentForCaller } from "../../../src/handoff/reply.ts";
import type { CaseState } from "../../../src/handoff/state.ts";
import type { CommandAnswer, DialAnswer, Telephony } from "../../../src/ports/telephony.ts";
import type { Faults } from "./faults.ts";
import type { Post } from "./mail.ts";
import type { Random } from "./random.ts";
import type { SimClock } from "./sim-clock.ts";

export type AgentLeg = {
  readonly leg: LegId;
  readonly offer: OfferId;
  readonly call: CallId;
  phase: "dialling" | "ringing" | "answered" | "room" | "over";
  /** The answer to its create was lost, or comes late. */
  unanswered: boolean;
  ringingSince: number;
  roomSince?: number;
  /** Since when its case does not want it. */
  orphanSince?: number | undefined;
};
export type CallerLeg = {
  readonly call: CallId;
  phase: "asking" | "stream" | "menu" | "room" | "over";
  stream?: string;
  asks: number;
  opened: boolean;
};

type Deps = {
  readonly clock: SimClock;
  readonly random: Random;
  readonly faults: Faults;
  readonly post: Post;
  /** The committed state, from whichever node answers. */
  readonly read: (call: CallId, then: (state: CaseState) => void) => void;
  /** What comes next on the caller's leg: asked of whichever node answers. */
  readonly asks: (call: CallId, then: (state: CaseState) => void) => void;
  readonly note: (line: () => string) => void;
  readonly documents: typeof documentForCaller;
  readonly watch: {
    /** A create is about to be performed. */
    dials(call: CallId, offer: OfferId): void;
    /** The carrier itself speaks on the caller's line. */
    speaks(call: CallId, ms: number): void;
    /** A document that a caller's leg runs; `first`: of this call. */
    reads(call: CallId, document: LegDocument, first: boolean): void;
    disturbed(): void;
  };
  /** What people do when something reaches them. */
  readonly people: {
    rings(leg: AgentLeg): void;
    hearsWhisper(leg: AgentLeg): void;
    streamOpened(call: CallId, stream: string): void;
    menuHeard(call: CallId): void;
  };
  readonly streamClosed: (call: CallId) => void;
};

export class SimCarrier {
  readonly agentLegs = new Map<LegId, AgentLeg>();
  readonly callers = new Map<CallId, CallerLeg>();
  readonly creates = new Set<OfferId>();
  readonly telephony: Telephony;
  readonly #deps: Deps;
  readonly #calls = new Map<string, CallId>();
  readonly #legsOf = new Map<CallId, AgentLeg[]>();
  #streams = 0;

  constructor(deps: Deps) {
    this.#deps = deps;
    this.telephony = {
      dialAgent: (ask) => this.#dial(ask),
      endLeg: (leg) => this.#endLeg(leg),
      refreshLeg: (ask) => this.#refresh(ask),
      askOffer: async ({ offer }) => {
        await this.#later(50);
        const leg = [...this.agentLegs.values()].find((one) => one.offer === offer);
        if (!leg) return { kind: "none" };
        if (leg.phase === "over") return { kind: "over", leg: leg.leg, raw: "completed" };
        const phase = leg.phase === "room" ? "answered" : leg.phase;
        return { kind: "live", leg: leg.leg, phase };
      },
      askLeg: async (leg) => {
        const caller = [...this.callers.values()].find(({ call }) => leg === LegId(`caller-${call}`));
        return caller?.phase === "over" ? { kind: "over", raw: "completed" } : { kind: "live" };
      },
      askRoom: async (escalation) => {
        await this.#later(50);
        if (deps.faults.strikes("room-question-unanswered", 0.4)) return { kind: "unknown", raw: "timeout" };
        const call = this.#calls.get(escalation);
        if (call === undefined) return { kind: "unknown", raw: "20404" };
        return { kind: "legs", legs: this.legsInRoom(call) };
      },
    };
  }

  legsOf(call: CallId): readonly AgentLeg[] {
    return this.#legsOf.get(call) ?? [];
  }

  legsInRoom(call: CallId): readonly LegId[] {
    const agents = this.legsOf(call).filter((leg) => leg.phase === "room");
    const caller = this.callers.get(call)?.phase === "room" ? [LegId(`caller-${call}`)] : [];
    return [...agents.map(({ leg }) => leg), ...caller];
  }

  /** A caller dials in; the first document is asked for when the arrival was delivered. */
  arrive(call: CallId, arrival: Parameters<Post>[1]): void {
    this.callers.set(call, { call, phase: "asking", asks: 0, opened: false });
    this.#deps.post(call, arrival, (state) => this.#runCaller(call, state));
  }

  callerHangsUp(call: CallId): void {
    const caller = this.callers.get(call);
    if (!caller || caller.phase === "over") return;
    const inRoom = caller.phase === "room";
    if (caller.phase === "stream") this.#deps.streamClosed(call);
    caller.phase = "over";
    this.#deps.note(() => `${call} hangs up`);
    this.#deps.post(call, { kind: "caller-left" });
    if (inRoom) this.#deps.post(call, { kind: "caller-left-room" });
  }

  agentHangsUp(leg: LegId, raw = "completed"): void {
    this.#over(this.agentLegs.get(leg), raw);
  }

  answer(leg: AgentLeg): void {
    if (leg.phase !== "ringing") return;
    leg.phase = "answered";
    const { call, offer } = leg;
    this.#deps.post(call, { kind: "agent-leg-answered", offer, leg: leg.leg }, (state) => this.#runAgent(leg, state));
  }

  /** Key 1 in the whisper: the carrier reports it and asks what to do. */
  pressOne(leg: AgentLeg): void {
    if (leg.phase !== "answered") return;
    this.#deps.post(leg.call, { kind: "agent-consented", offer: leg.offer, via: "key" }, (state) =>
      this.#runAgent(leg, state),
    );
  }

  /** Our end of the media is closed, or its node died: the carrier asks for the next document. */
  streamGone(call: CallId, noticedAfterMs: number): void {
    const caller = this.callers.get(call);
    if (!caller || caller.phase !== "stream") return;
    caller.phase = "asking";
    this.#askForCaller(call, noticedAfterMs);
  }

  #askForCaller(call: CallId, delayMs: number): void {
    const caller = this.callers.get(call);
    if (!caller) return;
    caller.asks += 1;
    const mine = caller.asks;
    this.#deps.clock.at(after(this.#deps.clock.now(), delayMs), () => {
      this.#deps.asks(call, (state) => {
        if (mine === caller.asks && caller.phase !== "over") this.#runCaller(call, state);
      });
    });
  }

  #runCaller(call: CallId, state: CaseState): void {
    const caller = this.callers.get(call);
    if (!caller || caller.phase === "over") return;
    const document = this.#deps.documents(state);
    this.#deps.note(() => `${call} document ${document.kind}`);
    this.#deps.watch.reads(call, document, !caller.opened);
    caller.opened = true;
    switch (document.kind) {
      case "assistant":
        return this.#startStream(caller, document);
      case "menu":
        caller.phase = "menu";
        this.#deps.watch.speaks(call, 1_500);
        this.#deps.people.menuHeard(call);
        return this.#askForCaller(call, 1_500 + document.waitMs);
      case "room":
        caller.phase = "room";
        this.#deps.watch.speaks(call, 0);
        return this.#after(150, () => {
          if (caller.phase === "room") this.#deps.post(call, { kind: "caller-joined", label: document.label });
        });
      case "wait":
        return this.#askForCaller(call, document.waitMs);
      case "say-and-hang-up":
      case "forward":
      case "hang-up":
      case "whisper":
        return this.callerHangsUp(call);
      default:
        return document satisfies never;
    }
  }

  #startStream(caller: CallerLeg, document: Extract<LegDocument, { kind: "assistant" }>): void {
    caller.phase = "asking";
    const mine = (caller.asks += 1);
    this.#deps.watch.speaks(caller.call, document.first.length * 1_500);
    this.#after(150 + document.first.length * 1_500, () => {
      if (mine !== caller.asks || caller.phase !== "asking") return;
      caller.phase = "stream";
      caller.stream = `stream-${(this.#streams += 1)}`;
      this.#deps.people.streamOpened(caller.call, caller.stream);
    });
  }

  #runAgent(leg: AgentLeg, state: CaseState): void {
    if (leg.phase === "over") return;
    const document = documentForAgent(state, leg.offer, leg.leg);
    this.#deps.note(() => `${leg.leg} document ${document.kind}`);
    switch (document.kind) {
      case "room":
        leg.phase = "room";
        leg.roomSince = this.#deps.clock.now();
        return this.#after(150, () => {
          if (leg.phase === "room") this.#deps.post(leg.call, { kind: "agent-joined", offer: leg.offer, leg: leg.leg });
        });
      case "whisper":
        this.#deps.people.hearsWhisper(leg);
        return undefined;
      case "say-and-hang-up":
        return this.#after(3_000, () => this.#over(leg, "completed"));
      default:
        return this.#over(leg, "completed");
    }
  }

  #over(leg: AgentLeg | undefined, raw: string): void {
    if (!leg || leg.phase === "over") return;
    const { call, offer } = leg;
    const how =
      raw === "busy" ? "busy" : raw === "no-answer" ? "no-answer" : raw === "declined" ? "declined" : "hung-up";
    const inRoom = leg.phase === "room";
    leg.phase = "over";
    this.#deps.note(() => `${leg.leg} over (${raw})`);
    if (inRoom) this.#deps.post(call, { kind: "agent-left-room", offer, leg: leg.leg });
    this.#deps.post(call, { kind: "agent-leg-ended", offer, leg: leg.leg, how, raw });
  }

  async #dial({ call, offer, escalation, timeoutMs }: Parameters<Telephony["dialAgent"]>[0]): Promise<DialAnswer> {
    const { faults } = this.#deps;
    this.#calls.set(escalation, call);
    await this.#later(50);
    if (faults.strikes("create-too-many-requests", 0.4)) return { kind: "later", raw: "429" };
    if (faults.strikes("create-refused")) return { kind: "refused", outcome: "carrier-fault", raw: "21215" };
    if (faults.strikes("create-500-not-performed")) return { kind: "unknown", raw: "500" };
    this.#deps.watch.dials(call, offer);
    this.creates.add(offer);
    const leg: AgentLeg = {
      leg: LegId(`leg-${offer}-${this.creates.size}`),
      offer,
      call,
      phase: "dialling",
      unanswered: false,
      ringingSince: 0,
    };
    this.agentLegs.set(leg.leg, leg);
    this.#legsOf.set(call, [...this.legsOf(call), leg]);
    this.#deps.note(() => `${leg.leg} dialled`);
    const lost = faults.strikes("create-answer-lost");
    // Where the answer is lost, the first callback often is too.
    if (!lost) this.#deps.post(call, { kind: "dial-accepted", offer, leg: leg.leg });
    const { random } = this.#deps;
    // The phone network adds seconds to some.
    this.#after(random.chance(0.15) ? random.int(2_000, 5_000) : random.int(300, 1_500), () => this.#ring(leg));
    this.#after(timeoutMs, () => {
      if (leg.phase === "dialling" || leg.phase === "ringing") this.#over(leg, "no-answer");
    });
    leg.unanswered = true;
    if (faults.strikes("create-500-performed")) return { kind: "unknown", raw: "500" };
    if (lost) {
      await this.#later(3_000);
      return { kind: "unknown", raw: "timeout" };
    }
    leg.unanswered = false;
    return { kind: "placed", leg: leg.leg, queuedMs: 0 };
  }

  #ring(leg: AgentLeg): void {
    if (leg.phase !== "dialling") return;
    const { faults } = this.#deps;
    if (faults.strikes("agent-busy")) return this.#over(leg, "busy");
    if (faults.strikes("agent-phone-never-rings")) return undefined;
    leg.phase = "ringing";
    leg.ringingSince = this.#deps.clock.now();
    this.#deps.post(leg.call, { kind: "agent-leg-ringing", offer: leg.offer, leg: leg.leg });
    return this.#deps.people.rings(leg);
  }

  async #endLeg(id: LegId): Promise<CommandAnswer> {
    await this.#later(50);
    const lost = this.#deps.faults.strikes("ending-answer-lost", 0.4);
    if (lost) this.#deps.watch.disturbed();
    if (lost && this.#deps.random.chance(0.5)) return { kind: "unknown", raw: "timeout" };
    const leg = this.agentLegs.get(id);
    if (!leg) this.callerHangsUp(CallId(id.replace("caller-", "")));
    if (leg?.phase === "over") return { kind: "gone", raw: "20404" };
    this.#over(leg, "completed");
    return lost ? { kind: "unknown", raw: "timeout" } : { kind: "done" };
  }

  async #refresh(ask: Parameters<Telephony["refreshLeg"]>[0]): Promise<CommandAnswer> {
    await this.#later(ask.party === "agent" ? 50 : this.#deps.random.int(60, 500));
    if (ask.party === "agent") return this.#refreshAgent(ask.leg);
    const caller = this.callers.get(ask.call);
    if (!caller || caller.phase === "over") return { kind: "gone", raw: "21220" };
    const { faults, watch } = this.#deps;
    const lost = faults.strikes("move-not-performed", 0.4);
    const unsaid = faults.strikes("move-answer-lost");
    if (lost || unsaid) watch.disturbed();
    if (lost) return { kind: "unknown", raw: "500" };
    if (caller.phase === "stream") this.#deps.streamClosed(ask.call);
    if (caller.phase === "room") this.#deps.post(ask.call, { kind: "caller-left-room" });
    caller.phase = "asking";
    this.#askForCaller(ask.call, 100);
    return unsaid ? { kind: "unknown", raw: "timeout" } : { kind: "done" };
  }

  #refreshAgent(id: LegId): CommandAnswer {
    const leg = this.agentLegs.get(id);
    if (!leg || leg.phase === "over") return { kind: "gone", raw: "20404" };
    this.#deps.read(leg.call, (state) => this.#runAgent(leg, state));
    return { kind: "done" };
  }

  #after(ms: number, act: () => void): void {
    this.#deps.clock.at(after(this.#deps.clock.now(), ms), act);
  }

  #later(ms: number): Promise<void> {
    return new Promise((resolve) => this.#deps.clock.at(after(this.#deps.clock.now(), ms), resolve));
  }
}
