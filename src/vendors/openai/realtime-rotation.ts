import { after, EpochMs } from "../../domain/time.ts";
import type { AssistantEvent, AssistantSession, AssistantSetup } from "../../ports/assistant.ts";
import { RealtimeConversation } from "./realtime-conversation.ts";
import type { LinkClosed, LinkParts } from "./realtime-link.ts";
import type { ReplyAsk } from "./realtime-responses.ts";
import { Remembered } from "./remembered.ts";

/** How long before the vendor's hard end another session is prepared (facts/openai.md §1.9). */
const BEFORE_END_MS = 120_000;
const RETRY_MS = 20_000;
const SHORTEST_MS = 1_000;

/** The session that will take over; `known` counts the turns it was opened with. */
type Successor = {
  readonly session: RealtimeConversation;
  readonly ready: boolean;
  readonly known: number;
  readonly expiresAt?: number;
};

/**
 * A conversation that outlives the vendor's 60 minutes: near the end a second session is opened with the conversation
 * as text, and takes over at a turn boundary. Invisible above, but for item ids that are not known any more.
 */
export class RotatingSession implements AssistantSession {
  readonly #parts: LinkParts;
  readonly #listener: (event: AssistantEvent) => void;
  readonly #remembered: Remembered;
  #current: RealtimeConversation;
  #next: Successor | undefined;
  #instructions: string;
  #due = false;
  #over = false;
  #cancelTimer: () => void = () => undefined;

  constructor(parts: LinkParts, listener: (event: AssistantEvent) => void) {
    this.#parts = parts;
    this.#listener = listener;
    this.#instructions = parts.setup.instructions;
    this.#remembered = new Remembered(parts.setup.history);
    const first: RealtimeConversation = new RealtimeConversation(parts, {
      ready: (expiresAt) => {
        this.#schedule(expiresAt);
        listener({ kind: "ready" });
      },
      event: (event) => this.#take(first, event),
      closed: (closed) => this.#closed(first, closed),
    });
    this.#current = first;
  }

  hear(audio: Uint8Array): void {
    this.#current.hear(audio);
  }

  reply(ask: ReplyAsk): void {
    this.#current.reply(ask);
  }

  cancel(): void {
    this.#current.cancel();
  }

  heardOnly(item: string, ms: number): void {
    this.#remembered.heardOnly(item, ms);
    this.#current.heardOnly(item, ms);
  }

  instruct(instructions: string): void {
    this.#instructions = instructions;
    this.#current.instruct(instructions);
  }

  note(text: string): void {
    this.#remembered.note(text);
    this.#current.note(text);
  }

  answerTool(toolCall: string, output: string): void {
    this.#current.answerTool(toolCall, output);
  }

  end(): void {
    this.#over = true;
    this.#cancelTimer();
    this.#next?.session.end();
    this.#current.end();
  }

  #take(from: RealtimeConversation, event: AssistantEvent): void {
    if (from !== this.#current || this.#over) return;
    this.#remembered.take(event);
    this.#listener(event);
    this.#atBoundary();
  }

  #schedule(expiresAt: number | undefined): void {
    if (expiresAt === undefined) return;
    const now = this.#parts.clock.now();
    const left = expiresAt * 1_000 - now;
    // A session too short to be worth renewing simply expires.
    if (left < SHORTEST_MS) return;
    this.#timer(EpochMs(now + Math.max(left - BEFORE_END_MS, left / 2)), () => {
      this.#due = true;
      this.#atBoundary();
    });
  }

  /** Prepares or takes the next session over, when nobody is in the middle of something. */
  #atBoundary(): void {
    if (!this.#due || this.#over || !this.#current.idle || !this.#remembered.quiet) return;
    if (this.#next === undefined) return this.#prepare();
    if (this.#next.ready) this.#switch(this.#next);
  }

  #prepare(): void {
    const setup: AssistantSetup = {
      ...this.#parts.setup,
      instructions: this.#instructions,
      history: this.#remembered.turns(),
    };
    const known = this.#remembered.count;
    const session: RealtimeConversation = new RealtimeConversation(
      { ...this.#parts, setup },
      {
        ready: (expiresAt) => {
          if (this.#next === undefined) return;
          this.#next = { ...this.#next, ready: true, ...(expiresAt === undefined ? {} : { expiresAt }) };
          this.#atBoundary();
        },
        event: (event) => this.#take(session, event),
        closed: (closed) => this.#closed(session, closed),
      },
    );
    this.#next = { session, ready: false, known };
    for (const text of this.#remembered.notes()) session.note(text);
  }

  #switch(next: Successor): void {
    const old = this.#current;
    this.#current = next.session;
    this.#next = undefined;
    this.#due = false;
    for (const turn of this.#remembered.since(next.known)) next.session.seed(turn);
    next.session.instruct(this.#instructions);
    old.end();
    this.#schedule(next.expiresAt);
    this.#parts.log.info({}, "the assistant's session was renewed before its end");
  }

  #closed(from: RealtimeConversation, closed: LinkClosed): void {
    if (from === this.#current) {
      const wasOver = this.#over;
      this.#over = true;
      this.#cancelTimer();
      this.#next?.session.end();
      if (!wasOver || closed.how === "ended") this.#listener({ kind: "closed", ...closed });
    } else if (from === this.#next?.session && !this.#over) {
      this.#next = undefined;
      this.#parts.log.warn({ raw: closed.raw }, "the assistant's next session could not be opened, trying again");
      this.#timer(after(this.#parts.clock.now(), RETRY_MS), () => this.#atBoundary());
    }
  }

  #timer(when: EpochMs, wake: () => void): void {
    this.#cancelTimer();
    this.#cancelTimer = this.#parts.clock.at(when, wake);
  }
}
