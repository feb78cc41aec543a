import { after } from "../../domain/time.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Log } from "../../telemetry/log.ts";
import { VAPI_API_URL } from "./vapi-options.ts";

/** A command is worthless late: the caller waits. */
const TIMEOUT_MS = 2_000;
/** Commands given and not answered: the turns of a conversation that is taken up again are some dozens. */
const UNANSWERED_MAX = 256;

/** What a control URL takes (https://docs.vapi.ai/calls/call-features). */
export type ControlMessage =
  | {
      readonly type: "say";
      readonly content: string;
      readonly interruptAssistantEnabled: boolean;
      readonly interruptionsEnabled: boolean;
      readonly endCallAfterSpoken: false;
    }
  | {
      readonly type: "add-message";
      readonly message: { readonly role: "system" | "user" | "assistant"; readonly content: string };
      readonly triggerResponseEnabled: boolean;
    }
  | { readonly type: "control"; readonly control: "mute-assistant" | "unmute-assistant" }
  | {
      readonly type: "transfer";
      /** `extension`: digits dialled when the number has answered. */
      readonly destination: {
        readonly type: "number";
        readonly number: string;
        readonly extension?: string;
        readonly message: "";
      };
      readonly content: string;
    }
  | { readonly type: "end-call" };

export type ControlParts = {
  readonly apiUrl: string | undefined;
  readonly clock: Clock;
  readonly log: Log;
  /** How long a command waits for the call's URL, in milliseconds; absent: as long as the call lasts. */
  readonly knownWithinMs?: number;
};

/**
 * Steers one live call. Its URL is a secret: whoever has it can steer the call, so it is never logged, and only an
 * address of the vendor's is taken. Commands go one after the other, in the order they were given.
 */
export class ControlClient {
  readonly #apiUrl: string;
  readonly #log: Log;
  readonly #clock: Clock;
  readonly #knownWithinMs: number | undefined;
  #url: string | undefined;
  #tail: Promise<unknown> = Promise.resolve();
  readonly #waiting = new Set<() => void>();
  #over = false;
  #unanswered = 0;

  constructor({ apiUrl, clock, log, knownWithinMs }: ControlParts) {
    this.#apiUrl = apiUrl ?? VAPI_API_URL;
    this.#clock = clock;
    this.#log = log;
    this.#knownWithinMs = knownWithinMs;
  }

  /** The call's control URL, from a message that is known to be the vendor's. The first one stays. */
  learn(url: string | undefined): void {
    if (url === undefined || this.#url !== undefined) return;
    if (!isVendors(url, this.#apiUrl)) {
      this.#log.warn(
        { door: "vapi", reason: "foreign-control-url" },
        "a control URL that is not the vendor's was refused",
      );
      return;
    }
    this.#url = url;
    for (const send of this.#waiting) send();
  }

  /** True: the vendor took it. Before the URL is known, commands wait for it. */
  async send(message: ControlMessage): Promise<boolean> {
    if (this.#over) return false;
    const count = this.#unanswered;
    if (count >= UNANSWERED_MAX) {
      this.#log.error({ door: "vapi", reason: message.type, count }, "a command was refused: too many wait");
      return false;
    }
    this.#unanswered += 1;
    const known = this.#whenKnown();
    const sent = this.#tail.then(() => known).then(() => this.#post(message));
    this.#tail = sent;
    const taken = await sent;
    this.#unanswered -= 1;
    return taken;
  }

  /** The call is over. */
  close(): void {
    this.#over = true;
    for (const send of this.#waiting) send();
  }

  #whenKnown(): Promise<void> {
    if (this.#url !== undefined || this.#over) return Promise.resolve();
    return new Promise((resolve) => {
      const go = (): void => {
        forget?.();
        this.#waiting.delete(go);
        resolve();
      };
      const limit = this.#knownWithinMs;
      const forget = limit === undefined ? undefined : this.#clock.at(after(this.#clock.now(), limit), go);
      this.#waiting.add(go);
    });
  }

  async #post(message: ControlMessage): Promise<boolean> {
    if (this.#url === undefined) {
      if (!this.#over)
        this.#log.warn({ door: "vapi", reason: message.type }, "a command had no address of the vendor's to go to");
      return false;
    }
    try {
      const answer = await fetch(this.#url, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(message),
        signal: AbortSignal.timeout(TIMEOUT_MS),
        redirect: "error",
      });
      await answer.body?.cancel();
      if (!answer.ok && !this.#over)
        this.#log.warn(
          { door: "vapi", status: answer.status, reason: message.type },
          "a command to an assistant was refused",
        );
      return answer.ok;
    } catch (err) {
      // The message of a failed fetch may hold the address.
      if (!this.#over)
        this.#log.warn(
          { door: "vapi", reason: message.type, raw: nameOf(err) },
          "a command did not reach the assistant",
        );
      return false;
    }
  }
}

const nameOf = (err: unknown): string => (err instanceof Error ? err.name : "error");

/** On the vendor's own domain over TLS; where the API is elsewhere (a twin), on that very host and port. */
export function isVendors(url: string, apiUrl: string): boolean {
  const at = URL.parse(url);
  const api = URL.parse(apiUrl);
  if (at === null || api === null || at.username !== "") return false;
  if (at.host === api.host) return at.protocol === api.protocol || at.protocol === api.protocol.replace("http", "ws");
  const theirs = at.hostname.endsWith(".vapi.ai") && (api.hostname === "vapi.ai" || api.hostname.endsWith(".vapi.ai"));
  return theirs && (at.protocol === "https:" || at.protocol === "wss:");
}
