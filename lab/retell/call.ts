import type Retell from "retell-sdk";

import type { Cancel } from "../openai/ticker.ts";
import { type AgentSettings, DEFAULT_EVENTS, type RetellAgent, SETTINGS, type TransferTool } from "./agent.ts";
import type { FunctionResult } from "./call-function.ts";
import { callObject } from "./call-object.ts";
import type { Engine } from "./engine.ts";
import { Line } from "./line.ts";
import { LlmSocketEngine } from "./llm-socket-engine.ts";
import { ModelEngine } from "./model-engine.ts";
import type { MonitorRoom } from "./monitor.ts";
import type { SipParty } from "./sip.ts";
import { type Item, Transcript } from "./transcript.ts";
import { join, Transfer, type TransferNews } from "./transfer.ts";
import type { World } from "./world.ts";

export type DisconnectionReason = NonNullable<Retell.PhoneCallResponse["disconnection_reason"]>;
type Status = Retell.PhoneCallResponse["call_status"];

/** Analysis comes this long after the end, in milliseconds. */
const ANALYSIS_MS = 250;

export type Registration = Pick<
  Retell.CallRegisterPhoneCallParams,
  "direction" | "from_number" | "to_number" | "metadata"
> & {
  call_id: string;
  retell_llm_dynamic_variables?: Record<string, string>;
  /** It came to a number of the vendor's: only there the vendor's own transfer exists. */
  hosted?: true;
};

export const newCallId = (): string => `call_${crypto.randomUUID().replaceAll("-", "")}`;

const TRANSFER_FAILED: FunctionResult = { content: "Transfer failed due to an error.", successful: false };

/** One call: registered, then ongoing once its SIP address is dialled, then over. */
export class RetellCall {
  readonly id: string;
  readonly agent: RetellAgent;
  readonly registration: Registration;
  readonly transcript: Transcript;
  readonly settings: AgentSettings;
  readonly monitors: MonitorRoom;
  /** Everything the agent began to say. */
  readonly spoken: { at: number; text: string }[] = [];
  status: Status = "registered";
  reason: DisconnectionReason | undefined;
  metadata: unknown;
  startedAt: number | undefined;
  endedAt: number | undefined;
  /** Where its own transfer took the caller, and when that conversation was over. */
  transferred: { number: string; endedAt?: number } | undefined;
  line: Line | undefined;
  /** Dynamic variables, with those that functions have set. */
  readonly variables: Record<string, string>;
  /** The speech in progress may not be interrupted by the caller. */
  uninterruptible = false;
  readonly #world: World;
  readonly #engine: Engine;
  #agentTurn: { say(content: string): void } | undefined;
  #userTurn: { say(content: string): void } | undefined;
  #turnMetadata: Record<string, unknown> | undefined;
  #reminders = 0;
  #party: SipParty | undefined;
  #transfer: Transfer | undefined;
  readonly #timers = new Map<"register" | "reminder" | "silence" | "duration", Cancel>();

  constructor(world: World, agent: RetellAgent, registration: Registration) {
    this.#world = world;
    this.id = registration.call_id;
    this.agent = agent;
    this.registration = registration;
    this.metadata = registration.metadata;
    this.variables = { ...registration.retell_llm_dynamic_variables };
    const { agent_id: _id, agent_name: _name, version: _version, response_engine: engine, ...own } = agent;
    this.settings = { ...SETTINGS, ...own };
    this.monitors = world.monitorRoom();
    this.transcript = new Transcript(
      () => Date.now() - (this.startedAt ?? Date.now()),
      (item) => this.#changed(item),
    );
    this.#engine =
      engine.type === "custom-llm" ? new LlmSocketEngine(world, this, engine) : new ModelEngine(world, this, engine);
    this.#set("register", world.registerMs, () => this.end("registered_call_timeout", "not_connected"));
  }

  get ongoing(): boolean {
    return this.status === "ongoing";
  }

  /** Somebody has dialled the call's SIP address. */
  answer(party: SipParty): void {
    if (this.status !== "registered") return party.hangUp();
    this.#cancel("register");
    this.status = "ongoing";
    this.startedAt = Date.now();
    this.#party = party;
    this.line = new Line(party, this.#world, {
      userStarted: () => this.#userStarted(),
      userPartial: (text) => this.#userSays(text),
      userStopped: (text) => this.#userStopped(text),
      agentSaid: (text) => {
        this.#agentTurn ??= this.transcript.speak("agent", this.#turnMetadata);
        this.#agentTurn.say(text);
      },
      agentQuiet: () => this.#agentQuiet(),
    });
    void party.ended.then(() => this.end("user_hangup"));
    this.#set("duration", this.settings.max_call_duration_ms, () => this.end("max_duration_reached"));
    this.#watchSilence();
    this.tell("call_started");
    this.#engine.start();
  }

  /** Speaks words after what is being spoken. */
  say(text: string, how: { uninterruptible?: boolean; metadata?: Record<string, unknown> } = {}): void {
    if (!this.ongoing) return;
    this.uninterruptible = how.uninterruptible ?? false;
    this.#turnMetadata = how.metadata;
    this.#cancel("reminder");
    this.spoken.push({ at: Date.now(), text: text.trim() });
    this.line?.say(text);
  }

  /** Context from outside, and perhaps an order to speak. Answers false when the call is not live. */
  inject(context: string | undefined, speak: boolean): boolean {
    if (!this.ongoing) return false;
    if (context !== undefined) this.transcript.add({ role: "injected", content: context });
    const { line } = this;
    if (!speak || line === undefined || line.userSpeaks || this.#world.faults().deafToTrigger) return true;
    if (line.speaking && this.settings.interruption_sensitivity === 0) return true;
    line.stop();
    this.#engine.speakUp();
    return true;
  }

  /** The call is over, whoever ended it; only the first reason counts. */
  end(reason: DisconnectionReason, status: Status = "ended"): void {
    if (this.status !== "registered" && this.status !== "ongoing") return;
    this.status = status;
    this.reason = reason;
    this.endedAt = Date.now();
    for (const cancel of this.#timers.values()) cancel();
    this.#engine.close();
    this.line?.close();
    this.#transfer?.callOff();
    if (reason !== "call_transfer") this.line?.hangUp();
    this.monitors.end(reason);
    this.#world.withdraw(this);
    if (this.startedAt !== undefined) this.tell("transcript_updated");
    this.tell("call_ended");
    this.#world.ticker.after(ANALYSIS_MS, () => this.tell("call_analyzed"));
  }

  /** The vendor's own transfer. Answers what the model is told of it; `undefined`: the caller is not here any more. */
  async transfer(tool: TransferTool): Promise<FunctionResult | undefined> {
    const { network, ticker } = this.#world;
    const faults = this.#world.faults();
    const { hosted, from_number: from = "", to_number: to = "" } = this.registration;
    if (hosted !== true || network === undefined) return TRANSFER_FAILED;
    const { variables } = this;
    const transfer = new Transfer({ tool, network, from, to, variables, ticker, faults });
    this.#transfer = transfer;
    this.tell("transfer_started", transfer.news);
    const other = await transfer.reached;
    this.#transfer = undefined;
    if (this.ongoing && other !== undefined) {
      void this.#handOver(other, transfer.news);
      return undefined;
    }
    other?.hangUp();
    this.tell("transfer_cancelled", transfer.news);
    return this.ongoing ? TRANSFER_FAILED : undefined;
  }

  async #handOver(other: SipParty, news: TransferNews): Promise<void> {
    const done = { number: news.transfer_destination.number };
    this.transferred = done;
    this.tell("transfer_bridged", news);
    this.end("call_transfer");
    if (this.#party === undefined) return other.hangUp();
    await join(this.#party, other);
    this.transferred = { ...done, endedAt: Date.now() };
    this.tell("transfer_ended", news);
  }

  /** The vendor's machine dies: nobody is told anything. */
  abandon(): void {
    for (const cancel of this.#timers.values()) cancel();
    if (this.ongoing) this.status = "error";
    this.#engine.close();
    this.line?.close();
  }

  /** The network between the vendor and its customer's model dies. */
  dropModelSocket(): void {
    this.#engine.drop?.();
  }

  /** A lifecycle webhook, if the agent wants it. */
  tell(event: string, news: Partial<TransferNews> = {}): void {
    const { webhook_url, webhook_events, webhook_timeout_ms } = this.agent;
    if (webhook_url === undefined || !(webhook_events ?? DEFAULT_EVENTS).includes(event)) return;
    const tools = event === "transcript_updated" ? { transcript_with_tool_calls: this.transcript.withTools() } : {};
    this.#world.webhooks.send({ url: webhook_url, timeoutMs: webhook_timeout_ms ?? 10_000 }, event, {
      call: this.object(event === "call_analyzed"),
      ...tools,
      ...news,
    });
  }

  /** The call object as REST and webhooks show it. */
  object(analysed = this.endedAt !== undefined): Retell.PhoneCallResponse {
    return callObject(this, analysed);
  }

  #userStarted(): void {
    this.#reminders = 0;
    this.#cancel("reminder");
    this.#watchSilence();
    if (this.#world.faults().talkCallsTransferOff) this.#transfer?.callOff();
    const { line } = this;
    if (line?.speaking === true && this.settings.interruption_sensitivity > 0 && !this.uninterruptible) {
      line.stop();
      this.#engine.interrupted();
    }
    this.#engine.userStarted();
  }

  #userSays(text: string): void {
    this.#userTurn ??= this.transcript.speak("user");
    this.#userTurn.say(text);
  }

  #userStopped(text: string): void {
    if (!this.ongoing) return;
    this.#userSays(text);
    this.#userTurn = undefined;
    this.#watchSilence();
    this.#engine.userTurn();
    this.tell("transcript_updated");
  }

  #agentQuiet(): void {
    this.#agentTurn = undefined;
    this.uninterruptible = false;
    if (!this.ongoing) return;
    this.#watchSilence();
    this.tell("transcript_updated");
    this.#engine.agentQuiet();
  }

  #watchSilence(): void {
    const { reminder_trigger_ms, reminder_max_count, end_call_after_silence_ms } = this.settings;
    this.#set("silence", end_call_after_silence_ms, () => this.end("inactivity"));
    if (this.#reminders >= reminder_max_count) return this.#cancel("reminder");
    this.#set("reminder", reminder_trigger_ms, () => {
      if (!this.ongoing || this.line?.speaking === true || this.line?.userSpeaks === true) return;
      this.#reminders += 1;
      this.#engine.reminder();
    });
  }

  #changed(item: Item): void {
    this.monitors.send(item);
    this.#engine.changed(item);
  }

  #set(name: "register" | "reminder" | "silence" | "duration", ms: number, run: () => void): void {
    this.#cancel(name);
    this.#timers.set(name, this.#world.ticker.after(ms, run));
  }

  #cancel(name: "register" | "reminder" | "silence" | "duration"): void {
    this.#timers.get(name)?.();
    this.#timers.delete(name);
  }
}
