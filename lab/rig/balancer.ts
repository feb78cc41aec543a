// A plain balancer in front of several gateways: round robin per request, WebSockets included. It asks for readiness
// and skips who does not answer it; a request that a backend broke off is answered with 502, as a real one would.

import { createServer, type IncomingMessage, request as ask, type ServerResponse } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import type { Duplex } from "node:stream";

/** How often readiness is asked, in milliseconds. */
const CHECK_MS = 200;
const KEEP_ALIVE_MS = 75_000;

/** Where a request went. `backend`: the port. */
export type Routed = {
  readonly at: number;
  readonly path: string;
  readonly backend: number;
  readonly upgrade: boolean;
};

export type Preference = { readonly port: number; readonly when: (path: string) => boolean };

export type Balancer = {
  readonly url: string;
  /** Everything that went through, oldest first. */
  readonly routed: readonly Routed[];
  add(port: number): void;
  remove(port: number): void;
  /** New requests on such paths go to this backend, as far as it is up. Replaces earlier rules; none: all take turns. */
  prefer(...rules: readonly Preference[]): void;
  close(): Promise<void>;
};

type Hall = {
  ports: { readonly port: number; ready: boolean }[];
  turn: number;
  preferred: readonly Preference[];
  readonly routed: Routed[];
  readonly sockets: Set<Duplex>;
};

export async function startBalancer(): Promise<Balancer> {
  const hall: Hall = { ports: [], turn: 0, preferred: [], routed: [], sockets: new Set() };
  const server = createServer((request, response) => void forward(hall, request, response));
  // As usual balancers keep theirs: closed after Node's five seconds, a request on its way is reset now and then.
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.on("upgrade", (request, socket, head) => join(hall, request, { socket, head }, order(hall, request)));
  server.on("connection", (socket) => keep(hall, socket));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const checks = setInterval(() => {
    for (const one of hall.ports) void check(one);
  }, CHECK_MS);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    routed: hall.routed,
    add: (port) => void hall.ports.push({ port, ready: true }),
    remove: (port) => {
      hall.ports = hall.ports.filter((one) => one.port !== port);
    },
    prefer: (...rules) => {
      hall.preferred = rules;
    },
    close: async () => {
      clearInterval(checks);
      for (const socket of hall.sockets) socket.destroy();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

function keep(hall: Hall, socket: Duplex): void {
  hall.sockets.add(socket);
  socket.once("close", () => hall.sockets.delete(socket));
  socket.on("error", () => socket.destroy());
}

async function check(one: { readonly port: number; ready: boolean }): Promise<void> {
  try {
    const answer = await fetch(`http://127.0.0.1:${one.port}/readyz`, { signal: AbortSignal.timeout(2_000) });
    await answer.arrayBuffer();
    one.ready = answer.ok;
  } catch {
    one.ready = false; // Not there, or not answering: the same to a balancer.
  }
}

/** Whom to try, one after the other: the next in turn first, those that are not ready last. */
function order(hall: Hall, request: IncomingMessage): number[] {
  hall.turn += 1;
  const turned = hall.ports.map((_, place) => hall.ports[(place + hall.turn) % hall.ports.length]);
  const ports = turned.filter((one) => one !== undefined).toSorted((a, b) => Number(b.ready) - Number(a.ready));
  const rule = hall.preferred.find(({ when }) => when(pathOf(request)));
  const first = ports.filter(({ port, ready }) => ready && port === rule?.port);
  return [...first, ...ports.filter((one) => !first.includes(one))].map(({ port }) => port);
}

const pathOf = (request: IncomingMessage): string => request.url ?? "/";

function note(hall: Hall, request: IncomingMessage, where: { backend: number; upgrade: boolean }): void {
  hall.routed.push({ at: performance.timeOrigin + performance.now(), path: pathOf(request), ...where });
}

async function forward(hall: Hall, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const ports = order(hall, request);
  const body: Buffer[] = [];
  try {
    for await (const chunk of request) body.push(chunk as Buffer);
  } catch {
    return; // Whoever asked is gone.
  }
  for (const backend of ports) {
    const outcome = await pass(request, Buffer.concat(body), { backend, response });
    if (outcome === "not-there") continue;
    note(hall, request, { backend, upgrade: false });
    return;
  }
  response.writeHead(503).end("no gateway is up");
}

function pass(
  request: IncomingMessage,
  body: Buffer,
  { backend, response }: { readonly backend: number; readonly response: ServerResponse },
): Promise<"passed" | "not-there"> {
  return new Promise((resolve) => {
    const { method, headers, url: path } = request;
    const inner = ask({ host: "127.0.0.1", port: backend, method, headers, path, agent: false });
    inner.once("response", (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
      answer.once("error", () => response.destroy());
      answer.once("close", () => resolve("passed"));
    });
    inner.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "ECONNREFUSED") return resolve("not-there");
      if (!response.headersSent) response.writeHead(502);
      response.end();
      return resolve("passed");
    });
    inner.end(body);
  });
}

/** Hands a WebSocket's connection over, byte by byte. */
function join(
  hall: Hall,
  request: IncomingMessage,
  outer: { readonly socket: Duplex; readonly head: Buffer },
  [backend, ...others]: readonly number[],
): void {
  const { socket, head } = outer;
  if (backend === undefined) return void socket.end("HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n");
  const inner: Socket = connect(backend, "127.0.0.1");
  const refused = (): void => join(hall, request, outer, others);
  inner.once("error", refused);
  inner.once("connect", () => {
    inner.off("error", refused);
    keep(hall, inner);
    note(hall, request, { backend, upgrade: true });
    const lines = request.rawHeaders.map((part, place) => (place % 2 === 0 ? `${part}: ` : `${part}\r\n`)).join("");
    inner.write(`${request.method} ${pathOf(request)} HTTP/1.1\r\n${lines}\r\n`);
    if (head.length > 0) inner.write(head);
    inner.pipe(socket);
    socket.pipe(inner);
    // A connection that dies on one side dies on the other, without a word.
    inner.once("close", () => socket.destroy());
    socket.once("close", () => inner.destroy());
  });
}
