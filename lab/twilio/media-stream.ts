import { FRAME_BYTES, SILENCE_BYTE } from "../audio/mulaw.ts";
import type { Call } from "./call.ts";
import type { Carrier } from "./carrier.ts";
import type { Circuit, Frame } from "./leg.ts";
import { MediaSocket, type MediaSocketOptions, type SocketEnd } from "./media-socket.ts";
import { StreamBuffer } from "./stream-buffer.ts";

const SILENCE_PAYLOAD = Buffer.alloc(FRAME_BYTES, SILENCE_BYTE).toString("base64");

type FromGateway = { event?: unknown; media?: { payload?: unknown }; mark?: { name?: unknown } };

/** One bidirectional Media Stream: the caller's audio out to a gateway, the gateway's audio back, in real time. */
export class MediaStream implements Circuit {
  readonly name = "<Stream>";
  readonly url: string;
  readonly callSid: string;
  readonly socket: MediaSocket;
  readonly #carrier: Carrier;
  readonly #buffer = new StreamBuffer();
  /** Both ways the network takes its time: text and the moment it arrives. */
  #outbox: { dueAt: number; send: () => void }[] = [];
  #inbox: { dueAt: number; text: string }[] = [];
  #startedAt = 0;
  #chunk = 1;
  #heardAudio = false;

  constructor(carrier: Carrier, call: Call, options: MediaSocketOptions) {
    this.#carrier = carrier;
    this.url = options.url;
    this.callSid = call.sid;
    this.socket = new MediaSocket(carrier, call, options);
    this.socket.onStart = () => this.#onStart();
    this.socket.onMessage = (text) => this.#inbox.push({ dueAt: carrier.clock() + this.#transportMs, text });
  }

  get streamSid(): string {
    return this.socket.streamSid;
  }

  /** Milliseconds of the gateway's audio that the caller has not heard yet. */
  get bufferedMs(): number {
    return this.#buffer.bufferedMs;
  }

  get ended(): Promise<SocketEnd> {
    return this.socket.ended;
  }

  /** Ends the stream from the carrier's side. */
  stop(): void {
    if (this.socket.started) this.socket.log("stopped", "");
    this.#outbox = [];
    this.#inbox = [];
    this.socket.stop();
  }

  /** The network to the gateway dies without a close frame. */
  drop(): void {
    this.socket.drop();
  }

  push(frame: Frame, at: number): void {
    if (!this.socket.started) return;
    const payload = frame === undefined ? SILENCE_PAYLOAD : Buffer.from(frame).toString("base64");
    const timestamp = Math.max(0, Math.round(at - this.#startedAt));
    const chunk = this.#chunk++;
    const media = `"media":{"track":"inbound","chunk":"${chunk}","timestamp":"${timestamp}","payload":"${payload}"}`;
    this.#later(at, () => this.socket.send("media", media));
    while (this.#outbox.length > 0 && (this.#outbox[0]?.dueAt ?? 0) <= at) this.#outbox.shift()?.send();
  }

  pull(at: number): Frame {
    while (this.#inbox.length > 0 && (this.#inbox[0]?.dueAt ?? 0) <= at)
      this.#obey(this.#inbox.shift()?.text ?? "", at);
    const { frame, played } = this.#buffer.next();
    for (const name of played) this.#returnMark(name, at);
    return frame;
  }

  digit(digit: string): "taken" | "ignored" {
    if (!this.socket.started) return "ignored";
    this.#later(this.#carrier.clock(), () =>
      this.socket.send("dtmf", `"dtmf":{"track":"inbound_track","digit":"${digit}"}`),
    );
    return "taken";
  }

  get #transportMs(): number {
    return this.#carrier.latencies.streamTransportMs;
  }

  #onStart(): void {
    this.#startedAt = this.#carrier.clock();
    const subject = { callSid: this.callSid, streamSid: this.streamSid, url: this.url };
    const fault = this.#carrier.faults.take("stream-drop", subject, this.streamSid);
    if (fault !== undefined) this.#carrier.timers.after(fault.afterMs, () => this.drop());
  }

  #later(at: number, send: () => void): void {
    this.#outbox.push({ dueAt: at + this.#transportMs, send });
  }

  #obey(text: string, at: number): void {
    const message = parse(text);
    const payload = message?.media?.payload;
    if (message?.event === "media" && typeof payload === "string") return this.#play(payload);
    if (message?.event === "mark") return this.#mark(message.mark?.name);
    if (message?.event === "clear") {
      this.socket.log("clear", `${Math.round(this.bufferedMs)} ms unheard`);
      for (const name of this.#buffer.clear()) this.#returnMark(name, at);
      return;
    }
    this.#carrier.log.warn(31_924, `not a media, mark or clear message: ${text.slice(0, 200)}`, this.callSid);
    if (this.#carrier.variants.protocolErrorCloses) this.stop();
  }

  #play(payload: string): void {
    if (!this.#heardAudio) this.socket.log("first-audio", "");
    this.#heardAudio = true;
    this.#buffer.addAudio(Buffer.from(payload, "base64"));
  }

  #mark(name: unknown): void {
    if (typeof name !== "string") this.#carrier.log.warn(31_924, "a mark without a name is out of spec", this.callSid);
    this.#buffer.addMark(typeof name === "string" ? name : "");
  }

  #returnMark(name: string, at: number): void {
    this.socket.log("mark", name);
    this.#later(at, () => this.socket.send("mark", `"mark":${JSON.stringify({ name })}`));
  }
}

function parse(text: string): FromGateway | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
