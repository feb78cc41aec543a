import type { Duplex } from "node:stream";
import { type RawData, WebSocket } from "ws";
import { after } from "../../domain/time.ts";
import type { AssistantSetup } from "../../ports/assistant.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Log } from "../../telemetry/log.ts";
import type { Metrics } from "../../telemetry/metrics.ts";
import { flushAudioMessages, sendAudioMessage } from "./audio-message.ts";
import { readServerEvent, type ServerEvent } from "./realtime-events.ts";
import {
  historyItem,
  realtimeUrl,
  type RealtimeSettings,
  sessionBody,
  speaksTelephone,
  upgradeHeaders,
} from "./realtime-setup.ts";

/** Each step of the start (upgrade, created, updated) may take this long. */
const STEP_MS = 5_000;
/** Audio that the socket could not send yet, 10 s of it; beyond it frames are dropped, as late speech helps nobody. */
const BUFFERED_MAX_BYTES = 131_072;
/** Commands are not dropped: a socket on which so much waits is of no use. */
const WRITTEN_MAX_BYTES = 1_048_576;
const FRAME_MAX_BYTES = 16 * 1_048_576;
const CONFIGURE = "configure";
/** HTTP answers to the upgrade that another try would get again. */
const REFUSED: ReadonlySet<number> = new Set([401, 403, 404, 429]);

export type LinkClosed = { readonly how: "lost" | "expired" | "refused" | "ended"; readonly raw: string };

export type LinkListener = {
  /** The session has our settings; `expiresAt` is the vendor's hard end, in seconds since 1970. */
  ready(expiresAt: number | undefined): void;
  event(event: ServerEvent): void;
  closed(closed: LinkClosed): void;
};

export type LinkParts = {
  readonly settings: RealtimeSettings;
  readonly setup: AssistantSetup;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics?: Pick<Metrics, "count"> | undefined;
};

/** One socket to the Realtime API: the start in its steps, then events; exactly one `closed` at the end. */
export class RealtimeLink {
  readonly #parts: LinkParts;
  readonly #listener: LinkListener;
  readonly #socket: WebSocket;
  /** What the socket runs over. */
  #raw: Duplex | undefined;
  #state: "connecting" | "configuring" | "live" | "closed" = "connecting";
  #expired = false;
  #dropped = 0;
  #cancelStep: () => void;

  constructor(parts: LinkParts, listener: LinkListener) {
    this.#parts = parts;
    this.#listener = listener;
    this.#socket = new WebSocket(realtimeUrl(parts.settings), {
      headers: upgradeHeaders(parts.settings, parts.setup),
      perMessageDeflate: false,
      maxPayload: FRAME_MAX_BYTES,
    });
    this.#cancelStep = this.#step("session.created did not come");
    this.#socket.on("upgrade", (response) => {
      this.#raw = response.socket;
    });
    this.#socket.on("message", (data, isBinary) => {
      if (!isBinary) this.#read(textOf(data));
    });
    this.#socket.on("unexpected-response", (_request, response) => {
      const status = response.statusCode ?? 0;
      response.resume();
      this.#close({ how: REFUSED.has(status) ? "refused" : "lost", raw: `upgrade ${status}` });
    });
    this.#socket.on("error", (error) => this.#close({ how: "lost", raw: errorCode(error) }));
    this.#socket.on("close", (code) =>
      this.#close({ how: this.#expired || code === 1001 ? "expired" : "lost", raw: `close ${code}` }),
    );
  }

  /** Sends one client event; a no-op unless the session is live. False: it was not sent. */
  send(event: object): boolean {
    if (this.#state !== "live" || this.#socket.readyState !== WebSocket.OPEN) return false;
    if (this.#socket.bufferedAmount > WRITTEN_MAX_BYTES) {
      this.#close({ how: "lost", raw: "the network takes nothing" });
      return false;
    }
    // In its place behind the audio before it.
    flushAudioMessages();
    this.#socket.send(JSON.stringify(event));
    return true;
  }

  /** Sends caller audio unless the socket is congested. */
  sendAudio(audio: Uint8Array): void {
    if (this.#raw === undefined || this.#state !== "live" || this.#socket.readyState !== WebSocket.OPEN) return;
    if (this.#raw.writableLength > BUFFERED_MAX_BYTES) {
      this.#dropped += 1;
      this.#parts.metrics?.count("warmline_audio_dropped_total", { towards: "assistant" });
      return;
    }
    sendAudioMessage(this.#raw, audio);
  }

  /** Ends the session by our wish. */
  end(): void {
    this.#close({ how: "ended", raw: "ended by us" });
  }

  /** Gives the session up for a reason of ours. */
  giveUp(closed: LinkClosed): void {
    this.#close(closed);
  }

  #read(text: string): void {
    if (this.#state === "closed") return;
    const event = readServerEvent(text);
    if (event.type === "ignored") return;
    if (event.type === "malformed") {
      this.#parts.log.warn({ bytes: text.length }, "the assistant's service sent a frame that cannot be read");
      return;
    }
    if (event.type === "error" && event.error.code === "session_expired") this.#expired = true;
    if (this.#state === "live") this.#listener.event(event);
    else this.#start(event);
  }

  #start(event: ServerEvent): void {
    if (event.type === "session.created" && this.#state === "connecting") {
      this.#state = "configuring";
      this.#cancelStep();
      this.#cancelStep = this.#step("session.updated did not come");
      const session = sessionBody(this.#parts.settings, this.#parts.setup);
      this.#socket.send(JSON.stringify({ type: "session.update", event_id: CONFIGURE, session }));
    } else if (event.type === "session.updated" && this.#state === "configuring") {
      if (!speaksTelephone(event)) return this.#close({ how: "refused", raw: "audio format not taken" });
      this.#cancelStep();
      this.#state = "live";
      for (const turn of this.#parts.setup.history)
        this.send({ type: "conversation.item.create", item: historyItem(turn) });
      this.#listener.ready(event.session.expires_at ?? undefined);
    } else if (event.type === "error" && this.#state === "configuring") {
      this.#close({ how: "refused", raw: event.error.code ?? event.error.type ?? "settings refused" });
    }
  }

  #step(missing: string): () => void {
    const { clock } = this.#parts;
    return clock.at(after(clock.now(), STEP_MS), () => this.#close({ how: "lost", raw: missing }));
  }

  #close(closed: LinkClosed): void {
    if (this.#state === "closed") return;
    const opening = this.#socket.readyState === WebSocket.CONNECTING;
    this.#state = "closed";
    this.#cancelStep();
    const count = this.#dropped;
    if (count > 0) this.#parts.log.warn({ count }, "the caller's audio was dropped: the assistant did not take it");
    // A socket that is still opening has no close frame to send.
    flushAudioMessages();
    // A close frame would wait behind what the network does not take.
    if (opening || this.#socket.bufferedAmount > WRITTEN_MAX_BYTES) this.#socket.terminate();
    else this.#socket.close(1000);
    this.#listener.closed(closed);
  }
}

function errorCode(error: unknown): string {
  if (error instanceof Error && "code" in error && typeof error.code === "string") return error.code;
  return "socket error";
}

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString("utf8");
  return (Buffer.isBuffer(data) ? data : Buffer.from(data)).toString("utf8");
}
