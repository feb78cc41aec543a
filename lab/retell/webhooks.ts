import type { Ticker } from "../openai/ticker.ts";
import type { RetellFaults } from "./faults.ts";
import { signatureFor } from "./signature.ts";

/** One webhook as it was sent, and how it was answered; status 0: no answer. */
export type SentWebhook = {
  at: number;
  event: string;
  callId: string;
  body: string;
  signature: string;
  status: number;
};

export type WebhookTarget = { url: string; timeoutMs: number };

const RETRIES = 3;
const BACKOFF_MS = 300;
const COPY_MS = 15;

/** Tells the customer's servers what happens: in order, without waiting for one another, again when nobody confirms. */
export class Webhooks {
  readonly sent: SentWebhook[] = [];
  readonly #ticker: Ticker;
  readonly #apiKey: string;
  readonly #faults: () => RetellFaults;
  readonly #held = new Map<string, () => void>();

  constructor(parts: { ticker: Ticker; apiKey: string; faults: () => RetellFaults }) {
    this.#ticker = parts.ticker;
    this.#apiKey = parts.apiKey;
    this.#faults = parts.faults;
  }

  send(target: WebhookTarget, event: string, payload: { call: { call_id: string } }): void {
    const faults = this.#faults();
    if (faults.webhookLost.has(event)) return;
    const body = JSON.stringify({ event, ...payload, ...(faults.unknownThings && { x_new_field: { a: [1] } }) });
    const callId = payload.call.call_id;
    const go = (): void => {
      // A copy is a request of its own, signed at its own time.
      for (let copy = 0; copy <= faults.webhookCopies; copy += 1) {
        this.#later(copy * COPY_MS, () => void this.#deliver(target, { event, callId, body }, 0));
      }
    };
    const before = this.#held.get(callId);
    this.#held.delete(callId);
    if (faults.webhookReorder.has(event) && before === undefined) this.#held.set(callId, go);
    else this.#later(faults.webhookLateMs, go);
    if (before !== undefined) this.#later(faults.webhookLateMs + 60, before);
  }

  async #deliver(
    target: WebhookTarget,
    what: { event: string; callId: string; body: string },
    tries: number,
  ): Promise<void> {
    const signature = signatureFor(what.body, this.#faults().signWith ?? this.#apiKey, Date.now());
    const entry: SentWebhook = { at: Date.now(), ...what, signature, status: 0 };
    this.sent.push(entry);
    entry.status = await post(target, what.body, signature);
    if (entry.status >= 200 && entry.status < 300) return;
    if (tries < RETRIES) this.#ticker.after(BACKOFF_MS * 2 ** tries, () => void this.#deliver(target, what, tries + 1));
  }

  #later(ms: number, run: () => void): void {
    if (ms === 0) run();
    else this.#ticker.after(ms, run);
  }
}

/** The status, or 0 when there was no answer in time. */
async function post({ url, timeoutMs }: WebhookTarget, body: string, signature: string): Promise<number> {
  try {
    const answer = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", "x-retell-signature": signature },
      body,
      signal: AbortSignal.timeout(timeoutMs),
    });
    await answer.arrayBuffer();
    return answer.status;
  } catch {
    // Nobody there, or too slow: what the retries are for.
    return 0;
  }
}
