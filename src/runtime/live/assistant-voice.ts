import type { EpochMs } from "../../domain/time.ts";
import type { LineId, LineValues } from "../../handoff/lines.ts";
import type { AssistantEvent, AssistantSession, AssistantSetup } from "../../ports/assistant.ts";
import type { CallerLine } from "../../ports/caller-line.ts";
import { AssistantLink } from "./assistant-link.ts";
import type { CallFacts } from "./call-facts.ts";
import type { CaseSide } from "./case-side.ts";
import { borneMs, companyLine } from "./company.ts";
import {
  endedNote,
  instructionsFor,
  type Mode,
  modeOf,
  SEARCH_AGAIN,
  STILL_THERE,
  WITHOUT_PROMISE,
} from "./instructions.ts";
import { lineText } from "./line-text.ts";
import type { LiveDeps } from "./live-deps.ts";
import { backedBy, type PromiseKind } from "./promise-guard.ts";
import { QuietWatch, type Quietness } from "./quiet-watch.ts";
import { Speaker } from "./speaker.ts";
import type { SpokenWords } from "./speaker-parts.ts";
import type { FixedLine, Speech } from "./speech.ts";

/** Unanswered "are you still there" in a row. */
const PROMPTS_MAX = 3;
/** The least time the assistant has for its first audio, however long it has been quiet. */
const FIRST_AUDIO_MIN_MS = 1_200;
/** While somebody is being got, the next voice is due some 3 s after the last: a change of hands takes up to two of them. */
const FRESH_MS = 600;

export type VoiceListener = {
  event(event: AssistantEvent): void;
  itemStarted(item: string, at: EpochMs): void;
  itemHeard(words: SpokenWords): void;
  /** The first session can speak. */
  started(): void;
  lost(): void;
  /** The model is down: the carrier's fixed lines take over. */
  down(): void;
  /** Nobody spoke for `ms` although the caller was due. True: somebody speaks now. */
  silence(ms: number): boolean;
  /** The assistant was asked twice and said nothing. True: the system speaks. */
  mute(): boolean;
  /** The assistant promises a person again although it was stopped. */
  insistsOnPerson(): void;
};

export type VoiceParts = {
  readonly deps: LiveDeps;
  readonly facts: CallFacts;
  readonly line: CallerLine;
  readonly side: CaseSide;
  readonly history: () => AssistantSetup["history"];
  /** The caller speaks now, and when they last did. */
  readonly caller: () => { readonly speaking: boolean; readonly voiceAt: EpochMs };
};

/** What the caller hears of us: the assistant's session, its instructions of the moment, fixed lines, and no long silence. */
export class AssistantVoice {
  readonly #parts: VoiceParts;
  readonly #listener: VoiceListener;
  readonly #link: AssistantLink;
  readonly #quiet: QuietWatch;
  readonly speaker: Speaker;
  #mode: Mode;
  #instructions: string;
  #companyTurn = 0;
  #prompts = 0;
  /** Promises cut since the caller last spoke. */
  #cuts = 0;
  #started = false;

  constructor(parts: VoiceParts, listener: VoiceListener) {
    this.#parts = parts;
    this.#listener = listener;
    const { deps, facts } = parts;
    this.#mode = modeOf(parts.side.state);
    this.#instructions = instructionsFor(facts.profile.instructions, this.#mode);
    const { assistant, clock, log, settings } = deps;
    this.#link = new AssistantLink(
      { ...settings, assistant, clock, log, setup: () => this.#setup(), audioDropped: deps.hooks.audioDropped },
      {
        ready: (again) => this.#ready(again),
        event: (event) => listener.event(event),
        lost: () => {
          this.speaker.sessionLost();
          listener.lost();
        },
        down: () => listener.down(),
      },
    );
    this.#quiet = new QuietWatch(
      clock,
      () => this.#quietness(),
      (ms) => this.#tooQuiet(ms),
    );
    this.speaker = this.#createSpeaker();
  }

  get session(): AssistantSession | undefined {
    return this.#link.session;
  }

  get mode(): Mode {
    return this.#mode;
  }

  /**
   * Nobody of us speaks or is about to, and, where somebody is being got, the last voice is so fresh that the next one
   * may come from elsewhere in time.
   */
  get resting(): boolean {
    if (this.session === undefined || this.speaker.busy || this.speaker.audible) return false;
    return !this.#getsPerson() || this.#parts.deps.clock.now() - this.#quietSince() < FRESH_MS;
  }

  open(): void {
    this.#link.open();
  }

  hear(audio: Uint8Array): void {
    this.#link.hear(audio);
  }

  /** The case is in another state: other instructions may hold. */
  follow(): void {
    const mode = modeOf(this.#parts.side.state);
    if (mode.kind !== this.#mode.kind) this.#companyTurn = 0;
    this.#mode = mode;
    const instructions = instructionsFor(this.#parts.facts.profile.instructions, mode);
    if (instructions !== this.#instructions) this.session?.instruct(instructions);
    this.#instructions = instructions;
    if (mode.kind === "silent") this.speaker.dropAnswers();
    this.#quiet.changed();
  }

  /** Somebody became audible or quiet. */
  changed(): void {
    this.#quiet.changed();
  }

  /** The caller has said something: what was counted since they last did begins anew. */
  callerAnswered(): void {
    this.#prompts = 0;
    this.#cuts = 0;
  }

  answer(): void {
    if (this.#mode.kind !== "silent") this.speaker.say({ kind: "answer" });
  }

  /**
   * The last answer was not good enough: the assistant looks it up again, now, or with its next reply when the caller
   * has the floor. False: it has no say at the moment.
   */
  searchAgain(callersTurn: boolean): boolean {
    if (this.#mode.kind !== "talk" || this.session === undefined) return false;
    if (callersTurn || this.speaker.busy) this.session.note(SEARCH_AGAIN);
    else this.speaker.say({ kind: "answer", instructions: `${this.#setup().instructions}\n\n${SEARCH_AGAIN}` });
    return true;
  }

  say(line: LineId, values: LineValues, why: FixedLine["why"]): void {
    this.speaker.say(this.#fixed(line, values, why));
  }

  /** The assistant helps the caller again, and knows what became of the handoff. */
  resume(because: string): void {
    const { state } = this.#parts.side;
    this.speaker.silence(false);
    if (state !== undefined) this.session?.note(endedNote(state, because));
    this.follow();
  }

  close(): void {
    this.speaker.close();
    this.#quiet.close();
    this.#link.close();
  }

  #ready(again: boolean): void {
    const first = !this.#started;
    this.#started = true;
    if (first) this.#listener.started();
    const greets = first && this.#parts.facts.turns.length === 0;
    const line = greets ? "greeting" : again ? "assistant-back" : undefined;
    const said = line === undefined || this.#mode.kind === "silent" ? undefined : this.#fixed(line, {}, "own");
    this.speaker.resume(said);
    this.#quiet.changed();
  }

  #setup(): AssistantSetup {
    const { setup, profile, tools } = this.#parts.facts;
    return {
      assistant: setup.assistant,
      call: this.#parts.line.call,
      instructions: this.#instructions,
      language: setup.language,
      tools,
      history: this.#parts.history(),
      ...(profile.voice === undefined ? {} : { voice: profile.voice }),
    };
  }

  #fixed(line: LineId, values: LineValues, why: FixedLine["why"]): Speech {
    const { deps, facts, side } = this.#parts;
    const text = lineText({ deps, facts, state: side.state }, line, values);
    return { kind: "line", line, text, why };
  }

  #createSpeaker(): Speaker {
    const { deps, facts, line, side } = this.#parts;
    const { language } = facts.setup;
    return new Speaker(
      {
        line,
        session: () => this.session,
        clock: deps.clock,
        check: { language, backed: (kind) => backedBy(side.state, kind) },
        checkWordsMs: deps.settings.checkWordsMs,
        patience: () => this.#patience(),
        noPromise: () => deps.words.line(language, "no-promise", {}),
      },
      {
        itemStarted: (item, at) => this.#listener.itemStarted(item, at),
        itemHeard: (words) => this.#listener.itemHeard(words),
        lineBegan: (begun, at) => deps.hooks.lineBegan?.(begun, side.state, at),
        lineEnded: (ended) => void side.tell({ kind: "line-ended", line: ended }, "assistant"),
        promiseCut: (kind) => this.#promiseCut(kind),
        unplayable: () =>
          deps.log.warn({ call: line.call, stream: line.stream }, "speech was cut: it cannot be played"),
        overfull: () => this.#link.giveUp("too many lines wait to be said", "try again"),
        mute: () => this.#mute(),
        changed: () => this.#quiet.changed(),
      },
    );
  }

  /**
   * The sentence that stands in for a cut one leaves the caller with a question: the assistant is asked once more, and
   * one that insists on a person has asked for one (B47).
   */
  #promiseCut(kind: PromiseKind): void {
    this.#parts.deps.hooks.promiseCut?.(kind);
    this.session?.note("Your sentence promised what is not arranged and was cut. Do not promise it again.");
    if (this.#mode.kind !== "talk") return;
    this.#cuts += 1;
    if (this.#cuts === 1)
      this.speaker.say({ kind: "answer", instructions: `${this.#setup().instructions}\n\n${WITHOUT_PROMISE}` });
    else if (kind === "person") this.#listener.insistsOnPerson();
  }

  /** While a person is got there is no time for another session: the carrier speaks at once (C16). */
  #mute(): void {
    if (this.#getsPerson()) return this.#link.giveUp("no audio", "for good");
    if (!this.#listener.mute()) this.#link.giveUp("no audio", "try again");
  }

  /** A person is being got, or nobody can be: no stretch of 4 s without a voice (C17). */
  #getsPerson(): boolean {
    return this.#mode.kind !== "talk" && this.#mode.kind !== "silent";
  }

  #patience(): { readonly firstAudioMs: number; readonly again: boolean } {
    const { settings, clock } = this.#parts.deps;
    if (this.#mode.kind === "talk") return { firstAudioMs: settings.firstAudioMs, again: true };
    const left = settings.firstAudioHoldingMs - Math.max(0, clock.now() - this.#quietSince());
    return { firstAudioMs: Math.max(FIRST_AUDIO_MIN_MS, left), again: left >= FIRST_AUDIO_MIN_MS };
  }

  #quietSince(): EpochMs {
    const { voiceAt } = this.#parts.caller();
    const { audibleUntil } = this.speaker;
    return audibleUntil > voiceAt ? audibleUntil : voiceAt;
  }

  #quietness(): Quietness {
    const { fastPath, settings } = this.#parts.deps;
    const broken = this.session === undefined || this.#parts.caller().speaking || this.speaker.busy;
    const since = this.#quietSince();
    if (this.#getsPerson()) return { since, broken, limitMs: borneMs(settings.quietMs, this.speaker.latencyMs) };
    const waits = this.#mode.kind === "talk" && this.#prompts < PROMPTS_MAX;
    return { since, broken, limitMs: waits ? fastPath.policy().silence.longMs : undefined };
  }

  #tooQuiet(ms: number): void {
    const { side } = this.#parts;
    const company = companyLine(this.#mode, side.state, this.#companyTurn);
    if (company !== undefined) {
      this.#companyTurn += 1;
      return this.say(company.line, company.values, "company");
    }
    this.#prompts += 1;
    if (this.#listener.silence(ms)) return;
    const { instructions } = this.#setup();
    this.speaker.say({ kind: "answer", instructions: `${instructions}\n\n${STILL_THERE}` });
  }
}
