import { createHmac } from "node:crypto";
import type { Json } from "../openai/wire.ts";
import type { VapiFaults } from "./faults.ts";
import type { ServerSetting } from "./settings.ts";

/** How the receiver knows that a message is the service's: a credential made once in the console. */
export type WebhookCredential =
  | { kind: "none" }
  /** `x-vapi-secret`, as it is. */
  | { kind: "secret"; secret: string }
  | { kind: "bearer"; token: string }
  | { kind: "hmac"; secretKey: string; algorithm?: "sha256" | "sha512" | "sha1"; seconds?: boolean };

/** One message that was sent, or tried. */
export type SentMessage = {
  at: number;
  url: string;
  type: string;
  message: Json;
  status: number | undefined;
  answer: unknown;
};

const DEFAULT_TIMEOUT_S = 20;
/** Not configurable (facts §4). */
const ASSISTANT_REQUEST_MS = 7_500;

/** Sends server messages, each by its own POST. Never retries: that is the default there. */
export class Webhooks {
  readonly sent: SentMessage[] = [];
  readonly #faults: VapiFaults;
  readonly #credential: () => WebhookCredential;
  #held: (() => void) | undefined;

  constructor(faults: VapiFaults, credential: () => WebhookCredential) {
    this.#faults = faults;
    this.#credential = credential;
  }

  /** Posts a message; answers the body of a 200, `undefined` for everything else. */
  async ask(server: ServerSetting, message: Json): Promise<unknown> {
    const type = String(message["type"]);
    const { faults } = { faults: this.#faults };
    if (faults.lost.includes(type)) return undefined;
    if (faults.webhookDelayMs > 0) await new Promise((resolve) => setTimeout(resolve, faults.webhookDelayMs));
    const body = JSON.stringify({ message, ...(faults.unknownFields ? { x_new: { nested: [1] } } : {}) });
    if (faults.duplicates) void this.#post(server, message, body);
    return this.#post(server, message, body);
  }

  /** Posts a message nobody waits for, in the order the faults allow. */
  tell(server: ServerSetting, message: Json): void {
    const send = (): void => void this.ask(server, message);
    const before = this.#held;
    this.#held = undefined;
    if (this.#faults.reorder && before === undefined) this.#held = send;
    else send();
    before?.();
  }

  async #post(server: ServerSetting, message: Json, body: string): Promise<unknown> {
    const type = String(message["type"]);
    const limit =
      type === "assistant-request" ? ASSISTANT_REQUEST_MS : (server.timeoutSeconds ?? DEFAULT_TIMEOUT_S) * 1_000;
    const entry: SentMessage = {
      at: performance.timeOrigin + performance.now(),
      url: server.url,
      type,
      message,
      status: undefined,
      answer: undefined,
    };
    this.sent.push(entry);
    try {
      const answer = await fetch(server.url, {
        method: "POST",
        headers: { "content-type": "application/json", ...signed(this.#credential(), body), ...server.headers },
        body,
        signal: AbortSignal.timeout(limit),
      });
      entry.status = answer.status;
      const text = await answer.text();
      entry.answer = parsed(text);
      return answer.ok ? entry.answer : undefined;
    } catch {
      return undefined; // Timed out, or nobody there: as with any other failure there is no answer.
    }
  }
}

/** The headers that prove where a body comes from. */
export function signed(credential: WebhookCredential, body: string): Record<string, string> {
  switch (credential.kind) {
    case "none":
      return {};
    case "secret":
      return { "x-vapi-secret": credential.secret };
    case "bearer":
      return { authorization: `Bearer ${credential.token}` };
    case "hmac": {
      const now = Date.now();
      const timestamp = String(credential.seconds === true ? Math.floor(now / 1_000) : now);
      const mac = createHmac(credential.algorithm ?? "sha256", credential.secretKey).update(`${timestamp}.${body}`);
      return { "x-timestamp": timestamp, "x-signature": mac.digest("hex") };
    }
    default:
      return credential satisfies never;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // Not JSON: no answer.
  }
}
