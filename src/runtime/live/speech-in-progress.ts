import { after, type EpochMs } from "../../domain/time.ts";
import type { AssistantEvent, AssistantSession } from "../../ports/assistant.ts";
import type { Mouth } from "./mouth.ts";
import { NamedTimers } from "./named-timers.ts";
import {
  closed,
  guardAudio,
  guardWakesAt,
  guardWords,
  type Checked,
  type HeldAudio,
  noWordsYet,
  type PromiseCheck,
  type PromiseGuard,
  type PromiseKind,
  released,
} from "./promise-guard.ts";
import type { SpeakerListener, SpeakerParts } from "./speaker-parts.ts";
import { heardText, speakingMs, type Speech, type SpokenItem } from "./speech.ts";

/** A line that takes this much longer than its words would is given up. */
const LINE_SLACK_MS = 4_000;
/** Walls against nonsense: a model's limits lie far below. */
const ITEMS_MAX = 64;
const TEXT_MAX = 8_000;

export type SpeechParts = Pick<SpeakerParts, "session" | "clock" | "check" | "checkWordsMs"> & {
  readonly mouth: Mouth;
};

/** What a speech tells of itself. From `over` on it waits to be stopped or let go. */
export type SpeechListener = Pick<SpeakerListener, "itemStarted" | "itemHeard" | "changed"> & {
  /** Its first audio came, so many milliseconds after it was asked for. */
  begun(latencyMs: number): void;
  /** Its first checked audio was sent to the caller's line, where it begins at `at`. */
  sent(at: EpochMs): void;
  /** All of it was heard. */
  over(): void;
  /** The assistant was asked and nothing came. */
  unanswered(): void;
  /** The caller cannot hear the rest. */
  unplayable(): void;
  /** A line that does not end. */
  tooLong(): void;
  /** It promises what nobody has; none of that has been played. */
  promised(kind: PromiseKind): void;
};

/** What is asked of the assistant: `again`: for the second time. The tag comes back in the reply's events. */
export type Asked = { readonly tag: string; readonly speech: Speech; readonly again: boolean };

/** One speech, from the asking to the last mark: its words are checked ahead of its audio, and what was heard is known. */
export class SpeechInProgress {
  readonly asked: Asked;
  readonly #parts: SpeechParts;
  readonly #listener: SpeechListener;
  readonly #askedAt: EpochMs;
  readonly #items = new Map<string, SpokenItem>();
  readonly #timers: NamedTimers<"length" | "guard">;
  #reply: string | undefined;
  #firstAudioAt: EpochMs | undefined;
  #sent = false;
  #guard: PromiseGuard = noWordsYet;
  /** The assistant has nothing more to send. */
  #ended = false;
  /** A tool was called in it: saying nothing is in order then. */
  #calledTool = false;
  #closed = false;

  constructor(asked: Asked, parts: SpeechParts, listener: SpeechListener) {
    this.asked = asked;
    this.#parts = parts;
    this.#listener = listener;
    this.#askedAt = parts.clock.now();
    this.#timers = new NamedTimers(parts.clock);
  }

  /** Audio of it came. */
  get begun(): boolean {
    return this.#firstAudioAt !== undefined;
  }

  ask(session: AssistantSession, firstAudioMs: number): void {
    const { tag, speech } = this.asked;
    this.#timers.set("length", after(this.#askedAt, firstAudioMs), () => this.#listener.unanswered());
    if (speech.kind === "line") session.reply({ tag, exactly: speech.text, tools: "none" });
    else session.reply({ tag, ...(speech.instructions === undefined ? {} : { instructions: speech.instructions }) });
  }

  /** Takes the reply events of the assistant; those of other replies change nothing. */
  take(event: AssistantEvent): void {
    if (!("reply" in event)) return;
    const mine = "tag" in event ? event.tag === this.asked.tag : event.reply === this.#reply;
    if (!mine) return;
    if (this.#items.size >= ITEMS_MAX && "item" in event && !this.#items.has(event.item))
      return this.#listener.unplayable();
    switch (event.kind) {
      case "reply-started":
        this.#reply = event.reply;
        return undefined;
      case "reply-ended":
        return this.replyEnded(event.how);
      case "reply-words":
        this.#add(event.item, event.delta);
        return this.#checked(guardWords(this.#guard, event.delta, this.#check()));
      case "reply-audio": {
        const now = this.#parts.clock.now();
        this.#audioOf(event.item, now);
        this.#item(event.item).receivedMs += this.#parts.mouth.lengthMs(event.payload);
        return this.#checked(guardAudio(this.#guard, event, now));
      }
      case "reply-item-ended":
        return this.#itemEnded(event.item, event.text);
      case "tool-call":
        this.#calledTool = true;
        return undefined;
      default:
        return event satisfies never;
    }
  }

  /** Nothing more will come of it; what was sent is played to its end. */
  replyEnded(how: string): void {
    this.#ended = true;
    for (const [id, item] of this.#items) {
      // An answer that was cut short by the vendor still ends where its audio ends.
      if (!item.complete && item.receivedMs > 0) this.#itemEnded(id, "");
      if (this.#closed) return;
    }
    if (!this.begun && !this.#calledTool && how !== "cancelled") return this.#listener.unanswered();
    this.#tellIfOver();
  }

  /** The caller has heard one of its items to the end. */
  heard(id: string): void {
    const item = this.#items.get(id);
    if (item === undefined) return;
    item.heard = true;
    const endedAt = this.#parts.clock.now();
    this.#listener.itemHeard({ item: id, text: item.text.trim(), endedAt, interrupted: false });
    this.#tellIfOver();
  }

  /** Audio not yet heard is dropped, and the assistant learns what was heard. */
  stop(): void {
    const { mouth, clock } = this.#parts;
    const now = clock.now();
    const heard = mouth.interrupt();
    const session = this.#parts.session();
    session?.cancel();
    for (const [id, item] of this.#items) {
      if (item.heard) continue;
      const heardMs = heard.get(id) ?? 0;
      session?.heardOnly(id, heardMs);
      if (item.startsAt !== undefined)
        this.#listener.itemHeard({ item: id, text: heardText(item, heardMs), endedAt: now, interrupted: true });
    }
  }

  /** It is let go: nothing of it wakes or tells any more. */
  close(): void {
    this.#closed = true;
    this.#timers.close();
  }

  #item(id: string): SpokenItem {
    const known = this.#items.get(id);
    if (known !== undefined) return known;
    const item: SpokenItem = { text: "", receivedMs: 0, complete: false, heard: false };
    this.#items.set(id, item);
    return item;
  }

  #add(id: string, words: string): void {
    const item = this.#item(id);
    item.text = (item.text + words).slice(0, TEXT_MAX);
  }

  #audioOf(id: string, now: EpochMs): void {
    const item = this.#item(id);
    if (item.startsAt === undefined) {
      const { until } = this.#parts.mouth;
      item.startsAt = until > now ? until : now;
      this.#listener.itemStarted(id, item.startsAt);
    }
    if (this.#firstAudioAt !== undefined) return;
    this.#firstAudioAt = now;
    this.#listener.begun(now - this.#askedAt);
    this.#timers.cancel("length");
    const { speech } = this.asked;
    if (speech.kind === "line") {
      const limit = after(now, speakingMs(speech.text) + LINE_SLACK_MS);
      this.#timers.set("length", limit, () => this.#listener.tooLong());
    }
  }

  #check(): PromiseCheck {
    const { check } = this.#parts;
    // A fixed sentence is the admin's and its truth the case's; a model that says another one is caught below.
    return this.asked.speech.kind === "answer" ? check : { ...check, backed: () => true };
  }

  #checked(checked: Checked): void {
    if (checked.cut !== undefined) return this.#listener.promised(checked.cut);
    this.#guard = checked.guard;
    if (!checked.play.every((audio) => this.#play(audio))) return this.#listener.unplayable();
    const wake = guardWakesAt(this.#guard, this.#parts.checkWordsMs);
    this.#timers.set("guard", wake, () => this.#checked(released(this.#guard)));
    if (checked.play.length > 0) this.#listener.changed();
  }

  /** False: the caller cannot hear it. */
  #play({ item, payload }: HeldAudio): boolean {
    const { mouth, clock } = this.#parts;
    const { until } = mouth;
    if (!mouth.play(this.#reply ?? "", item, payload)) return false;
    if (this.#sent) return true;
    this.#sent = true;
    const now = clock.now();
    this.#listener.sent(until > now ? until : now);
    return true;
  }

  #itemEnded(id: string, text: string): void {
    const item = this.#item(id);
    if (text !== "") item.text = text.slice(0, TEXT_MAX);
    item.complete = true;
    const rest = text.startsWith(this.#guard.words) ? text.slice(this.#guard.words.length) : ` ${text}`;
    const checked = guardWords(this.#guard, rest, this.#check());
    if (checked.cut !== undefined) return this.#listener.promised(checked.cut);
    const { play } = released({ ...checked.guard, held: [...checked.play, ...checked.guard.held] });
    this.#checked({ guard: closed(checked.guard), play });
    this.#parts.mouth.complete(id);
  }

  /** Everything that was sent has been heard, and there is nothing more to come. */
  #tellIfOver(): void {
    if (this.#closed || !this.#ended) return;
    if ([...this.#items.values()].every((item) => item.heard || item.receivedMs === 0)) this.#listener.over();
  }
}
