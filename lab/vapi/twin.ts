import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { WebSocketServer } from "ws";
import { isJson, type Json } from "../openai/wire.ts";
import { Ticker } from "../openai/ticker.ts";
import { Ticker as AudioClock } from "../twilio/ticker.ts";
import { Calls, type Invite } from "./calls.ts";
import { callJson } from "./call-record.ts";
import { noFaults, type VapiFaults } from "./faults.ts";
import type { LiveCall } from "./live-call.ts";
import { answer, bodyOf, refusal, type RestAnswer, type RestRequest } from "./rest.ts";
import { type LabAssistant, type LabNumber, PACE, type Pace, type ServerSetting } from "./settings.ts";
import { SocketLine } from "./socket-line.ts";
import { type SentMessage, type WebhookCredential, Webhooks } from "./webhooks.ts";

export type VapiTwinOptions = {
  /** 0 takes a free one. */
  port?: number;
  host?: string;
  /** The only key it accepts. */
  apiKey?: string;
  faults?: Partial<VapiFaults>;
  pace?: Partial<Pace>;
  credential?: WebhookCredential;
  /** Where messages go when nothing else says. */
  orgServer?: ServerSetting;
};

/** A running twin of the Vapi API. */
export type VapiTwin = {
  port: number;
  /** Base address of the REST API. */
  url: string;
  apiKey: string;
  calls: Calls;
  /** Every request to the REST API. */
  requests: readonly RestRequest[];
  /** Every message to a control URL, with what was answered. */
  controls: readonly { at: number; id: string; message: Json; status: number }[];
  /** Every server message. */
  webhooks: readonly SentMessage[];
  /** Change at any time. */
  faults: VapiFaults;
  pace: Pace;
  credential: WebhookCredential;
  orgServer: ServerSetting | undefined;
  /** Every call that was connected, oldest first. */
  all: readonly LiveCall[];
  assistant(assistant: LabAssistant): LabAssistant;
  number(number: LabNumber): LabNumber;
  /** A SIP INVITE reaches the service. */
  invite(invite: Invite): Promise<void>;
  /** All transport sockets die without a close frame. */
  dropSockets(): void;
  close(): Promise<void>;
};

/** Starts a twin: REST, control URLs, transport sockets and the sender of server messages, on one port. */
export async function startVapiTwin(options: VapiTwinOptions = {}): Promise<VapiTwin> {
  const host = options.host ?? "127.0.0.1";
  const ticker = new Ticker();
  const clock = new AudioClock(() => performance.now());
  const faults = { ...noFaults(), ...options.faults };
  const pace = { ...PACE, ...options.pace };
  const webhooks = new Webhooks(faults, () => twin.credential);
  const calls = new Calls({
    base: () => twin.url,
    socketBase: () => twin.url.replace(/^http/u, "ws"),
    ticker,
    webhooks,
    faults,
    pace,
    orgServer: () => twin.orgServer,
  });
  const server = createServer();
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  const twin: VapiTwin = {
    port: 0,
    url: "",
    apiKey: options.apiKey ?? "vapi-lab-key",
    calls,
    requests: [],
    controls: [],
    webhooks: webhooks.sent,
    faults,
    pace,
    credential: options.credential ?? { kind: "none" },
    orgServer: options.orgServer,
    all: calls.all,
    assistant: (assistant) => calls.assistants.put(assistant),
    number: (number) => calls.numbers.put(number),
    invite: (invite) => calls.invite(invite),
    dropSockets: () => {
      for (const socket of sockets.clients) socket.terminate();
    },
    close: () =>
      close(twin, server, () => {
        ticker.stop();
        clock.close();
      }),
  };
  serveHttp(twin, server);
  serveSockets(twin, server, { sockets, clock });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, host, resolve));
  twin.port = (server.address() as AddressInfo).port;
  twin.url = `http://${host}:${twin.port}`;
  return twin;
}

async function close(twin: VapiTwin, server: Server, stop: () => void): Promise<void> {
  for (const call of twin.calls.live.values()) call.end("call-deleted");
  stop();
  twin.dropSockets();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

function serveHttp(twin: VapiTwin, server: Server): void {
  server.on("request", (request, response) => {
    serve(twin, request, response).catch(
      // The client went away in the middle of its request; there is nobody left to answer.
      () => response.destroy(),
    );
  });
}

function serveSockets(
  twin: VapiTwin,
  server: Server,
  { sockets, clock }: { sockets: WebSocketServer; clock: AudioClock },
): void {
  server.on("upgrade", (request, socket, head) => {
    const id = /^\/([\w-]+)\/transport$/u.exec(request.url ?? "")?.[1];
    if (id === undefined) return socket.destroy();
    sockets.handleUpgrade(request, socket, head, (ws) => {
      const line = new SocketLine(ws, clock, twin.faults);
      const call = twin.calls.connect(id, line, (message) => ws.send(JSON.stringify(message)));
      if (call === undefined) return ws.close(1008, "no such call");
      ws.on("message", (data, isBinary) => {
        const message: unknown = isBinary ? undefined : JSON.parse((data as Buffer).toString());
        if (isJson(message)) call.obey(message);
      });
      ws.on("close", () => {
        line.close();
        call.end("customer-ended-call");
      });
      // A reset connection is followed by `close`, where the call ends.
      ws.on("error", () => ws.terminate());
      return undefined;
    });
    return undefined;
  });
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function serve(twin: VapiTwin, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname } = new URL(request.url ?? "/", "http://twin");
  const body = await bodyOf(request);
  const control = /^\/([\w-]{36})-([0-9a-f]{24})\/control$/u.exec(pathname);
  if (control !== null) return answer(response, await controlled(twin, pathname, control[1] ?? "", body));
  const authorized = request.headers.authorization === `Bearer ${twin.apiKey}`;
  const seen: RestRequest = {
    at: performance.timeOrigin + performance.now(),
    method: request.method ?? "",
    path: pathname,
    body,
    authorized,
  };
  (twin.requests as RestRequest[]).push(seen);
  if (!authorized)
    return answer(
      response,
      refusal(401, "Invalid Key. Hot tip, you may be using the private key instead of the public key, or vice versa."),
    );
  return answer(response, await rest(twin, seen));
}

async function controlled(twin: VapiTwin, path: string, id: string, message: Json): Promise<RestAnswer> {
  const { faults, calls } = twin;
  if (faults.controlDelayMs > 0) await pause(faults.controlDelayMs);
  const call = calls.live.get(id);
  const mine = call?.record.controlUrl.endsWith(path) === true;
  const status = faults.controlStatus > 0 ? faults.controlStatus : !mine ? 404 : call.obey(message) ? 200 : 400;
  (twin.controls as { at: number; id: string; message: Json; status: number }[]).push({
    at: performance.timeOrigin + performance.now(),
    id,
    message,
    status,
  });
  return status === 200 ? { status, body: {} } : refusal(status, "The call cannot be controlled.");
}

async function rest(twin: VapiTwin, { method, path, body }: RestRequest): Promise<RestAnswer> {
  const { calls, faults } = twin;
  const [, kind = "", id] = path.split("/");
  if (kind === "assistant") return calls.assistants.answer(method, id, body);
  if (kind === "phone-number") return calls.numbers.answer(method, id, body);
  if (kind === "tool") return calls.tools.answer(method, id, body);
  if (kind !== "call") return refusal(404, `Cannot ${method} ${path}`);
  if (id !== undefined) {
    const record = calls.records.get(id);
    return record === undefined ? refusal(404, "Couldn't find call") : { status: 200, body: callJson(record) };
  }
  if (method === "GET") return { status: 200, body: [...calls.records.values()].map((record) => callJson(record)) };
  if (faults.createDelayMs > 0) await pause(faults.createDelayMs);
  if (faults.createStatus > 0) return refusal(faults.createStatus, "The twin was told to refuse.");
  return calls.create(body);
}
