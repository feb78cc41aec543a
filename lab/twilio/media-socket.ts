import { WebSocket, type RawData } from "ws";

import type { Call } from "./call.ts";
import type { Carrier } from "./carrier.ts";
import { newSid } from "./sid.ts";
import { signHandshake } from "./signature.ts";

export type MediaSocketOptions = {
  url: string;
  name: string;
  tracks: readonly ("inbound" | "outbound")[];
  parameters: Readonly<Record<string, string>>;
};

/** How a media socket ended: by the gateway's close frame, without one, by us, or before it began. */
export type SocketEnd = { how: "closed" | "lost" | "stopped" } | { how: "refused"; code: number; cause: string };

const LOOPBACK = /^ws:\/\/(127\.|localhost[:/]|\[::1\])/;

/** The carrier's end of one media WebSocket: handshake, numbering, `connected`, `start` and `stop`. */
export class MediaSocket {
  readonly streamSid = newSid("MZ");
  readonly ended: Promise<SocketEnd>;
  onMessage: (text: string) => void = () => undefined;
  onStart: () => void = () => undefined;
  readonly #carrier: Carrier;
  readonly #call: Call;
  readonly #options: MediaSocketOptions;
  readonly #resolveEnded: (end: SocketEnd) => void;
  #socket: WebSocket | undefined;
  #sequence = 1;
  #started = false;
  #stopping = false;

  constructor(carrier: Carrier, call: Call, options: MediaSocketOptions) {
    const ended = Promise.withResolvers<SocketEnd>();
    this.ended = ended.promise;
    this.#resolveEnded = ended.resolve;
    this.#carrier = carrier;
    this.#call = call;
    this.#options = options;
  }

  get started(): boolean {
    return this.#started && !this.#stopping;
  }

  open(): void {
    const { url } = this.#options;
    // TLS is Twilio's rule; a gateway on this machine has no certificate.
    if (!url.startsWith("wss://") && !LOOPBACK.test(url)) return this.#refuse(31_922, `${url} is not wss`);
    if (url.includes("?")) return this.#refuse(31_920, `${url} has a query string, which <Stream> does not take`);
    const signed = this.#carrier.variants.handshakeSlash ? `${url}/` : url;
    const socket = new WebSocket(url, {
      headers: {
        "x-twilio-signature": signHandshake(this.#carrier.authToken, signed),
        "user-agent": "Jetty/11.0.24",
      },
      perMessageDeflate: false,
      handshakeTimeout: 10_000,
    });
    this.#socket = socket;
    this.#carrier.sockets.add(this);
    socket.on("open", () => this.#begin());
    socket.on("message", (data: RawData) => this.onMessage(textOf(data)));
    socket.on("error", (error) => this.#onError(error));
    socket.on("close", (code) => this.#onClose(code));
  }

  /** Sends one event with the next sequence number. `body` is JSON object members, already written. */
  send(event: string, body: string): void {
    if (this.#socket?.readyState !== WebSocket.OPEN) return;
    this.#socket.send(
      `{"event":"${event}","sequenceNumber":"${this.#sequence++}","streamSid":"${this.streamSid}",${body}}`,
    );
  }

  /** Ends the stream from the carrier's side: `stop`, then close. */
  stop(): void {
    if (this.#stopping) return;
    this.#stopping = true;
    const ids = JSON.stringify({ accountSid: this.#carrier.accountSid, callSid: this.#call.sid });
    if (this.#started) this.send("stop", `"stop":${ids}`);
    if (this.#socket?.readyState === WebSocket.CONNECTING) this.#socket.terminate();
    else this.#socket?.close(1000);
    this.#resolveEnded({ how: "stopped" });
    // A gateway that never answers the close frame must not keep the socket for ever.
    this.#carrier.timers.after(2_000, () => this.#socket?.terminate());
  }

  /** The network between carrier and gateway dies: no `stop`, no close frame. */
  drop(): void {
    this.#socket?.terminate();
  }

  #begin(): void {
    const { name, parameters, tracks, url } = this.#options;
    const start = {
      accountSid: this.#carrier.accountSid,
      streamSid: this.streamSid,
      callSid: this.#call.sid,
      tracks,
      mediaFormat: { encoding: "audio/x-mulaw", sampleRate: 8000, channels: 1 },
      customParameters: parameters,
    };
    this.#socket?.send(JSON.stringify({ event: "connected", protocol: "Call", version: "1.0.0" }));
    this.send("start", `"start":${JSON.stringify(start)}`);
    this.#started = true;
    this.log("opened", `${url} ${name}`.trim());
    this.onStart();
  }

  #onError(error: Error): void {
    if (this.#started || this.#stopping) return;
    const status = /Unexpected server response: (\d+)/.exec(error.message)?.[1];
    if (status !== undefined) return this.#refuse(31_920, `the handshake was answered with ${status}`);
    this.#refuse(error.message.includes("timed out") ? 31_901 : 31_902, error.message);
  }

  #onClose(code: number): void {
    this.#carrier.sockets.delete(this);
    if (this.#stopping) return this.log("closed", `after stop (${code})`);
    if (!this.#started) return this.#refuse(31_921, `closed before it began (${code})`);
    const lost = code === 1006;
    this.log(lost ? "lost" : "closed", String(code));
    if (lost) this.#carrier.log.warn(31_921, "the media socket ended without a close frame", this.#call.sid);
    this.#resolveEnded({ how: lost ? "lost" : "closed" });
  }

  #refuse(code: number, cause: string): void {
    this.log("refused", cause);
    this.#carrier.log.warn(code, cause, this.#call.sid);
    this.#resolveEnded({ how: "refused", code, cause });
  }

  log(event: "opened" | "refused" | "first-audio" | "clear" | "mark" | "stopped" | "closed" | "lost", detail: string) {
    this.#carrier.log.add<"stream">({
      kind: "stream",
      callSid: this.#call.sid,
      streamSid: this.streamSid,
      event,
      detail,
    });
  }
}

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString("utf8");
  return Buffer.from(data as Buffer).toString("utf8");
}
