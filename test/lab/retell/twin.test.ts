import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import Retell, { verify } from "retell-sdk";
import { afterEach, expect, test } from "vitest";
import { type RawData, WebSocket, WebSocketServer } from "ws";
import { clip } from "../../../lab/audio/clips.ts";
import { disputeBrain } from "../../../lab/openai/dispute-brain.ts";
import type { ResponseEngine, RetellAgent } from "../../../lab/retell/agent.ts";
import { signatureFor } from "../../../lab/retell/signature.ts";
import { type RetellTwin, type RetellTwinOptions, startRetellTwin } from "../../../lab/retell/twin.ts";
import { SipDouble } from "./sip-double.ts";

const open: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close();
});

type Seen = { path: string; body: Record<string, unknown>; raw: string; signature: string };
type Customer = { url: string; seen: Seen[]; status: number; next(fits: (each: Seen) => boolean): Promise<Seen> };

/** The customer's own server: takes webhooks and functions. */
async function customer(): Promise<Customer> {
  const waiting = new Set<() => void>();
  const self: Customer = {
    url: "",
    seen: [],
    status: 204,
    next: async (fits) => {
      for (;;) {
        const found = self.seen.find(fits);
        if (found !== undefined) return found;
        await new Promise<void>((wake) => waiting.add(wake));
      }
    },
  };
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const raw = Buffer.concat(chunks).toString();
      const signature = String(request.headers["x-retell-signature"]);
      self.seen.push({ path: request.url ?? "", body: JSON.parse(raw) as Record<string, unknown>, raw, signature });
      response.writeHead(request.url === "/hook" ? self.status : 200).end(request.url === "/hook" ? "" : "Noted.");
      for (const wake of waiting) wake();
      waiting.clear();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  open.push(() => {
    server.closeAllConnections();
    server.close();
  });
  self.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return self;
}

const hosted = (url: string, functions: string[] = []): ResponseEngine => ({
  type: "retell-llm",
  llm_id: "llm_1",
  prompt: "Help.",
  begin_message: "Hello, how can I help?",
  functions: functions.map((name) => ({ name, url: `${url}/functions/${name}`, speak_after_execution: false })),
  brain: disputeBrain,
});

async function start(
  engine: ResponseEngine,
  more: Partial<RetellAgent> = {},
  options: Partial<RetellTwinOptions> = {},
) {
  const sip = new SipDouble();
  const agent: RetellAgent = {
    agent_id: "agent_1",
    agent_name: "Front desk",
    version: 1,
    response_engine: engine,
    ...more,
  };
  const twin = await startRetellTwin({ sip, agents: [agent], pace: { asrMs: 5, ttfaMs: 5, ttsMs: 5 }, ...options });
  open.push(() => twin.close());
  const client = new Retell({ apiKey: twin.apiKey, baseURL: twin.url, maxRetries: 0 });
  return { sip, twin, client };
}

async function connect({ sip, client }: { sip: SipDouble; client: Retell }) {
  const call = await client.call.registerPhoneCall({ agent_id: "agent_1", metadata: { a: 1 } });
  return { id: call.call_id, party: sip.dial(`sip:${call.call_id}@sip.retellai.com`) };
}

const itemsOf = (twin: RetellTwin, id: string) => twin.calls.get(id)?.transcript.items ?? [];

const closeCode = (socket: WebSocket): Promise<number> => new Promise((resolve) => socket.once("close", resolve));

const until = async (fits: () => boolean): Promise<void> => {
  while (!fits()) await new Promise((resolve) => setTimeout(resolve, 5));
};

test("signs as the vendor's own library verifies", async () => {
  expect(signatureFor('{"event":"call_started"}', "key_test", 1_700_000_000_000)).toBe(
    "v=1700000000000,d=a65c1dbdd803b142ecf433784069f7dab8db2038c440e0dfa3d211f36cc90fb9",
  );
  const body = '{"event":"call_ended"}';
  expect(await verify(body, "key", signatureFor(body, "key", Date.now()))).toBe(true);
  expect(await verify(`${body} `, "key", signatureFor(body, "key", Date.now()))).toBe(false);
});

test("a hosted call: greets, hears, calls the function with a signature, tells its life, and is analysed", async () => {
  const shop = await customer();
  const world = await start(hosted(shop.url, ["escalate_to_human"]), { webhook_url: `${shop.url}/hook` });
  const { id, party } = await connect(world);
  await until(() => party.said.length === 1);
  party.spokenTo(clip("real-person").audio);
  const asked = await shop.next(({ path }) => path === "/functions/escalate_to_human");
  expect(asked.body["name"]).toBe("escalate_to_human");
  expect(asked.body["call"]).toMatchObject({ call_id: id, call_status: "ongoing", metadata: { a: 1 } });
  expect(await verify(asked.raw, world.twin.apiKey, asked.signature)).toBe(true);
  await until(() => itemsOf(world.twin, id).some(({ role }) => role === "tool_call_result"));
  expect(itemsOf(world.twin, id).map(({ role }) => role)).toEqual([
    "agent",
    "user",
    "tool_call_invocation",
    "tool_call_result",
  ]);
  party.leave();
  const analysed = await shop.next(({ body }) => body["event"] === "call_analyzed");
  expect(shop.seen.filter(({ path }) => path === "/hook").map(({ body }) => body["event"])).toEqual([
    "call_started",
    "call_ended",
    "call_analyzed",
  ]);
  expect(analysed.body["call"]).toMatchObject({
    disconnection_reason: "user_hangup",
    call_analysis: { in_voicemail: false },
  });
});

test("steering a live call: context is injected and spoken about; not while the caller speaks; not before or after", async () => {
  const { twin, client, sip } = await start(hosted("http://127.0.0.1:1"));
  const order = { call_control: { additional_context: 'Say exactly: "One moment please."', trigger_response: true } };
  const registered = await client.call.registerPhoneCall({ agent_id: "agent_1" });
  await expect(client.call.updateLive(registered.call_id, order)).rejects.toMatchObject({ status: 422 });
  const party = sip.dial(`sip:${registered.call_id}@sip.retellai.com`);
  await until(() => party.said.length === 1);
  expect(await client.call.updateLive(registered.call_id, order)).toEqual({ success: true });
  await until(() =>
    itemsOf(twin, registered.call_id).some((item) => "content" in item && item.content === "One moment please."),
  );
  party.spokenTo(clip("real-person").audio, 0);
  const spoken = party.said.length;
  await client.call.updateLive(registered.call_id, order);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(party.said.length).toBe(spoken);
  await client.call.stop(registered.call_id);
  expect(party.hungUp).toBe(true);
  await expect(client.call.stop(registered.call_id)).rejects.toMatchObject({ status: 422 });
  expect(await client.call.retrieve(registered.call_id)).toMatchObject({ disconnection_reason: "manual_stopped" });
});

test("what is wrong with a request is answered as the vendor does", async () => {
  const { twin, client } = await start(hosted("http://127.0.0.1:1"));
  const stranger = new Retell({ apiKey: "wrong", baseURL: twin.url, maxRetries: 0 });
  await expect(stranger.call.retrieve("x")).rejects.toMatchObject({ status: 401 });
  await expect(client.call.retrieve("call_unknown")).rejects.toMatchObject({ status: 422 });
  await expect(client.call.registerPhoneCall({ agent_id: "nobody" })).rejects.toMatchObject({ status: 422 });
  expect(await client.concurrency.retrieve()).toMatchObject({ current_concurrency: 0, concurrency_limit: 20 });
  twin.faults.rest.push({ path: "register", status: 429, times: 1 });
  const limited = await client.call.registerPhoneCall({ agent_id: "agent_1" }).catch((error: unknown) => error);
  expect(limited).toMatchObject({ status: 429 });
  expect((limited as { headers: Headers }).headers.get("ratelimit-remaining")).toBe("0");
});

test("a registered call that nobody dials is over, and its address answers no more", async () => {
  const shop = await customer();
  const { client, sip } = await start(hosted(shop.url), { webhook_url: `${shop.url}/hook` }, { registerMs: 30 });
  const { call_id } = await client.call.registerPhoneCall({ agent_id: "agent_1" });
  await shop.next(({ body }) => body["event"] === "call_analyzed");
  expect(shop.seen.map(({ body }) => body["event"])).toEqual(["call_ended", "call_analyzed"]);
  expect(await client.call.retrieve(call_id)).toMatchObject({
    call_status: "not_connected",
    disconnection_reason: "registered_call_timeout",
  });
  expect(() => sip.dial(`sip:${call_id}@sip.retellai.com`)).toThrow("does not answer");
});

test("webhooks: again until they are confirmed, doubled, out of order and lost when told", async () => {
  const shop = await customer();
  shop.status = 500;
  const world = await start(hosted(shop.url), { webhook_url: `${shop.url}/hook` });
  const { party } = await connect(world);
  await until(() => shop.seen.length >= 2);
  expect(shop.seen.every(({ body }) => body["event"] === "call_started")).toBe(true);
  shop.status = 204;
  await until(() => world.twin.webhooks.some(({ status }) => status === 204));
  shop.seen.length = 0;
  Object.assign(world.twin.faults, { webhookCopies: 1, webhookReorder: new Set(["call_ended"]) });
  party.leave();
  await until(() => shop.seen.length === 4);
  const order = shop.seen.map(({ body }) => body["event"]);
  expect(order.slice(0, 2)).toEqual(["call_analyzed", "call_analyzed"]);
  expect(order.slice(2)).toEqual(["call_ended", "call_ended"]);
});

test("watchers: not before the call lives, five at most, only with the key, a snapshot first and the end last", async () => {
  const world = await start(hosted("http://127.0.0.1:1"));
  const { id, party } = await connect(world);
  const watch = (call: string, key = world.twin.apiKey): WebSocket => {
    const socket = new WebSocket(`${world.twin.url.replace("http", "ws")}/v2/monitor-call/${call}`, {
      headers: { Authorization: `Bearer ${key}` },
    });
    open.push(() => socket.terminate());
    return socket;
  };
  expect(await closeCode(watch(id, "wrong"))).toBe(4001);
  const { call_id: idle } = await world.client.call.registerPhoneCall({ agent_id: "agent_1" });
  expect(await closeCode(watch(idle))).toBe(4004);
  const watchers = Array.from({ length: 5 }, () => watch(id));
  const messages: { type: string }[] = [];
  watchers[0]?.on("message", (data: RawData) =>
    messages.push(JSON.parse((data as Buffer).toString()) as { type: string }),
  );
  await Promise.all(watchers.map((socket) => new Promise((resolve) => socket.once("message", resolve))));
  expect(await closeCode(watch(id))).toBe(4008);
  party.spokenTo(clip("real-person").audio);
  await until(() => messages.some(({ type }) => type === "transcript_updated"));
  party.leave();
  expect(await closeCode(watchers[0] as WebSocket)).toBe(1000);
  expect(messages.at(0)?.type).toBe("transcript_snapshot");
  expect(messages.at(-1)?.type).toBe("call_ended");
});

type ModelSide = {
  url: string;
  sockets: WebSocket[];
  paths: string[];
  received: Record<string, unknown>[];
  send(message: unknown): void;
};

async function modelSide(): Promise<ModelSide> {
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  await new Promise((resolve) => server.once("listening", resolve));
  open.push(() => {
    for (const socket of server.clients) socket.terminate();
    server.close();
  });
  const self: ModelSide = {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/llm/secret/`,
    sockets: [],
    paths: [],
    received: [],
    send: (message) => self.sockets.at(-1)?.send(JSON.stringify(message)),
  };
  server.on("connection", (socket, request) => {
    self.sockets.push(socket);
    self.paths.push(request.url ?? "");
    socket.on("message", (data: RawData) =>
      self.received.push(JSON.parse((data as Buffer).toString()) as Record<string, unknown>),
    );
  });
  return self;
}

test("a model of the customer's: opening words, newest request only, interrupts word for word, hangs up after its last words", async () => {
  const model = await modelSide();
  const world = await start({ type: "custom-llm", llm_websocket_url: model.url });
  const { id, party } = await connect(world);
  await until(() => model.sockets.length === 1);
  expect(model.paths).toEqual([`/llm/secret/${id}`]);
  const say = (response_id: number, content: string, more = {}) =>
    model.send({ response_type: "response", response_id, content, content_complete: true, ...more });
  const heard = () => itemsOf(world.twin, id).flatMap((item) => (item.role === "agent" ? [item.content] : []));
  say(0, "Good morning.");
  await until(() => heard().includes("Good morning."));
  party.spokenTo(clip("real-person").audio);
  await until(() => model.received.some((each) => each["interaction_type"] === "response_required"));
  say(0, "Too old.");
  model.send({ response_type: "response", response_id: "1", content: "Wrong type.", content_complete: true });
  model.send({ response_type: "agent_interrupt", interrupt_id: 1, content: "Listen to this.", content_complete: true });
  await until(() => heard().includes("Listen to this."));
  say(1, "Cancelled by the interrupt.");
  model.send({ response_type: "tool_call_invocation", tool_call_id: "t", name: "escalate_to_human", arguments: "{}" });
  model.send({
    response_type: "agent_interrupt",
    interrupt_id: 2,
    content: "Goodbye.",
    content_complete: true,
    end_call: true,
  });
  await until(() => party.hungUp);
  expect(heard()).toEqual(["Good morning.", "Listen to this.", "Goodbye."]);
  expect(itemsOf(world.twin, id).some(({ role }) => role === "tool_call_invocation")).toBe(true);
  expect(world.twin.calls.get(id)?.reason).toBe("agent_hangup");
});

test("a model's socket that is lost is opened again only when that was asked for; a binary frame ends the call", async () => {
  const model = await modelSide();
  const world = await start({ type: "custom-llm", llm_websocket_url: model.url });
  const { id } = await connect(world);
  await until(() => model.sockets.length === 1);
  model.send({ response_type: "config", config: { auto_reconnect: true, call_details: true } });
  await until(() => model.received.some((each) => each["interaction_type"] === "call_details"));
  model.sockets[0]?.terminate();
  await until(() => model.sockets.length === 2);
  expect(world.twin.calls.get(id)?.ongoing).toBe(true);
  model.sockets[1]?.send(Buffer.from([1, 2, 3]));
  await until(() => world.twin.calls.get(id)?.ongoing === false);
  expect(world.twin.calls.get(id)?.reason).toBe("error_llm_websocket_corrupt_payload");
  const second = await connect(world);
  await until(() => model.sockets.length === 3);
  model.sockets[2]?.terminate();
  await until(() => world.twin.calls.get(second.id)?.ongoing === false);
  expect(world.twin.calls.get(second.id)?.reason).toBe("error_llm_websocket_lost_connection");
});
