import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";

import { type WebSocket, WebSocketServer } from "ws";

import { Ticker } from "../openai/ticker.ts";
import type { RetellAgent } from "./agent.ts";
import { newCallId, RetellCall } from "./call.ts";
import { noFaults, type RetellFaults } from "./faults.ts";
import type { Pace } from "./line.ts";
import { MonitorRoom } from "./monitor.ts";
import { answerRest, type RestContext } from "./rest.ts";
import type { PhoneNetwork, SipNetwork, SipParty } from "./sip.ts";
import { TwinLog } from "./twin-log.ts";
import { type SentWebhook, Webhooks } from "./webhooks.ts";
import type { World } from "./world.ts";

export type RetellTwinOptions = {
  /** How calls reach it. */
  sip: SipNetwork;
  /** Where its own carrier dials from the numbers it hosts; absent: it hosts none. */
  network?: PhoneNetwork;
  agents?: readonly RetellAgent[];
  apiKey?: string;
  port?: number;
  host?: string;
  pace?: Partial<Pace>;
  /** Five minutes at the vendor. */
  registerMs?: number;
  concurrencyLimit?: number;
};

/** A running twin of Retell: REST, webhooks, custom functions, model sockets, monitor sockets, and agents that hear and speak. */
export type RetellTwin = {
  port: number;
  /** For `RETELL_API_URL`. */
  url: string;
  apiKey: string;
  agents: Map<string, RetellAgent>;
  /** Every call there was, by id, oldest first. */
  calls: ReadonlyMap<string, RetellCall>;
  faults: RetellFaults;
  /** Change at any time. */
  pace: Pace;
  webhooks: readonly SentWebhook[];
  log: TwinLog;
  /** Somebody calls a number that the vendor hosts, and its agent answers. */
  take(incoming: Incoming): RetellCall;
  /** The model and monitor sockets of all calls die without a close frame. */
  dropMonitors(): void;
  close(): Promise<void>;
};

const FIVE_MINUTES_MS = 300_000;
const addressOf = (call: RetellCall): string => `sip:${call.id}@sip.retellai.com`;

export async function startRetellTwin(options: RetellTwinOptions): Promise<RetellTwin> {
  const host = options.host ?? "127.0.0.1";
  const calls = new Map<string, RetellCall>();
  const agents = new Map((options.agents ?? []).map((agent) => [agent.agent_id, agent]));
  const world = createWorld(options, () => twin.faults);
  const server = createServer();
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  const twin: RetellTwin = {
    port: 0,
    url: "",
    apiKey: world.apiKey,
    agents,
    calls,
    faults: noFaults(),
    pace: world.pace,
    webhooks: world.webhooks.sent,
    log: world.log,
    take: (incoming) => takeCall(incoming, { world, agents, calls }),
    dropMonitors: () => {
      for (const call of calls.values()) call.monitors.drop();
    },
    close: async () => {
      world.ticker.stop();
      for (const socket of sockets.clients) socket.terminate();
      for (const call of calls.values()) call.abandon();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  const context: RestContext = {
    world,
    agents,
    calls,
    concurrencyLimit: options.concurrencyLimit ?? 20,
    registered: (call) => options.sip.answerAt(addressOf(call), (party) => call.answer(party)),
  };
  server.on("request", (request, response) => {
    // The client went away in the middle of its request; there is nobody left to answer.
    answerRest(request, response, context).catch(() => response.destroy());
  });
  server.on("upgrade", (request, socket: Duplex, head) =>
    sockets.handleUpgrade(request, socket, head, (ws) => watch(ws, request, { world, calls })),
  );
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, host, resolve));
  twin.port = (server.address() as AddressInfo).port;
  twin.url = `http://${host}:${twin.port}`;
  return twin;
}

type Incoming = {
  readonly agent: string;
  readonly from: string;
  readonly to: string;
  readonly party: SipParty;
};

function takeCall(
  { agent, from, to, party }: Incoming,
  { world, agents, calls }: Pick<RestContext, "world" | "agents" | "calls">,
): RetellCall {
  const known = agents.get(agent);
  if (known === undefined) throw new Error(`there is no agent ${agent}`);
  const registration = { call_id: newCallId(), direction: "inbound", from_number: from, to_number: to } as const;
  const call = new RetellCall(world, known, { ...registration, hosted: true });
  calls.set(call.id, call);
  call.answer(party);
  return call;
}

function createWorld(options: RetellTwinOptions, faults: () => RetellFaults): World {
  const ticker = new Ticker();
  const apiKey = options.apiKey ?? "key_lab_retell_0123456789";
  return {
    ticker,
    apiKey,
    pace: { endpointMs: 500, asrMs: 200, ttfaMs: 450, ttsMs: 250, ...options.pace },
    webhooks: new Webhooks({ ticker, apiKey, faults }),
    log: new TwinLog(),
    registerMs: options.registerMs ?? FIVE_MINUTES_MS,
    ...(options.network !== undefined && { network: options.network }),
    faults,
    monitorRoom: () => new MonitorRoom(ticker, faults),
    withdraw: (call) => options.sip.withdraw(addressOf(call)),
  };
}

/** Somebody wants to watch a call: let in, or closed with the reason why not. */
function watch(
  socket: WebSocket,
  request: IncomingMessage,
  { world, calls }: { world: World; calls: ReadonlyMap<string, RetellCall> },
): void {
  const call = calls.get(watchedCall(request) ?? "");
  world.log.add({ kind: "monitor", subject: call?.id ?? "", what: "upgrade", data: {} });
  if (request.headers.authorization !== `Bearer ${world.apiKey}`) socket.close(4001, "unauthorized");
  else if (call === undefined) socket.close(4004, "call_not_live");
  else call.monitors.join(socket, { ongoing: call.ongoing, items: call.transcript.items });
}

function watchedCall(request: IncomingMessage): string | undefined {
  return /^\/v2\/monitor-call\/([^/?]+)$/u.exec((request.url ?? "").split("?")[0] ?? "")?.[1];
}
