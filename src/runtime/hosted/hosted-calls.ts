import type { CallId, LegId } from "../../domain/ids.ts";
import { after, type EpochMs } from "../../domain/time.ts";
import { belongsInRoom } from "../../handoff/caller-room.ts";
import type { CallerPart, CaseState } from "../../handoff/state.ts";
import type {
  Dial,
  DialledAssistants,
  HostedAssistant,
  HostedEnd,
  HostedReport,
  HostedSession,
  HostedVisits,
  OpenedVisit,
  Visit,
} from "../../ports/hosted-assistant.ts";
import type { CaseId } from "../../ports/journal.ts";
import type { SelfEvaluation } from "../../scoring/self-evaluation.ts";
import { asHistory, startTranscript } from "../../turns/transcript.ts";
import { pause } from "../insist.ts";
import { loadCall } from "../live/call-facts.ts";
import { instructionsFor, modeOf } from "../live/instructions.ts";
import type { SpeechEffect } from "../speech-effect.ts";
import { HostedCall, type HostedDeps } from "./hosted-call.ts";
import { isEarlier, type VisitTokens } from "./visit-tokens.ts";

export type HostedCallsDeps = HostedDeps & {
  readonly tokens: VisitTokens;
  /** The vendor that has this assistant dialled; `undefined`: its callers are streamed. `off`: the vendor has no key. */
  readonly dialled: (assistant: string) => HostedAssistant | "off" | undefined;
  /** The caller is looked after by this node from now on; the result ends it. */
  readonly held: (call: CallId) => () => void;
  /** Makes the carrier ask what this caller's leg should do now. */
  readonly redirect: (call: CallId, leg: LegId) => Promise<unknown>;
  readonly report: (call: CallId, report: HostedReport) => void;
};

/** The callers of this node whose assistant others run. */
export type HostedCalls = HostedVisits &
  DialledAssistants & {
    /** False: the caller is not here. */
    perform(call: CallId, effect: SpeechEffect): boolean;
    evaluated(call: CallId, evaluation: SelfEvaluation): boolean;
    holds(caseId: CaseId): boolean;
    calls(): readonly CallId[];
    close(): void;
  };

/** An address is asked for while the caller hears a sentence. */
const ADDRESS_MS = 2_000;
/** A dial that was handed out and not connected may be handed out again for so long. */
const DIAL_KEPT_MS = 60_000;
/** How the vendor says it ended may come a little after the carrier's word. */
const WORD_MS = 700;
/** Lost twice within this: the assistant is down. */
const LOST_TWICE_MS = 10_000;
const EFFECTS_MAX = 32;

type DialEnd = Parameters<DialledAssistants["ended"]>[0];

type Entry = {
  readonly visit: Visit;
  readonly opened: Promise<OpenedVisit | undefined>;
  readonly free: () => void;
  call?: HostedCall;
  /** The vendor's word on its end. */
  readonly ended: PromiseWithResolvers<HostedEnd>;
  readonly effects: SpeechEffect[];
};

export function createHostedCalls(deps: HostedCallsDeps): HostedCalls {
  const here = new CallsHere(deps);
  return {
    read: (token) => deps.tokens.read(token),
    open: (visit, session) => here.open(visit, session),
    dial: (ask) => here.dial(ask),
    ended: (ask) => here.ended(ask),
    perform: (call, effect) => here.perform(call, effect),
    evaluated: (call, evaluation) => here.evaluated(call, evaluation),
    holds: (caseId) => here.calls().some((call) => call === caseId),
    calls: () => here.calls(),
    close: () => here.close(),
  };
}

class CallsHere {
  readonly #deps: HostedCallsDeps;
  readonly #entries = new Map<CallId, Entry>();
  readonly #dials = new Map<CallId, { readonly dial: Dial; readonly at: EpochMs }>();
  readonly #lost = new Map<CallId, EpochMs>();

  constructor(deps: HostedCallsDeps) {
    this.#deps = deps;
  }

  calls(): readonly CallId[] {
    return [...this.#entries.keys()];
  }

  open(visit: Visit, session: HostedSession): Promise<OpenedVisit | undefined> {
    const known = this.#entries.get(visit.call);
    if (known?.visit.visit === visit.visit) return known.opened;
    if (isEarlier(visit.visit, known?.visit.visit)) return Promise.resolve(undefined);
    // A caller has one assistant; an earlier visit that is still here is over and does not know it yet.
    if (known !== undefined) this.#forget(known);
    const entry: Entry = {
      visit,
      free: this.#deps.held(visit.call),
      effects: [],
      ended: Promise.withResolvers(),
      opened: Promise.resolve().then(() => this.#begin(entry, session)),
    };
    this.#entries.set(visit.call, entry);
    return entry.opened;
  }

  async dial(ask: {
    readonly call: CallId;
    readonly leg: LegId;
    readonly assistant: string;
  }): Promise<Dial | undefined> {
    const vendor = this.#deps.dialled(ask.assistant);
    if (vendor === undefined) return undefined;
    const { clock, log, tokens } = this.#deps;
    const { visit, token } = tokens.mint(ask.call);
    if (vendor === "off") {
      return { visit: visit.visit, address: { kind: "unreachable", raw: "the assistant's vendor has no key" } };
    }
    const kept = this.#dials.get(ask.call);
    if (kept !== undefined && clock.now() < after(kept.at, DIAL_KEPT_MS)) return kept.dial;
    const facts = await loadCall(this.#deps, ask.call);
    const state = await this.#deps.cases.state(ask.call);
    const setup = {
      assistant: ask.assistant,
      instructions: instructionsFor(facts.profile.instructions, modeOf(state)),
      language: facts.setup.language,
      tools: facts.tools,
      history: asHistory(startTranscript(facts.turns)),
    };
    const late = pause(clock, ADDRESS_MS).then(() => ({ kind: "unreachable", raw: "no address in time" }) as const);
    const address = await Promise.race([vendor.address({ visit, token, assistant: ask.assistant, setup }), late]);
    const dial: Dial = { visit: visit.visit, address };
    if (address.kind === "unreachable") {
      log.error({ call: ask.call, raw: address.raw }, "a hosted assistant has no address now");
    } else {
      this.#dials.set(ask.call, { dial, at: clock.now() });
      if (vendor.follows) this.#holdUntilOpened(ask.call);
    }
    return dial;
  }

  /** What the vendor tells another node before it has connected the caller is for this one. */
  #holdUntilOpened(call: CallId): void {
    const { clock, held } = this.#deps;
    const free = held(call);
    clock.at(after(clock.now(), DIAL_KEPT_MS), () => {
      if (!this.#entries.has(call)) free();
    });
  }

  /** The carrier's dial is over: whose doing was it, and what is to become of the caller? */
  async ended(ask: DialEnd): Promise<"over" | "go-on"> {
    this.#dials.delete(ask.call);
    const state = await this.#deps.cases.state(ask.call);
    const caller = state?.caller;
    // Moved on by us, or gone: the document says what comes.
    if (state === undefined || caller === undefined || caller.place === "gone" || belongsInRoom(state)) return "go-on";
    // News of an earlier visit: the caller is elsewhere by now.
    if (caller.stream !== ask.visit && caller.place === "assistant" && ask.answered) return "go-on";
    const how = ask.answered ? await this.#howItEnded(ask) : "refused";
    if (how === "assistant-ended" && isSettled(state)) return "over";
    // The carrier's side ended it: a redirect of ours.
    if (how !== "line-ended" && how !== "stopped") await this.#tellLost(ask, how, caller);
    return "go-on";
  }

  async #tellLost(ask: DialEnd, how: HostedEnd, { place, stream }: CallerPart): Promise<void> {
    const { cases, clock, log } = this.#deps;
    const now = clock.now();
    const before = this.#lost.get(ask.call);
    const down = how === "refused" || (before !== undefined && now < after(before, LOST_TWICE_MS));
    this.#lost.set(ask.call, now);
    log.warn({ call: ask.call, reason: how, raw: ask.raw }, "a hosted assistant is gone from its call");
    const present = place === "assistant" ? stream : undefined;
    await cases.deliver(ask.call, { kind: "assistant-lost", stream: present ?? ask.visit, down }, "carrier");
  }

  perform(call: CallId, effect: SpeechEffect): boolean {
    const entry = this.#entries.get(call);
    if (entry === undefined) return false;
    if (entry.call !== undefined) entry.call.perform(effect);
    else if (entry.effects.length < EFFECTS_MAX) entry.effects.push(effect);
    return true;
  }

  evaluated(call: CallId, evaluation: SelfEvaluation): boolean {
    const hosted = this.#entries.get(call)?.call;
    hosted?.evaluated(evaluation);
    return hosted !== undefined;
  }

  close(): void {
    for (const entry of this.#entries.values()) this.#forget(entry);
  }

  async #begin(entry: Entry, session: HostedSession): Promise<OpenedVisit | undefined> {
    const { visit } = entry;
    const state = await this.#deps.cases.state(visit.call);
    // Late news of a visit that the caller was moved on from need nobody to look after it.
    const caller = state?.caller;
    const past = caller?.place === "gone" || isEarlier(visit.visit, caller?.stream);
    if (state === undefined || caller === undefined || past || belongsInRoom(state)) {
      this.#forget(entry);
      return undefined;
    }
    const facts = await loadCall(this.#deps, visit.call);
    this.#dials.delete(visit.call);
    const call = new HostedCall({
      deps: this.#deps,
      facts,
      visit,
      session,
      reported: (report) => this.#deps.report(visit.call, report),
      mute: () => void this.#takeAway(entry),
      ended: ({ how, raw }) => {
        this.#deps.log.info(
          { call: visit.call, stream: visit.visit, reason: how, raw },
          "a hosted assistant's visit ended",
        );
        entry.ended.resolve(how);
        this.#forget(entry);
      },
    });
    await call.load();
    entry.call = call;
    for (const effect of entry.effects.splice(0)) call.perform(effect);
    return { assistant: facts.setup.assistant, setup: call.setup, listener: call };
  }

  /** The assistant says nothing when it is needed: the carrier's voice comes at once, and then another visit. */
  async #takeAway(entry: Entry): Promise<void> {
    const { cases, redirect, log } = this.#deps;
    const { call, visit } = entry.visit;
    try {
      const caller = (await cases.state(call))?.caller;
      if (caller === undefined || caller.stream !== visit || caller.place !== "assistant") return;
      this.#forget(entry);
      await this.#tellLost({ call, visit, answered: true, raw: "mute" }, "failed", caller);
      await redirect(call, caller.leg);
    } catch (err) {
      log.error({ call, err }, "a caller could not be taken away from a mute assistant");
    }
  }

  /** The vendor's word on it, which may take a moment; without one the visit was lost. */
  async #howItEnded({ call, visit }: { readonly call: CallId; readonly visit: string }): Promise<HostedEnd> {
    const entry = [...this.#ending, ...this.#entries.values()].find((each) => each.visit.visit === visit);
    if (entry === undefined) return "failed";
    const silent = pause(this.#deps.clock, WORD_MS).then(() => "failed" as const);
    const how = await Promise.race([entry.ended.promise, silent]);
    if (this.#entries.get(call) === entry) this.#forget(entry);
    return how;
  }

  /** Visits that ended lately, for the carrier's word that may come later. */
  readonly #ending: Entry[] = [];

  #forget(entry: Entry): void {
    entry.call?.close();
    entry.free();
    this.#ending.push(entry);
    if (this.#ending.length > 200) this.#ending.shift();
    if (this.#entries.get(entry.visit.call) === entry) this.#entries.delete(entry.visit.call);
  }
}

const isSettled = ({ handoff }: CaseState): boolean => handoff.kind === "none" || handoff.kind === "closed";
