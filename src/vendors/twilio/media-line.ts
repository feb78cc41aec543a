import type { Duplex } from "node:stream";

import { WebSocket } from "ws";

import type { CallId } from "../../domain/ids.ts";
import { after, type EpochMs } from "../../domain/time.ts";
import type { CallerLine, CallerLineEvent } from "../../ports/caller-line.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Log } from "../../telemetry/log.ts";
import type { Metrics } from "../../telemetry/metrics.ts";
import { createAudioJoiner } from "./join-audio.ts";
import type { StreamFrame } from "./parse-stream-frame.ts";
import { twoTextFrames } from "./text-frames.ts";

/** With so much waiting for the network, some 6 s of speech, no more is said: an interruption waits behind it. */
const BUFFERED_MAX_BYTES = 65_536;
/** What marks and interruptions may add to it. */
const CONTROL_MAX_BYTES = 16_384;
/** Half of it has to be gone in this time, at three times the pace of speech, or the socket is of no use. */
const STUCK_MS = 2_000;

/** Twilio sends a frame every 20 ms for as long as the stream is up; after this long without one the socket is asked. */
const SILENT_MS = 2_000;

/** How long a ping may stay unanswered then. A process that was stopped for a moment reads its waiting frames meanwhile. */
const PONG_MS = 500;

/** A socket that answers pings and brings no audio is of no use either. Networks leave gaps, of some seconds at most. */
const SILENT_MAX_MS = 10_000;

/** After our close frame Twilio has this long to answer it. */
const CLOSE_MAX_MS = 2_000;

/** One stream's audio, both ways. */
export class MediaLine implements CallerLine {
  readonly call: CallId;
  readonly stream: string;
  readonly #deps: Deps;
  readonly #watch: { heard(): void; stop(): void };
  #listener: (event: CallerLineEvent) => void = () => undefined;
  #over = false;
  #lettingGo = false;
  #dropped = 0;
  #stopWaiting: () => void = () => undefined;
  /** Set while the network is given time to take what waits. */
  #stopLooking: (() => void) | undefined;
  readonly #joiner = createAudioJoiner((audio, timestampMs) => this.#listener({ kind: "audio", audio, timestampMs }));

  constructor(about: { readonly call: CallId; readonly stream: string }, deps: Deps) {
    this.call = about.call;
    this.stream = about.stream;
    this.#deps = deps;
    this.#watch = watchSilence(deps, () => {
      deps.log.warn({ ...about }, "the media stream fell silent; its socket is taken for dead");
      this.#end("lost");
      deps.socket.terminate();
    });
  }

  listen(listener: (event: CallerLineEvent) => void): void {
    this.#listener = listener;
  }

  play(payload: string, mark: string): boolean {
    const { socket, raw } = this.#deps;
    if (!this.#open) return true;
    if (socket.bufferedAmount > BUFFERED_MAX_BYTES) {
      this.#drop();
      return false;
    }
    const audio = `{"event":"media","streamSid":"${this.stream}","media":{"payload":"${payload}"}}`;
    raw.write(twoTextFrames(audio, this.#markText(mark)));
    return true;
  }

  mark(name: string): void {
    this.#send(this.#markText(name));
  }

  #markText(name: string): string {
    return `{"event":"mark","streamSid":"${this.stream}","mark":{"name":${JSON.stringify(name)}}}`;
  }

  clear(): void {
    this.#send(`{"event":"clear","streamSid":"${this.stream}"}`);
  }

  letGo(): void {
    if (this.#over || this.#lettingGo) return;
    const { clock, socket } = this.#deps;
    this.#lettingGo = true;
    this.#watch.stop();
    this.#stopLooking?.();
    socket.close(1_000);
    // Twilio moves the call on when it has seen our close frame; a network that ate it must not keep the line open.
    this.#stopWaiting = clock.at(after(clock.now(), CLOSE_MAX_MS), () => {
      this.#end("released");
      socket.terminate();
    });
  }

  /** The caller's audio, borrowed. */
  hear(audio: Uint8Array, timestampMs: number): void {
    this.#watch.heard();
    // What is said after the line was let go belongs to the room (H9).
    if (!this.#over && !this.#lettingGo) this.#joiner.take(audio, timestampMs);
  }

  /** What the socket brings. */
  take(frame: StreamFrame): void {
    if (frame.kind === "audio") return this.hear(Buffer.from(frame.payload, "base64"), frame.timestampMs);
    this.#watch.heard();
    if (this.#over || this.#lettingGo) return;
    if (frame.kind === "stop" || frame.kind === "key") this.#joiner.flush();
    if (frame.kind === "mark" || frame.kind === "key") this.#listener(frame);
    if (frame.kind !== "stop") return;
    this.#end("released");
    this.#deps.socket.close(1_000);
  }

  /**
   * The socket is closed, with this code (1006: without a close frame). Twilio closes properly when it moves the call on
   * by itself; otherwise the socket is gone, and the call is not.
   */
  closed(code: number): void {
    this.#end(this.#lettingGo || code === 1_000 || code === 1_005 ? "released" : "lost");
  }

  #drop(): void {
    this.#dropped += 1;
    const { metrics, clock, socket } = this.#deps;
    metrics?.count("warmline_audio_dropped_total", { towards: "caller" });
    this.#stopLooking ??= clock.at(after(clock.now(), STUCK_MS), () => {
      this.#stopLooking = undefined;
      if (socket.bufferedAmount > BUFFERED_MAX_BYTES / 2) this.#giveUp();
    });
  }

  #send(json: string): void {
    const { socket } = this.#deps;
    if (!this.#open) return;
    if (socket.bufferedAmount > BUFFERED_MAX_BYTES + CONTROL_MAX_BYTES) return this.#giveUp();
    socket.send(json);
  }

  /** Twilio asks for the caller's next document, and comes back on another socket. */
  #giveUp(): void {
    const { call, stream } = this;
    const { log, socket } = this.#deps;
    log.warn({ call, stream, bytes: socket.bufferedAmount }, "the caller's socket takes nothing; it is given up");
    this.#end("lost");
    socket.terminate();
  }

  get #open(): boolean {
    return !this.#over && !this.#lettingGo && this.#deps.socket.readyState === WebSocket.OPEN;
  }

  #end(how: "released" | "lost"): void {
    if (this.#over) return;
    this.#over = true;
    this.#watch.stop();
    this.#stopWaiting();
    this.#stopLooking?.();
    const { call, stream } = this;
    const count = this.#dropped;
    if (count > 0) this.#deps.log.warn({ call, stream, count }, "audio was dropped: the socket did not take it");
    this.#listener({ kind: "ended", how });
  }
}

type Deps = {
  readonly socket: WebSocket;
  /** What the socket runs over. */
  readonly raw: Duplex;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics?: Pick<Metrics, "count"> | undefined;
};

/** Calls `silent` once when the socket is dead or of no use, without a word of it from the network. */
function watchSilence({ clock, socket }: Deps, silent: () => void): { heard(): void; stop(): void } {
  let last: EpochMs = clock.now();
  let unanswered = false;
  let cancel: () => void;
  socket.on("pong", () => {
    unanswered = false;
  });
  const look = (): void => {
    const now = clock.now();
    const quietMs = now - last;
    if (quietMs < SILENT_MS) {
      cancel = clock.at(after(last, SILENT_MS), look);
    } else if (unanswered || quietMs >= SILENT_MAX_MS) {
      silent();
    } else {
      unanswered = true;
      if (socket.readyState === WebSocket.OPEN) socket.ping();
      cancel = clock.at(after(now, PONG_MS), look);
    }
  };
  cancel = clock.at(after(last, SILENT_MS), look);
  return {
    heard: () => {
      last = clock.now();
      unanswered = false;
    },
    stop: () => cancel(),
  };
}
