import { voice } from "../audio/voice.ts";
import type { Ticker } from "../openai/ticker.ts";
import type { Line } from "./line.ts";
import type { Pace } from "./settings.ts";

/** One stretch of the assistant's speech. */
export type Utterance = {
  readonly text: string;
  readonly source: "model" | "force-say";
  /** The user may cut it off. */
  readonly interruptible: boolean;
  readonly endsCall?: boolean;
};

export type MouthListener = {
  started(utterance: Utterance): void;
  /** It is over. `said`: about the words that were heard. */
  stopped(utterance: Utterance, said: string, cut: boolean): void;
};

type Current = Utterance & { begunAt?: number; lengthMs: number; cut: boolean };

/** What the assistant says on its line, one utterance after the other. */
export class Mouth {
  readonly #line: Line;
  readonly #ticker: Ticker;
  readonly #pace: Pace;
  readonly #listener: MouthListener;
  #queue: Current[] = [];
  #speaking = false;
  muted = false;

  constructor(line: Line, parts: { ticker: Ticker; pace: Pace }, listener: MouthListener) {
    this.#line = line;
    this.#ticker = parts.ticker;
    this.#pace = parts.pace;
    this.#listener = listener;
  }

  get speaking(): boolean {
    return this.#speaking;
  }

  get busy(): boolean {
    return this.#queue.length > 0;
  }

  get current(): Utterance | undefined {
    return this.#speaking ? this.#queue[0] : undefined;
  }

  say(utterance: Utterance): void {
    if (utterance.text.trim() === "") return;
    this.#queue.push({ ...utterance, text: utterance.text.trim(), lengthMs: 0, cut: false });
    if (this.#queue.length === 1) this.#next();
  }

  /** Falls silent at once and forgets what was to follow. */
  stop(): void {
    const [current] = this.#queue;
    this.#queue = current !== undefined && this.#speaking ? [current] : [];
    if (current === undefined || !this.#speaking) return;
    current.cut = true;
    this.#line.stopTalking();
  }

  close(): void {
    this.#queue = [];
    this.#line.stopTalking();
  }

  #next(): void {
    const [next] = this.#queue;
    if (next === undefined) return;
    this.#ticker.after(this.#pace.voiceMs, () => {
      if (this.#queue[0] === next && !this.#speaking) void this.#speak(next);
    });
  }

  async #speak(current: Current): Promise<void> {
    const audio = voice("assistant", current.text);
    current.lengthMs = audio.length / 8;
    current.begunAt = performance.now();
    this.#speaking = true;
    this.#listener.started(current);
    // Muted, its words are made and nobody hears them.
    if (!this.muted) await this.#line.say(audio);
    this.#speaking = false;
    this.#queue.shift();
    this.#listener.stopped(current, current.cut ? heardOf(current) : current.text, current.cut);
    this.#next();
  }
}

function heardOf({ text, begunAt, lengthMs }: Current): string {
  const share = begunAt === undefined ? 0 : Math.min(1, (performance.now() - begunAt) / Math.max(1, lengthMs));
  const cut = text.slice(0, Math.round(text.length * share));
  return cut.slice(0, Math.max(cut.lastIndexOf(" "), 0)).trim();
}
