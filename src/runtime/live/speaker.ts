import { after, type EpochMs } from "../../domain/time.ts";
import type { AssistantEvent, AssistantSession } from "../../ports/assistant.ts";
import { Mouth } from "./mouth.ts";
import { NamedTimers } from "./named-timers.ts";
import {
  closed,
  guardAudio,
  guardWakesAt,
  guardWords,
  type Checked,
  type PromiseCheck,
  type PromiseKind,
  released,
} from "./promise-guard.ts";
import type { SpeakerListener, SpeakerParts } from "./speaker-parts.ts";
import { beginSpeech, type CurrentSpeech, heardText, isOver, itemOf, speakingMs, type Speech } from "./speech.ts";

const QUEUE_MAX = 12;
/** A line that the case ordered waits this long for the caller to pause; a voice-activity fault must not mute it. */
const YIELD_MAX_MS = 5_000;
/** A line that takes this much longer than its words would is given up. */
const LINE_SLACK_MS = 4_000;

/** Everything the caller hears from us goes through here: one speech at a time, its words checked, its end told. */
export class Speaker {
  readonly #parts: SpeakerParts;
  readonly #listener: SpeakerListener;
  readonly #mouth: Mouth;
  #current: CurrentSpeech | undefined;
  #queue: Speech[] = [];
  #callerSince: EpochMs | undefined;
  #silenced = false;
  #over = false;
  #tags = 0;
  /** Longest delay of the last first audios, in milliseconds: how early a silence has to be filled. */
  #latencyMs = 600;
  readonly #timers: NamedTimers<"speech" | "guard" | "yield">;

  constructor(parts: SpeakerParts, listener: SpeakerListener) {
    this.#parts = parts;
    this.#listener = listener;
    this.#timers = new NamedTimers(parts.clock);
    this.#mouth = new Mouth(parts.line, parts.clock, (item) => this.#played(item));
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
    return [this.#current?.speech, ...this.#queue].some(
      (speech) => speech?.kind === "line" && speech.why === "ordered",
    );
  }

  say(speech: Speech): void {
    if (this.#over || (this.#silenced && !isOrdered(speech))) return;
    if (isOrdered(speech)) {
      // What the case has to say comes before the assistant's own words and before small talk.
      this.#queue = this.#queue.filter((waiting) => isOrdered(waiting));
      if (this.#current !== undefined && !isOrdered(this.#current.speech)) this.#stop(true);
    }
    const rest = speech.kind === "answer" ? this.#queue.filter((waiting) => waiting.kind !== "answer") : this.#queue;
    this.#queue = [...rest, speech].slice(-QUEUE_MAX);
    this.#next();
  }

  /** The caller has the floor: what is being said stops, ordered lines that were not begun stay. True: an answer was lost. */
  yieldToCaller(): boolean {
    const lost = [this.#current?.speech, ...this.#queue].some((speech) => speech?.kind === "answer");
    this.#queue = this.#queue.filter((speech) => isOrdered(speech));
    this.#stop(true);
    return lost;
  }

  /** Drops the assistant's own words, said and unsaid; lines go on. */
  dropAnswers(): void {
    this.#queue = this.#queue.filter((speech) => speech.kind === "line");
    if (this.#current?.speech.kind === "answer") this.#stop(true);
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
    this.#queue = this.#queue.filter((speech) => isOrdered(speech));
    if (this.#current !== undefined && !isOrdered(this.#current.speech)) this.#stop(true);
  }

  /** Nobody begins to talk over the caller: what was asked for and is not audible yet is taken back. True: an answer was lost. */
  callerSpeaks(speaks: boolean): boolean {
    this.#callerSince = speaks ? (this.#callerSince ?? this.#parts.clock.now()) : undefined;
    const current = this.#current;
    if (speaks && current !== undefined && !this.#mouth.pending) {
      const { speech } = current;
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
    if (current.firstAudioAt !== undefined) return this.#replyEnded(current, "cancelled");
    const { speech } = current;
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
    const current = this.#current;
    if (current === undefined || !("reply" in event)) return;
    const mine = "tag" in event ? event.tag === current.tag : event.reply === current.reply;
    if (!mine) return;
    switch (event.kind) {
      case "reply-started":
        current.reply = event.reply;
        return undefined;
      case "reply-ended":
        return this.#replyEnded(current, event.how);
      case "reply-words":
        itemOf(current, event.item).text += event.delta;
        return this.#checked(current, guardWords(current.guard, event.delta, this.#checkFor(current)));
      case "reply-audio": {
        const now = this.#parts.clock.now();
        this.#firstAudio(current, event.item, now);
        itemOf(current, event.item).receivedMs += this.#mouth.lengthMs(event.payload);
        return this.#checked(current, guardAudio(current.guard, event, now));
      }
      case "reply-item-ended":
        return this.#itemEnded(current, event.item, event.text);
      case "tool-call":
        current.calledTool = true;
        return undefined;
      default:
        return event satisfies never;
    }
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
    const now = this.#parts.clock.now();
    this.#current = beginSpeech(tag, speech, now, again);
    const { firstAudioMs } = this.#parts.patience();
    this.#timers.set("speech", after(now, firstAudioMs), () => this.#noAudio());
    if (speech.kind === "line") session.reply({ tag, exactly: speech.text, tools: "none" });
    else session.reply({ tag, ...(speech.instructions === undefined ? {} : { instructions: speech.instructions }) });
    this.#listener.changed();
  }

  #firstAudio(current: CurrentSpeech, id: string, now: EpochMs): void {
    const item = itemOf(current, id);
    if (item.startsAt === undefined) {
      item.startsAt = this.#mouth.until > now ? this.#mouth.until : now;
      this.#listener.itemStarted(id, item.startsAt);
    }
    if (current.firstAudioAt !== undefined) return;
    current.firstAudioAt = now;
    // Rises at once and falls slowly: one fast answer says little about the next.
    this.#latencyMs = Math.max(now - current.askedAt, this.#latencyMs * 0.8);
    this.#timers.cancel("speech");
    if (current.speech.kind === "line") {
      const limit = after(now, speakingMs(current.speech.text) + LINE_SLACK_MS);
      this.#timers.set("speech", limit, () => this.#stop(true));
    }
  }

  #checkFor({ speech }: CurrentSpeech): PromiseCheck {
    const { check } = this.#parts;
    // A fixed sentence is the admin's and its truth the case's; a model that says another one is caught below.
    return speech.kind === "answer" ? check : { ...check, backed: () => true };
  }

  #checked(current: CurrentSpeech, checked: Checked): void {
    if (checked.cut !== undefined) return this.#cutPromise(checked.cut);
    current.guard = checked.guard;
    for (const { item, payload } of checked.play) this.#mouth.play(current.reply ?? "", item, payload);
    const wake = guardWakesAt(current.guard, this.#parts.checkWordsMs);
    this.#timers.set("guard", wake, () => this.#checked(current, released(current.guard)));
    if (checked.play.length > 0) this.#listener.changed();
  }

  #cutPromise(kind: PromiseKind): void {
    this.#stop(true);
    if (!this.#silenced && !this.#over)
      this.#queue = [{ kind: "line", line: "no-promise", text: this.#parts.noPromise(), why: "own" }, ...this.#queue];
    this.#listener.promiseCut(kind);
    this.#next();
  }

  #itemEnded(current: CurrentSpeech, id: string, text: string): void {
    const item = itemOf(current, id);
    if (text !== "") item.text = text;
    item.complete = true;
    const rest = text.startsWith(current.guard.words) ? text.slice(current.guard.words.length) : ` ${text}`;
    const checked = guardWords(current.guard, rest, this.#checkFor(current));
    if (checked.cut !== undefined) return this.#cutPromise(checked.cut);
    const { play } = released({ ...checked.guard, held: [...checked.play, ...checked.guard.held] });
    this.#checked(current, { guard: closed(checked.guard), play });
    this.#mouth.complete(id);
  }

  #replyEnded(current: CurrentSpeech, how: string): void {
    current.ended = true;
    for (const [id, item] of current.items) {
      // An answer that was cut short by the vendor still ends where its audio ends.
      if (!item.complete && item.receivedMs > 0) this.#itemEnded(current, id, "");
      if (this.#current !== current) return;
    }
    const said = current.firstAudioAt !== undefined;
    if (!said && !current.calledTool && how !== "cancelled") return this.#noAudio();
    this.#finishIfOver(current);
  }

  #played(id: string): void {
    const current = this.#current;
    const item = current?.items.get(id);
    if (current === undefined || item === undefined) return;
    item.heard = true;
    const endedAt = this.#parts.clock.now();
    this.#listener.itemHeard({ item: id, text: item.text.trim(), endedAt, interrupted: false });
    this.#finishIfOver(current);
  }

  #finishIfOver(current: CurrentSpeech): void {
    if (!isOver(current) || this.#current !== current) return;
    this.#finish(current, true);
    this.#next();
  }

  /** The assistant was asked and nothing came. */
  #noAudio(): void {
    const current = this.#current;
    const session = this.#parts.session();
    if (current === undefined) return;
    if (!current.again && session !== undefined && this.#parts.patience().again) {
      session.cancel();
      return this.#ask(session, current.speech, true);
    }
    this.#stop(true);
    this.#listener.mute();
  }

  /** Ends the speech in progress: audio not yet heard is dropped, and the assistant learns what was heard. */
  #stop(tell: boolean): void {
    const current = this.#current;
    if (current === undefined) return;
    const now = this.#parts.clock.now();
    const heard = this.#mouth.interrupt();
    const session = this.#parts.session();
    session?.cancel();
    for (const [id, item] of current.items) {
      if (item.heard) continue;
      const heardMs = heard.get(id) ?? 0;
      session?.heardOnly(id, heardMs);
      if (item.startsAt !== undefined)
        this.#listener.itemHeard({ item: id, text: heardText(item, heardMs), endedAt: now, interrupted: true });
    }
    this.#finish(current, tell);
  }

  #finish(current: CurrentSpeech, tell: boolean): void {
    this.#current = undefined;
    this.#timers.cancel("speech");
    this.#timers.cancel("guard");
    this.#listener.changed();
    if (tell && current.speech.kind === "line" && current.speech.why === "ordered")
      this.#listener.lineEnded(current.speech.line);
  }
}

const isOrdered = (speech: Speech): boolean => speech.kind === "line" && speech.why === "ordered";
