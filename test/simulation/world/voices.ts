// The callers' lines on one node: sentences take time, one after the other, and end with the stream. While the assistant
// keeps company it fills silences, as the real one does.
import type { CallId } from "../../../src/domain/ids.ts";
import { after, type EpochMs } from "../../../src/domain/time.ts";
import type { LineId } from "../../../src/handoff/lines.ts";
import type { News } from "../../../src/ports/cases.ts";
import type { Clock } from "../../../src/ports/clock.ts";
import type { SpeechEffect } from "../../../src/runtime/speech-effect.ts";

export type Said = { readonly call: CallId; readonly line: LineId; readonly at: EpochMs; readonly ms: number };

type Line = {
  readonly stream: string;
  muted: boolean;
  company: boolean;
  queue: LineId[];
  stop?: (() => void) | undefined;
};

type Deps = {
  readonly clock: Clock;
  readonly deliver: (call: CallId, news: News) => void;
  readonly heard: (call: CallId, line: LineId) => void;
  readonly letGo: (call: CallId) => void;
  readonly said: (said: Said) => void;
};

/** A sentence takes this long. */
export const LINE_MS = 2_000;
/** From the caller's last word to the assistant's first. */
const ANSWER_MS = 200;
/** The assistant fills a silence well before it is four seconds long. */
const SILENCE_MS = 2_800;

export class SimVoices {
  readonly #lines = new Map<CallId, Line>();
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  open(call: CallId, stream: string, company: boolean): void {
    this.close(call);
    const line: Line = { stream, muted: false, company, queue: [] };
    this.#lines.set(call, line);
    this.#quiet(call, line);
  }

  close(call: CallId): void {
    this.#lines.get(call)?.stop?.();
    this.#lines.delete(call);
  }

  holds(call: CallId): boolean {
    return this.#lines.has(call);
  }

  calls(): readonly CallId[] {
    return [...this.#lines.keys()];
  }

  perform(call: CallId, effect: SpeechEffect): boolean {
    const line = this.#lines.get(call);
    if (!line) return false;
    switch (effect.kind) {
      case "speak":
        this.#enqueue(call, line, effect.line);
        return true;
      case "keep-company":
        line.company = true;
        line.muted = false;
        this.#quiet(call, line);
        return true;
      case "resume-assistant":
        line.muted = false;
        line.company = false;
        return true;
      case "silence-assistant":
        line.muted = true;
        this.#cut(call, line);
        return true;
      case "cut-speech":
        this.#cut(call, line);
        return true;
      default:
        return effect satisfies never;
    }
  }

  /** The caller said something; the assistant answers unless it is silenced. */
  callerSpoke(call: CallId): void {
    const line = this.#lines.get(call);
    if (!line || line.muted) return;
    this.#deps.clock.at(after(this.#deps.clock.now(), ANSWER_MS), () => {
      if (!line.muted && this.#lines.get(call) === line) this.#say(call, "greeting");
    });
  }

  letGo(call: CallId): boolean {
    if (!this.#lines.has(call)) return false;
    this.close(call);
    this.#deps.letGo(call);
    return true;
  }

  #cut(call: CallId, line: Line): void {
    const cut = line.queue;
    line.queue = [];
    this.#quiet(call, line);
    for (const one of cut) this.#deps.deliver(call, { kind: "line-ended", line: one });
  }

  #enqueue(call: CallId, line: Line, id: LineId): void {
    if (line.muted) return;
    line.queue.push(id);
    if (line.queue.length === 1) this.#next(call, line);
  }

  #next(call: CallId, line: Line): void {
    const id = line.queue[0];
    if (id === undefined) return this.#quiet(call, line);
    this.#say(call, id);
    return this.#after(line, LINE_MS, () => {
      line.queue.shift();
      this.#deps.deliver(call, { kind: "line-ended", line: id });
      this.#deps.heard(call, id);
      this.#next(call, line);
    });
  }

  /** Nothing is being said; the assistant says something before it is quiet for too long. */
  #quiet(call: CallId, line: Line): void {
    if (line.queue.length > 0) return;
    line.stop?.();
    line.stop = undefined;
    if (!line.company) return;
    this.#after(line, SILENCE_MS, () => {
      if (!line.muted) this.#say(call, "holding-1");
      this.#after(line, LINE_MS, () => this.#quiet(call, line));
    });
  }

  #say(call: CallId, line: LineId): void {
    this.#deps.said({ call, line, at: this.#deps.clock.now(), ms: LINE_MS });
  }

  #after(line: Line, ms: number, then: () => void): void {
    line.stop?.();
    line.stop = this.#deps.clock.at(after(this.#deps.clock.now(), ms), then);
  }
}
