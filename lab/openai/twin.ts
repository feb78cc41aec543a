import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";

import { WebSocketServer } from "ws";

import type { Brain } from "./brain.ts";
import { EventLog, type LogEntry } from "./event-log.ts";
import { noFaults, type OpenAiFaults } from "./faults.ts";
import type { AsrOptions } from "./hearing.ts";
import { answerHttp, type HttpRequest, type StructuredAnswer, wrongKey } from "./http-routes.ts";
import type { Pace } from "./live-response.ts";
import { scriptedBrain } from "./scripted-brain.ts";
import { RealtimeSession } from "./session.ts";
import { Ticker } from "./ticker.ts";
import type { Json } from "./wire.ts";

export type OpenAiTwinOptions = {
  /** 0 takes a free one. */
  port?: number;
  host?: string;
  /** The only key it accepts. */
  apiKey?: string;
  brain?: Brain;
  faults?: Partial<OpenAiFaults>;
  /** From the request to the first audio, in milliseconds. */
  ttfaMs?: number;
  /** Audio is produced this many times faster than it is spoken. */
  speed?: number;
  asr?: Partial<AsrOptions>;
  /** Life of a session, in milliseconds. */
  sessionMs?: number;
  /** Answers of the text model to structured requests. */
  structured?: StructuredAnswer;
};

/** A running twin of the OpenAI API. */
export type OpenAiTwin = {
  port: number;
  /** For `OPENAI_BASE_URL`; the Realtime socket is at the same address with `ws:` and `/realtime`. */
  baseUrl: string;
  apiKey: string;
  /** Every session there was, oldest first; closed ones have `closedAt`. */
  sessions: readonly RealtimeSession[];
  /** Every event that passed, but appends and audio bytes. */
  log: readonly LogEntry[];
  /** Requests to the HTTP endpoints. */
  requests: readonly HttpRequest[];
  /** Headers of every Realtime upgrade that was tried. */
  upgrades: readonly IncomingMessage["headers"][];
  /** Change at any time. */
  faults: OpenAiFaults;
  pace: Pace;
  asr: AsrOptions;
  /** Exchange at any time; holds from the next response on. */
  brain: Brain;
  structured: StructuredAnswer;
  waitFor(fits: (entry: LogEntry) => boolean, timeoutMs?: number): Promise<LogEntry>;
  /** All sockets die without a close frame. */
  dropSockets(): void;
  close(): Promise<void>;
};

const SIXTY_MINUTES_MS = 3_600_000;

/** Starts a twin: Realtime over WebSocket, and the HTTP endpoints, on one port. */
export async function startOpenAiTwin(options: OpenAiTwinOptions = {}): Promise<OpenAiTwin> {
  const host = options.host ?? "127.0.0.1";
  const ticker = new Ticker();
  const log = new EventLog();
  const sessions: RealtimeSession[] = [];
  const requests: HttpRequest[] = [];
  const upgrades: IncomingMessage["headers"][] = [];
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 32 * 1024 * 1024, perMessageDeflate: false });
  const server = createServer();
  const twin: OpenAiTwin = {
    port: 0,
    baseUrl: "",
    apiKey: options.apiKey ?? "sk-lab-openai",
    sessions,
    log: log.entries,
    requests,
    upgrades,
    faults: { ...noFaults(), ...options.faults },
    pace: { ttfaMs: options.ttfaMs ?? 500, speed: options.speed ?? 3 },
    asr: { mode: "auto", completedAfterMs: 650, lagMs: 300, logprob: -0.05, ...options.asr },
    brain: options.brain ?? scriptedBrain([]),
    structured: options.structured ?? (() => undefined),
    waitFor: (fits, timeoutMs) => log.waitFor(fits, timeoutMs),
    dropSockets: () => {
      for (const socket of sockets.clients) socket.terminate();
    },
    close: async () => {
      ticker.stop();
      twin.dropSockets();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  const context = { ticker, log, sessionMs: options.sessionMs ?? SIXTY_MINUTES_MS };
  serveHttp(server, twin, { ticker, requests });
  server.on("upgrade", (request, socket: Duplex, head) => {
    upgrades.push(request.headers);
    const model = admitted(request, twin);
    if (typeof model !== "string") return refuse(socket, model);
    sockets.handleUpgrade(request, socket, head, (ws) =>
      sessions.push(new RealtimeSession(ws, model, { ...context, twin })),
    );
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, host, resolve));
  twin.port = (server.address() as AddressInfo).port;
  twin.baseUrl = `http://${host}:${twin.port}/v1`;
  return twin;
}

function serveHttp(
  server: Server,
  twin: OpenAiTwin,
  { ticker, requests }: { ticker: Ticker; requests: HttpRequest[] },
): void {
  const { apiKey, faults } = twin;
  server.on("request", (request, response) => {
    answerHttp(request, response, {
      apiKey,
      faults,
      ticker,
      requests,
      structured: () => twin.structured,
      brain: () => twin.brain,
    }).catch(
      // The client went away in the middle of its request; there is nobody left to answer.
      () => response.destroy(),
    );
  });
}

type Refusal = { status: number; body: Json };

/** The model a new session is for, or why there is none. */
function admitted(request: IncomingMessage, twin: OpenAiTwin): string | Refusal {
  const url = new URL(request.url ?? "/", "http://twin");
  const protocols = request.headers["sec-websocket-protocol"] ?? "";
  const keyed =
    request.headers.authorization === `Bearer ${twin.apiKey}` ||
    protocols.includes(`openai-insecure-api-key.${twin.apiKey}`);
  if (twin.faults.refuseUpgrade > 0) return refusal(twin.faults.refuseUpgrade, "The twin was told to refuse.");
  if (!keyed) return { status: 401, body: wrongKey() };
  if (url.pathname !== "/v1/realtime") return refusal(404, `Invalid URL (GET ${url.pathname})`);
  if (request.headers["openai-beta"] !== undefined)
    return refusal(400, "The Realtime Beta API is no longer supported. Please use /v1/realtime for the GA API.");
  if (url.searchParams.has("call_id")) return refusal(404, "No call found with this id.");
  const model = url.searchParams.get("model");
  return model ?? refusal(400, "You must provide a model parameter.");
}

function refusal(status: number, message: string): Refusal {
  return { status, body: { error: { message, type: "invalid_request_error", param: null, code: null } } };
}

function refuse(socket: Duplex, { status, body }: Refusal): void {
  const text = JSON.stringify(body);
  // A client that hangs up during the refusal is as refused as any other.
  socket.on("error", () => socket.destroy());
  socket.end(
    `HTTP/1.1 ${status} Refused\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(text)}\r\nconnection: close\r\n\r\n${text}`,
  );
}
