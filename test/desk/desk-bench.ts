import { createServer, type IncomingMessage } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { vi } from "vitest";
import { WebSocket } from "ws";
import { createNumbers } from "../../src/config/create-numbers.ts";
import { loadConfig } from "../../src/config/load-config.ts";
import { createDeskHub } from "../../src/desk/desk-hub.ts";
import type { Admission } from "../../src/desk/desk-deps.ts";
import { AgentId, EscalationId, NodeId, OfferId, OwnerToken, QueueId, type CallId } from "../../src/domain/ids.ts";
import { EpochMs } from "../../src/domain/time.ts";
import { decide } from "../../src/handoff/decide.ts";
import { defaultPolicy } from "../../src/handoff/policy.ts";
import type { AgentProfile } from "../../src/ports/directory.ts";
import type { Ids } from "../../src/ports/ids.ts";
import type { StoredPacket } from "../../src/ports/conversations.ts";
import { DESK_SUBPROTOCOL, serverFrame, type ServerFrame } from "../../src/protocol/desk-frames.ts";
import { createCaseLoop } from "../../src/runtime/case-loop.ts";
import { createMemoryConversations } from "../../src/stores/memory/conversations.ts";
import { createMemoryDirectory } from "../../src/stores/memory/directory.ts";
import { createMemoryJournal } from "../../src/stores/memory/journal.ts";
import { createMemoryPresence } from "../../src/stores/memory/presence.ts";
import { fakeClock } from "../stores/fake-clock.ts";
import { silentLog } from "../stores/values.ts";
import { beginOffer, noteReservations } from "./begin-offer.ts";

export const DANA: AgentProfile = {
  id: AgentId("dana"),
  name: "Dana",
  skills: ["disputes"],
  queues: [QueueId("disputes")],
  languages: ["en"],
  device: { kind: "phone", address: "+15005550111" },
};
/** No right to the disputes queue. */
export const GENE: AgentProfile = {
  ...DANA,
  id: AgentId("gene"),
  name: "Gene",
  skills: [],
  queues: [QueueId("general")],
};
/** Answers in the browser. */
export const SOFIA: AgentProfile = {
  ...DANA,
  id: AgentId("sofia"),
  name: "Sofia",
  device: { kind: "softphone", address: "client:sofia" },
};

export const packetOf = (escalation: string, version: number, summary = "a charge"): StoredPacket => ({
  escalation: EscalationId(escalation),
  version,
  hash: String(version % 10).repeat(64),
  json: JSON.stringify({ escalationId: escalation, version, intent: { name: "billing-dispute", summary } }),
});

let minted = 0;
const mint = (): string => `id-${(minted += 1)}`;
const ids = {
  escalation: () => EscalationId(mint()),
  offer: () => OfferId(mint()),
  token: () => OwnerToken(mint()),
  callback: () => mint(),
  reference: () => "K7Q4MD",
} as Ids;

/** The hub on a real server, the real case loop on memory stores; effects are not performed, time is by hand. */
export async function deskBench() {
  const clock = fakeClock(1_000_000);
  const journal = createMemoryJournal();
  const conversations = createMemoryConversations((caseId) => journal.escalationsOf(caseId));
  const directory = createMemoryDirectory([DANA, GENE, SOFIA]);
  const presence = createMemoryPresence({ clock, log: silentLog });
  const cases = createCaseLoop({
    journal,
    clock,
    ids,
    node: NodeId("n1"),
    decide,
    shared: false,
    policy: defaultPolicy,
    callbackDueMs: 900_000,
    log: silentLog,
  });
  const asked = noteReservations(cases);
  const config = await loadConfig("config");
  if (!config.ok) throw new Error(config.problems.join("\n"));
  const elsewhere = { desks: new Set<string>(), asked: [] as string[] };
  const deps = {
    cases,
    journal,
    conversations,
    directory,
    presence,
    numbers: createNumbers(config.config.routing),
    admit: admitByQuery,
    hasDeskElsewhere: async (agent: string) => {
      elsewhere.asked.push(agent);
      return elsewhere.desks.has(agent);
    },
    clock,
    log: silentLog,
  };
  const hub = createDeskHub(deps);
  const server = createServer((_request, response) => response.writeHead(404).end());
  server.on("upgrade", (request, socket, head) => {
    if (!hub.upgrade(request, socket, head)) socket.destroy();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const tabs: WebSocket[] = [];

  return {
    clock,
    cases,
    journal,
    conversations,
    directory,
    presence,
    hub,
    port,
    deps,
    /** Agents with a desk on another node, and of whom it was asked. */
    elsewhere,
    /** Opens a tab and awaits its `hello`. */
    async sit(agent: string, options: { readonly autoPong?: boolean } = {}): Promise<Tab> {
      const tab = openTab(port, agent, options);
      tabs.push(tab.socket);
      await tab.next("hello");
      return tab;
    },
    /** A case of the disputes queue, decided, and its agent reserved: an open offer. */
    async openOffer(agent: AgentProfile = DANA, name = `E${mint()}`) {
      const { call, escalation, offer } = await beginOffer(cases, asked, agent, name);
      const packet = packetOf(name, 1);
      await conversations.savePacket(packet);
      const acceptBy = EpochMs(clock.now() + 12_000);
      return {
        escalation,
        offer,
        call,
        packet,
        show: () => hub.desk.offer({ agent: agent.id, escalation, offer, packet, acceptBy }),
      };
    },
    async events(call: CallId): Promise<string[]> {
      return (await journal.entries(call)).map(({ event }) => event.kind);
    },
    until: <T>(check: () => T | Promise<T>): Promise<T> => vi.waitFor(check, { timeout: 5_000, interval: 5 }),
    async close(): Promise<void> {
      for (const socket of tabs) socket.terminate();
      hub.close();
      cases.close();
      presence.close();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

export type DeskBench = Awaited<ReturnType<typeof deskBench>>;

const admitByQuery = (request: IncomingMessage): Admission => {
  const agent = new URL(request.url ?? "/", "http://desk").searchParams.get("agent");
  if (agent === null) return { ok: false, status: 401, why: "no key" };
  return agent === "nobody" ? { ok: false, status: 403, why: "not yours" } : { ok: true, agent: AgentId(agent) };
};

export type Tab = {
  readonly socket: WebSocket;
  readonly frames: ServerFrame[];
  /** The next frame of this type that was not asked for before. */
  next<T extends ServerFrame["type"]>(type: T): Promise<Extract<ServerFrame, { type: T }>>;
  send(frame: object | string | Buffer): void;
  /** Everything sent before has been obeyed. */
  settled(): Promise<void>;
  closed: Promise<number>;
};

export function openTab(port: number, agent: string, options: { readonly autoPong?: boolean } = {}): Tab {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/desk/socket?agent=${agent}`, DESK_SUBPROTOCOL, options);
  const frames: ServerFrame[] = [];
  const unread: ServerFrame[] = [];
  let wake: (() => void) | undefined;
  socket.on("message", (data: Buffer) => {
    // Every frame that leaves the hub is one of the protocol's.
    const frame = serverFrame.parse(JSON.parse(data.toString("utf8")));
    frames.push(frame);
    unread.push(frame);
    wake?.();
  });
  const tab: Tab = {
    socket,
    frames,
    async next(type) {
      for (;;) {
        const index = unread.findIndex((frame) => frame.type === type);
        if (index >= 0) return unread.splice(index, 1)[0] as never;
        await new Promise<void>((resolve, reject) => {
          wake = resolve;
          socket.once("close", () => reject(new Error(`the socket closed before a frame ${type}`)));
          socket.once("error", reject);
        });
      }
    },
    send: (frame) => socket.send(typeof frame === "string" || Buffer.isBuffer(frame) ? frame : JSON.stringify(frame)),
    async settled() {
      const ref = `sync-${mint()}`;
      tab.send({ type: "decline", offerId: ref });
      for (;;) if ((await tab.next("error")).ref === ref) return;
    },
    closed: new Promise((resolve) => socket.once("close", resolve)),
  };
  return tab;
}
