import { type RawData, WebSocket } from "ws";
import { after } from "../../domain/time.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Log } from "../../telemetry/log.ts";
import { type MonitorNews, readMonitor } from "./read-monitor.ts";

export type MonitorListener = {
  /** The call is live and its transcript comes. */
  open(): void;
  news(news: MonitorNews): void;
  /** It will not come: the key may not, the account's policy forbids it, or too many watch. */
  refused(code: number): void;
};

/** The vendor's close codes (facts §6.2): not live yet; its own "the call has ended". */
const NOT_LIVE = 4_004;
const ENDED = 1_000;
/** Between two tries, in milliseconds; the call is dialled within a second or two of its registration. */
const RETRY_MS = [250, 250, 500, 500, 1_000, 1_000, 2_000] as const;
/** Five minutes of tries: then the registration has lapsed (facts §9.1). */
const TRIES_MAX = 150;
const HANDSHAKE_MS = 5_000;
const MESSAGE_MAX_BYTES = 4 * 1_048_576;

/** Watches one call's transcript, turn by turn, as it happens. Reconnects by itself until it is closed. */
export class MonitorSocket {
  readonly #parts: { readonly url: string; readonly apiKey: string; readonly clock: Clock; readonly log: Log };
  readonly #listener: MonitorListener;
  #socket: WebSocket | undefined;
  #cancelRetry: (() => void) | undefined;
  #tries = 0;
  #over = false;

  /** @param url with the call's id: a secret. */
  constructor(
    parts: { readonly url: string; readonly apiKey: string; readonly clock: Clock; readonly log: Log },
    listener: MonitorListener,
  ) {
    this.#parts = parts;
    this.#listener = listener;
    this.#connect();
  }

  /** The call has just become live: no need to wait for the next try. */
  hurry(): void {
    if (this.#over || this.#socket !== undefined) return;
    this.#cancelRetry?.();
    this.#connect();
  }

  close(): void {
    this.#over = true;
    this.#cancelRetry?.();
    this.#socket?.close();
    this.#socket = undefined;
  }

  #connect(): void {
    this.#tries += 1;
    const { url, apiKey, log } = this.#parts;
    const socket = new WebSocket(url, {
      headers: { Authorization: `Bearer ${apiKey}` },
      handshakeTimeout: HANDSHAKE_MS,
      maxPayload: MESSAGE_MAX_BYTES,
      perMessageDeflate: false,
    });
    this.#socket = socket;
    let told = false;
    socket.on("message", (data: RawData) => {
      if (this.#over) return;
      const news = readMonitor(Buffer.isBuffer(data) ? data.toString("utf8") : "");
      if (news === undefined) return;
      if (!told) this.#listener.open();
      told = true;
      this.#tries = 0;
      this.#listener.news(news);
    });
    // `close` follows and decides what to do; the address in the error's text is a secret.
    socket.on("error", () => log.debug({ door: "retell" }, "a monitor socket broke"));
    socket.on("close", (code) => this.#closed(socket, code));
  }

  #closed(socket: WebSocket, code: number): void {
    if (this.#socket === socket) this.#socket = undefined;
    if (this.#over || code === ENDED) return;
    if (code >= 4_000 && code !== NOT_LIVE) {
      this.#parts.log.warn(
        { door: "retell", status: code },
        "a hosted call may not be watched; its webhooks are what is left",
      );
      this.#over = true;
      return this.#listener.refused(code);
    }
    if (this.#tries >= TRIES_MAX) return;
    const { clock } = this.#parts;
    const wait = RETRY_MS[Math.min(this.#tries, RETRY_MS.length) - 1] ?? 250;
    this.#cancelRetry = clock.at(after(clock.now(), wait), () => this.#connect());
  }
}
