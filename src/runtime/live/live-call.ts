import { after } from "../../domain/time.ts";
import type { AssistantEvent } from "../../ports/assistant.ts";
import type { CallerLine, CallerLineEvent } from "../../ports/caller-line.ts";
import type { ToolRun } from "../../ports/conversations.ts";
import type { EscalationDecision } from "../../escalation/decision.ts";
import type { SelfEvaluation } from "../../scoring/self-evaluation.ts";
import type { SpeechEffect } from "../speech-effect.ts";
import { passOnWish } from "./agents-wish.ts";
import { AssistantVoice } from "./assistant-voice.ts";
import { type CallFacts, callerNow } from "./call-facts.ts";
import { CaseSide } from "./case-side.ts";
import { Dialogue } from "./dialogue.ts";
import { Ears } from "./ears.ts";
import { HoleFiller } from "./hole-filler.ts";
import { keepToolRun, vendorsRun } from "./keep-tool-run.ts";
import { Keys } from "./keys.ts";
import type { LiveDeps } from "./live-deps.ts";
import type { SpokenWords } from "./speaker-parts.ts";
import { ToolCalls } from "./tool-calls.ts";
import { TurnLog } from "./turn-log.ts";

/** The carrier asks what to do now as soon as we let go: the case must know by then that the model is down. */
const COMMIT_MAX_MS = 1_000;

/** One caller's line and one assistant's session, brought together. Wires the parts; each decision is in one of them. */
export class LiveCall {
  readonly #deps: LiveDeps;
  readonly #facts: CallFacts;
  readonly #line: CallerLine;
  readonly #ended: () => void;
  readonly #side: CaseSide;
  readonly #turns: TurnLog;
  readonly #dialogue: Dialogue;
  readonly #voice: AssistantVoice;
  readonly #ears: Ears;
  readonly #tools: ToolCalls;
  readonly #keys: Keys;
  /** The caller cut an answer off that they may still want. */
  #owed = false;
  #over = false;

  /** @param ended the line is gone or let go, and everything of this call is closed. */
  constructor(deps: LiveDeps, facts: CallFacts, line: CallerLine, ended: () => void) {
    this.#deps = deps;
    this.#facts = facts;
    this.#line = line;
    this.#ended = ended;
    const { caseId } = facts;
    this.#side = new CaseSide({ ...deps, caseId }, () => this.#voice.follow());
    this.#turns = new TurnLog({ ...deps, caseId, told: (turn) => deps.hooks.turn?.(caseId, turn) });
    this.#turns.load(facts.turns);
    this.#dialogue = new Dialogue({
      deps,
      facts,
      side: this.#side,
      turns: this.#turns,
      systemSpeaks: () => this.#voice.speaker.dropAnswers(),
      emergency: () => this.#voice.say("emergency", {}, "ordered"),
    });
    this.#voice = this.#createVoice();
    this.#ears = this.#createEars();
    this.#tools = this.#createTools();
    this.#keys = new Keys(
      deps.clock,
      () => this.#voice.mode.kind === "choose" || this.#voice.mode.kind === "confirm",
      (key) => this.#pressed(key),
    );
  }

  /** Opens the assistant's session. */
  async start(): Promise<void> {
    await this.#side.load();
    if (!this.#over) this.#voice.open();
  }

  hearLine(event: CallerLineEvent): void {
    if (this.#over) return;
    switch (event.kind) {
      case "audio":
        return this.#ears.frame(event.audio, event.timestampMs);
      case "mark":
        return this.#voice.speaker.marked(event.name);
      case "key":
        return this.#keys.press(event.key);
      case "ended":
        return this.#lineEnded(event.how);
      default:
        return event satisfies never;
    }
  }

  /** The line may change hands now without a word being lost. */
  get resting(): boolean {
    return this.#voice.resting && !this.#ears.busy && !this.#tools.busy;
  }

  perform(effect: SpeechEffect): void {
    if (this.#over) return;
    switch (effect.kind) {
      case "speak":
        return this.#voice.say(effect.line, effect.values, "ordered");
      case "cut-speech":
        this.#ears.clear();
        return this.#voice.speaker.cut();
      case "keep-company":
        // Also after a move that failed: the assistant is wanted again.
        this.#voice.speaker.silence(false);
        return this.#voice.follow();
      case "silence-assistant":
        this.#ears.clear();
        return this.#voice.speaker.silence(true);
      case "resume-assistant":
        this.#dialogue.resumed(effect.because, this.#side.state);
        this.#voice.resume(effect.because);
        return effect.because === "handed-back" ? void this.#passOnWish() : undefined;
      default:
        return effect satisfies never;
    }
  }

  /** The deep path's word on one of the assistant's turns. */
  evaluated(evaluation: SelfEvaluation): void {
    if (this.#over) return;
    this.#searchAgainIfDue(this.#dialogue.evaluated(evaluation));
  }

  #searchAgainIfDue(decision: EscalationDecision): void {
    if (decision.escalate || decision.reGround === undefined) return;
    const callersTurn = this.#ears.speaking || this.#turns.openKeys("caller").length > 0;
    if (this.#voice.searchAgain(callersTurn)) this.#dialogue.searchedAgain();
  }

  /** Closes our end: the carrier asks what the caller's leg should do now. */
  letGo(): void {
    if (this.#over) return;
    this.close();
    this.#line.letGo();
  }

  close(): void {
    if (this.#over) return;
    this.#over = true;
    this.#voice.close();
    this.#ears.close();
    this.#keys.close();
    this.#side.close();
    this.#ended();
  }

  #createVoice(): AssistantVoice {
    return new AssistantVoice(
      {
        deps: this.#deps,
        facts: this.#facts,
        line: this.#line,
        side: this.#side,
        history: () => this.#turns.history(),
        caller: () => this.#ears,
      },
      {
        event: (event) => this.#hearAssistant(event),
        itemStarted: (item, at) => this.#turns.open(item, "assistant", at),
        itemHeard: (words) => this.#spoken(words),
        started: () => void this.#side.tell({ kind: "assistant-started", stream: this.#line.stream }, "assistant"),
        lost: () => {
          this.#tools.sessionLost();
          this.#ears.lost();
        },
        down: () => void this.#giveUp(),
        silence: (ms) => this.#dialogue.silence(ms),
        mute: () => this.#dialogue.assistantFailed("The assistant did not speak."),
        insistsOnPerson: () => {
          this.#dialogue.ownTool({
            kind: "escalate",
            reason: "The assistant told the caller that a person would come.",
          });
        },
      },
    );
  }

  #createEars(): Ears {
    const { clock, settings, hooks } = this.#deps;
    const { speaker } = this.#voice;
    const holes = new HoleFiller(clock, (audio) => this.#voice.hear(audio));
    return new Ears(
      { ...settings, clock, turns: this.#turns, holes, audible: () => speaker.audible },
      {
        turn: (turn, reading) => {
          this.#voice.callerAnswered();
          this.#owed = false;
          return this.#dialogue.callerTurn(turn, reading);
        },
        answer: () => {
          this.#owed = false;
          this.#voice.answer();
        },
        interrupt: () => {
          this.#owed = speaker.yieldToCaller() || this.#owed;
          hooks.callerInterrupted?.();
        },
        speaking: (speaks) => {
          this.#owed = speaker.callerSpeaks(speaks) || this.#owed;
          this.#voice.changed();
        },
        owed: () => this.#owed,
      },
    );
  }

  #createTools(): ToolCalls {
    const { tools } = this.#deps;
    const { setup } = this.#facts;
    return new ToolCalls(
      {
        tools,
        assistant: setup.assistant,
        session: () => this.#voice.session,
        values: async () => {
          const { ani, customerId } = await callerNow(this.#deps, this.#facts);
          return { ani: ani ?? "", customerId: customerId ?? "" };
        },
      },
      {
        own: (call) => this.#dialogue.ownTool(call),
        ran: (run) => this.#toolRan(run),
        // While the caller speaks, or the system does, going on would be talking over them.
        answered: () => {
          if (!this.#over && !this.#ears.speaking && !this.#voice.speaker.ordered) this.#voice.answer();
        },
      },
    );
  }

  #hearAssistant(event: AssistantEvent): void {
    this.#ears.take(event);
    this.#voice.speaker.take(event);
    if (event.kind === "tool-call") this.#tools.call(event);
    if (event.kind === "tool-ran") this.#toolRan(vendorsRun(event, this.#deps.clock.now()));
    if (event.kind !== "reply-ended") return;
    this.#tools.replyEnded(event.reply);
    if (event.contextShare !== undefined) this.#dialogue.contextUsed(event.contextShare);
  }

  #spoken({ item, text, endedAt, interrupted }: SpokenWords): void {
    const turn = this.#turns.close(item, { text, endedAt, ...(interrupted ? { interrupted } : {}) });
    const weak = turn === undefined ? undefined : this.#dialogue.assistantTurn(turn);
    if (weak !== undefined && !this.#over) this.#searchAgainIfDue(weak);
  }

  #pressed(key: string): void {
    this.#voice.callerAnswered();
    this.#ears.clear();
    this.#voice.speaker.yieldToCaller();
    void this.#side.tell({ kind: "caller-pressed", key }, "caller");
  }

  #lineEnded(how: "released" | "lost"): void {
    const { stream } = this.#line;
    if (how === "lost") void this.#side.tell({ kind: "assistant-lost", stream, down: false }, "carrier");
    this.close();
  }

  async #giveUp(): Promise<void> {
    const { clock, log } = this.#deps;
    log.error(
      { call: this.#line.call, stream: this.#line.stream },
      "the assistant is down; the carrier's lines take over",
    );
    const committed = this.#side.tell({ kind: "assistant-lost", stream: this.#line.stream, down: true }, "assistant");
    const waited = new Promise<void>((wake) => void clock.at(after(clock.now(), COMMIT_MAX_MS), wake));
    await Promise.race([committed, waited]);
    this.letGo();
  }

  #passOnWish(): Promise<void> {
    const { caseId } = this.#facts;
    return passOnWish(this.#deps, { caseId, escalation: this.#side.state?.escalation?.id }, (wish) => {
      if (!this.#over) this.#voice.session?.note(wish);
    });
  }

  #toolRan(run: ToolRun): void {
    keepToolRun(this.#deps, this.#facts.caseId, run);
    if (!this.#over) this.#dialogue.toolRan(run);
  }
}
