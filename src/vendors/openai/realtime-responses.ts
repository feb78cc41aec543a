import { after, EpochMs } from "../../domain/time.ts";
import type { Clock } from "../../ports/clock.ts";
import type { ServerResponse } from "./realtime-events.ts";

export type ReplyAsk = {
  readonly tag: string;
  readonly exactly?: string;
  readonly instructions?: string;
  readonly tools?: "none";
};

/** How a response ended, as the listener is told. `raw` is the vendor's own reason. */
export type ReplyEnd = {
  readonly reply: string;
  readonly tag: string;
  readonly how: "completed" | "cancelled" | "incomplete" | "failed";
  readonly raw: string;
  /** What the model had before it and wrote, as the vendor counts. */
  readonly totalTokens?: number;
};

export type ResponsesListener = {
  send(event: object): boolean;
  started(reply: string, tag: string): void;
  ended(end: ReplyEnd): void;
};

/** The vendor may lose a create; then the place is given up (facts/openai.md §1.8). */
const CREATED_WITHIN_MS = 10_000;
/** After a cancel nobody waits for the answer as long: the caller would hear silence. */
const CANCELLED_WITHIN_MS = 2_000;
/** A response that has produced nothing for this long will not go on. */
const STALLED_MS = 15_000;
const RETRY_MS = 500;
const RETRIES = 4;
const QUEUE_MAX = 16;

type Slot = { readonly eventId: string; readonly ask: ReplyAsk; response?: string; cancelled: boolean };

/**
 * One response at a time: the vendor refuses a second. Each create carries our id in its metadata, so that a response
 * is known by what asked for it, and one that was cancelled before it existed is cancelled when it appears.
 */
export class ResponseSequencer {
  readonly #listener: ResponsesListener;
  readonly #clock: Clock;
  readonly #language: string;
  #queue: ReplyAsk[] = [];
  #slot: Slot | undefined;
  /** Creates we no longer wait for; their responses are cancelled when they come. */
  readonly #abandoned = new Set<string>();
  /** Responses whose audio and words go nowhere, until their `response.done`. */
  readonly #discarded = new Set<string>();
  #counter = 0;
  #retries = 0;
  #open = true;
  #cancelTimer: () => void = () => undefined;
  /** When something of the response in progress last came, and whether the timer waits for more. */
  #progressAt = EpochMs(0);
  #watchesStall = false;

  constructor(language: string, clock: Clock, listener: ResponsesListener) {
    this.#language = language;
    this.#clock = clock;
    this.#listener = listener;
  }

  /** Nothing in progress and nothing queued. */
  get idle(): boolean {
    return this.#slot === undefined && this.#queue.length === 0;
  }

  ask(ask: ReplyAsk): void {
    if (this.#queue.length >= QUEUE_MAX)
      return this.#listener.ended({ reply: "", tag: ask.tag, how: "failed", raw: "too many replies queued" });
    this.#queue.push(ask);
    this.#next();
  }

  /** Stops the response in progress and forgets queued ones; their ends are not told again. */
  cancel(): void {
    this.#queue = [];
    const slot = this.#slot;
    if (slot === undefined || slot.cancelled) return;
    slot.cancelled = true;
    if (slot.response === undefined) {
      // A cancel sent before `response.created` would be a no-op at the vendor.
      this.#wait(CANCELLED_WITHIN_MS, "cancelled");
    } else {
      this.#discarded.add(slot.response);
      this.#listener.send({ type: "response.cancel", response_id: slot.response });
      this.#wait(CANCELLED_WITHIN_MS, "cancelled");
    }
  }

  discards(response: string): boolean {
    return this.#discarded.has(response) || this.#slot?.response !== response;
  }

  created(response: ServerResponse): void {
    const eventId = response.metadata?.["client_event_id"];
    const slot = this.#slot;
    if (slot === undefined || eventId !== slot.eventId || slot.cancelled) {
      if (eventId !== undefined) this.#abandoned.delete(eventId);
      // Nobody waits for it, or nobody asked: the vendor's own idea of a reply is not wanted.
      this.#discarded.add(response.id);
      if (slot !== undefined && eventId === slot.eventId) slot.response = response.id;
      this.#listener.send({ type: "response.cancel", response_id: response.id });
      return;
    }
    slot.response = response.id;
    this.#retries = 0;
    this.progress();
    this.#listener.started(response.id, slot.ask.tag);
  }

  /** Something of the response in progress came in. */
  progress(): void {
    if (this.#slot?.cancelled !== false) return;
    this.#progressAt = this.#clock.now();
    if (!this.#watchesStall) this.#watchStall();
  }

  /** Pieces come eight times a second: they move the deadline, and the timer looks at it when it wakes. */
  #watchStall(): void {
    const due = after(this.#progressAt, STALLED_MS);
    this.#timer(due, () => {
      this.#watchesStall = false;
      if (after(this.#progressAt, STALLED_MS) > due) this.#watchStall();
      else this.#giveUpWaiting(STALLED_MS, "failed");
    });
    this.#watchesStall = true;
  }

  done(response: ServerResponse): void {
    this.#discarded.delete(response.id);
    const slot = this.#slot;
    const eventId = response.metadata?.["client_event_id"];
    // A `response.done` without its `response.created` has been seen.
    if (slot === undefined || (slot.response !== response.id && eventId !== slot.eventId)) return;
    const how = slot.cancelled ? "cancelled" : endOf(response.status);
    const totalTokens = response.usage?.total_tokens;
    this.#release({
      reply: response.id,
      tag: slot.ask.tag,
      how,
      raw: rawEnd(response),
      ...(totalTokens === undefined ? {} : { totalTokens }),
    });
  }

  /** The vendor refused a client event; true when it was one of ours. */
  refused(eventId: string, code: string): boolean {
    const slot = this.#slot;
    if (slot === undefined || slot.eventId !== eventId) return false;
    if (code === "conversation_already_has_active_response" && !slot.cancelled && this.#retries < RETRIES) {
      this.#retries += 1;
      this.#queue.unshift(slot.ask);
      this.#slot = { ...slot, cancelled: true };
      this.#timer(after(this.#clock.now(), RETRY_MS), () => {
        this.#slot = undefined;
        this.#next();
      });
      return true;
    }
    const how = slot.cancelled ? "cancelled" : "failed";
    this.#release({ reply: slot.response ?? "", tag: slot.ask.tag, how, raw: code });
    return true;
  }

  close(): void {
    this.#open = false;
    this.#queue = [];
    this.#slot = undefined;
    this.#cancelTimer();
  }

  #next(): void {
    const ask = this.#slot === undefined ? this.#queue.shift() : undefined;
    if (ask === undefined || !this.#open) return;
    this.#counter += 1;
    const eventId = `reply-${this.#counter}`;
    this.#slot = { eventId, ask, cancelled: false };
    this.#wait(CREATED_WITHIN_MS, "failed");
    this.#listener.send({
      type: "response.create",
      event_id: eventId,
      response: responseBody(ask, eventId, this.#language),
    });
  }

  #release(end: ReplyEnd): void {
    this.#cancelTimer();
    this.#watchesStall = false;
    this.#slot = undefined;
    this.#listener.ended(end);
    this.#next();
  }

  #wait(ms: number, how: "cancelled" | "failed"): void {
    this.#timer(after(this.#clock.now(), ms), () => this.#giveUpWaiting(ms, how));
  }

  #giveUpWaiting(ms: number, how: "cancelled" | "failed"): void {
    const slot = this.#slot;
    if (slot === undefined) return;
    if (slot.response === undefined) this.#abandon(slot.eventId);
    else if (!slot.cancelled) {
      this.#discarded.add(slot.response);
      this.#listener.send({ type: "response.cancel", response_id: slot.response });
    }
    this.#release({ reply: slot.response ?? "", tag: slot.ask.tag, how, raw: `nothing for ${ms} ms` });
  }

  #abandon(eventId: string): void {
    this.#abandoned.add(eventId);
    const [oldest] = this.#abandoned;
    if (this.#abandoned.size > QUEUE_MAX && oldest !== undefined) this.#abandoned.delete(oldest);
  }

  #timer(when: EpochMs, wake: () => void): void {
    this.#cancelTimer();
    this.#watchesStall = false;
    this.#cancelTimer = this.#clock.at(when, wake);
  }
}

function responseBody(ask: ReplyAsk, eventId: string, language: string): object {
  const silentTools = ask.exactly !== undefined || ask.tools === "none";
  const instructions = ask.exactly === undefined ? ask.instructions : exactWords(ask.exactly, language);
  return {
    metadata: { client_event_id: eventId, tag: ask.tag.slice(0, 512) },
    ...(instructions === undefined ? {} : { instructions }),
    ...(silentTools ? { tools: [], tool_choice: "none" } : {}),
  };
}

/** A fixed sentence in the assistant's own voice. Quotation marks inside would end the quotation. */
const exactWords = (text: string, language: string): string =>
  `Say exactly: "${text.replaceAll('"', "'")}"\nLanguage: ${language}. Add nothing, leave nothing out, do not translate, do not answer anything else.`;

function endOf(status: string | null | undefined): ReplyEnd["how"] {
  return status === "completed" || status === "cancelled" || status === "incomplete" ? status : "failed";
}

function rawEnd(response: ServerResponse): string {
  const details = response.status_details;
  return details?.error?.code ?? details?.error?.type ?? details?.reason ?? response.status ?? "";
}
