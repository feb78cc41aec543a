import type { Step } from "./brain.ts";
import type { Conversation, Item } from "./conversation.ts";
import type { OpenAiFaults } from "./faults.ts";
import { CallPart, MessagePart, type PartContext } from "./response-part.ts";
import type { SessionSettings } from "./settings.ts";
import type { Cancel, Ticker } from "./ticker.ts";
import { usageOf } from "./usage.ts";
import { type Json, mintId, type ServerEvent } from "./wire.ts";

/** How fast a twin answers. */
export type Pace = {
  /** From the request to the first audio, in milliseconds. */
  ttfaMs: number;
  /** How many times faster than real time audio is produced. */
  speed: number;
};

/** What a response needs of its session. */
export type ResponseContext = {
  ticker: Ticker;
  faults: OpenAiFaults;
  pace: Pace;
  conversation: Conversation;
  settings: SessionSettings;
  send(event: ServerEvent): void;
  /** Called once, after `response.done`. */
  ended(response: LiveResponse): void;
};

/** What a response is to do, and where. */
export type ResponseOrder = { steps: readonly Step[]; outOfBand: boolean; request: Json };

export type ResponseStatus = "in_progress" | "completed" | "cancelled" | "failed" | "incomplete";

type Part = MessagePart | CallPart;
type Beat = { at: number; run: () => void };

/** Text opens a message this long before its first audio. */
const OPEN_BEFORE_MS = 40;
/** The tool call of a silent response comes sooner than speech would. */
const CALL_SHARE_OF_TTFA = 0.6;

/** One response, from `response.created` to `response.done`, in the event order of recorded traffic. */
export class LiveResponse {
  readonly id = mintId("resp");
  readonly outOfBand: boolean;
  readonly metadata: unknown;
  status: ResponseStatus = "in_progress";
  /** False until `response.created` is due: a cancellation that comes sooner finds nothing to cancel. */
  created = false;
  readonly #context: ResponseContext;
  readonly #modalities: string[];
  readonly #parts: Part[] = [];
  readonly #opened = new Set<Part>();
  readonly #before: readonly Item[];
  readonly #cutShort: boolean;
  #beats: Beat[] = [];
  #planned: Cancel | undefined;
  #startedAt = 0;

  constructor(order: ResponseOrder, context: ResponseContext) {
    this.#context = context;
    this.outOfBand = order.outOfBand;
    this.metadata = order.request["metadata"] ?? null;
    this.#modalities =
      (order.request["output_modalities"] as string[] | undefined) ?? context.settings.output_modalities;
    this.#before = [...context.conversation.items];
    this.#cutShort = context.faults.incompleteResponses > 0;
    if (this.#cutShort) context.faults.incompleteResponses -= 1;
    const grouped = groupedSteps(order.steps);
    for (const [index, step] of grouped.entries()) this.#parts.push(this.#partFor(step, index, grouped));
  }

  /** Wall-clock milliseconds of its start; its first audio comes a moment later. */
  get began(): number {
    return performance.timeOrigin + this.#startedAt;
  }

  /** What it said so far, or would have said. */
  get text(): string {
    return this.#parts.flatMap((part) => (part instanceof MessagePart ? [part.item.text ?? ""] : [])).join(" ");
  }

  /** Audio produced, in milliseconds. */
  get audioMs(): number {
    return this.#parts.reduce((sum, part) => sum + part.item.audioMs, 0);
  }

  start(): void {
    const { faults, ticker } = this.#context;
    const begin = () => {
      this.created = true;
      if (!faults.skipCreated)
        this.#context.send({ type: "response.created", response: this.#object("in_progress", null) });
      if (faults.failResponses > 0) this.#fail();
      else this.#plan();
    };
    if (faults.delayCreatedMs > 0) this.#planned = ticker.after(faults.delayCreatedMs, begin);
    else begin();
  }

  /** Stops it: by the client, or because the caller speaks. A few audio deltas may still leave. */
  cancel(reason: "turn_detected" | "client_cancelled"): void {
    if (this.status !== "in_progress") return;
    this.#planned?.();
    for (const part of this.#opened) {
      if (!(part instanceof MessagePart) || !part.started) continue;
      for (let i = 0; i < this.#context.faults.stragglers; i++) part.straggle();
    }
    this.#finish("cancelled", { type: "cancelled", reason }, this.#context.faults.bareCancel);
  }

  /** Forgets it without a word: the socket is gone. */
  abandon(): void {
    this.#planned?.();
  }

  #partFor(step: Step, index: number, all: readonly Step[]): Part {
    const { settings, conversation, faults } = this.#context;
    const context: PartContext = {
      responseId: this.id,
      index,
      format: settings.audio.output.format,
      spoken: this.#modalities[0] !== "text",
      noAudio: faults.noAudio,
      addItem: this.outOfBand ? undefined : (item) => conversation.add(item),
      send: (event) => this.#context.send(event),
    };
    if ("call" in step) return new CallPart(step.call, step.arguments, context);
    const last = index === all.length - 1;
    const phase = settings.model.startsWith("gpt-realtime-2") ? (last ? "final_answer" : "commentary") : undefined;
    return new MessagePart(step.say, phase, context);
  }

  #plan(): void {
    const { pace, faults } = this.#context;
    let at = pace.ttfaMs + faults.stallFirstAudioMs;
    if (this.#parts[0] instanceof CallPart) at *= CALL_SHARE_OF_TTFA;
    for (const [index, part] of this.#parts.entries()) {
      if (part instanceof MessagePart) at = this.#planMessage(part, at, this.#parts[index + 1]);
      else this.#planCall(part, at);
    }
    this.#beats.push({ at, run: () => this.#finish("completed", null) });
    if (this.#cutShort) this.#cut();
    this.#startedAt = performance.now();
    this.#next();
  }

  #planMessage(part: MessagePart, from: number, following: Part | undefined): number {
    const { speed } = this.#context.pace;
    this.#beats.push({ at: from - OPEN_BEFORE_MS, run: () => this.#open(part) });
    let at = from;
    for (const chunk of part.chunks) {
      this.#beats.push({ at, run: () => part.step() });
      at += chunk.ms / speed;
    }
    // Recorded: a call that follows is begun before the message is closed.
    const begun = following instanceof CallPart ? following : undefined;
    this.#beats.push({
      at,
      run: () => {
        if (begun) this.#open(begun);
        begun?.write(1);
        part.close("completed");
      },
    });
    return at;
  }

  #planCall(part: CallPart, at: number): void {
    this.#beats.push({ at, run: () => this.#openOnce(part) });
    this.#beats.push({ at, run: () => part.write(1) });
    this.#beats.push({ at, run: () => part.close("completed") });
  }

  #openOnce(part: CallPart): void {
    if (this.#opened.has(part)) return;
    this.#open(part);
    part.write(0.5);
  }

  #open(part: Part): void {
    this.#opened.add(part);
    part.open();
  }

  /** Ends the plan in the middle, with everything opened left unfinished. */
  #cut(): void {
    this.#beats = this.#beats.slice(0, Math.max(1, Math.floor((this.#beats.length - 1) / 2)));
    const at = this.#beats.at(-1)?.at ?? 0;
    const reason = this.#context.faults.incompleteReason;
    this.#beats.push({ at, run: () => this.#finish("incomplete", { type: "incomplete", reason }) });
  }

  #next(): void {
    const elapsed = performance.now() - this.#startedAt;
    let beat = this.#beats[0];
    while (beat && beat.at <= elapsed + 1 && this.status === "in_progress") {
      this.#beats.shift();
      beat.run();
      beat = this.#beats[0];
    }
    if (beat && this.status === "in_progress")
      this.#planned = this.#context.ticker.after(beat.at - elapsed, () => this.#next());
  }

  #fail(): void {
    const { faults } = this.#context;
    faults.failResponses -= 1;
    this.#finish("failed", { type: "failed", error: { ...faults.failure } });
  }

  #finish(status: ResponseStatus, details: Json | null, quiet = false): void {
    this.status = status;
    for (const part of this.#opened) part.close(status === "completed" ? "completed" : "incomplete", quiet);
    this.#context.send({ type: "response.done", response: this.#object(status, details) });
    if (!this.#context.faults.noRateLimits)
      this.#context.send({
        type: "rate_limits.updated",
        rate_limits: [{ name: "tokens", limit: 15_000_000, remaining: 14_999_000, reset_seconds: 0.004 }],
      });
    this.#context.ended(this);
  }

  #object(status: ResponseStatus, details: Json | null): Json {
    const { settings, conversation } = this.#context;
    const output = [...this.#opened].map((part) => part.item);
    return {
      object: "realtime.response",
      id: this.id,
      status,
      status_details: details,
      output: status === "in_progress" ? [] : output.map((item) => ({ ...item.wire })),
      conversation_id: this.outOfBand ? null : conversation.id,
      output_modalities: this.#modalities,
      max_output_tokens: settings.max_output_tokens,
      audio: { output: { format: settings.audio.output.format, voice: settings.audio.output.voice } },
      usage: status === "in_progress" ? null : usageOf(settings.instructions, this.#before, output),
      metadata: this.metadata,
    };
  }
}

/** Texts said one after the other are one message. */
function groupedSteps(steps: readonly Step[]): Step[] {
  const grouped: Step[] = [];
  for (const step of steps) {
    const last = grouped.at(-1);
    if ("say" in step && last && "say" in last) grouped[grouped.length - 1] = { say: `${last.say} ${step.say}` };
    else grouped.push(step);
  }
  return grouped;
}
