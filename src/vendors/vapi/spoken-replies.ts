import { after, type EpochMs } from "../../domain/time.ts";
import type { AssistantEvent } from "../../ports/assistant.ts";
import type { Clock } from "../../ports/clock.ts";

export type Ask = { readonly tag: string; readonly exactly?: string; readonly instructions?: string };

export type RepliesParts = {
  readonly clock: Clock;
  readonly tell: (event: AssistantEvent) => void;
  /** The vendor says exactly this, in place of what it says. */
  readonly say: (text: string) => void;
  /** The vendor says something of its own now. */
  readonly trigger: (instructions: string) => void;
};

type Utterance = {
  readonly reply: string;
  readonly item: string;
  /** The ask it answers; absent: nobody has asked, and the caller does not hear it. */
  tag?: string;
  /** Frames that wait for an ask. */
  held: string[];
  text: string;
  /** Whether it is a line of ours; `undefined` while it cannot be told. */
  ours: boolean | undefined;
  dropped: boolean;
  over: boolean;
  readonly since: EpochMs;
};

/** Frames before the word that speech has begun: 200 ms. */
const BEFORE_MAX = 10;
const HELD_MAX = 1_500;
/** Without a word of what is being said, it is taken for what was asked. */
const CLASSIFY_MS = 250;
/** The last frames and the final transcript come a little after the word that speech has ended. */
const LINGER_MS = 250;
const LINGER_LINE_MS = 80;
/** The assistant answers a turn by itself; one that does not is asked. */
const PROMPT_AFTER_MS = 3_000;
/** An answer that nobody asked for in time is worth nothing any more. */
const STALE_MS = 6_000;
const SILENT_BYTES: ReadonlySet<number> = new Set([0xff, 0x7f, 0xfe, 0x7e]);

/**
 * What the assistant says, brought together with what it was asked for. Vapi answers by itself; a reply reaches the
 * caller's line only when one is asked for, so that a turn can be judged first and a line of the system's is not talked over.
 */
export class SpokenReplies {
  readonly #parts: RepliesParts;
  #count = 0;
  #ask: Ask | undefined;
  #current: Utterance | undefined;
  #before: string[] = [];
  #tokens = "";
  /** The reply that so far is nothing but tool calls. */
  #toolReply: string | undefined;
  /** The caller has said something, or a tool was answered: it speaks without being asked. */
  #expected = false;
  #timers = new Map<"end" | "classify" | "prompt", () => void>();

  constructor(parts: RepliesParts) {
    this.#parts = parts;
  }

  ask(ask: Ask): void {
    this.#ask = ask;
    this.#timer("prompt", undefined);
    if (ask.exactly !== undefined) {
      this.#drop();
      return this.#parts.say(ask.exactly);
    }
    const current = this.#current;
    if (current !== undefined && current.ours !== true && !current.dropped && this.#isFresh(current)) {
      return this.#bind(current, ask);
    }
    if (ask.instructions !== undefined) return this.#parts.trigger(ask.instructions);
    if (!this.#expected) return this.#parts.trigger("Go on.");
    this.#timer("prompt", PROMPT_AFTER_MS, () => this.#parts.trigger("Answer what the caller has said."));
    return undefined;
  }

  cancel(): void {
    const ask = this.#ask;
    const current = this.#current;
    this.#ask = undefined;
    this.#timer("prompt", undefined);
    this.#drop();
    if (ask !== undefined && current?.tag === ask.tag)
      this.#parts.tell({ kind: "reply-ended", reply: current.reply, tag: ask.tag, how: "cancelled" });
  }

  /** One frame of μ-law, base64. The line is never quiet: frames of silence between utterances are not speech. */
  audio(frame: Buffer): void {
    const current = this.#current;
    if (current !== undefined && !current.over) return this.#take(current, frame.toString("base64"));
    if (isSilence(frame)) return;
    this.#before = [...this.#before, frame.toString("base64")].slice(-BEFORE_MAX);
  }

  started(): void {
    const running = this.#current;
    if (running !== undefined && this.#timers.has("end") && running.ours !== true) {
      // One answer may be spoken in pieces.
      this.#timer("end", undefined);
      running.over = false;
      return;
    }
    this.#finish();
    this.#count += 1;
    const reply = `reply-${this.#count}`;
    const current: Utterance = {
      reply,
      item: `${reply}-words`,
      held: this.#before,
      text: this.#tokens,
      ours: undefined,
      dropped: false,
      over: false,
      since: this.#parts.clock.now(),
    };
    this.#before = [];
    this.#current = current;
    this.#timer("classify", CLASSIFY_MS, () => this.#classify(current, this.#ask?.exactly !== undefined));
    if (this.#tokens !== "" && this.#ask?.exactly === undefined) this.#classify(current, false);
  }

  /** All words of what is being said, and whether it is a line of ours where the vendor tells. */
  words(text: string, source: string | undefined): void {
    const current = this.#current;
    if (current === undefined || current.over) return;
    this.#grow(current, text);
    const asked = this.#ask?.exactly;
    const fits = asked !== undefined && sameWords(text, asked);
    this.#classify(current, source === "force-say" || fits);
  }

  /** The model's words as they are made, ahead of the voice. */
  token(text: string): void {
    const current = this.#current;
    if (current === undefined || current.over || current.ours === true) this.#tokens += text;
    else this.#grow(current, current.text + text);
  }

  /** What was said, as it was heard. */
  transcript(text: string): void {
    const current = this.#current;
    if (current !== undefined && current.ours !== true) current.text = text;
  }

  stopped(): void {
    const current = this.#current;
    if (current === undefined) return;
    if (current.ours === undefined) this.#classify(current, this.#ask?.exactly !== undefined);
    this.#tokens = "";
    this.#timer("end", current.ours === true ? LINGER_LINE_MS : LINGER_MS, () => this.#finish());
  }

  /** The caller's turn is over, or a tool was answered. */
  expect(): void {
    this.#expected = true;
    const current = this.#current;
    if (current?.over === true && current.tag === undefined) this.#current = undefined;
  }

  /** The reply a tool call belongs to. */
  toolCalled(): string {
    const ask = this.#ask;
    if (ask === undefined || ask.exactly !== undefined) return `reply-tools-${(this.#count += 1)}`;
    if (this.#current?.tag === ask.tag) return this.#current.reply;
    const reply = `reply-tools-${(this.#count += 1)}`;
    this.#toolReply = reply;
    this.#parts.tell({ kind: "reply-started", reply, tag: ask.tag });
    return reply;
  }

  /** A reply that was nothing but tool calls is over when they were heard of; a line that is due meanwhile is not. */
  toolsHeard(reply: string): void {
    if (this.#current?.reply === reply) return;
    const tag = this.#ask?.exactly === undefined && this.#toolReply === reply ? this.#ask?.tag : undefined;
    this.#toolReply = undefined;
    if (tag !== undefined) {
      this.#timer("prompt", undefined);
      this.#ask = undefined;
    }
    this.#parts.tell({ kind: "reply-ended", reply, how: "completed", ...(tag === undefined ? {} : { tag }) });
  }

  close(): void {
    for (const cancel of this.#timers.values()) cancel();
    this.#timers.clear();
  }

  #take(current: Utterance, payload: string): void {
    if (current.dropped) return;
    if (current.tag !== undefined) {
      this.#parts.tell({ kind: "reply-audio", reply: current.reply, item: current.item, payload });
      return;
    }
    if (current.held.length < HELD_MAX) current.held.push(payload);
  }

  #classify(current: Utterance, ours: boolean): void {
    if (this.#current !== current || current.ours !== undefined) return;
    current.ours = ours;
    this.#timer("classify", undefined);
    if (!ours) this.#expected = false;
    const ask = this.#ask;
    const wanted = ask !== undefined && (ask.exactly !== undefined) === ours;
    // A line that was taken back, or an answer in place of which a line is due.
    if (!wanted) current.dropped = ours || ask !== undefined;
    else this.#bind(current, ask);
  }

  #bind(current: Utterance, ask: Ask): void {
    this.#timer("prompt", undefined);
    const { reply, item } = current;
    current.tag = ask.tag;
    this.#parts.tell({ kind: "reply-started", reply, tag: ask.tag });
    const text = ask.exactly ?? current.text;
    current.text = text;
    if (text !== "") this.#parts.tell({ kind: "reply-words", reply, item, delta: text });
    for (const payload of current.held.splice(0)) this.#parts.tell({ kind: "reply-audio", reply, item, payload });
    if (current.over) this.#end(current);
  }

  #grow(current: Utterance, text: string): void {
    const known = current.text;
    if (text.length <= known.length || current.ours === true) return;
    current.text = text;
    const delta = text.startsWith(known) ? text.slice(known.length) : text;
    if (current.tag !== undefined && !current.dropped)
      this.#parts.tell({ kind: "reply-words", reply: current.reply, item: current.item, delta });
  }

  /** Its speech is over. */
  #finish(): void {
    const current = this.#current;
    this.#timer("end", undefined);
    if (current === undefined || current.over) return;
    current.over = true;
    if (current.tag !== undefined && !current.dropped) this.#end(current);
    else if (current.dropped) this.#current = undefined;
  }

  #end(current: Utterance): void {
    const { reply, item, tag, text } = current;
    this.#current = undefined;
    if (this.#ask?.tag === tag) this.#ask = undefined;
    this.#parts.tell({ kind: "reply-item-ended", reply, item, text });
    this.#parts.tell({ kind: "reply-ended", reply, how: "completed", ...(tag === undefined ? {} : { tag }) });
  }

  /** What is being said does not reach the caller any more. */
  #drop(): void {
    const current = this.#current;
    if (current === undefined) return;
    current.dropped = true;
    current.held = [];
    if (current.over) this.#current = undefined;
  }

  #isFresh(current: Utterance): boolean {
    return !current.over || this.#parts.clock.now() < after(current.since, STALE_MS);
  }

  #timer(name: "end" | "classify" | "prompt", ms: number | undefined, wake?: () => void): void {
    this.#timers.get(name)?.();
    this.#timers.delete(name);
    if (ms === undefined || wake === undefined) return;
    const { clock } = this.#parts;
    const cancel = clock.at(after(clock.now(), ms), () => {
      this.#timers.delete(name);
      wake();
    });
    this.#timers.set(name, cancel);
  }
}

const isSilence = (frame: Buffer): boolean => frame.every((byte) => SILENT_BYTES.has(byte));

const plain = (text: string): string => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, "");

/** The vendor's text may be cleaned up, or only the beginning of it. */
function sameWords(said: string, asked: string): boolean {
  const [one, other] = [plain(said), plain(asked)];
  return one !== "" && (other.startsWith(one) || one.startsWith(other));
}
