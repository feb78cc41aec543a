// The caller's line on a node: lines take time, one after the other, and end with the stream. Remembers what was said.
import type { CallId } from "../../../src/domain/ids.ts";
import { after, type EpochMs } from "../../../src/domain/time.ts";
import type { LineId } from "../../../src/handoff/lines.ts";
import type { News } from "../../../src/ports/cases.ts";
import type { CallerVoice } from "../../../src/runtime/perform-effect.ts";
import type { SpeechEffect } from "../../../src/runtime/speech-effect.ts";
import type { Clock } from "../../../src/ports/clock.ts";

export type Said = { readonly call: CallId; readonly line: LineId; readonly at: EpochMs };

type Line = { readonly stream: string; muted: boolean; queue: LineId[]; cancel?: (() => void) | undefined };

type Deps = {
  readonly clock: Clock;
  readonly deliver: (call: CallId, news: News) => void;
  readonly heard: (call: CallId, line: LineId) => void;
  readonly letGo: (call: CallId) => void;
  readonly said: (said: Said) => void;
};

const LINE_MS = 2_000;

export class SimVoices implements CallerVoice {
  readonly #lines = new Map<CallId, Line>();
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  open(call: CallId, stream: string): void {
    this.close(call);
    this.#lines.set(call, { stream, muted: false, queue: [] });
  }

  close(call: CallId): void {
    this.#lines.get(call)?.cancel?.();
    this.#lines.delete(call);
  }

  calls(): readonly CallId[] {
    return [...this.#lines.keys()];
  }

  perform(call: CallId, effect: SpeechEffect): boolean {
    const line = this.#lines.get(call);
    if (!line) return false;
    if (effect.kind === "speak") this.#enqueue(call, line, effect.line);
    if (effect.kind === "silence-assistant") line.muted = true;
    if (effect.kind === "resume-assistant") line.muted = false;
    if (effect.kind === "cut-speech" || effect.kind === "silence-assistant") this.#cut(call, line);
    return true;
  }

  letGo(call: CallId): boolean {
    if (!this.#lines.has(call)) return false;
    this.close(call);
    this.#deps.letGo(call);
    return true;
  }

  #cut(call: CallId, line: Line): void {
    line.cancel?.();
    line.cancel = undefined;
    const cut = line.queue;
    line.queue = [];
    for (const one of cut) this.#deps.deliver(call, { kind: "line-ended", line: one });
  }

  #enqueue(call: CallId, line: Line, id: LineId): void {
    if (line.muted) return;
    line.queue.push(id);
    if (line.queue.length === 1) this.#next(call, line);
  }

  #next(call: CallId, line: Line): void {
    const id = line.queue[0];
    if (id === undefined) return;
    this.#deps.said({ call, line: id, at: this.#deps.clock.now() });
    line.cancel = this.#deps.clock.at(after(this.#deps.clock.now(), LINE_MS), () => {
      line.queue.shift();
      line.cancel = undefined;
      this.#deps.deliver(call, { kind: "line-ended", line: id });
      this.#deps.heard(call, id);
      this.#next(call, line);
    });
  }
}
