import { after, type EpochMs } from "../../domain/time.ts";
import type { LineId, LineValues } from "../../handoff/lines.ts";
import type { HostedParty, HostedSession } from "../../ports/hosted-assistant.ts";
import type { CallFacts } from "../live/call-facts.ts";
import type { CaseSide } from "../live/case-side.ts";
import { borneMs, companyLine } from "../live/company.ts";
import { endedNote, instructionsFor, type Mode, modeOf, SEARCH_AGAIN, STILL_THERE } from "../live/instructions.ts";
import { lineText } from "../live/line-text.ts";
import type { LiveDeps } from "../live/live-deps.ts";
import { NamedTimers } from "../live/named-timers.ts";
import { QuietWatch, type Quietness } from "../live/quiet-watch.ts";
import type { FixedLine } from "../live/speech.ts";
import { LineQueue } from "./line-queue.ts";

export type HostedVoiceParts = {
  readonly deps: Omit<LiveDeps, "assistant">;
  readonly facts: CallFacts;
  readonly side: CaseSide;
  readonly session: HostedSession;
  /** Nobody spoke for `ms` although the caller was due. True: the system speaks. */
  readonly silence: (ms: number) => boolean;
  /** The assistant's voice does not come although a person is being got. */
  readonly mute: () => void;
};

/** Unanswered "are you still there" in a row. */
const PROMPTS_MAX = 3;
/** Of a quiet on a line we hear of only by message: what the messages themselves take is in it. */
const QUIET_MS = 1_300;
/** Speech whose end was never told is over after this long. */
const STUCK_MS: Readonly<Record<HostedParty, number>> = { assistant: 25_000, caller: 15_000 };

/** What the caller hears through a voice that others run: fixed lines, instructions of the moment, and no long silence. */
export class HostedVoice {
  readonly lines: LineQueue;
  readonly #parts: HostedVoiceParts;
  readonly #quiet: QuietWatch;
  readonly #stuck: NamedTimers<HostedParty>;
  readonly #speaking: Record<HostedParty, boolean> = { caller: false, assistant: false };
  #lastVoice: EpochMs;
  #mode: Mode;
  #instructions: string;
  #companyTurn = 0;
  #prompts = 0;
  #started = false;
  #silenced = false;

  constructor(parts: HostedVoiceParts) {
    this.#parts = parts;
    const { clock } = parts.deps;
    this.#lastVoice = clock.now();
    this.#mode = modeOf(parts.side.state);
    this.#instructions = instructionsFor(parts.facts.profile.instructions, this.#mode);
    this.#stuck = new NamedTimers(clock);
    this.lines = new LineQueue({
      clock,
      session: () => parts.session,
      began: (line) => parts.deps.hooks.lineBegan?.(line, parts.side.state, clock.now()),
      ended: (line) => void parts.side.tell({ kind: "line-ended", line }, "assistant"),
      changed: () => this.#quiet.changed(),
      // A model that is told to say a line may take its time, or wait for the caller to end.
      urgent: () => this.#getsPerson() && parts.session.abilities.lines === "exactly",
      mute: () => parts.mute(),
    });
    this.#quiet = new QuietWatch(
      clock,
      () => this.#quietness(),
      (ms) => this.#tooQuiet(ms),
    );
  }

  get mode(): Mode {
    return this.#mode;
  }

  get instructions(): string {
    return this.#instructions;
  }

  /** The assistant is on the line. */
  ready(): void {
    this.#started = true;
    this.#lastVoice = this.#parts.deps.clock.now();
    this.#quiet.changed();
  }

  speech(party: HostedParty, what: "started" | "ended", name?: string): void {
    const now = this.#parts.deps.clock.now();
    this.#lastVoice = now;
    this.#speaking[party] = what === "started";
    const until = what === "started" ? after(now, STUCK_MS[party]) : undefined;
    this.#stuck.set(party, until, () => this.speech(party, "ended"));
    if (party === "caller") this.lines.callerSpeaks(what === "started");
    else if (what === "started") this.lines.speechStarted(name);
    else this.lines.speechEnded();
    this.#quiet.changed();
  }

  /** The caller has said something: what was counted since they last did begins anew. */
  callerAnswered(): void {
    this.#prompts = 0;
  }

  say(line: LineId, values: LineValues, why: FixedLine["why"]): void {
    const { deps, facts, side } = this.#parts;
    if (this.#silenced && why !== "ordered") return;
    const text = lineText({ deps, facts, state: side.state }, line, values);
    this.lines.say({ line, text, why });
  }

  /** The case is in another state: other instructions may hold. */
  follow(): void {
    const { side, facts, session } = this.#parts;
    const mode = modeOf(side.state);
    if (mode.kind !== this.#mode.kind) this.#companyTurn = 0;
    this.#mode = mode;
    const instructions = instructionsFor(facts.profile.instructions, mode);
    if (instructions !== this.#instructions) session.instruct(instructions);
    this.#instructions = instructions;
    this.#quiet.changed();
  }

  /** From now on only ordered lines leave (H9). */
  silence(silenced: boolean): void {
    if (silenced !== this.#silenced) this.#parts.session.mute(silenced);
    this.#silenced = silenced;
  }

  resume(because: string): void {
    const { state } = this.#parts.side;
    this.silence(false);
    if (state !== undefined) this.#parts.session.note(endedNote(state, because));
    this.follow();
  }

  /** The last answer was not good enough. False: the assistant has no say at the moment. */
  searchAgain(): boolean {
    if (this.#mode.kind !== "talk") return false;
    if (this.#speaking.caller || this.#speaking.assistant || this.lines.busy) this.#parts.session.note(SEARCH_AGAIN);
    else this.#parts.session.prompt(SEARCH_AGAIN);
    return true;
  }

  close(): void {
    this.lines.close();
    this.#quiet.close();
    this.#stuck.close();
  }

  #quietness(): Quietness {
    const { fastPath } = this.#parts.deps;
    const broken = !this.#started || this.#speaking.caller || this.#speaking.assistant || this.lines.busy;
    const since = this.#lastVoice;
    const waits = this.#mode.kind === "talk" && this.#prompts < PROMPTS_MAX;
    if (this.#getsPerson()) return { since, broken, limitMs: borneMs(QUIET_MS, this.lines.latencyMs) };
    return { since, broken, limitMs: waits ? fastPath.policy().silence.longMs : undefined };
  }

  /** A person is being got, or nobody can be: no stretch of 4 s without a voice (C17). */
  #getsPerson(): boolean {
    return this.#mode.kind !== "talk" && this.#mode.kind !== "silent";
  }

  #tooQuiet(ms: number): void {
    const { side, session } = this.#parts;
    const company = companyLine(this.#mode, side.state, this.#companyTurn);
    if (company !== undefined) {
      this.#companyTurn += 1;
      return this.say(company.line, company.values, "company");
    }
    this.#prompts += 1;
    this.#lastVoice = this.#parts.deps.clock.now();
    if (!this.#parts.silence(ms)) session.prompt(STILL_THERE);
    this.#quiet.changed();
  }
}
