import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";

import { type RawData, type WebSocket, WebSocketServer } from "ws";

import { after } from "../../domain/time.ts";
import type { CallerLineOpened } from "../../ports/caller-line.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Log } from "../../telemetry/log.ts";
import type { Metrics } from "../../telemetry/metrics.ts";
import { openAudioLane } from "./audio-lane.ts";
import { callIdOf } from "./call-ids.ts";
import { MediaLine } from "./media-line.ts";
import { parseStreamFrame, type StreamFrame } from "./parse-stream-frame.ts";
import { problemOf } from "./problem-document.ts";
import { isSignedHandshake } from "./signature.ts";
import type { StreamSecrets } from "./stream-secrets.ts";
import { createTwilioUrls } from "./twilio-urls.ts";

export type MediaSocketDeps = {
  readonly publicUrl: string;
  readonly authToken: string;
  readonly secrets: Pick<StreamSecrets, "use" | "usedElsewhere">;
  readonly clock: Clock;
  readonly opened: CallerLineOpened;
  readonly log: Log;
  readonly metrics?: Pick<Metrics, "count">;
};

export type MediaSocket = {
  /** For the server's `upgrade` event. True: the request was ours and has been answered. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /** Ends every stream; Twilio then asks for each caller's document, which another node may answer. */
  close(): void;
};

/** Twilio's frames are some 300 bytes (contract: 256 KiB). */
const FRAME_MAX_BYTES = 262_144;

/** `connected` and `start` come with the handshake. */
const START_MAX_MS = 10_000;

/** After our close frame Twilio has this long to answer it. */
const CLOSE_MAX_MS = 2_000;

/** Twilio's Media Streams, on the path the TwiML names. */
export function createMediaSocket(deps: MediaSocketDeps): MediaSocket {
  const { media } = createTwilioUrls(deps.publicUrl);
  const { pathname } = new URL(media);
  const server = new WebSocketServer({ noServer: true, maxPayload: FRAME_MAX_BYTES, perMessageDeflate: false });
  return {
    upgrade: (request, socket, head) => {
      const path = (request.url ?? "").split("?")[0];
      if (path !== pathname && path !== `${pathname}/`) return false;
      const signature = request.headers["x-twilio-signature"];
      const signed = isSignedHandshake(deps.authToken, media, Array.isArray(signature) ? undefined : signature);
      if (signed) server.handleUpgrade(request, socket, head, (ws) => serve(deps, ws, socket));
      else refuse(deps.log, socket);
      return true;
    },
    close: () => {
      for (const client of server.clients) client.close(1_001);
      server.close();
      if (server.clients.size === 0) return;
      // Whoever does not answer the close frame must not keep the process from stopping.
      deps.clock.at(after(deps.clock.now(), CLOSE_MAX_MS), () => {
        for (const client of server.clients) client.terminate();
      });
    },
  };
}

function refuse(log: Log, socket: Duplex): void {
  log.warn({ door: "twilio", route: "/twilio/media", status: 403 }, "a request was refused");
  socket.on("error", (err) => log.debug({ door: "twilio", err }, "a refused socket broke"));
  const body = JSON.stringify(problemOf(403, "X-Twilio-Signature is missing or does not fit this URL."));
  socket.end(
    `HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Type: application/problem+json\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

function serve(deps: MediaSocketDeps, socket: WebSocket, raw: Duplex): void {
  const { clock, log } = deps;
  let line: MediaLine | undefined;
  const give = (code: number, why: string): void => {
    // A close frame carries at most 123 bytes of reason.
    const reason = why.slice(0, 120);
    log.warn({ door: "twilio", route: "/twilio/media", status: code, reason }, "a media socket was closed");
    socket.close(code, reason);
  };
  const cancelDeadline = clock.at(after(clock.now(), START_MAX_MS), () => give(1_008, "no start came"));
  openAudioLane(raw, socket, (audio, timestampMs) => {
    if (socket.readyState === socket.OPEN) line?.hear(audio, timestampMs);
  });

  socket.on("message", (data, isBinary) => {
    if (socket.readyState !== socket.OPEN) return;
    const frame = isBinary ? BINARY : parseStreamFrame(textOf(data));
    if (frame.kind === "malformed") return give(1_003, frame.why);
    if (line) return line.take(frame);
    // What comes before has no call to belong to.
    if (frame.kind !== "start") return undefined;
    const begun = begin({ ...deps, socket, raw }, frame);
    if (!begun.ok) return give(begun.code, begun.why);
    cancelDeadline();
    line = begun.line;
    void deps.secrets
      .usedElsewhere(frame.values["secret"] ?? "")
      .then((used) => (used ? give(1_008, "the stream's secret was used on another node") : undefined));
  });
  // `ws` closes by itself on a frame that is too large or broken; `close` follows.
  socket.on("error", (err) => log.warn({ door: "twilio", route: "/twilio/media", err }, "a media socket broke"));
  socket.on("close", (code) => {
    cancelDeadline();
    line?.closed(code);
  });
}

const BINARY: StreamFrame = { kind: "malformed", why: "a binary frame" };

const textOf = (data: RawData): string => (Buffer.isBuffer(data) ? data.toString("utf8") : "");

type Begun =
  | { readonly ok: true; readonly line: MediaLine }
  | { readonly ok: false; readonly code: number; readonly why: string };

/** Hands the line over if the stream proves that it was asked for by this call's own document. */
function begin(
  deps: MediaSocketDeps & { readonly socket: WebSocket; readonly raw: Duplex },
  frame: Extract<StreamFrame, { kind: "start" }>,
): Begun {
  const { secret = "", ...values } = frame.values;
  if (!deps.secrets.use(frame.leg, secret)) {
    return { ok: false, code: 1_008, why: "the stream's secret is missing, used, old or not this call's" };
  }
  const line = new MediaLine({ call: callIdOf(frame.leg), stream: frame.stream }, deps);
  try {
    deps.opened(line, values);
  } catch (err) {
    // A bug ends this stream, and Twilio asks for the caller's document; the other calls of the process go on.
    deps.log.error({ call: line.call, stream: line.stream, err }, "a stream could not be taken up");
    line.closed(1_011);
    return { ok: false, code: 1_011, why: "the stream could not be taken up" };
  }
  return { ok: true, line };
}
