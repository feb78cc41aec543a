import { after, type EpochMs } from "../../domain/time.ts";
import type { AssistantEvent, AssistantSession } from "../../ports/assistant.ts";
import { Mouth } from "./mouth.ts";
import { NamedTimers } from "./named-timers.ts";
import type { PromiseKind } from "./promise-guard.ts";
import type { SpeakerListener, SpeakerParts } from "./speaker-parts.ts";
import { SpeechInProgress, type SpeechListener } from "./speech-in-progress.ts";
import { isOrdered, type Speech, YIELD_MAX_MS } from "./speech.ts";

/** Speeches that wait to be said. */
const QUEUE_MAX = 12;

/** Everything the caller hears from us goes through here: who may speak next, one speech at a time, its end told. */
export class Speaker {
  readonly #parts: SpeakerParts;
  readonly #listener: SpeakerListener;
  readonly #mouth: Mouth;
  #current: SpeechInProgress | undefined;
  #queue: Speech[] = [];
  #callerSince: EpochMs | undefined;
  #silenced = false;
  #over = false;
  #tags = 0;
  /** Longest delay of the last first audios, in milliseconds: how early a silence has to be filled. */
  #latencyMs = 600;
  readonly #timers: NamedTimers<"yield">;

  constructor(parts: SpeakerParts, listener: SpeakerListener) {
    this.#parts = parts;
    this.#listener = listener;
    this.#timers = new NamedTimers(parts.clock);
    this.#mouth = new Mouth(parts.line, parts.clock, (item) => this.#current?.heard(item));
  }

  /** Something is being said or about to be. */
  get busy(): boolean {
    return this.#current !== undefined || this.#queue.length > 0;
  }

  /** The caller hears us now. */
  get audible(): boolean {
    return this.#mouth.audible;
  }

  /** When our last sent audio ends, in the past when we are quiet. */
  get audibleUntil(): EpochMs {
    return this.#mouth.until;
  }

  get latencyMs(): number {
    return this.#latencyMs;
  }

  /** The line now being spoken or next, if it was ordered. */
  get ordered(): boolean {
    const { speech } = this.#current?.asked ?? {};
    return this.#queue.some(isOrdered) || (speech !== undefined && isOrdered(speech));
  }

  say(speech: Speech): void {
    if (this.#over || (this.#silenced && !isOrdered(speech))) return;
    if (isOrdered(speech)) {
      // What the case has to say comes before the assistant's own words and before small talk.
      this.#queue = this.#queue.filter(isOrdered);
      if (this.#current !== undefined && !isOrdered(this.#current.asked.speech)) this.#stop(true);
    }
    const rest = speech.kind === "answer" ? this.#queue.filter((waiting) => waiting.kind !== "answer") : this.#queue;
    if (rest.length >= QUEUE_MAX) return this.#refuse(speech);
    this.#queue = [...rest, speech];
    this.#next();
  }

  /** An assistant that leaves so much unsaid does not speak; the oldest of it is no less due than the newest. */
  #refuse(speech: Speech): void {
    if (speech.kind === "line" && isOrdered(speech)) this.#listener.lineEnded(speech.line);
    this.#listener.overfull();
  }

  /** The caller has the floor: what is being said stops, ordered lines that were not begun stay. True: an answer was lost. */
  yieldToCaller(): boolean {
    const lost = [this.#current?.asked.speech, ...this.#queue].some((speech) => speech?.kind === "answer");
    this.#queue = this.#queue.filter(isOrdered);
    this.#stop(true);
    return lost;
  }

  /** Drops the assistant's own words, said and unsaid; lines go on. */
  dropAnswers(): void {
    this.#queue = this.#queue.filter((speech) => speech.kind === "line");
    if (this.#current?.asked.speech.kind === "answer") this.#stop(true);
    this.#next();
  }

  /** Stops and forgets everything, by order of the case. */
  cut(): void {
    this.#queue = [];
    this.#stop(false);
  }

  /** From now on only ordered lines leave (H9). */
  silence(silenced: boolean): void {
    this.#silenced = silenced;
    if (!silenced) return;
    this.#queue = this.#queue.filter(isOrdered);
    if (this.#current !== undefined && !isOrdered(this.#current.asked.speech)) this.#stop(true);
  }

  /** Nobody begins to talk over the caller: what was asked for and is not audible yet is taken back. True: an answer was lost. */
  callerSpeaks(speaks: boolean): boolean {
    this.#callerSince = speaks ? (this.#callerSince ?? this.#parts.clock.now()) : undefined;
    const current = this.#current;
    if (speaks && current !== undefined && !this.#mouth.pending) {
      const { speech } = current.asked;
      this.#stop(false);
      if (isOrdered(speech)) this.#queue = [speech, ...this.#queue];
      this.#next();
      return speech.kind === "answer";
    }
    this.#next();
    return false;
  }

  /** The assistant's session was lost: what it has not begun to say is asked of the next one. */
  sessionLost(): void {
    const current = this.#current;
    if (current === undefined) return;
    // What was sent is played to its end; the caller need not notice.
    if (current.begun) return current.replyEnded("cancelled");
    const { speech } = current.asked;
    this.#stop(false);
    this.#queue = [speech, ...this.#queue];
  }

  /** A new session is there; `first` is said before what is still owed. */
  resume(first?: Speech): void {
    if (first !== undefined) this.#queue = [first, ...this.#queue];
    this.#next();
  }

  marked(name: string): void {
    this.#mouth.marked(name);
  }

  close(): void {
    this.#over = true;
    this.#queue = [];
    this.#stop(false);
    this.#mouth.close();
    this.#timers.close();
  }

  /** Takes the reply events of the assistant; those of speech that was stopped change nothing. */
  take(event: AssistantEvent): void {
    this.#current?.take(event);
  }

  #next(): void {
    this.#timers.cancel("yield");
    const session = this.#parts.session();
    const [speech, ...rest] = this.#queue;
    if (this.#over || this.#current !== undefined || speech === undefined || session === undefined) return;
    if (this.#mustYield(speech)) return;
    this.#queue = rest;
    this.#ask(session, speech, false);
  }

  /** Nobody talks over the caller; what the case has to say is not put off for ever. */
  #mustYield(speech: Speech): boolean {
    const since = this.#callerSince;
    if (since === undefined) return false;
    const until = after(since, YIELD_MAX_MS);
    if (isOrdered(speech) && this.#parts.clock.now() >= until) return false;
    if (isOrdered(speech)) this.#timers.set("yield", until, () => this.#next());
    return true;
  }

  #ask(session: AssistantSession, speech: Speech, again: boolean): void {
    this.#tags += 1;
    const tag = `${speech.kind === "line" ? speech.line : "answer"}#${this.#tags}`;
    const parts = { ...this.#parts, mouth: this.#mouth };
    const current = new SpeechInProgress({ tag, speech, again }, parts, this.#speechListener(speech));
    this.#current = current;
    current.ask(session, this.#parts.patience().firstAudioMs);
    this.#listener.changed();
  }

  #speechListener(speech: Speech): SpeechListener {
    return {
      ...this.#listener,
      // Rises at once and falls slowly: one fast answer says little about the next.
      begun: (latencyMs) => {
        this.#latencyMs = Math.max(latencyMs, this.#latencyMs * 0.8);
      },
      sent: (at) => {
        if (speech.kind === "line" && isOrdered(speech)) this.#listener.lineBegan(speech.line, at);
      },
      over: () => {
        this.#finish(true);
        this.#next();
      },
      unanswered: () => this.#unanswered(),
      tooLong: () => this.#stopAndGoOn(),
      unplayable: () => {
        this.#listener.unplayable();
        this.#stopAndGoOn();
      },
      promised: (kind) => this.#cutPromise(kind),
    };
  }

  #stopAndGoOn(): void {
    this.#stop(true);
    this.#next();
  }

  #cutPromise(kind: PromiseKind): void {
    this.#stop(true);
    if (!this.#silenced && !this.#over)
      this.#queue = [{ kind: "line", line: "no-promise", text: this.#parts.noPromise(), why: "own" }, ...this.#queue];
    this.#listener.promiseCut(kind);
    this.#next();
  }

  /** The assistant was asked and nothing came. */
  #unanswered(): void {
    const current = this.#current;
    const session = this.#parts.session();
    if (current === undefined) return;
    const { speech, again } = current.asked;
    if (!again && session !== undefined && this.#parts.patience().again) {
      current.close();
      session.cancel();
      return this.#ask(session, speech, true);
    }
    this.#stop(true);
    this.#listener.mute();
  }

  /** Ends the speech in progress; `tell`: the case hears of it, if it ordered that line. */
  #stop(tell: boolean): void {
    this.#current?.stop();
    this.#finish(tell);
  }

  #finish(tell: boolean): void {
    const current = this.#current;
    if (current === undefined) return;
    current.close();
    this.#current = undefined;
    this.#listener.changed();
    const { speech } = current.asked;
    if (tell && speech.kind === "line" && speech.why === "ordered") this.#listener.lineEnded(speech.line);
  }
}
