import { voice } from "../audio/voice.ts";
import { tokens } from "../openai/hearing.ts";
import { ServiceEar } from "../openai/service-ear.ts";
import type { Ticker } from "../openai/ticker.ts";
import type { SipParty } from "./sip.ts";

/** What the line tells of both parties. */
export type LineListener = {
  userStarted(): void;
  /** What is understood of an unfinished utterance, growing. */
  userPartial(text: string): void;
  /** The utterance is over; the words come after `asrMs`. */
  userStopped(text: string): void;
  /** The agent has said so much of the current speech. */
  agentSaid(text: string): void;
  agentQuiet(): void;
};

/** How fast the service hears, thinks (its own model) and speaks, in milliseconds. */
export type Pace = { endpointMs: number; asrMs: number; ttfaMs: number; ttsMs: number };

type Speech = { text: string; audio: Uint8Array; begunAt?: number };

const PROGRESS_MS = 250;

/** The agent's ear and mouth on the SIP leg: real μ-law both ways. */
export class Line {
  readonly #party: SipParty;
  readonly #listener: LineListener;
  readonly #ticker: Ticker;
  readonly #ear: ServiceEar;
  #queue: Speech[] = [];
  /** What was said to its end since the agent was last quiet. */
  #saidBefore = "";

  constructor(party: SipParty, parts: { ticker: Ticker; pace: Pace }, listener: LineListener) {
    this.#party = party;
    this.#listener = listener;
    this.#ticker = parts.ticker;
    const { pace } = parts;
    const hear = (heard: (frame: Uint8Array) => void) => party.hear(heard);
    this.#ear = new ServiceEar(
      { hear, endpointMs: pace.endpointMs, unintelligible: "(unintelligible audio)" },
      {
        started: () => listener.userStarted(),
        partial: (text) => listener.userPartial(text),
        stopped: (text) => void this.#ticker.after(pace.asrMs, () => listener.userStopped(text)),
      },
    );
  }

  get speaking(): boolean {
    return this.#queue.length > 0;
  }

  get userSpeaks(): boolean {
    return this.#ear.hearsVoice;
  }

  /** Speaks after what is being spoken. */
  say(text: string): void {
    if (text.trim() === "") return;
    this.#queue.push({ text: text.trim(), audio: voice("assistant", text.trim()) });
    if (this.#queue.length === 1) void this.#speakNext();
  }

  /** Falls silent in mid-word; what was said until then is told once more. */
  stop(): void {
    if (this.#queue.length === 0) return;
    this.#tellProgress();
    this.#queue = [];
    this.#saidBefore = "";
    this.#party.stopTalking();
    this.#listener.agentQuiet();
  }

  hangUp(): void {
    this.#party.hangUp();
  }

  close(): void {
    this.#queue = [];
    this.#ear.close();
  }

  async #speakNext(): Promise<void> {
    const [speech] = this.#queue;
    if (speech === undefined) return;
    speech.begunAt = performance.now();
    this.#watchProgress(speech);
    await this.#party.say(speech.audio);
    if (this.#queue[0] !== speech) return;
    this.#saidBefore = `${this.#saidBefore} ${speech.text}`.trim();
    this.#listener.agentSaid(this.#saidBefore);
    this.#queue.shift();
    if (this.#queue.length > 0) return this.#speakNext();
    this.#saidBefore = "";
    this.#listener.agentQuiet();
  }

  #watchProgress(speech: Speech): void {
    this.#ticker.after(PROGRESS_MS, () => {
      if (this.#queue[0] !== speech) return;
      this.#tellProgress();
      this.#watchProgress(speech);
    });
  }

  #tellProgress(): void {
    const [speech] = this.#queue;
    if (speech?.begunAt === undefined) return;
    const words = tokens(speech.text);
    const share = Math.min(1, (performance.now() - speech.begunAt) / (speech.audio.length / 8));
    const said = words
      .slice(0, Math.floor(words.length * share))
      .join("")
      .trim();
    const whole = `${this.#saidBefore} ${said}`.trim();
    if (whole !== "") this.#listener.agentSaid(whole);
  }
}
