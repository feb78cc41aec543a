import type { Item } from "./conversation.ts";
import { tokens } from "./hearing.ts";
import type { AudioFormat } from "./settings.ts";
import { type SpeechChunk, speechChunks } from "./speech.ts";
import { type Json, mintId, type ServerEvent } from "./wire.ts";

/** What a part needs of the response it belongs to. */
export type PartContext = {
  responseId: string;
  index: number;
  format: AudioFormat;
  spoken: boolean;
  noAudio: boolean;
  /** Undefined: outside the conversation, where no item events are sent. */
  addItem: ((item: Item) => string | null) | undefined;
  send: (event: ServerEvent) => void;
};

/** Text runs this many deltas (a second of sound) ahead of the audio. */
const TEXT_LEAD = 4;

/** A message that is being spoken or written: sends its events in the recorded order. */
export class MessagePart {
  readonly item: Item;
  readonly chunks: readonly SpeechChunk[];
  readonly #context: PartContext;
  readonly #words: string[];
  #sent = 0;
  #next = 0;
  #previous: string | null = null;
  #closed = false;

  constructor(text: string, phase: string | undefined, context: PartContext) {
    this.#context = context;
    const extra = phase === undefined ? {} : { phase };
    const wire = {
      id: mintId("item"),
      type: "message",
      status: "in_progress",
      role: "assistant",
      content: [],
      ...extra,
    };
    this.item = { wire, text: "", audioMs: 0 };
    this.chunks = context.spoken ? speechChunks(text, context.format) : [{ base64: "", ms: 0 }];
    this.#words = tokens(text).map((word, index) => (index === 0 ? word.trimStart() : word));
  }

  get started(): boolean {
    return this.#next > 0;
  }

  open(): void {
    const { addItem, send } = this.#context;
    send({ type: "response.output_item.added", ...this.#ids(), item: { ...this.item.wire } });
    if (addItem) {
      this.#previous = addItem(this.item);
      send({ type: "conversation.item.added", previous_item_id: this.#previous, item: { ...this.item.wire } });
    }
    send({ type: "response.content_part.added", ...this.#partIds(), part: this.#part("") });
    this.#say(TEXT_LEAD);
  }

  /** The next quarter of a second: its text far ahead, then its audio. False when there is none left. */
  step(): boolean {
    const chunk = this.chunks[this.#next];
    if (!chunk || this.#closed) return false;
    this.#next += 1;
    this.#say(this.#next + TEXT_LEAD);
    this.#sound(chunk);
    return true;
  }

  /** Audio that was on its way when the response was cancelled; it carries no text any more. */
  straggle(): void {
    const chunk = this.chunks[this.#next];
    if (!chunk) return;
    this.#next += 1;
    this.#sound(chunk);
  }

  /** Sends the closing events; without them (`quiet`) the item is only marked. */
  close(status: "completed" | "incomplete", quiet = false): void {
    if (this.#closed) return;
    this.#closed = true;
    if (status === "completed") this.#say(this.chunks.length + TEXT_LEAD);
    const { addItem, send, spoken } = this.#context;
    const text = this.item.text ?? "";
    this.item.wire["status"] = status;
    this.item.wire["content"] = [spoken ? { type: "output_audio", transcript: text } : { type: "output_text", text }];
    if (quiet) return;
    if (spoken) {
      send({ type: "response.output_audio.done", ...this.#partIds() });
      send({ type: "response.output_audio_transcript.done", ...this.#partIds(), transcript: text });
    } else send({ type: "response.output_text.done", ...this.#partIds(), text });
    send({ type: "response.content_part.done", ...this.#partIds(), part: this.#part(text) });
    if (addItem)
      send({ type: "conversation.item.done", previous_item_id: this.#previous, item: { ...this.item.wire } });
    send({ type: "response.output_item.done", ...this.#ids(), item: { ...this.item.wire } });
  }

  /** Sends the words that belong to the first `chunks` deltas. */
  #say(chunks: number): void {
    const upTo = Math.ceil((this.#words.length * Math.min(chunks, this.chunks.length)) / this.chunks.length);
    if (upTo <= this.#sent) return;
    const delta = this.#words.slice(this.#sent, upTo).join("");
    this.#sent = upTo;
    this.item.text += delta;
    const type = this.#context.spoken ? "response.output_audio_transcript.delta" : "response.output_text.delta";
    this.#context.send({ type, ...this.#partIds(), delta, obfuscation: "x7Qe" });
  }

  #sound(chunk: SpeechChunk): void {
    const { spoken, noAudio, send } = this.#context;
    if (!spoken || noAudio) return;
    this.item.audioMs += chunk.ms;
    send({ type: "response.output_audio.delta", ...this.#partIds(), delta: chunk.base64, obfuscation: "x7Qe" });
  }

  #part(text: string): Json {
    return this.#context.spoken ? { type: "audio", transcript: text } : { type: "text", text };
  }

  #ids(): Json {
    return { response_id: this.#context.responseId, output_index: this.#context.index };
  }

  #partIds(): Json {
    return { ...this.#ids(), item_id: this.item.wire.id, content_index: 0 };
  }
}

/** A tool call that is being written. */
export class CallPart {
  readonly item: Item;
  readonly #context: PartContext;
  readonly #arguments: string;
  #written = "";
  #previous: string | null = null;
  #closed = false;

  constructor(name: string, args: Record<string, unknown>, context: PartContext) {
    this.#context = context;
    // The service writes arguments with whatever spacing the model likes; nobody may compare strings.
    this.#arguments = JSON.stringify(args, null, 1);
    const wire = {
      id: mintId("item"),
      type: "function_call",
      status: "in_progress",
      name,
      call_id: mintId("call"),
      arguments: "",
    };
    this.item = { wire, text: undefined, audioMs: 0 };
  }

  open(): void {
    const { addItem, send } = this.#context;
    send({ type: "response.output_item.added", ...this.#ids(), item: { ...this.item.wire } });
    if (!addItem) return;
    this.#previous = addItem(this.item);
    send({ type: "conversation.item.added", previous_item_id: this.#previous, item: { ...this.item.wire } });
  }

  /** Writes the arguments up to this share of their length, in small deltas. */
  write(share: number): void {
    const upTo = Math.ceil(this.#arguments.length * share);
    const ids = { ...this.#ids(), item_id: this.item.wire.id, call_id: this.item.wire["call_id"] };
    while (this.#written.length < upTo) {
      const delta = this.#arguments.slice(this.#written.length, Math.min(upTo, this.#written.length + 12));
      this.#written += delta;
      this.#context.send({ type: "response.function_call_arguments.delta", ...ids, delta, obfuscation: "x7Qe" });
    }
  }

  close(status: "completed" | "incomplete", quiet = false): void {
    if (this.#closed) return;
    this.#closed = true;
    const { wire } = this.item;
    wire["status"] = status;
    wire["arguments"] = this.#written;
    if (quiet) return;
    const { addItem, send } = this.#context;
    if (status === "completed") {
      const ids = { ...this.#ids(), item_id: wire.id, call_id: wire["call_id"] };
      send({ type: "response.function_call_arguments.done", ...ids, name: wire["name"], arguments: this.#written });
    }
    if (addItem) send({ type: "conversation.item.done", previous_item_id: this.#previous, item: { ...wire } });
    send({ type: "response.output_item.done", ...this.#ids(), item: { ...wire } });
  }

  #ids(): Json {
    return { response_id: this.#context.responseId, output_index: this.#context.index };
  }
}
