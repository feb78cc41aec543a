import { voice } from "../../../lab/audio/voice.ts";
import type { CallId } from "../../../src/domain/ids.ts";
import type { CallerLine, CallerLineEvent } from "../../../src/ports/caller-line.ts";

type Sent = { readonly audio: Buffer } | { readonly mark: string };

/** One stretch in which we were audible, on the wall clock. */
export type Heard = { from: number; to: number };

/**
 * The carrier's side of a caller's media line, in this process: plays what it is sent in real time, gives marks back when
 * the audio before them was played, drops everything on `clear`, and sends the caller's frames every 20 ms.
 */
export class CallerLineDouble implements CallerLine {
  readonly call: CallId;
  readonly stream: string;
  /** Everything that was played to the caller. */
  readonly played: Buffer[] = [];
  readonly heard: Heard[] = [];
  readonly callerSpoke: Heard[] = [];
  clears = 0;
  ended: "let-go" | "lost" | undefined;
  #listener: ((event: CallerLineEvent) => void) | undefined;
  #queue: Sent[] = [];
  #voice: Buffer = Buffer.alloc(0);
  #timestampMs = 0;
  readonly #ticker: NodeJS.Timeout;
  #ticks = 0;
  readonly #startedAt = Date.now();
  readonly #waiters = new Set<() => void>();

  constructor(call: CallId, stream = "MZ1") {
    this.call = call;
    this.stream = stream;
    this.#ticker = setInterval(() => this.#catchUp(), 10);
  }

  listen(listener: (event: CallerLineEvent) => void): void {
    this.#listener = listener;
  }

  play(payload: string, mark: string): boolean {
    this.#queue.push({ audio: Buffer.from(payload, "base64") });
    this.mark(mark);
    return true;
  }

  mark(name: string): void {
    this.#queue.push({ mark: name });
  }

  clear(): void {
    this.clears += 1;
    const dropped = this.#queue;
    this.#queue = [];
    for (const sent of dropped) if ("mark" in sent) setImmediate(() => this.#tell({ kind: "mark", name: sent.mark }));
  }

  letGo(): void {
    this.ended ??= "let-go";
    this.close();
  }

  /** The caller says it, in real time; resolves when it is said. */
  async say(text: string): Promise<void> {
    this.#voice = Buffer.concat([this.#voice, Buffer.from(voice("caller", text))]);
    await this.until(() => this.#voice.length === 0);
  }

  press(key: string): void {
    this.#tell({ kind: "key", key });
  }

  lose(): void {
    this.ended ??= "lost";
    this.#tell({ kind: "ended", how: "lost" });
    this.close();
  }

  close(): void {
    clearInterval(this.#ticker);
    this.#wake();
  }

  /** Checked after each 20 ms of the line. */
  async until(holds: () => boolean, what = "the line's condition", withinMs = 20_000): Promise<void> {
    const limit = Date.now() + withinMs;
    while (!holds()) {
      if (Date.now() > limit) throw new Error(`${what} did not come in ${withinMs} ms`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(() => this.#waiters.delete(wake) && resolve(), 50);
        const wake = (): void => {
          clearTimeout(timer);
          resolve();
        };
        this.#waiters.add(wake);
      });
    }
  }

  /** Longest stretch since `from` in which neither party was audible, up to `to`, in milliseconds. */
  longestSilence(from: number, to: number): number {
    const voices = [...this.heard, ...this.callerSpoke].toSorted((a, b) => a.from - b.from);
    let quietSince = from;
    let longest = 0;
    for (const stretch of voices) {
      if (stretch.to < from || stretch.from > to) continue;
      longest = Math.max(longest, stretch.from - quietSince);
      quietSince = Math.max(quietSince, stretch.to);
    }
    return Math.max(longest, to - quietSince);
  }

  #catchUp(): void {
    const due = Math.floor((Date.now() - this.#startedAt) / 20);
    for (; this.#ticks < due; this.#ticks += 1) this.#tick();
    this.#wake();
  }

  #tick(): void {
    const frame = Buffer.alloc(160, 0xff);
    this.#voice.copy(frame, 0, 0, 160);
    const speaks = this.#voice.length > 0;
    this.#voice = this.#voice.subarray(160);
    this.#tell({ kind: "audio", audio: frame, timestampMs: this.#timestampMs });
    this.#timestampMs += 20;
    const at = Date.now();
    if (speaks) note(this.callerSpoke, at);
    if (this.#playFrame()) note(this.heard, at);
  }

  #playFrame(): boolean {
    let left = 160;
    while (left > 0) {
      const next = this.#queue[0];
      if (next === undefined) break;
      this.#queue.shift();
      if ("mark" in next) {
        this.#tell({ kind: "mark", name: next.mark });
        continue;
      }
      this.played.push(next.audio.subarray(0, left));
      const rest = next.audio.subarray(left);
      left -= Math.min(left, next.audio.length);
      if (rest.length > 0) this.#queue.unshift({ audio: rest });
    }
    for (let next = this.#queue[0]; next !== undefined && "mark" in next; next = this.#queue[0]) {
      this.#queue.shift();
      this.#tell({ kind: "mark", name: next.mark });
    }
    return left < 160;
  }

  #tell(event: CallerLineEvent): void {
    this.#listener?.(event);
  }

  #wake(): void {
    for (const wake of this.#waiters) wake();
    this.#waiters.clear();
  }
}

function note(stretches: Heard[], at: number): void {
  const last = stretches.at(-1);
  if (last !== undefined && at - last.to < 60) last.to = at + 20;
  else stretches.push({ from: at, to: at + 20 });
}
