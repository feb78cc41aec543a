import { randomBytes } from "node:crypto";
import type { Ticker } from "../openai/ticker.ts";
import { isJson, type Json } from "../openai/wire.ts";
import { callJson, type CallRecord, newCallId } from "./call-record.ts";
import type { VapiFaults } from "./faults.ts";
import type { Line } from "./line.ts";
import { LiveCall } from "./live-call.ts";
import { Collection, refusal, type RestAnswer } from "./rest.ts";
import type { AssistantSettings, FunctionTool, LabAssistant, LabNumber, Pace, ServerSetting } from "./settings.ts";
import type { Webhooks } from "./webhooks.ts";

/** Somebody dials an address of the service. */
export type Invite = {
  /** With its headers: `sip:user@host?X-name=value`. */
  readonly to: string;
  readonly from: string;
  /** Takes the call; `undefined`: it is over already. */
  answer(): Line | undefined;
  reject(sipCode: number): void;
  /** Resolves when the other side hangs up. */
  readonly ended: Promise<unknown>;
};

export type CallsParts = {
  readonly base: () => string;
  readonly socketBase: () => string;
  readonly ticker: Ticker;
  readonly webhooks: Webhooks;
  readonly faults: VapiFaults;
  readonly pace: Pace;
  readonly orgServer: () => ServerSetting | undefined;
};

/** The assistants, the numbers, and the calls of one account. */
export class Calls {
  readonly assistants = new Collection<LabAssistant>();
  readonly numbers = new Collection<LabNumber>();
  readonly tools = new Collection<FunctionTool & { id: string }>();
  readonly records = new Map<string, CallRecord>();
  readonly live = new Map<string, LiveCall>();
  /** Every call there was, oldest first. */
  readonly all: LiveCall[] = [];
  readonly #parts: CallsParts;
  readonly #waiting = new Map<string, (line: Line, client: (message: Json) => void) => LiveCall>();

  constructor(parts: CallsParts) {
    this.#parts = parts;
  }

  /** `POST /call` with the WebSocket transport; the only kind of call this account makes by itself. */
  create(body: Json): RestAnswer {
    const transport = isJson(body["transport"]) ? body["transport"] : {};
    if (transport["provider"] !== "vapi.websocket") return refusal(400, "transport.provider must be vapi.websocket");
    if (body["phoneNumberId"] !== undefined) return refusal(400, "phoneNumberId is not allowed with this transport");
    const assistant = this.#assistantOf(body);
    if (assistant === undefined) return refusal(400, "assistantId must be an assistant of this organisation");
    const record = this.#record("vapi.websocketCall", body, {});
    this.#waiting.set(record.id, (line, client) => this.#start(record, assistant, { line, client, server: undefined }));
    // Nobody connected: the call is given up.
    this.#parts.ticker.after(30_000, () => this.#waiting.delete(record.id));
    return { status: 201, body: { ...callJson(record), subscriptionLimits: { concurrencyBlocked: false } } };
  }

  /** The transport socket of a call is open. `undefined`: no such call, or it has one already. */
  connect(id: string, line: Line, client: (message: Json) => void): LiveCall | undefined {
    const begin = this.#waiting.get(id);
    this.#waiting.delete(id);
    return begin?.(line, client);
  }

  /** An INVITE to one of the account's SIP addresses. */
  async invite(invite: Invite): Promise<void> {
    const { faults, pace, ticker } = this.#parts;
    const [address = "", query = ""] = invite.to.split("?");
    const number = [...this.numbers.things.values()].find(({ sipUri }) => sipUri === address.split(";")[0]);
    if (faults.refuseInvite > 0) return invite.reject(faults.refuseInvite);
    if (number === undefined) return invite.reject(404);
    const sipHeaders = Object.fromEntries(new URLSearchParams(query));
    const record = this.#record("inboundPhoneCall", { phoneNumberId: number.id }, sipHeaders, invite.from);
    record.status = "ringing";
    const chosen = await this.#chosen(record, number);
    if (chosen === undefined) {
      record.status = "ended";
      record.endedReason = "assistant-request-failed";
      return invite.reject(480);
    }
    const line = invite.answer();
    if (line === undefined) return undefined;
    const call = this.#start(record, chosen, { line, server: number.server });
    void invite.ended.then(() => ticker.after(Math.min(pace.asrMs, 100), () => call.end(faults.byeReason)));
    return undefined;
  }

  /** Asks the number's server who is to answer, where the number has no assistant. */
  async #chosen(record: CallRecord, number: LabNumber): Promise<LabAssistant | undefined> {
    if (typeof number.assistantId === "string") {
      record.assistantId = number.assistantId;
      return this.#assistantOf({ assistantId: number.assistantId });
    }
    const server = number.server ?? this.#parts.orgServer();
    if (server === undefined) return undefined;
    const message = { type: "assistant-request", timestamp: Date.now(), call: callJson(record), phoneNumber: number };
    const answered = await this.#parts.webhooks.ask(server, message);
    if (!isJson(answered) || typeof answered["error"] === "string") return undefined;
    const assistant = this.#assistantOf(answered);
    if (assistant === undefined) return undefined;
    record.assistantId = assistant.id;
    record.overrides = overridesOf(answered);
    return assistant;
  }

  #assistantOf(body: Json): LabAssistant | undefined {
    const known = this.assistants.things.get(String(body["assistantId"]));
    if (known === undefined) return undefined;
    const overrides = overridesOf(body) as AssistantSettings & { "tools:append"?: FunctionTool[] };
    const { "tools:append": appended = [], ...rest } = overrides;
    return { ...known, ...rest, tools: [...(known.tools ?? []), ...appended] };
  }

  #record(type: CallRecord["type"], body: Json, sipHeaders: Record<string, string>, from?: string): CallRecord {
    const id = newCallId();
    const secret = randomBytes(12).toString("hex");
    const record: CallRecord = {
      id,
      type,
      createdAt: Date.now(),
      status: "queued",
      overrides: overridesOf(body),
      sipHeaders,
      carrierSecret: randomBytes(16).toString("hex"),
      controlUrl: `${this.#parts.base()}/${id}-${secret}/control`,
      listenUrl: `${this.#parts.socketBase()}/${id}-${secret}/listen`,
      ...(type === "vapi.websocketCall"
        ? { websocketUrl: `${this.#parts.socketBase()}/${id}/transport` }
        : { customer: customerOf(from) }),
      ...(typeof body["assistantId"] === "string" ? { assistantId: body["assistantId"] } : {}),
      ...(typeof body["phoneNumberId"] === "string" ? { phoneNumberId: body["phoneNumberId"] } : {}),
    };
    this.records.set(id, record);
    return record;
  }

  #start(
    record: CallRecord,
    assistant: LabAssistant,
    at: { line: Line; server: ServerSetting | undefined; client?: (message: Json) => void },
  ): LiveCall {
    const { ticker, webhooks, faults, pace, orgServer } = this.#parts;
    // Headers of the INVITE are template variables, and come back in every message (facts §11).
    const variableValues = { ...lowered(record.sipHeaders), ...assistant.variableValues };
    const call = new LiveCall({
      record,
      assistant: { ...assistant, variableValues },
      line: at.line,
      ticker,
      webhooks,
      faults,
      pace,
      server: at.server ?? orgServer(),
      ended: () => this.live.delete(record.id),
      ...(at.client === undefined ? {} : { client: at.client }),
    });
    this.live.set(record.id, call);
    this.all.push(call);
    call.start();
    return call;
  }
}

/** From a telephone the number is known, from a SIP address the address. */
const customerOf = (from: string | undefined): Json =>
  from?.startsWith("+") === true
    ? { number: from, sipUri: `sip:${from}@carrier.lab` }
    : { sipUri: `sip:${from ?? "unknown"}@carrier.lab`, name: from ?? "" };

const overridesOf = (body: Json): AssistantSettings =>
  isJson(body["assistantOverrides"]) ? body["assistantOverrides"] : {};

const lowered = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase().replace(/^x-/u, ""), value]));
