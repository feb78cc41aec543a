import { payloadMs } from "../../turns/playout.ts";
import { WaitingAudio } from "../../turns/waiting-audio.ts";
import type { AssistantEvent, AssistantSession } from "../../ports/assistant.ts";
import type { Log } from "../../telemetry/log.ts";
import { confidenceOf, type ServerEvent, type ServerFailure, type ServerItem } from "./realtime-events.ts";
import { type LinkClosed, RealtimeLink, type LinkParts } from "./realtime-link.ts";
import { type ReplyAsk, type ReplyEnd, ResponseSequencer } from "./realtime-responses.ts";
import { contextWindow, historyItem } from "./realtime-setup.ts";
import { RealtimeItems } from "./realtime-items.ts";

/** Failed replies in a row after which another session is worth more than another try. */
const FAILURES_MAX = 3;
/** Audio from before the session is ready, and commands: more than a call has in the seconds it may take. */
const WAITING_AUDIO_MAX_MS = 10_000;
const WAITING_COMMANDS_MAX = 64;
/** Failures that the next reply, and the next session, would meet again. */
const HOPELESS: ReadonlySet<string> = new Set(["model_not_found", "insufficient_quota", "invalid_api_key"]);
/** Races that are expected and need no repair (facts/openai.md §1.10). */
const HARMLESS: ReadonlySet<string> = new Set([
  "response_cancel_not_active",
  "input_audio_buffer_commit_empty",
  "unsupported_content_type",
  "item_delete_invalid_item_id",
  "item_truncate_invalid_item_id",
]);

export type ConversationListener = {
  /** `expiresAt`: the vendor's hard end, in seconds since 1970. */
  ready(expiresAt: number | undefined): void;
  event(event: AssistantEvent): void;
  closed(closed: LinkClosed): void;
};

/** One Realtime session as an assistant's conversation: the vendor's events in, ours out, and our commands to theirs. */
export class RealtimeConversation implements AssistantSession {
  readonly #link: RealtimeLink;
  readonly #listener: ConversationListener;
  readonly #log: Log;
  readonly #responses: ResponseSequencer;
  readonly #items: RealtimeItems;
  readonly #toolCalls = new Set<string>();
  #ready = false;
  readonly #window: number;
  #failures = 0;
  #closed = false;
  readonly #metrics: LinkParts["metrics"];
  readonly #waitingAudio = new WaitingAudio(WAITING_AUDIO_MAX_MS);
  #droppedAudio = 0;
  #waitingCommands: (() => void)[] = [];

  constructor(parts: LinkParts, listener: ConversationListener) {
    this.#listener = listener;
    this.#log = parts.log;
    this.#metrics = parts.metrics;
    this.#window = contextWindow(parts.settings.model);
    this.#items = new RealtimeItems((event) => this.#link.send(event));
    this.#responses = new ResponseSequencer(parts.setup.language, parts.clock, {
      send: (event) => this.#link.send(event),
      started: (reply, tag) => listener.event({ kind: "reply-started", reply, tag }),
      ended: (end) => this.#replyEnded(end),
    });
    this.#link = new RealtimeLink(parts, {
      ready: (expiresAt) => this.#becomeReady(expiresAt),
      event: (event) => this.#take(event),
      closed: (closed) => {
        this.#closed = true;
        this.#responses.close();
        listener.closed(closed);
      },
    });
  }

  /** No reply is being made or queued, and every tool call was answered: a turn boundary on the assistant's side. */
  get idle(): boolean {
    return this.#responses.idle && this.#toolCalls.size === 0;
  }

  hear(audio: Uint8Array): void {
    if (this.#ready) return this.#link.sendAudio(audio);
    if (this.#closed) return undefined;
    for (let gone = this.#waitingAudio.keep(audio); gone > 0; gone -= 1) {
      this.#droppedAudio += 1;
      this.#metrics?.count("warmline_audio_dropped_total", { towards: "assistant" });
    }
    return undefined;
  }

  reply(ask: ReplyAsk): void {
    this.#whenReady(() => this.#responses.ask(ask));
  }

  cancel(): void {
    this.#waitingCommands = this.#ready ? [] : this.#waitingCommands;
    this.#whenReady(() => this.#responses.cancel());
  }

  heardOnly(item: string, ms: number): void {
    this.#items.heardOnly(item, ms);
  }

  instruct(instructions: string): void {
    this.#whenReady(() => this.#link.send({ type: "session.update", session: { type: "realtime", instructions } }));
  }

  note(text: string): void {
    this.#item(historyItem({ role: "note", text }));
  }

  /** A turn that happened before this session took over. */
  seed(turn: { readonly role: "caller" | "assistant"; readonly text: string }): void {
    this.#item(historyItem(turn));
  }

  answerTool(toolCall: string, output: string): void {
    this.#toolCalls.delete(toolCall);
    this.#item({ type: "function_call_output", call_id: toolCall, output });
  }

  end(): void {
    this.#link.end();
  }

  #item(item: object): void {
    this.#whenReady(() => this.#link.send({ type: "conversation.item.create", item }));
  }

  #whenReady(command: () => void): void {
    if (this.#ready) return command();
    if (this.#closed) return undefined;
    const count = this.#waitingCommands.length;
    if (count < WAITING_COMMANDS_MAX) return void this.#waitingCommands.push(command);
    // It may be a tool's answer, or a line that the case waits for: another session is better than a gap.
    this.#log.error({ count }, "the assistant's session is not ready and has too many commands; it is given up");
    return this.#link.giveUp({ how: "lost", raw: "too many commands before it was ready" });
  }

  #becomeReady(expiresAt: number | undefined): void {
    this.#ready = true;
    const commands = this.#waitingCommands;
    this.#waitingCommands = [];
    for (const audio of this.#waitingAudio.take()) this.#link.sendAudio(audio);
    const count = this.#droppedAudio;
    if (count > 0) this.#log.warn({ count }, "the caller's audio was dropped: the session was not ready in time");
    this.#listener.ready(expiresAt);
    for (const command of commands) command();
  }

  #take(event: ServerEvent): void {
    switch (event.type) {
      case "input_audio_buffer.speech_started":
        return this.#tell({ kind: "caller-speech-started", item: event.item_id, audioMs: event.audio_start_ms });
      case "input_audio_buffer.speech_stopped":
        return this.#tell({ kind: "caller-speech-ended", item: event.item_id, audioMs: event.audio_end_ms });
      case "input_audio_buffer.committed":
        return this.#tell({ kind: "caller-turn", item: event.item_id });
      case "conversation.item.input_audio_transcription.delta":
        return this.#tell({ kind: "caller-words-partial", item: event.item_id, delta: event.delta });
      case "conversation.item.input_audio_transcription.completed": {
        const confidence = confidenceOf(event.logprobs);
        const words = { kind: "caller-words", item: event.item_id, text: event.transcript.trim() } as const;
        return this.#tell(confidence === undefined ? words : { ...words, confidence });
      }
      case "conversation.item.input_audio_transcription.failed":
        return this.#tell({ kind: "caller-words-failed", item: event.item_id });
      case "response.created":
        return this.#responses.created(event.response);
      case "response.done":
        return this.#responses.done(event.response);
      case "error":
        return this.#refused(event.error);
      case "session.created":
      case "session.updated":
        return undefined;
      default:
        return this.#takePart(event);
    }
  }

  /** Parts of a response: dropped when nobody waits for it any more. */
  #takePart(event: Extract<ServerEvent, { response_id: string }>): void {
    const reply = event.response_id;
    if (event.type === "response.output_item.added" || event.type === "response.output_item.done")
      this.#items.exists(event.item.id);
    if (this.#responses.discards(reply)) {
      if (event.type === "response.output_item.done") this.#closeToolCall(event.item);
      return;
    }
    this.#responses.progress();
    switch (event.type) {
      case "response.output_audio.delta":
        this.#items.received(event.item_id, payloadMs(event.delta));
        return this.#tell({ kind: "reply-audio", reply, item: event.item_id, payload: event.delta });
      case "response.output_audio_transcript.delta":
        return this.#tell({ kind: "reply-words", reply, item: event.item_id, delta: event.delta });
      case "response.output_audio_transcript.done":
        return this.#items.said(event.item_id, event.transcript);
      case "response.output_item.done":
        return this.#itemDone(reply, event.item);
      case "response.output_item.added":
        return undefined;
      default:
        return event satisfies never;
    }
  }

  #itemDone(reply: string, item: ServerItem): void {
    if (item.type === "message") {
      const text = this.#items.textOf(item.id) ?? item.content?.map((part) => part.transcript ?? "").join(" ") ?? "";
      return this.#tell({ kind: "reply-item-ended", reply, item: item.id, text });
    }
    // A half-written call (status incomplete) is never performed.
    if (item.type !== "function_call" || item.status !== "completed") return;
    const { call_id: toolCall, name } = item;
    if (typeof toolCall !== "string" || typeof name !== "string" || !this.#items.firstCall(toolCall)) return;
    this.#toolCalls.add(toolCall);
    this.#tell({ kind: "tool-call", reply, toolCall, name, input: item.arguments ?? "{}" });
  }

  /** A call inside a cancelled reply is not performed, but it must not stay open in the history either. */
  #closeToolCall(item: ServerItem): void {
    if (item.type !== "function_call" || item.status !== "completed" || typeof item.call_id !== "string") return;
    if (!this.#items.firstCall(item.call_id)) return;
    this.answerTool(item.call_id, JSON.stringify({ ok: false, note: "Not performed: this reply was cancelled." }));
  }

  #replyEnded({ totalTokens, ...end }: ReplyEnd): void {
    this.#failures = end.how === "failed" ? this.#failures + 1 : 0;
    const contextShare = totalTokens === undefined ? undefined : Math.min(1, totalTokens / this.#window);
    this.#tell({ kind: "reply-ended", ...end, ...(contextShare === undefined ? {} : { contextShare }) });
    if (end.how !== "failed") return;
    if (HOPELESS.has(end.raw)) this.#link.giveUp({ how: "refused", raw: end.raw });
    else if (this.#failures >= FAILURES_MAX) this.#link.giveUp({ how: "lost", raw: `${FAILURES_MAX} replies failed` });
  }

  #refused(error: ServerFailure): void {
    const code = error.code ?? error.type ?? "unknown";
    if (typeof error.event_id === "string" && this.#responses.refused(error.event_id, code)) return;
    if (this.#items.refused(error) || HARMLESS.has(code)) return;
    // The message may quote what was sent, so only the code is logged.
    this.#log.warn({ raw: code }, "the assistant's service refused a request");
    if (HOPELESS.has(code)) this.#link.giveUp({ how: "refused", raw: code });
  }

  #tell(event: AssistantEvent): void {
    this.#listener.event(event);
  }
}
