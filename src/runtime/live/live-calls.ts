import type { CallId } from "../../domain/ids.ts";
import type { CallerLine, CallerLineEvent, CallerLineOpened } from "../../ports/caller-line.ts";
import type { CaseId } from "../../ports/journal.ts";
import type { SelfEvaluation } from "../../scoring/self-evaluation.ts";
import type { SpeechEffect } from "../speech-effect.ts";
import { loadCall } from "./call-facts.ts";
import { leaveLines } from "./leave-lines.ts";
import { type LineWatch, watchLine } from "./line-watch.ts";
import { LiveCall } from "./live-call.ts";
import type { LiveDeps } from "./live-deps.ts";
import { warmUp } from "./warm-up.ts";
import { LANGUAGES } from "../../scoring/language.ts";

/** What a line may bring before its call is loaded: 10 s of joined frames, 40 ms each. */
const WAITING_EVENTS_MAX = 250;
/** More orders than a case gives before a caller has said a word. */
const WAITING_EFFECTS_MAX = 32;

/** The calls whose media socket is on this node. */
export type LiveCalls = {
  readonly opened: CallerLineOpened;
  /** False: the line is not on this node. */
  perform(call: CallId, effect: SpeechEffect): boolean;
  /** Closes our end of the line, so that the carrier asks for the next document. False: not on this node. */
  letGo(call: CallId): boolean;
  /** The deep path's judgement of an assistant turn. False: the line is not on this node. */
  evaluated(call: CallId, evaluation: SelfEvaluation): boolean;
  /** The line of this case is on this node. */
  holds(caseId: CaseId): boolean;
  calls(): readonly CallId[];
  count(): number;
  /** Lets the lines go one after the other, each in a pause of its conversation, and all that are left after the limit. */
  leave(limitMs: number): Promise<void>;
  /** Lets every line go at once; a carrier then brings its caller to another node. */
  close(): Promise<void>;
};

/** Everything between a caller's media line and an assistant, for all lines of this node. */
export function createLiveCalls(deps: LiveDeps): LiveCalls {
  const lines = new Map<CallId, OpenedLine>();
  // Whatever a number was declared with, its callers may speak any of them.
  for (const language of LANGUAGES) warmUp(deps.fastPath, language);
  const opened: CallerLineOpened = (line) => {
    // A call has one stream; an earlier one that is still here is dead and does not know it yet.
    lines.get(line.call)?.close();
    const entry = new OpenedLine(deps, line, () => {
      if (lines.get(line.call) === entry) lines.delete(line.call);
    });
    lines.set(line.call, entry);
  };
  const on = (call: CallId, act: (line: OpenedLine) => void): boolean => {
    const line = lines.get(call);
    if (line !== undefined) act(line);
    return line !== undefined;
  };
  return {
    opened,
    perform: (call, effect) => on(call, (line) => line.perform(effect)),
    letGo: (call) => on(call, (line) => line.letGo()),
    evaluated: (call, evaluation) => on(call, (line) => line.evaluated(evaluation)),
    holds: (caseId) => [...lines.keys()].some((call) => call === caseId),
    calls: () => [...lines.keys()],
    count: () => lines.size,
    leave: (limitMs) => leaveLines(() => [...lines.values()], deps.clock, limitMs),
    async close() {
      for (const line of lines.values()) line.letGo();
    },
  };
}

/** A line from its opening on; what happens while its call is loaded is kept in order. */
class OpenedLine {
  readonly #deps: LiveDeps;
  readonly #line: CallerLine;
  readonly #ended: () => void;
  readonly #watch: LineWatch;
  #call: LiveCall | undefined;
  #over = false;
  #events: CallerLineEvent[] = [];
  #effects: SpeechEffect[] = [];
  #dropped = 0;

  constructor(deps: LiveDeps, line: CallerLine, ended: () => void) {
    this.#deps = deps;
    this.#line = line;
    this.#ended = ended;
    this.#watch = watchLine({ call: line.call, log: deps.log, heard: deps.hooks.lineHeard });
    line.listen((event) => this.#hear(event));
    void this.#load();
  }

  perform(effect: SpeechEffect): void {
    if (this.#call !== undefined) return this.#call.perform(effect);
    if (this.#effects.length < WAITING_EFFECTS_MAX) return void this.#effects.push(effect);
    const { call, stream } = this.#line;
    const count = this.#effects.length;
    // An order that is not carried out is worse than another document: the carrier asks what the case wants now.
    this.#deps.log.error({ call, stream, count }, "a call is not loaded and has too many orders; its line is let go");
    return this.letGo();
  }

  evaluated(evaluation: SelfEvaluation): void {
    this.#call?.evaluated(evaluation);
  }

  get resting(): boolean {
    return this.#call?.resting ?? false;
  }

  letGo(): void {
    if (this.#call !== undefined) return this.#call.letGo();
    this.close();
    this.#line.letGo();
  }

  close(): void {
    if (this.#over) return;
    this.#over = true;
    this.#watch.close();
    this.#call?.close();
    this.#ended();
  }

  #hear(event: CallerLineEvent): void {
    if (event.kind === "audio") this.#watch.frame(event.audio);
    if (this.#call !== undefined) return this.#call.hearLine(event);
    if (this.#events.length >= WAITING_EVENTS_MAX) this.#makeRoom();
    this.#events.push(event.kind === "audio" ? { ...event, audio: event.audio.slice() } : event);
  }

  /** Speech that is late helps nobody: the oldest goes, and a key only where there is nothing else. */
  #makeRoom(): void {
    const oldest = this.#events.findIndex(({ kind }) => kind === "audio");
    this.#events.splice(Math.max(0, oldest), 1);
    this.#dropped += 1;
    this.#deps.hooks.audioDropped?.();
  }

  async #load(): Promise<void> {
    const deps = this.#deps;
    try {
      const facts = await loadCall(deps, this.#line.call);
      if (this.#over) return;
      const call = new LiveCall(deps, facts, this.#line, () => this.close());
      this.#call = call;
      this.#tellDropped();
      for (const effect of this.#effects.splice(0)) call.perform(effect);
      for (const event of this.#events.splice(0)) call.hearLine(event);
      await call.start();
    } catch (err) {
      // A bug ends this line, not the process: the carrier asks for the next document.
      deps.log.error({ call: this.#line.call, err }, "a live call could not be started; its line is let go");
      this.letGo();
    }
  }

  #tellDropped(): void {
    const { call, stream } = this.#line;
    const count = this.#dropped;
    if (count > 0)
      this.#deps.log.warn({ call, stream, count }, "audio was dropped: the call could not be loaded in time");
  }
}
