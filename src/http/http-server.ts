import { createServer, STATUS_CODES, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { Duplex } from "node:stream";
import express, { type ErrorRequestHandler, type RequestHandler, type Router } from "express";
import type { Log } from "../telemetry/log.ts";
import type { Metrics } from "../telemetry/metrics.ts";
import { Problem, toProblem } from "./problem.ts";
import { requestLog } from "./request-log.ts";

/** One mebibyte: no message at any door is longer (issue: oversized bodies are refused). */
export const BODY_BYTES_MAX = 1024 * 1024;
/** Somebody who sends headers or a body this slowly holds a socket for nothing. */
const HEADERS_MS = 10_000;
const REQUEST_MS = 30_000;
/** Longer than the idle time of usual load balancers, so that they close first. */
const KEEP_ALIVE_MS = 75_000;
/** After `close`: how long running requests may finish. */
const CLOSE_MS = 2_000;

/** Takes a handshake that is for it; false: not mine. */
export type Upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => boolean;

export type HttpServer = {
  readonly port: number;
  /** Stops accepting, lets running requests finish for 2 s, then cuts what is left, WebSockets included. */
  close(): Promise<void>;
};

type Parts = {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** Asked in order; each parses its own bodies, up to `BODY_BYTES_MAX`. */
  readonly routers: readonly Router[];
  readonly upgrades: readonly Upgrade[];
  readonly log: Log;
  readonly metrics?: Metrics;
};

/** Listens; rejects when the address cannot be taken. Every refusal is a problem document. */
export async function createHttpServer(parts: Parts): Promise<HttpServer> {
  const app = express();
  app.disable("x-powered-by");
  app.set("query parser", "simple");
  app.use(requestLog(parts.log, parts.metrics), safeHeaders, refuseLarge);
  for (const router of parts.routers) app.use(router);
  app.use(notFound, answerError(parts.log));

  const server = createServer(
    { headersTimeout: HEADERS_MS, requestTimeout: REQUEST_MS, keepAliveTimeout: KEEP_ALIVE_MS },
    app,
  );
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  answerTheRest(server, parts);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(parts.port, parts.host, resolve);
  });
  return {
    port: portOf(server.address()),
    close: () =>
      new Promise((resolve) => {
        const cut = setTimeout(() => {
          for (const socket of sockets) socket.destroy();
        }, CLOSE_MS);
        server.close(() => {
          clearTimeout(cut);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === "string") throw new Error("the server listens on no port");
  return address.port;
}

const safeHeaders: RequestHandler = (_request, response, next) => {
  response.set({ "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Cache-Control": "no-store" });
  next();
};

/** Before any parser, so that it holds at doors that read no body too. */
const refuseLarge: RequestHandler = (request, _response, next) => {
  const length = Number(request.headers["content-length"] ?? 0);
  if (length > BODY_BYTES_MAX)
    throw new Problem(413, "The body is larger than 1 MiB.", { headers: { Connection: "close" } });
  next();
};

const notFound: RequestHandler = () => {
  throw new Problem(404, "There is nothing at this address; /api/docs lists what there is.");
};

/** Express knows an error middleware by its four parameters. */
function answerError(log: Log): ErrorRequestHandler {
  return (thrown: unknown, request, response, next) => {
    const { problem, unexpected } = toProblem(thrown);
    if (unexpected)
      log.error({ door: "http", route: request.path.split("/", 3).join("/"), err: thrown }, "a request failed");
    if (response.headersSent) return next(thrown);
    if (problem.status === 413) response.set("Connection", "close");
    response.set(problem.details.headers ?? {});
    response.status(problem.status).type("application/problem+json").send(JSON.stringify(problem.document()));
    return undefined;
  };
}

/** Handshakes, and what is no HTTP: what never becomes a request of the app has its own line in the log. */
function answerTheRest(server: Server, { upgrades, log }: Pick<Parts, "upgrades" | "log">): void {
  const atWork = new WeakSet<Duplex>();
  server.on("request", ({ socket }, response) => {
    atWork.add(socket);
    response.once("close", () => atWork.delete(socket));
  });
  server.on("upgrade", (request, socket, head) => {
    if (upgrades.some((upgrade) => upgrade(request, socket, head))) return;
    log.warn({ door: "http", status: 404 }, "a handshake was refused");
    refuseRaw(socket, 404);
  });
  server.on("clientError", (_error, socket) => {
    // A client that went away is no refusal, and a request that was cut off has its line already.
    if (socket.writable && !atWork.has(socket)) log.warn({ door: "http", status: 400 }, "what came was no HTTP");
    refuseRaw(socket, 400);
  });
}

function refuseRaw(socket: Duplex, status: number): void {
  if (!socket.writable) return void socket.destroy();
  const title = STATUS_CODES[status] ?? "Refused";
  const body = JSON.stringify({ type: "about:blank", title, status, detail: "There is no such door." });
  socket.end(
    `HTTP/1.1 ${status} ${title}\r\nContent-Type: application/problem+json\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}
