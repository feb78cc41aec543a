import type { WebSocket } from "ws";

import type { Brain } from "./brain.ts";
import { CLIENT_EVENTS, type ClientEventType, isClientEvent } from "./client-events.ts";
import { Conversation } from "./conversation.ts";
import type { EventLog } from "./event-log.ts";
import type { OpenAiFaults } from "./faults.ts";
import { type AsrOptions, Hearing } from "./hearing.ts";
import { InputAudio } from "./input-audio.ts";
import { addItem, createItem, deleteItem, retrieveItem, truncateItem } from "./item-commands.ts";
import { LiveResponse, type Pace } from "./live-response.ts";
import { modelTurn } from "./model-turn.ts";
import { defaultSettings, isProblem, responseRule, type SessionSettings, updatedSettings } from "./settings.ts";
import type { Cancel, Ticker } from "./ticker.ts";
import { errorEvent, isJson, type Json, mintId, type Problem, type ServerEvent } from "./wire.ts";

/** What a session shares with its twin. */
export type SessionContext = {
  ticker: Ticker;
  log: EventLog;
  sessionMs: number;
  /** Read anew every time, so that a test may exchange any of it. */
  twin: { faults: OpenAiFaults; pace: Pace; asr: AsrOptions; brain: Brain };
};

/** Audio appended in one event may hold at most this many bytes of base64 (15 MiB of audio). */
const APPEND_MAX = 20 * 1024 * 1024;

/** One Realtime session: the socket's server side. Tests read its fields and may drop it. */
export class RealtimeSession {
  readonly id = mintId("sess");
  readonly conversation = new Conversation();
  readonly openedAt = Date.now();
  closedAt: number | undefined;
  settings: SessionSettings;
  /** Everything the model heard, turn by turn; `text` is undefined for sound that made no sense. */
  readonly heard: { at: number; itemId: string; text: string | undefined }[] = [];
  /** Everything it said, response by response. */
  readonly spoken: { at: number; began: number; responseId: string; text: string; status: string }[] = [];
  /** `input_audio_buffer.append` events and the audio in them; they are not logged. */
  readonly received = { appends: 0, bytes: 0, odd: 0 };
  readonly #context: SessionContext;
  readonly #socket: WebSocket;
  readonly #input: InputAudio;
  readonly #hearing: Hearing;
  readonly #responses = new Set<LiveResponse>();
  #turnItemId = "";
  #spoke = false;
  #idle: Cancel | undefined;

  constructor(socket: WebSocket, model: string, context: SessionContext) {
    this.#socket = socket;
    this.#context = context;
    const { faults, asr } = context.twin;
    const lifeMs = faults.expireAfterMs || context.sessionMs;
    this.settings = defaultSettings(this.id, model, Math.floor((this.openedAt + lifeMs) / 1000));
    const { ticker } = context;
    const send = (event: ServerEvent) => this.send(event);
    this.#hearing = new Hearing({ ticker, faults, asr, settings: () => this.settings, send });
    this.#input = new InputAudio({
      started: (ms) => this.#speechStarted(ms),
      speaking: (utterance) => this.#hearing.continue(utterance),
      stopped: (ms, utterance) => this.#speechStopped(ms, utterance),
    });
    socket.on("message", (data, isBinary) => this.#receive((data as Buffer).toString(), isBinary));
    socket.on("close", () => this.#closed());
    // A reset connection is followed by `close`, where the session ends.
    socket.on("error", () => socket.terminate());
    context.ticker.after(lifeMs, () => this.expire());
    if (!faults.muteSession) this.send({ type: "session.created", session: this.settings });
  }

  /** The response that writes to the conversation now, if any. */
  get activeResponse(): LiveResponse | undefined {
    return [...this.#responses].find((response) => !response.outOfBand);
  }

  send(event: ServerEvent): void {
    if (this.closedAt !== undefined) return;
    const { faults } = this.#context.twin;
    for (; faults.invalidJson > 0; faults.invalidJson--) this.sendRaw('{"type":"response.output_audio.delta","del');
    const numbered: Json & { type: string } = { ...event, event_id: mintId("event") };
    if (faults.unknownEvents) {
      numbered["x_new_field"] = { nested: [1] };
      this.sendRaw(JSON.stringify({ type: "response.aura.updated", event_id: mintId("event"), aura: "blue" }));
    }
    this.#context.log.record(this.id, "server", numbered);
    this.#socket.send(JSON.stringify(numbered));
  }

  /** Sends text as it is. */
  sendRaw(text: string): void {
    this.#socket.send(text);
  }

  /** The network dies: no close frame. */
  drop(): void {
    this.#socket.terminate();
  }

  close(code: number, reason: string): void {
    this.#socket.close(code, reason);
  }

  /** The session's time is up. */
  expire(): void {
    if (this.closedAt !== undefined) return;
    const message = "Your session hit the maximum duration of 60 minutes.";
    this.send(errorEvent({ code: "session_expired", message }, null));
    this.close(1001, message);
  }

  #receive(text: string, isBinary: boolean): void {
    const event = isBinary ? undefined : parsed(text);
    if (!isJson(event)) {
      this.#refuse({ code: "invalid_json", message: "We could not parse the JSON body of your event." }, undefined);
      return;
    }
    const type = event["type"];
    if (type !== "input_audio_buffer.append") this.#context.log.record(this.id, "client", event);
    if (!isClientEvent(type)) {
      const message = `Invalid value: '${String(type)}'. Supported values are: ${CLIENT_EVENTS.map((each) => `'${each}'`).join(", ")}.`;
      this.#refuse({ code: "invalid_value", message, param: "type" }, event);
      return;
    }
    const problem = this.#perform(type, event);
    if (problem) this.#refuse(problem, event);
  }

  #perform(type: ClientEventType, event: Json): Problem | undefined {
    const send = (each: ServerEvent) => this.send(each);
    switch (type) {
      case "session.update":
        return this.#update(event);
      case "input_audio_buffer.append":
        return this.#append(event);
      case "input_audio_buffer.commit":
        return this.#commit();
      case "input_audio_buffer.clear":
        this.#input.clear();
        return this.#sent({ type: "input_audio_buffer.cleared" });
      case "conversation.item.create":
        return createItem(this.conversation, event, send);
      case "conversation.item.retrieve":
        return retrieveItem(this.conversation, event, send);
      case "conversation.item.delete":
        return deleteItem(this.conversation, event, send);
      case "conversation.item.truncate":
        return truncateItem(this.conversation, event, send);
      case "response.create":
        return this.#createResponse(event);
      case "response.cancel":
        return this.#cancelResponse(event);
      case "output_audio_buffer.clear":
        return {
          code: "invalid_value",
          message: "output_audio_buffer.clear is only available for WebRTC and SIP sessions.",
          param: "type",
        };
      default:
        return type satisfies never;
    }
  }

  #sent(event: ServerEvent): undefined {
    this.send(event);
  }

  #refuse(problem: Problem, event: Json | undefined): void {
    this.send(errorEvent(problem, event?.["event_id"]));
  }

  #update(event: Json): Problem | undefined {
    const updated = updatedSettings(this.settings, event["session"], this.#spoke);
    if (isProblem(updated)) return updated;
    this.settings = updated;
    const { echoFormat } = this.#context.twin.faults;
    if (echoFormat !== undefined) {
      updated.audio.input.format = { type: echoFormat };
      updated.audio.output.format = { type: echoFormat };
    }
    return this.#sent({ type: "session.updated", session: updated });
  }

  #append(event: Json): Problem | undefined {
    const { audio } = event;
    if (typeof audio !== "string")
      return { code: "invalid_type", message: "Invalid type for 'audio': expected a base64 string.", param: "audio" };
    if (audio.length > APPEND_MAX)
      return { code: "string_above_max_length", message: "Invalid 'audio': string too long.", param: "audio" };
    const { input } = this.settings.audio;
    const before = this.#input.clockMs;
    this.#input.append(audio, input.format, input.turn_detection);
    const bytes = Math.round((this.#input.clockMs - before) * 8);
    this.received.appends += 1;
    this.received.bytes += bytes;
    if (bytes % 80 !== 0) this.received.odd += 1;
    return undefined;
  }

  #commit(): Problem | undefined {
    const utterance = this.#input.commit();
    if (typeof utterance === "number") {
      const message = `Error committing input audio buffer: buffer too small. Expected at least 100ms of audio, but buffer only has ${utterance.toFixed(2)}ms of audio.`;
      return { code: "input_audio_buffer_commit_empty", message };
    }
    this.#endTurn(mintId("item"), utterance);
    return undefined;
  }

  #createResponse(event: Json): Problem | undefined {
    const request = event["response"] ?? {};
    const problem = responseRule(request, "response");
    if (problem) return problem;
    return this.#respond(request as Json);
  }

  /** Starts a response, or says why it cannot be. */
  #respond(request: Json): Problem | undefined {
    const { ticker } = this.#context;
    const { faults, pace } = this.#context.twin;
    if (faults.refuseResponses > 0) {
      faults.refuseResponses -= 1;
      return {
        type: "server_error",
        code: "server_error",
        message: "The server had an error while processing your request.",
      };
    }
    const outOfBand = request["conversation"] === "none";
    const active = this.activeResponse;
    if (active && !outOfBand) {
      const message = `Conversation already has an active response in progress: ${active.id}. Wait until the response is finished before creating a new one.`;
      return { code: "conversation_already_has_active_response", message };
    }
    const steps = this.#context.twin.brain(modelTurn(request, this.conversation, this.settings));
    const { conversation, settings } = this;
    const send = (each: ServerEvent) => this.send(each);
    const context = {
      ticker,
      faults,
      pace,
      conversation,
      settings,
      send,
      ended: (it: LiveResponse) => this.#responseEnded(it),
    };
    const response = new LiveResponse({ steps, outOfBand, request }, context);
    this.#idle?.();
    this.#responses.add(response);
    response.start();
    return undefined;
  }

  #responseEnded(response: LiveResponse): void {
    this.#responses.delete(response);
    if (response.audioMs > 0) this.#spoke = true;
    const { id, began, text, status } = response;
    this.spoken.push({ at: Date.now(), began, responseId: id, text, status });
    const detection = this.settings.audio.input.turn_detection;
    if (response.outOfBand || typeof detection?.idle_timeout_ms !== "number") return;
    const left = response.audioMs * (1 - 1 / this.#context.twin.pace.speed);
    this.#idle = this.#context.ticker.after(left + detection.idle_timeout_ms, () => this.#idleTimeout());
  }

  #idleTimeout(): void {
    if (this.closedAt !== undefined || this.#input.speaking || this.activeResponse) return;
    const itemId = mintId("item");
    const end = Math.round(this.#input.clockMs);
    this.send({
      type: "input_audio_buffer.timeout_triggered",
      audio_start_ms: end,
      audio_end_ms: end,
      item_id: itemId,
    });
    this.#takeTurn(itemId, undefined);
    this.#respond({});
  }

  #cancelResponse(event: Json): Problem | undefined {
    const id = event["response_id"];
    const response = id === undefined ? this.activeResponse : [...this.#responses].find((each) => each.id === id);
    if (!response?.created)
      return { code: "response_cancel_not_active", message: "Cancellation failed: no active response found" };
    response.cancel("client_cancelled");
    return undefined;
  }

  #speechStarted(audioStartMs: number): void {
    this.#idle?.();
    this.#turnItemId = mintId("item");
    this.#hearing.begin(this.#turnItemId);
    this.send({ type: "input_audio_buffer.speech_started", audio_start_ms: audioStartMs, item_id: this.#turnItemId });
    if (this.settings.audio.input.turn_detection?.interrupt_response) this.activeResponse?.cancel("turn_detected");
  }

  #speechStopped(audioEndMs: number, utterance: Uint8Array): void {
    this.send({ type: "input_audio_buffer.speech_stopped", audio_end_ms: audioEndMs, item_id: this.#turnItemId });
    this.#endTurn(this.#turnItemId, utterance);
    if (!this.settings.audio.input.turn_detection?.create_response || this.activeResponse) return;
    const problem = this.#respond({});
    if (problem) this.#refuse(problem, undefined);
  }

  #endTurn(itemId: string, utterance: Uint8Array): void {
    const text = this.#hearing.end(itemId, utterance);
    this.heard.push({ at: Date.now(), itemId, text });
    this.#takeTurn(itemId, text);
  }

  #takeTurn(itemId: string, text: string | undefined): void {
    this.send({ type: "input_audio_buffer.committed", item_id: itemId, previous_item_id: this.conversation.lastId });
    const content = [{ type: "input_audio", transcript: null }];
    addItem(
      this.conversation,
      { wire: { id: itemId, type: "message", status: "completed", role: "user", content }, text, audioMs: 0 },
      (each) => this.send(each),
    );
  }

  #closed(): void {
    this.closedAt = Date.now();
    this.#idle?.();
    this.#hearing.stop();
    for (const response of this.#responses) response.abandon();
    this.#responses.clear();
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON is an answer, given to the client as an error event.
    return undefined;
  }
}
