import { WebSocket } from "ws";

import type { Cancel } from "../openai/ticker.ts";
import type { ResponseEngine } from "./agent.ts";
import type { RetellCall } from "./call.ts";
import type { Engine } from "./engine.ts";
import { readReply, type SocketReply } from "./socket-reply.ts";
import type { Item } from "./transcript.ts";
import type { World } from "./world.ts";

type CustomModel = Extract<ResponseEngine, { type: "custom-llm" }>;

const CONNECT_TRIES = 3;
const CONNECT_MS = 7_000;
const RETRY_MS = 3_000;
const PING_MS = 2_000;
const PING_LOST_MS = 5_000;
const RECONNECTS_MAX = 4;
const RECONNECT_MS = 200;

/** Somebody else's model, asked over their WebSocket, of which this is the client. */
export class LlmSocketEngine implements Engine {
  readonly #world: World;
  readonly #call: RetellCall;
  readonly #url: string;
  #socket: WebSocket | undefined;
  #config = { auto_reconnect: false, call_details: false, transcript_with_tool_calls: false };
  /** Newest request for words; answers to others are dropped. 0 is the opening. */
  #responseId = 0;
  #interruptId: number | undefined;
  /** Words that make no whole sentence yet. */
  #pending = "";
  #endAfter = false;
  /** Counts speeches: words on their way to the voice belong to one. */
  #speech = 0;
  #voicing = 0;
  #turn: "agent_turn" | "user_turn" | undefined;
  #reconnects = 0;
  #lastPing = 0;
  #over = false;
  #ping: Cancel | undefined;

  constructor(world: World, call: RetellCall, model: CustomModel) {
    this.#world = world;
    this.#call = call;
    this.#url = `${model.llm_websocket_url.replace(/^http/u, "ws").replace(/\/+$/u, "")}/${call.id}`;
  }

  start(): void {
    this.#connect(1);
  }

  userStarted(): void {
    this.#turnTo("user_turn");
  }

  userTurn(): void {
    this.#ask("response_required");
  }

  interrupted(): void {
    this.#pending = "";
    this.#speech += 1;
    // A caller who interrupts takes back what was to be done at the end of the speech.
    this.#endAfter = false;
  }

  agentQuiet(): void {
    if (this.#endAfter && this.#voicing === 0) this.#call.end("agent_hangup");
  }

  reminder(): void {
    this.#ask("reminder_required");
  }

  // What forced speech does with such an engine is not documented; nothing is the unfavourable reading.
  speakUp(): void {}

  changed(item: Item): void {
    if (item.role === "agent") this.#turnTo("agent_turn");
    this.#send({ interaction_type: "update_only", ...this.#transcript() });
  }

  close(): void {
    this.#over = true;
    this.#ping?.();
    this.#socket?.close(1000, "call ended");
  }

  /** The network between the vendor and the model dies. */
  drop(): void {
    this.#socket?.terminate();
  }

  #connect(tries: number): void {
    const socket = new WebSocket(this.#url, { handshakeTimeout: CONNECT_MS, perMessageDeflate: false });
    let opened = false;
    socket.on("open", () => {
      opened = true;
      this.#socket = socket;
      this.#lastPing = Date.now();
      this.#note("llm-socket", "open", { tries, reconnects: this.#reconnects });
    });
    socket.on("message", (data, isBinary) => {
      if (isBinary) {
        socket.close(1007);
        return this.#call.end("error_llm_websocket_corrupt_payload", "error");
      }
      this.#take((data as Buffer).toString("utf8"));
    });
    // `close` follows, or, before the socket was open, the failed try below.
    socket.on("error", (error) => this.#note("llm-socket", "error", { message: error.message }));
    socket.on("close", (code) => (opened ? this.#closed(code) : this.#notOpened(tries)));
  }

  #notOpened(tries: number): void {
    if (this.#over) return;
    if (tries >= CONNECT_TRIES) return this.#call.end("error_llm_websocket_open", "error");
    this.#world.ticker.after(RETRY_MS, () => this.#connect(tries + 1));
  }

  #closed(code: number): void {
    this.#ping?.();
    this.#note("llm-socket", "close", { code });
    if (this.#over) return;
    this.#socket = undefined;
    if (code === 1000) return this.#call.end("agent_hangup");
    if (code === 1005) return this.#call.end("error_llm_websocket_open", "error");
    this.#reconnects += 1;
    if (!this.#config.auto_reconnect || this.#reconnects > RECONNECTS_MAX)
      return this.#call.end("error_llm_websocket_lost_connection", "error");
    this.#world.ticker.after(RECONNECT_MS, () => this.#connect(1));
  }

  #take(text: string): void {
    const reply = readReply(text);
    // The wrong types are dropped without notice.
    if (reply === undefined) return this.#note("llm-in", "dropped", { text: text.slice(0, 200) });
    if (reply.response_type !== "ping_pong") this.#note("llm-in", reply.response_type, { ...reply });
    this.#perform(reply);
  }

  #perform(reply: SocketReply): void {
    switch (reply.response_type) {
      case "config":
        this.#config = { ...this.#config, ...reply.config };
        if (this.#config.call_details) this.#send({ interaction_type: "call_details", call: this.#call.object() });
        return this.#config.auto_reconnect ? this.#keepAlive() : undefined;
      case "ping_pong":
        this.#lastPing = Date.now();
        return undefined;
      case "response":
        return this.#response(reply);
      case "agent_interrupt":
        return this.#interrupt(reply);
      case "update_agent":
        Object.assign(this.#call.settings, reply.agent_config);
        return undefined;
      case "tool_call_invocation":
      case "tool_call_result": {
        const { response_type: role, ...entry } = reply;
        return this.#call.transcript.add({ role, ...entry } as never);
      }
      case "metadata":
        return undefined;
      default:
        return reply satisfies never;
    }
  }

  #response(reply: Extract<SocketReply, { response_type: "response" }>): void {
    if (reply.response_id !== this.#responseId) return;
    if (this.#call.line?.userSpeaks === true) return;
    this.#speak(reply, { response_id: reply.response_id });
  }

  #interrupt(reply: Extract<SocketReply, { response_type: "agent_interrupt" }>): void {
    if (reply.interrupt_id !== this.#interruptId) {
      this.#interruptId = reply.interrupt_id;
      this.#pending = "";
      this.#speech += 1;
      this.#call.line?.stop();
      // Whatever was asked for before is not wanted any more.
      this.#responseId += 1;
    }
    this.#speak(reply, { interrupt_id: reply.interrupt_id });
  }

  #speak(
    reply: { content: string; content_complete: boolean; end_call?: boolean; no_interruption_allowed?: boolean },
    metadata: Record<string, unknown>,
  ): void {
    this.#pending += reply.content;
    const end = reply.content_complete ? this.#pending.length : sentencesEnd(this.#pending);
    const words = this.#pending.slice(0, end);
    this.#pending = this.#pending.slice(end);
    if (reply.end_call === true) this.#endAfter = true;
    if (words.trim() !== "")
      this.#speakSoon(words, { uninterruptible: reply.no_interruption_allowed === true, metadata });
    else if (reply.content_complete && this.#endAfter && this.#call.line?.speaking === false && this.#voicing === 0)
      this.#call.end("agent_hangup");
  }

  /** The voice needs a moment for words that are not its own model's; an interrupt meanwhile takes their place. */
  #speakSoon(words: string, how: { uninterruptible: boolean; metadata: Record<string, unknown> }): void {
    this.#voicing += 1;
    const speech = this.#speech;
    this.#world.ticker.after(this.#world.pace.ttsMs, () => {
      this.#voicing -= 1;
      if (speech === this.#speech) this.#call.say(words, how);
    });
  }

  #ask(type: "response_required" | "reminder_required"): void {
    this.#responseId += 1;
    this.#pending = "";
    this.#speech += 1;
    this.#send({ interaction_type: type, response_id: this.#responseId, ...this.#transcript() });
  }

  #turnTo(turn: "agent_turn" | "user_turn"): void {
    if (turn === this.#turn) return;
    this.#turn = turn;
    this.#send({ interaction_type: "update_only", turntaking: turn, ...this.#transcript() });
  }

  #transcript(): Record<string, unknown> {
    const { transcript } = this.#call;
    return {
      transcript: transcript.spoken(),
      ...(this.#config.transcript_with_tool_calls && { transcript_with_tool_calls: transcript.withTools() }),
    };
  }

  #keepAlive(): void {
    this.#ping?.();
    this.#ping = this.#world.ticker.after(PING_MS, () => {
      if (this.#over || this.#socket === undefined) return;
      if (Date.now() - this.#lastPing > PING_LOST_MS) return this.#socket.terminate();
      this.#send({ interaction_type: "ping_pong", timestamp: Date.now() });
      this.#keepAlive();
    });
  }

  #send(message: Record<string, unknown>): void {
    if (this.#socket?.readyState !== WebSocket.OPEN) return;
    const unknown = this.#world.faults().unknownThings ? { x_new_field: { nested: [1] } } : {};
    if (this.#world.faults().unknownThings)
      this.#socket.send(JSON.stringify({ interaction_type: "aura_changed", aura: "blue" }));
    if (message["interaction_type"] !== "ping_pong")
      this.#note("llm-out", String(message["interaction_type"]), message);
    this.#socket.send(JSON.stringify({ ...message, ...unknown }));
  }

  #note(kind: "llm-in" | "llm-out" | "llm-socket", what: string, data: Record<string, unknown>): void {
    this.#world.log.add({ kind, subject: this.#call.id, what, data });
  }
}

/** Up to where whole sentences go. */
function sentencesEnd(text: string): number {
  const ends = [...text.matchAll(/[.!?]["')\]]?\s+/gu)];
  const last = ends.at(-1);
  return last === undefined ? 0 : last.index + last[0].length;
}
