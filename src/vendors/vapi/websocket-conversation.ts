import type { VapiClient } from "@vapi-ai/server-sdk";
import { type RawData, WebSocket } from "ws";
import type { AssistantEvent, AssistantSession, AssistantSetup } from "../../ports/assistant.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Log } from "../../telemetry/log.ts";
import type { Metrics } from "../../telemetry/metrics.ts";
import { WaitingAudio } from "../../turns/waiting-audio.ts";
import { after } from "../../domain/time.ts";
import type { CallId } from "../../domain/ids.ts";
import type { HostedReport } from "../../ports/hosted-assistant.ts";
import { readReport } from "./call-report.ts";
import type { CallRegistry, ToolResults } from "./call-registry.ts";
import { CallerTurns } from "./caller-turns.ts";
import { type ConversationMessage, isFinal, outputWords, readClientFrame } from "./client-message.ts";
import { ControlClient, isVendors } from "./control-client.ts";
import { createWebsocketCall } from "./create-websocket-call.ts";
import { HeardSoFar } from "./heard-so-far.ts";
import type { ServerMessage } from "./server-message.ts";
import { type Ask, SpokenReplies } from "./spoken-replies.ts";
import { ToolAnswers } from "./tool-answers.ts";
import type { VapiToolCall } from "./tool-calls.ts";
import { ToolResultsSeen } from "./tool-results.ts";
import { VAPI_API_URL, type VapiAssistant, type VapiOptions } from "./vapi-options.ts";

/** Audio from before the socket is open. */
const WAITING_MAX_MS = 10_000;
/** Turns of a conversation that is taken up again; each is a command of its own, and the newest say most. */
const HISTORY_MAX = 60;
/** A call is known for so long after its end, for its report. */
const KEPT_AFTER_END_MS = 60_000;
const FRAME_MAX_BYTES = 1_048_576;
/** Audio that the socket could not send yet, 10 s of it; beyond it frames are dropped. */
const BUFFERED_MAX_BYTES = 80_000;

export type WebsocketParts = {
  readonly client: VapiClient;
  readonly options: VapiOptions;
  readonly assistantOf: (name: string | undefined) => VapiAssistant | undefined;
  readonly registry: CallRegistry;
  readonly report: (call: CallId, report: HostedReport) => void;
  readonly setup: AssistantSetup;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics?: Pick<Metrics, "count"> | undefined;
};

type How = Extract<AssistantEvent, { kind: "closed" }>["how"];

/** One call over the WebSocket transport as an assistant's conversation. */
export class WebsocketConversation implements AssistantSession {
  readonly #parts: WebsocketParts;
  readonly #listener: (event: AssistantEvent) => void;
  readonly #control: ControlClient;
  readonly #turns: CallerTurns;
  readonly #replies: SpokenReplies;
  readonly #tools: ToolAnswers;
  readonly #results = new ToolResultsSeen();
  readonly #heard = new HeardSoFar();
  #id: string | undefined;
  #socket: WebSocket | undefined;
  readonly #waiting = new WaitingAudio(WAITING_MAX_MS);
  /** What the vendor was sent: the caller's place in what it hears. */
  #sentBytes = 0;
  #dropped = 0;
  #endedReason: string | undefined;
  #over = false;

  constructor(parts: WebsocketParts, listener: (event: AssistantEvent) => void) {
    this.#parts = parts;
    this.#listener = listener;
    const { clock, log, options } = parts;
    const tell = (event: AssistantEvent): void => {
      if (this.#over) return;
      this.#heard.take(event);
      listener(event);
    };
    this.#control = new ControlClient({ apiUrl: options.apiUrl, clock, log });
    this.#turns = new CallerTurns(tell);
    this.#tools = new ToolAnswers(clock);
    this.#replies = new SpokenReplies({
      clock,
      tell,
      say: (content) =>
        void this.#control.send({
          type: "say",
          content,
          interruptAssistantEnabled: true,
          interruptionsEnabled: true,
          endCallAfterSpoken: false,
        }),
      trigger: (instructions) => this.#add("system", instructions, true),
    });
    void this.#open();
  }

  hear(audio: Uint8Array): void {
    if (this.#over) return;
    const socket = this.#socket;
    if (socket?.readyState !== WebSocket.OPEN) this.#drop(this.#waiting.keep(audio));
    else if (socket.bufferedAmount >= BUFFERED_MAX_BYTES) this.#drop(1);
    else this.#send(socket, Buffer.from(audio));
  }

  #send(socket: WebSocket, audio: Uint8Array): void {
    this.#sentBytes += audio.length;
    socket.send(audio);
  }

  #drop(pieces: number): void {
    this.#dropped += pieces;
    for (let each = 0; each < pieces; each += 1)
      this.#parts.metrics?.count("warmline_audio_dropped_total", { towards: "assistant" });
  }

  /** Says once what was dropped since it was said last. */
  #tellDropped(): void {
    const count = this.#dropped;
    this.#dropped = 0;
    if (count > 0) this.#parts.log.warn({ count }, "the caller's audio was dropped: the assistant did not take it");
  }

  reply(ask: Ask): void {
    this.#replies.ask(ask);
  }

  cancel(): void {
    this.#replies.cancel();
  }

  /** Their history cannot be cut: what an interruption of ours left unheard is told to them. */
  heardOnly(item: string, ms: number): void {
    const note = this.#heard.note(item, ms);
    if (note !== undefined) this.note(note);
  }

  instruct(instructions: string): void {
    this.#add("system", `From now on, in place of earlier instructions:\n${instructions}`, false);
  }

  note(text: string): void {
    this.#add("system", text, false);
  }

  answerTool(toolCall: string, output: string): void {
    this.#tools.answer(toolCall, output);
    this.#replies.expect();
  }

  end(): void {
    if (this.#over) return;
    void this.#control.send({ type: "end-call" }).then(() => this.#control.close());
    this.#close("ended", "ended by us");
  }

  async #open(): Promise<void> {
    const { client, options, setup, assistantOf, registry } = this.#parts;
    const assistant = assistantOf(setup.assistant);
    if (assistant === undefined) return this.#close("refused", "no assistant of that vendor is configured");
    const created = await createWebsocketCall({ client, options, assistant, setup });
    if (!created.ok) return this.#close(created.how, created.raw);
    if (this.#over) return undefined;
    this.#id = created.id;
    registry.add(created.id, {
      hear: (message) => this.#hearAfterwards(message),
      tools: (calls) => this.#callTools(calls),
    });
    this.#control.learn(created.controlUrl);
    return this.#connect(created.socketUrl);
  }

  #connect(url: string): void {
    const { options } = this.#parts;
    if (!isVendors(url, options.apiUrl ?? VAPI_API_URL)) return this.#close("refused", "a foreign address");
    const socket = new WebSocket(url, { perMessageDeflate: false, maxPayload: FRAME_MAX_BYTES });
    this.#socket = socket;
    socket.on("open", () => this.#opened(socket));
    socket.on("message", (data, isBinary) => {
      if (this.#over) return;
      if (isBinary) return this.#replies.audio(bytesOf(data));
      const message = readClientFrame(bytesOf(data).toString("utf8"));
      if (message !== undefined) this.#take(message);
    });
    socket.on("error", () => this.#close("lost", "socket error"));
    socket.on("close", (code) => this.#close(this.#how(), this.#endedReason ?? `close ${code}`));
  }

  #opened(socket: WebSocket): void {
    const { setup } = this.#parts;
    if (this.#over) return socket.terminate();
    this.#add("system", setup.instructions, false);
    for (const { role, text } of setup.history.slice(-HISTORY_MAX))
      this.#add(role === "caller" ? "user" : "assistant", text, false);
    for (const audio of this.#waiting.take()) this.#send(socket, audio);
    this.#tellDropped();
    this.#listener({ kind: "ready" });
  }

  #take(message: ConversationMessage): void {
    switch (message.type) {
      case "speech-update":
        return message.role === "user" ? this.#callerSpeech(message.status) : this.#assistantSpeech(message.status);
      case "transcript":
      case 'transcript[transcriptType="final"]':
        if (message.role === "user") return this.#turns.words(message.transcript, isFinal(message));
        return isFinal(message) ? this.#replies.transcript(message.transcript) : undefined;
      case "assistant.speechStarted":
        return this.#replies.words(message.text, message.source);
      case "model-output":
        return this.#replies.token(outputWords(message.output));
      case "status-update":
        if (message.status === "ended") this.#endedReason = message.endedReason ?? "ended";
        return undefined;
      case "conversation-update":
        return this.#toolsRan(message);
      case "user-interrupted":
      case "hang":
        return undefined;
      default:
        return message satisfies never;
    }
  }

  #callerSpeech(status: "started" | "stopped"): void {
    const audioMs = Math.round(this.#sentBytes / 8);
    if (status === "started") return this.#turns.started(audioMs);
    this.#replies.expect();
    return this.#turns.stopped(audioMs);
  }

  #assistantSpeech(status: "started" | "stopped"): void {
    return status === "started" ? this.#replies.started() : this.#replies.stopped();
  }

  /** Tools of the assistant's own; ours are recorded where they run. */
  #toolsRan(message: Readonly<Record<string, unknown>>): void {
    for (const { id, name, input, result } of this.#results.fresh(message))
      this.#listener({ kind: "tool-ran", toolCall: id, name, input, result, ok: true });
  }

  #callTools(calls: readonly VapiToolCall[]): Promise<ToolResults> {
    this.#results.ours(calls);
    const reply = this.#replies.toolCalled();
    const results = this.#tools.collect(calls, ({ id, name, input }) => {
      if (!this.#over) this.#listener({ kind: "tool-call", reply, toolCall: id, name, input });
    });
    this.#replies.toolsHeard(reply);
    return results;
  }

  #add(role: "system" | "user" | "assistant", content: string, triggerResponseEnabled: boolean): void {
    if (this.#over) return;
    void this.#control.send({ type: "add-message", message: { role, content }, triggerResponseEnabled });
  }

  /** The report comes by webhook, some seconds after the end. */
  #hearAfterwards(message: ServerMessage): void {
    const { setup, report } = this.#parts;
    if (message.type === "end-of-call-report" && setup.call !== undefined) report(setup.call, readReport(message));
  }

  #forgetLater(): void {
    const { clock, registry } = this.#parts;
    const id = this.#id;
    if (id !== undefined) clock.at(after(clock.now(), KEPT_AFTER_END_MS), () => registry.remove(id));
  }

  #how(): How {
    return this.#endedReason === "exceeded-max-duration" ? "expired" : "lost";
  }

  #close(how: How, raw: string): void {
    if (this.#over) return;
    this.#over = true;
    this.#tellDropped();
    this.#replies.close();
    this.#tools.close();
    if (how !== "ended") this.#control.close();
    this.#forgetLater();
    if (this.#socket?.readyState === WebSocket.CONNECTING) this.#socket.terminate();
    else this.#socket?.close(1000);
    this.#listener({ kind: "closed", how, raw });
  }
}

const bytesOf = (data: RawData): Buffer => {
  if (Array.isArray(data)) return Buffer.concat(data);
  return Buffer.isBuffer(data) ? data : Buffer.from(data);
};
