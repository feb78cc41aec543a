import type { Ticker } from "../openai/ticker.ts";
import { ServiceEar } from "../openai/service-ear.ts";
import { scriptedBrain } from "../openai/scripted-brain.ts";
import type { Json } from "../openai/wire.ts";
import { callJson, type CallRecord, messagesJson } from "./call-record.ts";
import { obey } from "./control.ts";
import type { VapiFaults } from "./faults.ts";
import type { Line } from "./line.ts";
import { Mind } from "./mind.ts";
import { Mouth, type Utterance } from "./mouth.ts";
import {
  DEFAULT_CLIENT_MESSAGES,
  DEFAULT_SERVER_MESSAGES,
  type LabAssistant,
  MAX_DURATION_S,
  type Pace,
  type ServerSetting,
  SILENCE_TIMEOUT_S,
} from "./settings.ts";
import { type ToolCall, toolCallFields } from "./tool-call-shapes.ts";
import type { Webhooks } from "./webhooks.ts";

export type LiveCallParts = {
  readonly record: CallRecord;
  /** With the call's overrides applied. */
  readonly assistant: LabAssistant;
  readonly line: Line;
  readonly ticker: Ticker;
  readonly webhooks: Webhooks;
  readonly faults: VapiFaults;
  readonly pace: Pace;
  /** The number's or the organisation's server, where the assistant has none. */
  readonly server: ServerSetting | undefined;
  /** Text frames of the transport socket. */
  readonly client?: (message: Json) => void;
  readonly ended: () => void;
};

/** One call of one assistant: hears, thinks, speaks, obeys, and tells. */
export class LiveCall {
  readonly mind: Mind;
  readonly mouth: Mouth;
  readonly ear: ServiceEar;
  /** Everything it said aloud, for whoever looks. */
  readonly spoken: { at: number; text: string; source: string }[] = [];
  readonly record: CallRecord;
  readonly #parts: LiveCallParts;
  #turn = 0;
  #lastVoice = performance.now();
  #over = false;
  #segment = "";

  constructor(parts: LiveCallParts) {
    const { assistant, ticker, pace, faults, line } = parts;
    this.#parts = parts;
    this.record = parts.record;
    this.mind = new Mind(
      {
        brain: assistant.brain ?? scriptedBrain([]),
        prompt: assistant.prompt ?? "",
        tools: assistant.tools ?? [],
        ticker,
        pace,
        faults,
      },
      {
        say: (text) => this.say({ text, source: "model", interruptible: true }),
        callTools: (calls) => this.#callTools(calls),
        changed: () => this.#conversationUpdate(),
        late: () => this.tell("hang", {}),
      },
    );
    this.mouth = new Mouth(
      line,
      { ticker, pace },
      {
        started: (utterance) => this.#startedSpeaking(utterance),
        stopped: (utterance, said, cut) => this.#stoppedSpeaking(utterance, said, cut),
      },
    );
    const hear = (listener: (frame: Uint8Array) => void) => line.hear(listener);
    this.ear = new ServiceEar(
      { hear, endpointMs: pace.endpointMs, unintelligible: "(unintelligible)" },
      {
        started: () => this.#userStarted(),
        partial: (text) => this.#transcript("user", "partial", text),
        stopped: (text) => this.#userStopped(text),
      },
    );
  }

  get over(): boolean {
    return this.#over;
  }

  start(): void {
    const { record, assistant, ticker } = this.#parts;
    record.status = "in-progress";
    record.startedAt = Date.now();
    this.tell("status-update", { status: "in-progress" });
    this.tell("assistant.started", { newAssistant: { name: assistant.name } });
    const { firstMessage, firstMessageMode: mode = "assistant-speaks-first" } = assistant;
    if (mode === "assistant-speaks-first" && firstMessage !== undefined)
      this.say({ text: firstMessage, source: "model", interruptible: false });
    if (mode === "assistant-speaks-first-with-model-generated-message") this.mind.think();
    ticker.after((assistant.maxDurationSeconds ?? MAX_DURATION_S) * 1_000, () => this.end("exceeded-max-duration"));
    this.#watchSilence();
    this.#remind();
  }

  say(utterance: Utterance): void {
    if (this.#over) return;
    if (utterance.source === "model")
      for (const token of utterance.text.match(/\S+\s*/gu) ?? [])
        this.tell("model-output", { output: token, turnId: `turn-${this.#turn}` });
    this.mouth.say(utterance);
  }

  /** A message on the control URL, or in a text frame. False: no such message. */
  obey(message: Json): boolean {
    return obey(this, this.#parts.faults, message);
  }

  /** Ends the call; the report follows when the analysis is done. */
  end(reason: string): void {
    if (this.#over) return;
    this.#over = true;
    const { record, pace, ticker, faults } = this.#parts;
    this.ear.close();
    this.mouth.close();
    this.mind.forget();
    record.status = "ended";
    record.endedAt = Date.now();
    record.endedReason = reason;
    this.tell("status-update", { status: "ended", endedReason: reason }, "always");
    this.#parts.line.hangUp();
    if (!faults.noReport) ticker.after(pace.reportMs, () => this.#report());
    this.#parts.ended();
  }

  /** Sends a message to whoever asked for its type: the customer's server, and the transport socket. */
  tell(type: string, fields: Json, when: "live" | "always" = "live"): void {
    if (this.#over && when === "live") return;
    const { assistant, faults, webhooks, client } = this.#parts;
    const message = this.#message(type, fields);
    const name = type === "transcript" && fields["transcriptType"] === "final" ? FINAL : type;
    const wanted = (list: readonly string[]): boolean => list.includes(type) || list.includes(name);
    if (faults.noSpeechStarted && type === "assistant.speechStarted") return;
    if (wanted(assistant.clientMessages ?? DEFAULT_CLIENT_MESSAGES)) client?.(message);
    const server = assistant.server ?? this.#parts.server;
    if (server !== undefined && wanted(assistant.serverMessages ?? DEFAULT_SERVER_MESSAGES))
      webhooks.tell(server, message);
  }

  #message(type: string, fields: Json): Json {
    const { record, faults, assistant } = this.#parts;
    const stale = faults.staleCall && record.status !== "queued" ? "queued" : record.status;
    return {
      type,
      timestamp: Date.now(),
      ...fields,
      call: callJson(record, stale),
      assistant: { name: assistant.name, variableValues: assistant.variableValues },
      artifact: { ...messagesJson(this.mind.history), variableValues: assistant.variableValues },
      ...(faults.unknownFields ? { aura: { colour: "blue" } } : {}),
    };
  }

  async #callTools(calls: readonly ToolCall[]): Promise<readonly string[]> {
    const { assistant, faults, webhooks, client } = this.#parts;
    const fields = toolCallFields(calls, faults.toolCallShape);
    if ((assistant.clientMessages ?? DEFAULT_CLIENT_MESSAGES).includes("tool-calls"))
      client?.(this.#message("tool-calls", fields));
    const server = calls[0]?.tool.server ?? assistant.server ?? this.#parts.server;
    if (server === undefined) return calls.map(() => "No server is configured for this tool.");
    const answer = (await webhooks.ask(server, this.#message("tool-calls", fields))) as
      | { results?: { toolCallId?: string; result?: unknown; error?: unknown }[] }
      | undefined;
    return calls.map(({ id }) => {
      const mine = answer?.results?.find((each) => each.toolCallId === id);
      const text = mine?.result ?? mine?.error;
      // Only single-line strings are taken (facts §6).
      return typeof text === "string" && !text.includes("\n") ? text : "The tool did not answer.";
    });
  }

  #userStarted(): void {
    const { ticker, pace } = this.#parts;
    this.#lastVoice = performance.now();
    this.#segment = "";
    this.tell("speech-update", { status: "started", role: "user", turn: this.#turn });
    if (this.mouth.current?.interruptible !== true) return;
    ticker.after(pace.bargeInMs, () => {
      if (!this.ear.hearsVoice || this.mouth.current?.interruptible !== true) return;
      this.mouth.stop();
      this.mind.forget();
      this.tell("user-interrupted", { turnId: `turn-${this.#turn}` });
    });
  }

  #userStopped(text: string): void {
    const { ticker, pace } = this.#parts;
    this.#lastVoice = performance.now();
    this.tell("speech-update", { status: "stopped", role: "user", turn: this.#turn });
    ticker.after(pace.asrMs, () => {
      if (this.#over) return;
      this.#transcript("user", "final", text);
      this.#turn += 1;
      this.mind.add({ role: "user", text });
      this.mind.think();
    });
  }

  #startedSpeaking({ text, source }: Utterance): void {
    this.spoken.push({ at: performance.timeOrigin + performance.now(), text, source });
    this.tell("speech-update", { status: "started", role: "assistant", turn: this.#turn });
    this.tell("assistant.speechStarted", { text, turn: this.#turn, source });
    this.mind.history.push({ role: "assistant", text });
  }

  #stoppedSpeaking(utterance: Utterance, said: string, cut: boolean): void {
    if (this.#over) return;
    const { history } = this.mind;
    const at = history.findLastIndex((entry) => entry.role === "assistant" && entry.text === utterance.text);
    if (cut && at >= 0) history[at] = { role: "assistant", text: said };
    this.#lastVoice = performance.now();
    this.tell("speech-update", { status: "stopped", role: "assistant", turn: this.#turn });
    if (said !== "") this.#transcript("assistant", "final", said);
    this.#conversationUpdate();
    const phrases = this.#parts.assistant.endCallPhrases ?? [];
    if (utterance.endsCall === true) this.end("assistant-ended-call-after-message-spoken");
    else if (phrases.some((phrase) => said.toLowerCase().includes(phrase.toLowerCase())))
      this.end("assistant-said-end-call-phrase");
  }

  #transcript(role: "user" | "assistant", transcriptType: "partial" | "final", transcript: string): void {
    if (transcriptType === "partial" && transcript === this.#segment) return;
    this.#segment = transcript;
    this.tell("transcript", { role, transcriptType, transcript });
  }

  #conversationUpdate(): void {
    this.tell("conversation-update", messagesJson(this.mind.history));
  }

  #watchSilence(): void {
    const limitMs = (this.#parts.assistant.silenceTimeoutSeconds ?? SILENCE_TIMEOUT_S) * 1_000;
    const look = (): void => {
      if (this.#over) return;
      if (this.mouth.speaking || this.ear.hearsVoice) this.#lastVoice = performance.now();
      const quietMs = performance.now() - this.#lastVoice;
      if (quietMs >= limitMs) return this.end("silence-timed-out");
      this.#parts.ticker.after(Math.min(1_000, limitMs - quietMs), look);
    };
    look();
  }

  /** A reminder that the console has set: spoken into a silence. */
  #remind(): void {
    const hook = this.#parts.assistant.hooks?.find(({ on }) => on === "customer.speech.timeout");
    const text = hook?.do.find((each) => each.type === "say")?.exact;
    if (hook === undefined || text === undefined) return;
    const afterMs = (hook.options?.timeoutSeconds ?? 7.5) * 1_000;
    const look = (): void => {
      if (this.#over) return;
      if (!this.mouth.busy && performance.now() - this.#lastVoice >= afterMs)
        this.say({ text, source: "model", interruptible: true });
      this.#parts.ticker.after(afterMs, look);
    };
    this.#parts.ticker.after(afterMs, look);
  }

  #report(): void {
    const { record } = this;
    const seconds = ((record.endedAt ?? 0) - (record.startedAt ?? 0)) / 1_000;
    this.tell(
      "end-of-call-report",
      {
        endedReason: record.endedReason,
        cost: Math.round(seconds * 0.2) / 100,
        startedAt: new Date(record.startedAt ?? record.createdAt).toISOString(),
        endedAt: new Date(record.endedAt ?? record.createdAt).toISOString(),
        durationSeconds: seconds,
        analysis: {
          summary: "A caller asked about a charge.",
          successEvaluation: "false",
          structuredData: { topic: "charge" },
        },
        artifact: {
          ...messagesJson(this.mind.history),
          transcript: "",
          performanceMetrics: { turnLatencyAverage: this.#parts.pace.modelMs + this.#parts.pace.voiceMs },
        },
      },
      "always",
    );
  }
}

const FINAL = 'transcript[transcriptType="final"]';
