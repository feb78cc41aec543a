import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

import { validateRequest } from "twilio/lib/webhooks/webhooks.js";
import { WebSocketServer, type WebSocket } from "ws";

export const ACCOUNT = `AC${"0".repeat(32)}`;
export const TOKEN = "12345";

type Asked = {
  path: string;
  params: Record<string, string>;
  signed: boolean;
  at: number;
  idempotencyToken: string | undefined;
};
type Reply = string | { status: number; body: string; type?: string } | Promise<string>;
export type StreamMessage = Record<string, unknown> & { event: string };
type FakeStream = {
  socket: WebSocket;
  signed: boolean;
  messages: StreamMessage[];
  closed: Promise<number>;
  send(message: object): void;
};

const ignore = () => undefined;

/** A customer's gateway: answers documents by path, keeps what it was asked, and takes media streams. */
export async function startFakeGateway(documents: Record<string, (params: Record<string, string>) => Reply> = {}) {
  const asked: Asked[] = [];
  const streams: FakeStream[] = [];
  let onStream: (stream: FakeStream) => void = ignore;
  let onMessage: (stream: FakeStream, message: StreamMessage) => void = ignore;
  let url = "";

  const server = createServer((request, response) => {
    void (async () => {
      const body = await bodyOf(request);
      const params = Object.fromEntries(new URLSearchParams(body));
      const full = `${url}${request.url ?? ""}`;
      const signature = String(request.headers["x-twilio-signature"]);
      const [path = ""] = (request.url ?? "").split("?");
      const token = request.headers["i-twilio-idempotency-token"];
      asked.push({
        path,
        params,
        signed: validateRequest(TOKEN, signature, full, params),
        at: Date.now(),
        idempotencyToken: token === undefined ? undefined : String(token),
      });
      const reply = (await documents[path]?.(params)) ?? { status: 204, body: "" };
      const answer = typeof reply === "string" ? { status: 200, body: reply } : reply;
      response.writeHead(answer.status, { "content-type": ("type" in answer && answer.type) || "text/xml" });
      response.end(answer.body);
    })();
  });
  const sockets = new WebSocketServer({ noServer: true });
  server.on("upgrade", (request, socket, head) => {
    const signature = String(request.headers["x-twilio-signature"]);
    const full = `${url.replace("http", "ws")}${request.url ?? ""}`;
    sockets.handleUpgrade(request, socket, head, (ws) => {
      const closed = once(ws, "close").then(([code]) => Number(code));
      const stream: FakeStream = {
        socket: ws,
        signed: validateRequest(TOKEN, signature, full, {}),
        messages: [],
        closed,
        send: (message) => ws.send(JSON.stringify(message)),
      };
      streams.push(stream);
      ws.on("message", (data: Buffer) => {
        const message = JSON.parse(data.toString("utf8")) as StreamMessage;
        stream.messages.push(message);
        onMessage(stream, message);
      });
      onStream(stream);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    streamUrl: `${url.replace("http", "ws")}/media`,
    asked,
    streams,
    documents,
    onStream: (listener: typeof onStream) => {
      onStream = listener;
    },
    onMessage: (listener: typeof onMessage) => {
      onMessage = listener;
    },
    askedFor: (path: string) => asked.filter((one) => one.path === path),
    close: async () => {
      for (const stream of streams) stream.socket.terminate();
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

export type FakeGateway = Awaited<ReturnType<typeof startFakeGateway>>;

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString("utf8");
}

/** A document around verbs. */
export function twiml(verbs: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?><Response>${verbs}</Response>`;
}
