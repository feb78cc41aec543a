import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type RawData, type WebSocket, WebSocketServer } from "ws";
import { after } from "../../domain/time.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Log } from "../../telemetry/log.ts";
import { type RetellCallObject, tokenOf } from "./read-call.ts";
import { readFrame } from "./read-frame.ts";
import type { FrameSink, SocketCall } from "./socket-call.ts";

export type LlmSocketDeps = {
  /** Unguessable, in the path: the socket carries no signature (facts §7.1). */
  readonly secret: string;
  /** The call of this token; `undefined`: none of ours. */
  readonly callOf: (token: string | undefined, call: RetellCallObject) => SocketCall | undefined;
  readonly clock: Clock;
  readonly log: Log;
};

export type LlmSocket = {
  /** False: not this door's path. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /** Lets the vendor reconnect elsewhere. */
  close(): void;
};

const PATH = /^\/retell\/llm\/([^/?]+)\/([^/?]+)\/?(?:\?|$)/u;
const FRAME_MAX_BYTES = 1_048_576;
/** Both sides ping; the vendor gives up after 5 s without one (facts §7.1). */
const PING_MS = 2_000;
/** The call's details come right after our configuration. */
const DETAILS_MAX_MS = 8_000;
/** The vendor reconnects within seconds, or ends the call. */
const RECONNECT_MAX_MS = 15_000;

/** Retell's custom-LLM socket, of which the vendor is the client. */
export function createLlmSocket(deps: LlmSocketDeps): LlmSocket {
  const server = new WebSocketServer({ noServer: true, maxPayload: FRAME_MAX_BYTES, perMessageDeflate: false });
  return {
    upgrade: (request, socket, head) => {
      const url = request.url ?? "";
      if (!url.startsWith("/retell/llm/")) return false;
      const secret = decoded(PATH.exec(url)?.[1]);
      if (secret !== undefined && isSame(secret, deps.secret))
        server.handleUpgrade(request, socket, head, (ws) => serve(deps, ws, PATH.exec(url)?.[2] ?? ""));
      else refuse(deps.log, socket);
      return true;
    },
    close: () => {
      for (const client of server.clients) client.close(1_012);
      server.close();
    },
  };
}

function decoded(part: string | undefined): string | undefined {
  try {
    return part === undefined ? undefined : decodeURIComponent(part);
  } catch {
    // No address of ours has a broken escape.
    return undefined;
  }
}

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
const isSame = (given: string, secret: string): boolean => timingSafeEqual(digest(given), digest(secret));

function refuse(log: Log, socket: Duplex): void {
  log.warn({ door: "retell", route: "/retell/llm/:secret/:call_id", status: 403 }, "a request was refused");
  socket.on("error", (err) => log.debug({ door: "retell", err }, "a refused socket broke"));
  const body = JSON.stringify({
    type: "about:blank",
    title: "Forbidden",
    status: 403,
    detail: "The secret does not fit.",
  });
  socket.end(
    `HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Type: application/problem+json\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

function serve(deps: LlmSocketDeps, socket: WebSocket, callId: string): void {
  const { clock, log } = deps;
  const sink = sinkOf(socket);
  let call: SocketCall | undefined;
  const stopPings = keepPinging(clock, sink);
  const cancelDeadline = clock.at(after(clock.now(), DETAILS_MAX_MS), () => socket.close(1_008));
  sink.send({
    response_type: "config",
    config: { auto_reconnect: true, call_details: true, transcript_with_tool_calls: true },
  });
  socket.on("message", (data: RawData, isBinary) => {
    const frame = isBinary || !Buffer.isBuffer(data) ? undefined : readFrame(data.toString("utf8"));
    // The vendor adds kinds of frames without notice; they pass.
    if (frame === undefined) return;
    if (frame.interaction_type !== "call_details") return call?.frame(frame);
    cancelDeadline();
    call = frame.call.call_id === callId ? deps.callOf(tokenOf(frame.call), frame.call) : undefined;
    if (call !== undefined) return call.attach(sink);
    log.warn({ door: "retell", route: "/retell/llm/:secret/:call_id", status: 403 }, "a request was refused");
    // 1000 is "we hang up": a call that is none of ours has nobody to speak for it here.
    socket.close(1_000);
  });
  // `close` follows.
  socket.on("error", () => log.warn({ door: "retell" }, "a model socket broke"));
  socket.on("close", () => {
    cancelDeadline();
    stopPings();
    const mine = call;
    mine?.detach(sink);
    clock.at(after(clock.now(), RECONNECT_MAX_MS), () => mine?.lostUnlessBack());
  });
}

function sinkOf(socket: WebSocket): FrameSink {
  return {
    send: (message) => {
      if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message));
    },
    close: (code) => socket.close(code),
  };
}

function keepPinging(clock: Clock, sink: FrameSink): () => void {
  const beat = (): void => {
    sink.send({ response_type: "ping_pong", timestamp: clock.now() });
    cancel = clock.at(after(clock.now(), PING_MS), beat);
  };
  let cancel = clock.at(after(clock.now(), PING_MS), beat);
  return () => cancel();
}
