import type {
  HostedEvent,
  HostedListener,
  HostedReport,
  HostedSession,
  HostedVerdict,
  Visit,
  WeakReply,
} from "../../ports/hosted-assistant.ts";
import type { AssistantSetup } from "../../ports/assistant.ts";
import type { SelfEvaluation } from "../../scoring/self-evaluation.ts";
import { passOnWish } from "../live/agents-wish.ts";
import type { CallFacts } from "../live/call-facts.ts";
import { CaseSide } from "../live/case-side.ts";
import { Dialogue } from "../live/dialogue.ts";
import { Keys } from "../live/keys.ts";
import type { LiveDeps } from "../live/live-deps.ts";
import type { PromiseKind } from "../live/promise-guard.ts";
import { TurnLog } from "../live/turn-log.ts";
import type { SpeechEffect } from "../speech-effect.ts";
import { HostedTools } from "./hosted-tools.ts";
import { HostedVoice } from "./hosted-voice.ts";
import { PromiseWatch, unbacked } from "./promise-watch.ts";

export type HostedDeps = Omit<LiveDeps, "assistant">;

export type HostedCallParts = {
  readonly deps: HostedDeps;
  readonly facts: CallFacts;
  readonly visit: Visit;
  readonly session: HostedSession;
  readonly reported: (report: HostedReport) => void;
  readonly ended: (event: Extract<HostedEvent, { kind: "ended" }>) => void;
  /** It does not speak when it is needed: the caller has to be taken away from it. */
  readonly mute: () => void;
};

const WORDS_OF_THE_SYSTEM = "Your sentence promised what is not arranged. Do not say it again, and promise nothing.";

/** One caller with an assistant that its vendor runs: what they say is judged as ever, and what is to be said is steered. */
export class HostedCall implements HostedListener {
  readonly #parts: HostedCallParts;
  readonly #side: CaseSide;
  readonly #turns: TurnLog;
  readonly #dialogue: Dialogue;
  readonly #voice: HostedVoice;
  readonly #keys: Keys;
  readonly #promises: PromiseWatch;
  readonly #tools: HostedTools;
  #weakTurn = -1;
  /** Promises stopped before they were spoken, since the caller last spoke. */
  #stopped = 0;
  #connected = false;
  #over = false;

  constructor(parts: HostedCallParts) {
    this.#parts = parts;
    const { deps, facts } = parts;
    const { caseId } = facts;
    this.#side = new CaseSide({ ...deps, caseId }, () => this.#voice.follow());
    this.#turns = new TurnLog({ ...deps, caseId, told: (turn) => deps.hooks.turn?.(caseId, turn) });
    this.#turns.load(facts.turns);
    this.#dialogue = new Dialogue({
      deps,
      facts,
      side: this.#side,
      turns: this.#turns,
      // What it says to this turn cannot be kept back; the system's line takes its place.
      systemSpeaks: () => undefined,
      emergency: () => this.#voice.say("emergency", {}, "ordered"),
    });
    this.#promises = new PromiseWatch(facts.setup.language);
    this.#voice = new HostedVoice({
      deps,
      facts,
      side: this.#side,
      session: parts.session,
      silence: (ms) => this.#dialogue.silence(ms),
      mute: () => parts.mute(),
    });
    this.#tools = new HostedTools({
      deps,
      facts,
      session: parts.session,
      own: (call) => this.#dialogue.ownTool(call).output,
      ran: (run) => {
        if (!this.#over) this.#dialogue.toolRan(run);
      },
    });
    this.#keys = new Keys(
      deps.clock,
      () => this.#voice.mode.kind === "choose" || this.#voice.mode.kind === "confirm",
      (key) => void this.#side.tell({ kind: "caller-pressed", key }, "caller"),
    );
  }

  get setup(): AssistantSetup {
    const { facts } = this.#parts;
    return {
      assistant: facts.setup.assistant,
      instructions: this.#voice.instructions,
      language: facts.setup.language,
      tools: facts.tools,
      history: this.#turns.history(),
      ...(facts.profile.voice === undefined ? {} : { voice: facts.profile.voice }),
    };
  }

  load(): Promise<void> {
    return this.#side.load();
  }

  hear(event: HostedEvent): HostedVerdict {
    if (event.kind === "reported") this.#parts.reported(event.report);
    if (this.#over) return "handled";
    switch (event.kind) {
      case "connected":
        this.#connect();
        return "answer";
      case "speech-started":
        this.#connect();
        this.#voice.speech(event.party, "started", event.name);
        return "answer";
      case "speech-ended":
        this.#voice.speech(event.party, "ended");
        return "answer";
      case "words":
        return event.party === "caller" ? this.#callerWords(event) : this.#assistantWords(event);
      default:
        this.#hearOther(event);
        return "answer";
    }
  }

  check(soFar: string): ReturnType<HostedListener["check"]> {
    const { deps, facts } = this.#parts;
    const { language } = facts.setup;
    const [kind] = unbacked(soFar, language, this.#side.state);
    if (kind === undefined) return { kind: "say" };
    deps.hooks.promiseCut?.(kind);
    this.#stopped += 1;
    this.#parts.session.note(WORDS_OF_THE_SYSTEM);
    if (this.#stopped > 1 && kind === "person") this.#getPerson();
    return { kind: "instead", text: deps.words.line(language, "no-promise", {}) };
  }

  perform(effect: SpeechEffect): void {
    if (this.#over) return;
    switch (effect.kind) {
      case "speak":
        return this.#voice.say(effect.line, effect.values, "ordered");
      case "cut-speech":
        return this.#voice.lines.forget();
      case "keep-company":
        this.#voice.silence(false);
        return this.#voice.follow();
      case "silence-assistant":
        return this.#voice.silence(true);
      case "resume-assistant":
        this.#dialogue.resumed(effect.because, this.#side.state);
        this.#voice.resume(effect.because);
        return effect.because === "handed-back" ? void this.#passOnWish() : undefined;
      default:
        return effect satisfies never;
    }
  }

  /** A weak reply nobody has heard counts like one that was: searched again once, then a person. */
  readonly weak = (judged: WeakReply): "handled" | "go-on" => {
    if (this.#over) return "handled";
    // Two drafts in a row are two tries, although neither became a turn.
    this.#weakTurn = Math.max(this.#weakTurn + 1, this.#turns.history().length);
    const at = this.#parts.deps.clock.now();
    const decision = this.#dialogue.evaluated({ ...judged, turn: this.#weakTurn, at });
    if (decision.escalate) return "handled";
    if (decision.reGround !== undefined) this.#dialogue.searchedAgain();
    return "go-on";
  };

  /** The deep path's word on one of the assistant's turns. */
  evaluated(evaluation: SelfEvaluation): void {
    if (this.#over) return;
    const decision = this.#dialogue.evaluated(evaluation);
    if (decision.escalate || decision.reGround === undefined) return;
    if (this.#voice.searchAgain()) this.#dialogue.searchedAgain();
  }

  close(): void {
    if (this.#over) return;
    this.#over = true;
    this.#voice.close();
    this.#keys.close();
    this.#side.close();
  }

  #connect(): void {
    if (this.#connected) return;
    this.#connected = true;
    void this.#side.tell({ kind: "assistant-started", stream: this.#parts.visit.visit }, "assistant");
    this.#voice.ready();
  }

  #hearOther(event: HostedEvent): void {
    switch (event.kind) {
      case "key":
        return this.#keys.press(event.key);
      case "tool-call":
        return void this.#tools.call(event);
      case "tool-ran":
        return this.#tools.ran(event);
      case "late":
        this.#parts.deps.log.warn({ call: this.#parts.visit.call }, "the hosted assistant says that it is late");
        return undefined;
      case "ended":
        this.close();
        return this.#parts.ended(event);
      default:
        return undefined;
    }
  }

  #callerWords(event: Extract<HostedEvent, { kind: "words" }>): HostedVerdict {
    const now = this.#parts.deps.clock.now();
    if (!event.final) return "answer";
    this.#connect();
    const key = `caller:${event.item}`;
    this.#turns.open(key, "caller", event.startedAt ?? now);
    const { text, confidence, endedAt } = event;
    const turn = this.#turns.close(key, {
      text,
      endedAt: endedAt ?? now,
      ...(confidence === undefined ? {} : { asrConfidence: confidence }),
    });
    if (turn === undefined) return "handled";
    this.#voice.callerAnswered();
    this.#stopped = 0;
    return this.#dialogue.callerTurn(turn, undefined);
  }

  #assistantWords({ item, text, final, startedAt, endedAt }: Extract<HostedEvent, { kind: "words" }>): HostedVerdict {
    const { deps } = this.#parts;
    const now = deps.clock.now();
    const theirs = this.#voice.lines.notOurs(text);
    const key = `assistant:${item}`;
    this.#turns.open(key, "assistant", startedAt ?? now);
    if (theirs !== "") for (const kind of this.#promises.look(item, theirs, this.#side.state)) this.#promised(kind);
    if (!final) return "answer";
    const turn = this.#turns.close(key, { text, endedAt: endedAt ?? now });
    if (turn !== undefined) this.#dialogue.assistantTurn(turn);
    return "answer";
  }

  /**
   * Nothing of this could be prevented: it is counted, the assistant is told, and what was promised is got or offered as if
   * it had been asked for.
   */
  #promised(kind: PromiseKind): void {
    const { deps, session, visit } = this.#parts;
    deps.hooks.promiseHeard?.(kind);
    deps.log.warn({ call: visit.call, reason: kind }, "a hosted assistant promised what nobody had");
    session.note(WORDS_OF_THE_SYSTEM);
    if (kind === "callback") this.#dialogue.ownTool({ kind: "choose", choice: "callback" });
    else if (kind === "person") this.#getPerson();
    else this.#voice.say("no-promise", {}, "own");
  }

  #getPerson(): void {
    this.#dialogue.ownTool({ kind: "escalate", reason: "The assistant told the caller that a person would come." });
  }

  #passOnWish(): Promise<void> {
    const { deps, facts, session } = this.#parts;
    return passOnWish(deps, { caseId: facts.caseId, escalation: this.#side.state?.escalation?.id }, (wish) => {
      if (!this.#over) session.note(wish);
    });
  }
}
