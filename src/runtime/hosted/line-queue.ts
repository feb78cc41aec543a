import { after, type EpochMs } from "../../domain/time.ts";
import type { LineId } from "../../handoff/lines.ts";
import type { Clock } from "../../ports/clock.ts";
import type { HostedSession } from "../../ports/hosted-assistant.ts";
import { NamedTimers } from "../live/named-timers.ts";
import { type FixedLine, speakingMs, YIELD_MAX_MS } from "../live/speech.ts";

export type LineQueueParts = {
  readonly clock: Clock;
  readonly session: () => HostedSession;
  /** An ordered line was begun, as the vendor says. */
  readonly began: (line: LineId) => void;
  /** An ordered line was heard to its end, or could not be said. */
  readonly ended: (line: LineId) => void;
  readonly changed: () => void;
  /** A person is being got: there is no time to ask twice for a line. */
  readonly urgent: () => boolean;
  /** A line was asked for and nothing is said: the voice cannot be relied on. */
  readonly mute: () => void;
};

type Current = FixedLine & {
  readonly name: string;
  readonly askedAt: EpochMs;
  begun: boolean;
  readonly tries: number;
};

const QUEUE_MAX = 8;
/**
 * The vendor's speech begins about a second after it was asked; a line that has not begun by then was lost. While somebody
 * is being got the carrier must have time left to speak in its place, within 4 s of the last voice (C16).
 */
const BEGIN_MS = 2_500;
const BEGIN_URGENT_MS = 1_400;
const TRIES_MAX = 2;
/** A line that takes this much longer than its words would is given up. */
const SLACK_MS = 2_500;

/** Fixed lines on a voice that others run: one at a time, each told when it has ended, as far as the vendor says. */
export class LineQueue {
  readonly #parts: LineQueueParts;
  readonly #timers: NamedTimers<"line" | "yield">;
  #current: Current | undefined;
  #queue: FixedLine[] = [];
  #callerSpeaks = false;
  #count = 0;
  #over = false;
  /** Longest delay of the last beginnings, in milliseconds. */
  #latencyMs = 900;
  /** What was said lately, to be told from the assistant's own words. */
  readonly #said: string[] = [];

  constructor(parts: LineQueueParts) {
    this.#parts = parts;
    this.#timers = new NamedTimers(parts.clock);
  }

  get busy(): boolean {
    return this.#current !== undefined || this.#queue.length > 0;
  }

  get latencyMs(): number {
    return this.#latencyMs;
  }

  /** What of this is not a line of ours, or a part of one: the assistant may go on after what it was told to say. */
  notOurs(text: string): string {
    let rest = text.split(/\s+/u).filter((word) => plain(word) !== "");
    for (const line of this.#said) rest = without(rest, line);
    const words = plain(rest.join(" "));
    return this.#said.some((line) => line.includes(words)) ? "" : rest.join(" ");
  }

  say(line: FixedLine): void {
    if (this.#over) return;
    const rest = line.why === "ordered" ? this.#queue.filter(({ why }) => why === "ordered") : this.#queue;
    this.#queue = [...rest, line].slice(-QUEUE_MAX);
    if (line.why === "ordered" && this.#current !== undefined && this.#current.why !== "ordered") this.#end();
    this.#next();
  }

  /** Forgets everything; what is being said goes on until something else is. */
  forget(): void {
    this.#queue = [];
    this.#current = undefined;
    this.#timers.cancel("line");
    this.#timers.cancel("yield");
  }

  callerSpeaks(speaks: boolean): void {
    this.#callerSpeaks = speaks;
    // Nobody talks over the caller to fill a silence that there is none of.
    if (speaks) this.#queue = this.#queue.filter(({ why }) => why !== "company");
    else this.#next();
  }

  speechStarted(name: string | undefined): void {
    const current = this.#current;
    if (current === undefined || current.begun || (name !== undefined && name !== current.name)) return;
    current.begun = true;
    if (current.why === "ordered") this.#parts.began(current.line);
    const took = this.#parts.clock.now() - current.askedAt;
    this.#latencyMs = Math.max(600, Math.round(this.#latencyMs * 0.7), took);
    this.#watch(current, speakingMs(current.text) + SLACK_MS, () => this.#finish(current));
  }

  /** `quiet`: the assistant has nothing more to say at the moment. */
  speechEnded(): void {
    const current = this.#current;
    if (current?.begun === true) this.#finish(current);
  }

  close(): void {
    this.#over = true;
    this.forget();
    this.#timers.close();
  }

  #next(): void {
    if (this.#over || this.#current !== undefined) return;
    const [next] = this.#queue;
    if (next === undefined) return this.#parts.changed();
    if (this.#callerSpeaks) {
      this.#timers.set("yield", after(this.#parts.clock.now(), YIELD_MAX_MS), () => this.#begin());
      return undefined;
    }
    return this.#begin();
  }

  #begin(): void {
    const next = this.#queue.shift();
    if (next === undefined || this.#over) return;
    this.#timers.cancel("yield");
    this.#ask(next, 1);
  }

  #ask(line: FixedLine, tries: number): void {
    this.#count += 1;
    const { clock, session } = this.#parts;
    const current: Current = { ...line, name: `line-${this.#count}`, askedAt: clock.now(), begun: false, tries };
    this.#current = current;
    this.#said.push(plain(line.text));
    if (this.#said.length > QUEUE_MAX) this.#said.shift();
    const beginMs = this.#parts.urgent() ? BEGIN_URGENT_MS : BEGIN_MS;
    this.#watch(current, beginMs, () => this.#lost(current));
    void session()
      .say({ name: current.name, text: line.text })
      .then((taken) => (taken ? undefined : this.#lost(current)));
    this.#parts.changed();
  }

  #lost(current: Current): void {
    if (this.#current !== current || current.begun) return;
    const { urgent, mute } = this.#parts;
    if (urgent()) {
      this.#finish(current);
      return mute();
    }
    if (current.tries < TRIES_MAX && !this.#over) return this.#ask(current, current.tries + 1);
    return this.#finish(current);
  }

  #finish(current: Current): void {
    if (this.#current !== current) return;
    this.#end();
    if (current.why === "ordered") this.#parts.ended(current.line);
    this.#next();
  }

  #end(): void {
    this.#current = undefined;
    this.#timers.cancel("line");
  }

  #watch(current: Current, ms: number, wake: () => void): void {
    this.#timers.set("line", after(this.#parts.clock.now(), ms), () => {
      if (this.#current === current) wake();
    });
  }
}

/** `words` without the first place where they are this line, which is plain already. */
function without(words: readonly string[], line: string): string[] {
  for (let from = 0; from < words.length; from += 1) {
    let said = "";
    for (let to = from; to < words.length && said.length < line.length; to += 1) {
      said = `${said} ${plain(words[to] ?? "")}`.trim();
      if (said === line) return [...words.slice(0, from), ...words.slice(to + 1)];
    }
  }
  return [...words];
}

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
