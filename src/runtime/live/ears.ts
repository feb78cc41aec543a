import { after, type EpochMs } from "../../domain/time.ts";
import type { AssistantEvent } from "../../ports/assistant.ts";
import type { Clock } from "../../ports/clock.ts";
import type { VoiceReading } from "../../scoring/turn-signals.ts";
import { type AnswerGate, type GateEvent, gateWakesAt, openGate, stepGate } from "../../turns/answer-gate.ts";
import {
  type BargeIn,
  type BargeInEvent,
  bargeInWakesAt,
  isBackchannel,
  noBargeIn,
  stepBargeIn,
  suspected,
} from "../../turns/barge-in.ts";
import type { Turn } from "../../turns/turn.ts";
import type { HoleFiller } from "./hole-filler.ts";
import { NamedTimers } from "./named-timers.ts";
import type { TurnLog } from "./turn-log.ts";
import { VoiceEar } from "./voice-ear.ts";

/** Caller turns whose voice and beginning are remembered until their words come. */
const KEPT = 32;
/** The recogniser calls the line speech, and no voice has been on it for this long: the end of the turn was lost. */
const STUCK_MS = 4_000;
/** Speech shorter than this without words was a noise. */
const NOISE_MS = 600;

export type EarsListener = {
  /** A turn has its words. `handled`: the system speaks, or nobody has to. */
  turn(turn: Turn, voice: VoiceReading | undefined): "answer" | "handled";
  /** The assistant is to answer now. */
  answer(): void;
  /** The caller talks over us and means it. */
  interrupt(): void;
  speaking(speaks: boolean): void;
  /** A noise took the floor: is the caller still owed the answer it cut off? */
  owed(): boolean;
};

export type EarsParts = {
  readonly clock: Clock;
  readonly turns: TurnLog;
  readonly holes: HoleFiller;
  /** The caller hears us at this moment. */
  readonly audible: () => boolean;
  readonly answerAfterMs: number;
  readonly wordsMs: number;
};

type Heard = { readonly startedAt: EpochMs; endedAt?: EpochMs; voice?: VoiceReading; readonly aside: boolean };

/** The caller's side: speech, interruptions, turns with their late words, and when an answer is due. */
export class Ears {
  readonly #parts: EarsParts;
  readonly #listener: EarsListener;
  readonly #voice = new VoiceEar();
  readonly #heard = new Map<string, Heard>();
  readonly #timers: NamedTimers<"gate" | "barge-in" | "stuck">;
  readonly #wordTimers: NamedTimers<string>;
  #gate: AnswerGate = openGate;
  #bargeIn: BargeIn = noBargeIn;
  #speaking = false;
  #voiceAt: EpochMs;

  constructor(parts: EarsParts, listener: EarsListener) {
    this.#parts = parts;
    this.#listener = listener;
    this.#timers = new NamedTimers(parts.clock);
    this.#wordTimers = new NamedTimers(parts.clock);
    this.#voiceAt = parts.clock.now();
  }

  get speaking(): boolean {
    return this.#speaking;
  }

  /** The caller speaks, or has said something that is not answered yet. */
  get busy(): boolean {
    return this.#speaking || this.#gate.waiting.length > 0;
  }

  /** When the caller's voice was last on the line. */
  get voiceAt(): EpochMs {
    return this.#voiceAt;
  }

  frame(audio: Uint8Array, timestampMs: number): void {
    this.#parts.holes.frame(audio, timestampMs);
    const speechMs = this.#voice.frame(audio, timestampMs, this.#parts.audible());
    if (speechMs === 0) return;
    this.#voiceAt = this.#parts.clock.now();
    if (suspected(this.#bargeIn)) this.#step({ kind: "heard", speechMs });
  }

  take(event: AssistantEvent): void {
    switch (event.kind) {
      case "caller-speech-started":
        return this.#started(event.item);
      case "caller-speech-ended":
        return this.#ended(event.item);
      case "caller-words-partial":
        return this.#step({ kind: "words", item: event.item, delta: event.delta });
      case "caller-turn":
        return this.#turn(event.item);
      case "caller-words":
        return this.#words(event.item, event.text, event.confidence);
      case "caller-words-failed":
        return this.#words(event.item, "", 0);
      default:
        return undefined;
    }
  }

  /** What was said so far needs no answer of the assistant's. */
  clear(): void {
    this.#gateStep({ kind: "clear" });
  }

  /** The recogniser is gone: words that have not come will not come, and a turn that was open has no end. */
  lost(): void {
    for (const item of this.#parts.turns.openKeys("caller")) this.#words(item, "", 0);
    this.#bargeIn = noBargeIn;
    this.#speaks(false);
    this.#gateStep({ kind: "speech-ended" });
  }

  close(): void {
    this.#timers.close();
    this.#wordTimers.close();
    this.#parts.holes.close();
    for (const item of this.#parts.turns.openKeys("caller"))
      this.#parts.turns.close(item, { text: "", asrConfidence: 0, endedAt: this.#parts.clock.now() });
  }

  #started(item: string): void {
    const now = this.#parts.clock.now();
    const aside = this.#parts.audible();
    this.#heard.set(item, { startedAt: now, aside });
    const [oldest] = this.#heard.keys();
    if (this.#heard.size > KEPT && oldest !== undefined) this.#heard.delete(oldest);
    this.#gateStep({ kind: "speech-started" });
    this.#speaks(true);
    if (aside) this.#step({ kind: "started", item, at: now });
  }

  #ended(item: string): void {
    const heard = this.#heard.get(item);
    if (heard !== undefined) heard.endedAt = this.#parts.clock.now();
    this.#step({ kind: "ended", item });
    this.#speaks(false);
    this.#gateStep({ kind: "speech-ended" });
  }

  #turn(item: string): void {
    const { clock, turns, wordsMs } = this.#parts;
    const now = clock.now();
    const heard = this.#heard.get(item) ?? { startedAt: now, aside: false };
    heard.voice = this.#voice.endTurn();
    this.#heard.set(item, heard);
    turns.open(item, "caller", heard.startedAt);
    this.#wordTimers.set(item, after(now, wordsMs), () => this.#words(item, "", 0));
    // Said while we speak and not meant as an interruption: only the words can tell whether it wants an answer.
    if (!this.#isAside(heard)) this.#await(item);
  }

  #words(item: string, text: string, confidence: number | undefined): void {
    const { turns, clock } = this.#parts;
    this.#wordTimers.cancel(item);
    const now = clock.now();
    const heard = this.#heard.get(item) ?? { startedAt: now, aside: false };
    turns.open(item, "caller", heard.startedAt);
    const turn = turns.close(item, {
      text,
      endedAt: heard.endedAt ?? now,
      ...(confidence === undefined ? {} : { asrConfidence: confidence }),
    });
    if (turn === undefined) return;
    const aside = this.#isAside(heard);
    this.#heard.delete(item);
    if (aside && !isBackchannel(text)) this.#listener.interrupt();
    if (!aside || !isBackchannel(text)) this.#await(item);
    const noise = text === "" && (turn.endedAt ?? now) - turn.at < NOISE_MS;
    const afterNoise = this.#listener.owed() ? "answer" : "handled";
    const verdict = noise ? afterNoise : this.#listener.turn(turn, heard.voice);
    this.#gateStep({ kind: "judged", item, verdict });
  }

  /** Still talking over us: the caller began while we were audible, was not found to interrupt, and we go on. */
  #isAside(heard: Heard): boolean {
    return heard.aside && this.#parts.audible();
  }

  #await(item: string): void {
    this.#gateStep({ kind: "turn", item, at: this.#parts.clock.now(), waitMs: this.#parts.answerAfterMs });
  }

  #speaks(speaks: boolean): void {
    if (speaks === this.#speaking) return;
    this.#speaking = speaks;
    this.#parts.holes.speaking(speaks);
    this.#listener.speaking(speaks);
    this.#watchEnd(after(this.#parts.clock.now(), STUCK_MS));
  }

  #watchEnd(when: EpochMs): void {
    this.#timers.set("stuck", this.#speaking ? when : undefined, () => {
      const due = after(this.#voiceAt, STUCK_MS);
      if (due > this.#parts.clock.now()) return this.#watchEnd(due);
      this.#speaks(false);
      this.#gateStep({ kind: "speech-ended" });
    });
  }

  #step(event: BargeInEvent): void {
    const { bargeIn, interrupt } = stepBargeIn(this.#bargeIn, event);
    this.#bargeIn = bargeIn;
    this.#timers.set("barge-in", bargeInWakesAt(bargeIn), () =>
      this.#step({ kind: "time", at: this.#parts.clock.now() }),
    );
    if (interrupt) this.#listener.interrupt();
  }

  #gateStep(event: GateEvent): void {
    const { gate, answer } = stepGate(this.#gate, event);
    this.#gate = gate;
    this.#timers.set("gate", gateWakesAt(gate), () => this.#gateStep({ kind: "time", at: this.#parts.clock.now() }));
    if (answer) this.#listener.answer();
  }
}
