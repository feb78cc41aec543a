import type { CarrierLog, WebhookEntry, WebhookPurpose } from "./carrier-log.ts";
import type { FaultSwitches } from "./fault-switches.ts";
import { newSid } from "./sid.ts";
import { signRequest, type FormFields } from "./signature.ts";
import type { Timers } from "./timers.ts";

export type Webhook = {
  purpose: WebhookPurpose;
  method: "GET" | "POST";
  /** Absolute. */
  url: string;
  params: FormFields;
  callSid?: string;
};

export type WebhookAnswer =
  | { ok: true; status: number; body: string; contentType: string }
  /** `code` is Twilio's error number. */
  | { ok: false; code: number; cause: string };

type Parts = {
  authToken: string;
  log: CarrierLog;
  faults: FaultSwitches;
  timers: Timers;
  clock: () => number;
  /** Read anew for each request: they may be changed while the twin runs. */
  latencies: { webhookMs: number; webhookTimeoutMs: number };
};

/** Sends the carrier's signed requests, with Twilio's time-outs and its one retry on a failed connection. */
export class Webhooks {
  readonly #parts: Parts;
  readonly #closing = new AbortController();
  #heldBack: (() => void)[] = [];

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Ends the requests under way. */
  close(): void {
    this.#closing.abort();
    this.#releaseHeldBack();
  }

  /** Delivers one request and answers what came of it; never throws. */
  async send(webhook: Webhook): Promise<WebhookAnswer> {
    const { faults, timers, latencies } = this.#parts;
    const subject = { purpose: webhook.purpose, url: webhook.url, params: webhook.params };
    await timers.sleep(latencies.webhookMs);
    const lost = this.#isJoin(webhook) ? faults.take("join-event-lost", subject, webhook.url) : undefined;
    if (lost !== undefined || faults.take("webhook-drop", subject, webhook.url) !== undefined) {
      return { ok: false, code: 11_205, cause: "dropped by a fault switch" };
    }
    const delay = faults.take("webhook-delay", subject, webhook.url);
    if (delay !== undefined) await timers.sleep(delay.ms);
    if (faults.take("webhook-reorder", subject, webhook.url) !== undefined) await this.#afterAnother();
    const copy = faults.take("webhook-duplicate", subject, webhook.url);
    const copies = copy === undefined ? 0 : (copy.copies ?? 1);
    for (let sent = 1; sent <= copies; sent++) {
      timers.after((copy?.gapMs ?? 0) * sent, () => void this.#deliver(webhook));
    }
    return this.#deliver(webhook);
  }

  async #deliver(webhook: Webhook): Promise<WebhookAnswer> {
    const first = await this.#attempt(webhook, 1, undefined);
    // Twilio's default retry policy is "ct": once, and only when no connection came about.
    const answer =
      first.ok || first.code !== 11_205 || this.#closing.signal.aborted
        ? first
        : await this.#attempt(webhook, 2, newSid("SM").slice(2));
    this.#releaseHeldBack();
    return answer;
  }

  async #attempt(webhook: Webhook, attempt: number, token: string | undefined): Promise<WebhookAnswer> {
    const { log, clock } = this.#parts;
    const entry = log.add<"webhook">({ kind: "webhook", ...webhook, attempt });
    const answer = await this.#request(webhook, token);
    if (answer.ok) entry.response = { ...answer, at: clock() };
    else {
      entry.failure = { code: answer.code, cause: answer.cause, at: clock() };
      if (!this.#closing.signal.aborted) log.warn(answer.code, `${webhook.url}: ${answer.cause}`, webhook.callSid);
    }
    log.changed(entry satisfies WebhookEntry);
    return answer;
  }

  async #request(webhook: Webhook, token: string | undefined): Promise<WebhookAnswer> {
    const { authToken, latencies } = this.#parts;
    const query = new URLSearchParams({ ...webhook.params }).toString();
    const isGet = webhook.method === "GET";
    const separator = webhook.url.includes("?") ? "&" : "?";
    const url = isGet && query !== "" ? `${webhook.url}${separator}${query}` : webhook.url;
    const headers: Record<string, string> = {
      "x-twilio-signature": signRequest(authToken, url, isGet ? {} : webhook.params),
      "user-agent": "TwilioProxy/1.1",
      accept: "*/*",
    };
    if (token !== undefined) headers["i-twilio-idempotency-token"] = token;
    if (!isGet) headers["content-type"] = "application/x-www-form-urlencoded; charset=UTF-8";
    try {
      const signal = AbortSignal.any([this.#closing.signal, AbortSignal.timeout(latencies.webhookTimeoutMs)]);
      const response = await fetch(url, { method: webhook.method, headers, signal, ...(isGet ? {} : { body: query }) });
      const body = await response.text();
      if (!response.ok) return { ok: false, code: 11_200, cause: `HTTP ${response.status}: ${body.slice(0, 200)}` };
      return { ok: true, status: response.status, body, contentType: response.headers.get("content-type") ?? "" };
    } catch (error) {
      return networkFailure(error);
    }
  }

  #isJoin(webhook: Webhook): boolean {
    return webhook.params["StatusCallbackEvent"] === "participant-join";
  }

  #afterAnother(): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#parts.timers.after(5_000, resolve);
      this.#heldBack.push(() => {
        cancel();
        resolve();
      });
    });
  }

  #releaseHeldBack(): void {
    const released = this.#heldBack;
    this.#heldBack = [];
    for (const release of released) release();
  }
}

function networkFailure(error: unknown): WebhookAnswer {
  const cause =
    error instanceof Error ? (error.cause instanceof Error ? error.cause : error) : new Error(String(error));
  const code = "code" in cause && typeof cause.code === "string" ? cause.code : "";
  const isTimeout = error instanceof Error && error.name === "TimeoutError";
  if (isTimeout) return { ok: false, code: 11_206, cause: "no answer within the time limit" };
  const neverConnected = ["ECONNREFUSED", "ENOTFOUND", "EHOSTUNREACH", "UND_ERR_CONNECT_TIMEOUT"].includes(code);
  return { ok: false, code: neverConnected ? 11_205 : 11_200, cause: `${code} ${cause.message}`.trim() };
}
