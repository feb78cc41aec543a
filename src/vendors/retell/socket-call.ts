import type { Clock } from "../../ports/clock.ts";
import type { HostedAbilities, HostedEvent, HostedVerdict, HostedVisits, Visit } from "../../ports/hosted-assistant.ts";
import type { ConversationEntry, ReplySource } from "../../ports/writer.ts";
import type { Log } from "../../telemetry/log.ts";
import { ItemTurns } from "./item-turns.ts";
import { endOf, type RetellCallObject } from "./read-call.ts";
import { type FrameEntry, historyIn, type SocketFrame, spokenIn } from "./read-frame.ts";
import type { RetellApi } from "./retell-api.ts";
import type { RetellCall } from "./retell-call.ts";
import { SpokenReply } from "./spoken-reply.ts";
import { ToolDesk } from "./tool-desk.ts";
import { VisitFeed } from "./visit-feed.ts";

export type SocketCallParts = {
  readonly api: RetellApi;
  readonly greeting: (language: string) => string;
  readonly replies: ReplySource;
  readonly visits: HostedVisits;
  readonly clock: Clock;
  readonly log: Log;
};

/** Where frames for the vendor go; one socket at a time. */
export type FrameSink = {
  send(message: Readonly<Record<string, unknown>>): void;
  close(code: number): void;
};

/** Orders and notes kept for the model; the oldest go first. */
const NOTES_MAX = 24;

/**
 * A call for which Warmline is the model: Retell hears and speaks, the words are ours. Every sentence is checked before
 * it is sent, lines are spoken word for word, and an assistant that is to be silent is.
 */
export class SocketCall implements RetellCall {
  readonly visit: Visit;
  readonly abilities: HostedAbilities = { lines: "exactly", mutes: true, checked: true };
  readonly #parts: SocketCallParts;
  readonly #callId: string;
  readonly #feed: VisitFeed;
  readonly #turns = new ItemTurns("by-others");
  readonly #tools: ToolDesk;
  #sink: FrameSink | undefined;
  #greeted = false;
  #spoken: readonly FrameEntry[] = [];
  #entries: readonly FrameEntry[] = [];
  #responseId = 0;
  #interruptId = 0;
  #reply: AbortController | undefined;
  #instructions: string | undefined;
  #notes: { readonly after: number; readonly text: string }[] = [];
  #muted = false;
  /** Whose words were sent last. */
  #speaks: "line" | "reply" = "reply";
  #cancelSettle: (() => void) | undefined;

  constructor(parts: SocketCallParts, about: { readonly visit: Visit; readonly callId: string }) {
    this.#parts = parts;
    this.visit = about.visit;
    this.#callId = about.callId;
    this.#tools = new ToolDesk(parts.clock);
    this.#feed = new VisitFeed({ ...parts, visit: about.visit, session: this });
  }

  /** Its socket may come to another gateway than the one that had the caller dialled. */
  get isHere(): boolean {
    return this.#feed.begun;
  }

  /** The vendor has opened its socket, for the first time or again; an earlier one is dead. */
  attach(sink: FrameSink): void {
    this.#sink = sink;
    this.#feed.connected();
    // A new socket remembers nothing, but the caller does: no second greeting (facts §7.1).
    if (!this.#greeted) void this.#greet();
    this.#greeted = true;
  }

  detach(sink: FrameSink): void {
    if (this.#sink === sink) this.#sink = undefined;
  }

  frame(frame: SocketFrame): void {
    switch (frame.interaction_type) {
      case "ping_pong":
      case "call_details":
        return undefined;
      case "update_only":
        this.#follow(frame);
        return undefined;
      case "response_required":
        return this.#asked(frame);
      case "reminder_required":
        // The silence is watched by the runtime, which knows what the caller waits for.
        this.#follow(frame);
        this.#responseId = frame.response_id;
        return this.#respond(frame.response_id, "", true);
      default:
        return frame satisfies never;
    }
  }

  started(call: RetellCallObject): void {
    this.#turns.startedAt ??= call.start_timestamp;
  }

  /** The socket tells of the transcript sooner. */
  transcript(): void {}

  async tool(name: string, input: string): Promise<string> {
    const { toolCall, fresh, answer } = this.#tools.ask(name, input);
    if (!fresh) return answer;
    this.#send({ response_type: "tool_call_invocation", tool_call_id: toolCall, name, arguments: input });
    this.#feed.emit({ kind: "tool-call", toolCall, name, input });
    const output = await answer;
    this.#send({ response_type: "tool_call_result", tool_call_id: toolCall, content: output });
    return output;
  }

  tell(event: HostedEvent): void {
    if (event.kind === "ended") {
      this.#reply?.abort();
      this.#tellAll(this.#turns.finish());
    }
    this.#feed.emit(event);
  }

  /** The socket was lost a while ago: the vendor has given up by now, unless it came back. */
  lostUnlessBack(): void {
    if (this.#sink !== undefined) return;
    const reason = "error_llm_websocket_lost_connection";
    this.tell({ kind: "ended", how: endOf(reason), raw: reason });
  }

  say({ text }: { readonly name: string; readonly text: string }): Promise<boolean> {
    return Promise.resolve(this.#interrupt(text, true));
  }

  prompt(instructions: string): void {
    this.#drop();
    this.#interruptId += 1;
    const id = this.#interruptId;
    // Pieces of one id are spoken one after the other; an order of the case takes another id, and the rest is dropped.
    const say = (content: string, complete: boolean): void => {
      if (id === this.#interruptId) this.#speak(content, { complete, whole: false });
    };
    void this.#write(instructions, (text) => say(`${text} `, false)).then(() => say("", true));
  }

  note(text: string): void {
    this.#notes = [...this.#notes, { after: this.#entries.length, text }].slice(-NOTES_MAX);
  }

  instruct(instructions: string): void {
    this.#instructions = instructions;
  }

  mute(muted: boolean): void {
    this.#muted = muted;
    if (!muted) return;
    this.#drop();
    // What the case had to say is said to its end; the assistant's own words stop.
    if (this.#speaks === "reply") this.#interrupt("", false);
  }

  answerTool(toolCall: string, output: string): void {
    this.#tools.answer(toolCall, output);
  }

  end(): void {
    this.#drop();
    // Our 1000 is "we hang up" to the vendor; the order by REST is for a socket that is elsewhere or gone.
    this.#sink?.close(1_000);
    void this.#parts.api.stop(this.#callId);
    this.close();
  }

  close(): void {
    this.#reply?.abort();
    this.#cancelSettle?.();
  }

  /** The vendor waits for the first words; a caller who comes back is not greeted anew. */
  async #greet(): Promise<void> {
    const opened = await this.#feed.open();
    const fresh = opened !== undefined && opened.setup.history.length === 0 && this.#entries.length === 0;
    this.#respond(0, fresh && !this.#muted ? this.#parts.greeting(opened.setup.language) : "", true);
  }

  /** The caller has finished a turn. */
  #asked(frame: Extract<SocketFrame, { interaction_type: "response_required" }>): void {
    this.#responseId = frame.response_id;
    this.#reply?.abort();
    this.#follow(frame);
    const verdict = this.#tellAll(this.#turns.finish("caller"));
    if (this.#muted || verdict === "handled") return this.#respond(frame.response_id, "", true);
    const id = frame.response_id;
    void this.#write(undefined, (text) => this.#respond(id, `${text} `, false)).then(() => this.#respond(id, "", true));
  }

  /** Writes a reply and hands its checked sentences on; what it still says when nobody wants it is dropped. */
  async #write(extra: string | undefined, say: (text: string) => void): Promise<void> {
    this.#reply?.abort();
    const outdated = new AbortController();
    this.#reply = outdated;
    const opened = await this.#feed.open();
    if (opened === undefined || outdated.signal.aborted) return;
    const { setup, listener } = opened;
    const spoken = new SpokenReply(listener, say, () => outdated.abort());
    const history = [
      ...setup.history.map(({ role, text }) => ({ kind: "said", role, text }) as const),
      ...this.#history(),
      ...(extra === undefined ? [] : [{ kind: "told", text: extra } as const]),
    ];
    const how = await this.#parts.replies.reply(
      {
        call: this.visit.call,
        language: setup.language,
        instructions: this.#instructions ?? setup.instructions,
        tools: setup.tools,
        history,
      },
      {
        say: (text) => spoken.take(text),
        tool: (name, input) => this.tool(name, input),
        weak: (judged) => listener.weak?.(judged) ?? "go-on",
      },
      outdated.signal,
    );
    if (how === "failed" && !outdated.signal.aborted) this.#feed.emit({ kind: "late" });
    if (this.#reply === outdated) this.#reply = undefined;
  }

  /** The conversation with the system's notes where they came. */
  #history(): ConversationEntry[] {
    const told = (from: number, to: number): ConversationEntry[] =>
      this.#notes.flatMap(({ after, text }) => (after >= from && after < to ? [{ kind: "told", text }] : []));
    const count = this.#entries.length;
    // An entry may be no part of what a model reads: the notes before it are all the same.
    const placed = this.#entries.flatMap((_, index) => {
      const before = historyIn(this.#entries.slice(0, index)).length;
      const now = historyIn(this.#entries.slice(0, index + 1));
      return [...told(index, index + 1), ...now.slice(before)];
    });
    return [...placed, ...told(count, Number.POSITIVE_INFINITY)];
  }

  #follow(
    frame: Pick<Extract<SocketFrame, { interaction_type: "update_only" }>, "transcript" | "transcript_with_tool_calls">,
  ): void {
    // A late frame knows less than we do already.
    if (frame.transcript.length < this.#spoken.length) return;
    this.#spoken = frame.transcript;
    this.#entries = frame.transcript_with_tool_calls ?? frame.transcript;
    this.#tellAll(this.#turns.take(spokenIn(frame.transcript), this.#parts.clock.now()));
  }

  #respond(id: number, content: string, complete: boolean): void {
    if (id !== this.#responseId) return;
    if (content !== "") this.#speaks = "reply";
    this.#send({ response_type: "response", response_id: id, content, content_complete: complete });
  }

  /** Speaks at once, in place of whatever is being said; false: nobody is there to say it. */
  #interrupt(text: string, whole: boolean): boolean {
    if (whole) this.#drop();
    this.#interruptId += 1;
    return this.#speak(text, { complete: true, whole });
  }

  #speak(content: string, { complete, whole }: { readonly complete: boolean; readonly whole: boolean }): boolean {
    if (this.#sink === undefined) return false;
    this.#speaks = whole ? "line" : "reply";
    this.#send({
      response_type: "agent_interrupt",
      interrupt_id: this.#interruptId,
      content,
      content_complete: complete,
      no_interruption_allowed: whole,
    });
    return true;
  }

  #drop(): void {
    this.#reply?.abort();
    this.#reply = undefined;
  }

  #send(message: Readonly<Record<string, unknown>>): void {
    this.#sink?.send(message);
  }

  #tellAll(events: readonly HostedEvent[]): HostedVerdict {
    let verdict: HostedVerdict = "answer";
    for (const event of events) {
      const said = this.#feed.emit(event);
      if (event.kind === "words" && event.final && event.party === "caller") verdict = said;
    }
    this.#cancelSettle?.();
    const { clock } = this.#parts;
    const wake = this.#turns.wakesAt();
    this.#cancelSettle = wake && clock.at(wake, () => void this.#tellAll(this.#turns.settle(clock.now())));
    return verdict;
  }
}
