import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { AgentId, EscalationId, LegId } from "../../../src/domain/ids.ts";
import type { AgentProfile } from "../../../src/ports/directory.ts";
import type { Telephony } from "../../../src/ports/telephony.ts";
import { createMemoryDirectory } from "../../../src/stores/memory/directory.ts";
import { createTwilioTelephony } from "../../../src/vendors/twilio/telephony.ts";
import { fakeClock } from "../../stores/fake-clock.ts";
import { silentLog } from "../../support/silent-log.ts";
import { AGENT_LEG, CALL, CALLER_LEG, closeServer, OFFER, START } from "./gateway.ts";

const ACCOUNT = `AC${"0".repeat(32)}`;
const NUMBER = "+15550100100";
const PHONE = "+15550100200";
const BASE = `/2010-04-01/Accounts/${ACCOUNT}`;

type Asked = { method: string; path: string; query: URLSearchParams; form: URLSearchParams };
/** A status and a body, or nothing at all. */
type Reply = { status: number; body: unknown } | "hang" | "break";

let asked: Asked[];
let replies: (ask: Asked) => Reply;
let telephony: Telephony;
let closing: () => Promise<void>;

/** Twilio's REST API as far as one answer goes: what it is asked is kept, what it says is the test's. */
async function onRequest(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const url = new URL(request.url ?? "", "http://h");
  const ask: Asked = {
    method: request.method ?? "",
    path: url.pathname.replace(BASE, ""),
    query: url.searchParams,
    form: new URLSearchParams(Buffer.concat(parts).toString("utf8")),
  };
  asked.push(ask);
  const reply = replies(ask);
  if (reply === "break") return void request.socket.destroy();
  if (reply === "hang") return;
  response.writeHead(reply.status, { "content-type": "application/json" });
  response.end(typeof reply.body === "string" ? reply.body : JSON.stringify(reply.body));
}

const agent = (device: AgentProfile["device"]): AgentProfile => ({
  id: AgentId("dana"),
  name: "Dana",
  skills: [],
  queues: [],
  languages: [],
  device,
});

async function start(device: AgentProfile["device"] = { kind: "phone", address: PHONE }): Promise<void> {
  const server = createServer((request, response) => void onRequest(request, response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  closing = () => closeServer(server);
  telephony = createTwilioTelephony(
    {
      accountSid: ACCOUNT,
      authToken: "token",
      number: NUMBER,
      apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
      publicUrl: "https://gw.example.com",
    },
    { directory: createMemoryDirectory([agent(device)]), clock: fakeClock(START), log: silentLog, timeoutMs: 300 },
  );
}

beforeEach(async () => {
  asked = [];
  replies = () => ({ status: 500, body: {} });
  await start();
});
afterEach(() => closing());

const page = (name: string, items: object[]) => ({ status: 200, body: { [name]: items, next_page_uri: null } });
const lists = (...calls: object[]) => {
  replies = () => page("calls", calls);
};
const failure = (status: number, code: number): Reply => ({ status, body: { code, message: "no", status } });
const dial = (device: AgentProfile["device"] = { kind: "phone", address: PHONE }, timeoutMs = 14_500) =>
  telephony.dialAgent({
    call: CALL,
    escalation: EscalationId("esc_1"),
    offer: OFFER,
    agent: AgentId("dana"),
    device,
    timeoutMs,
  });

describe("dialling an agent", () => {
  test("rings the device once, with the offer in every URL", async () => {
    replies = () => ({ status: 201, body: { sid: AGENT_LEG, status: "queued", queue_time: "1500" } });
    expect(await dial()).toEqual({ kind: "placed", leg: AGENT_LEG, queuedMs: 1_500 });
    const [create] = asked;
    expect([asked.length, create?.method, create?.path]).toEqual([1, "POST", "/Calls.json"]);
    expect(create?.form.getAll("StatusCallbackEvent")).toEqual(["initiated", "ringing", "answered", "completed"]);
    const form = Object.fromEntries(create?.form ?? []);
    expect(form).toEqual({
      To: PHONE,
      From: NUMBER,
      Timeout: "15",
      Url: `https://gw.example.com/twilio/document/agent?call=${CALL}&offer=off_1`,
      Method: "POST",
      FallbackUrl: `https://gw.example.com/twilio/document/agent?call=${CALL}&offer=off_1`,
      FallbackMethod: "POST",
      StatusCallback: `https://gw.example.com/twilio/status/agent?call=${CALL}&offer=off_1`,
      StatusCallbackMethod: "POST",
      StatusCallbackEvent: "completed",
    });
  });

  test.each([
    ["no answer in time", "hang", { kind: "unknown", raw: "ECONNABORTED" }],
    ["a connection that breaks", "break", { kind: "unknown", raw: "ECONNRESET" }],
    ["500", failure(500, 20_500), { kind: "unknown", raw: "500/20500" }],
    ["503 that is not Twilio's", { status: 503, body: "<html>" }, { kind: "unknown", raw: "503" }],
    ["a 201 that names no call", { status: 201, body: {} }, { kind: "unknown", raw: "201 without a call" }],
    ["a 201 that is no JSON", { status: 201, body: "OK" }, { kind: "unknown", raw: "an answer that is no JSON" }],
    ["a time-out on the way", failure(408, 0), { kind: "unknown", raw: "408/0" }],
    ["too many requests", failure(429, 20_429), { kind: "later", raw: "429/20429" }],
    ["a number that is none", failure(400, 21_211), { kind: "refused", outcome: "carrier-fault", raw: "400/21211" }],
    [
      "a country that is blocked",
      failure(400, 21_215),
      { kind: "refused", outcome: "carrier-fault", raw: "400/21215" },
    ],
    ["a wrong token", failure(401, 20_003), { kind: "refused", outcome: "carrier-fault", raw: "401/20003" }],
    ["an account that is gone", failure(404, 20_404), { kind: "refused", outcome: "carrier-fault", raw: "404/20404" }],
  ] as const)("%s is asked once and named", async (_, reply, answer) => {
    replies = () => reply;
    expect(await dial()).toEqual(answer);
    expect(asked).toHaveLength(1);
  });

  test("a server that is not there is unknown", async () => {
    await closing();
    expect(await dial()).toEqual({ kind: "unknown", raw: "ECONNREFUSED" });
    await start();
  });

  test.each([
    [1_000, "5"],
    [12_001, "13"],
    [9_000_000, "600"],
  ])("%d ms of ringing are %s of Twilio's seconds", async (timeoutMs, timeout) => {
    replies = () => ({ status: 201, body: { sid: AGENT_LEG } });
    await dial(undefined, timeoutMs);
    expect(asked[0]?.form.get("Timeout")).toBe(timeout);
  });

  test.each([
    { kind: "phone", address: "911" },
    { kind: "phone", address: "+1911" },
    { kind: "phone", address: "112" },
    { kind: "phone", address: "+112" },
    { kind: "phone", address: "+19005550123" },
    { kind: "phone", address: "+449098790000" },
    { kind: "phone", address: "+4915" },
    { kind: "phone", address: "15550100200" },
    { kind: "phone", address: "sip:dana@example.com" },
    { kind: "sip", address: "sip:911@pbx.example.com" },
    { kind: "sip", address: "+15550100200" },
    { kind: "softphone", address: "sip:dana@example.com" },
    { kind: "softphone", address: "client:dana?to=+19005550123" },
  ] as const)("$kind $address is never dialled, whoever configured it", async (device) => {
    await closing();
    await start(device);
    expect(await dial(device)).toEqual({ kind: "refused", outcome: "carrier-fault", raw: "forbidden-destination" });
    expect(asked).toEqual([]);
  });

  test.each([
    [{ kind: "sip", address: "sip:101@pbx.example.com;transport=tls" }, "sip:101@pbx.example.com;transport=tls"],
    [{ kind: "softphone", address: "client:dana" }, "client:dana"],
    [{ kind: "softphone", address: "dana" }, "client:dana"],
  ] as const)("%o is dialled as %s", async (device, to) => {
    await closing();
    await start(device);
    replies = () => ({ status: 201, body: { sid: AGENT_LEG } });
    expect((await dial(device)).kind).toBe("placed");
    expect(asked[0]?.form.get("To")).toBe(to);
  });

  test("an address that is not the agent's own is never dialled", async () => {
    expect((await dial({ kind: "phone", address: "+15550100201" })).kind).toBe("refused");
    expect((await dial({ kind: "softphone", address: PHONE })).kind).toBe("refused");
    expect(asked).toEqual([]);
  });
});

describe("ending and refreshing a leg", () => {
  test("a leg is ended in any phase", async () => {
    replies = () => ({ status: 200, body: { sid: AGENT_LEG, status: "completed" } });
    expect(await telephony.endLeg(AGENT_LEG)).toEqual({ kind: "done" });
    expect(asked).toMatchObject([{ method: "POST", path: `/Calls/${AGENT_LEG}.json` }]);
    expect(Object.fromEntries(asked[0]?.form ?? [])).toEqual({ Status: "completed" });
  });

  test("one that Twilio still keeps in its queue is cancelled", async () => {
    replies = ({ form }) =>
      form.get("Status") === "canceled" ? { status: 200, body: { sid: AGENT_LEG } } : failure(400, 21_220);
    expect(await telephony.endLeg(AGENT_LEG)).toEqual({ kind: "done" });
  });

  test.each([
    ["over for a moment", failure(400, 21_220), { kind: "gone", raw: "400/21220" }],
    ["over for long", failure(404, 20_404), { kind: "gone", raw: "404/20404" }],
    ["not ours", failure(401, 20_003), { kind: "refused", raw: "401/20003" }],
    ["answered by nobody", "hang", { kind: "unknown", raw: "ECONNABORTED" }],
    ["answered with 500", failure(500, 0), { kind: "unknown", raw: "500/0" }],
    ["put off", failure(429, 20_429), { kind: "unknown", raw: "429/20429" }],
  ] as const)("a leg that is %s", async (_, reply, answer) => {
    replies = () => reply;
    expect(await telephony.endLeg(AGENT_LEG)).toEqual(answer);
    expect(await telephony.refreshLeg({ call: CALL, leg: CALLER_LEG, party: "caller" })).toEqual(answer);
  });

  test("a leg asks for its own document again", async () => {
    replies = () => ({ status: 200, body: { sid: CALLER_LEG } });
    expect(await telephony.refreshLeg({ call: CALL, leg: CALLER_LEG, party: "caller" })).toEqual({ kind: "done" });
    expect(await telephony.refreshLeg({ call: CALL, leg: AGENT_LEG, party: "agent", offer: OFFER })).toEqual({
      kind: "done",
    });
    expect(asked.map(({ path, form }) => [path, form.get("Url")])).toEqual([
      [`/Calls/${CALLER_LEG}.json`, "https://gw.example.com/twilio/document/caller"],
      [`/Calls/${AGENT_LEG}.json`, `https://gw.example.com/twilio/document/agent?call=${CALL}&offer=off_1`],
    ]);
    expect((await telephony.refreshLeg({ call: CALL, leg: AGENT_LEG, party: "agent" })).kind).toBe("refused");
  });
});

describe("asking who is in the room", () => {
  const ROOM = `CF${"1".repeat(32)}`;

  test.each(["in-progress", "init"])("a room that is %s is found, with its legs", async (status) => {
    replies = ({ path, query }) => {
      if (path !== "/Conferences.json")
        return page("participants", [{ call_sid: AGENT_LEG }, { call_sid: CALLER_LEG }]);
      expect(query.get("FriendlyName")).toBe("warmline-esc_1");
      return page("conferences", query.get("Status") === status ? [{ sid: ROOM }] : []);
    };
    expect(await telephony.askRoom(EscalationId("esc_1"))).toEqual({ kind: "legs", legs: [AGENT_LEG, CALLER_LEG] });
    expect(asked.at(-1)?.path).toBe(`/Conferences/${ROOM}/Participants.json`);
  });

  test("no room is nobody", async () => {
    replies = () => page("conferences", []);
    expect(await telephony.askRoom(EscalationId("esc_1"))).toEqual({ kind: "legs", legs: [] });
  });

  test("a room that ends while it is asked about is nobody", async () => {
    replies = ({ path }) =>
      path === "/Conferences.json" ? page("conferences", [{ sid: ROOM }]) : failure(404, 20_404);
    expect(await telephony.askRoom(EscalationId("esc_1"))).toEqual({ kind: "legs", legs: [] });
  });

  test.each(["hang", failure(500, 0), failure(429, 20_429)] as const)("no answer is unknown", async (reply) => {
    replies = () => reply;
    expect((await telephony.askRoom(EscalationId("esc_1"))).kind).toBe("unknown");
  });
});

const says = (status: string): Reply => ({ status: 200, body: { sid: CALLER_LEG, status } });

describe("asking whether a caller is still there", () => {
  test.each([
    [says("in-progress"), "live"],
    [says("completed"), "over"],
    [says("canceled"), "over"],
    // Without an answer, or when the call is not known, nobody has hung up.
    ["hang", "unknown"],
    [failure(429, 20_429), "unknown"],
    [failure(404, 20_404), "unknown"],
  ] as const)("%j is %s", async (reply, kind) => {
    replies = () => reply;
    expect((await telephony.askLeg(CALLER_LEG)).kind).toBe(kind);
    expect(asked.at(-1)).toMatchObject({ method: "GET", path: `/Calls/${CALLER_LEG}.json` });
  });
});

describe("asking what became of a create", () => {
  const since = START - 3_000;
  const ask = (sinceMs = since) => telephony.askOffer({ call: CALL, offer: OFFER, address: PHONE, sinceMs });
  const listed = (status: string, more: object = {}) => ({
    sid: AGENT_LEG,
    status,
    direction: "outbound-api",
    from: NUMBER,
    to: PHONE,
    date_created: new Date(since + 400).toUTCString(),
    ...more,
  });

  test.each([
    ["queued", { kind: "live", leg: AGENT_LEG, phase: "dialling" }],
    ["initiated", { kind: "live", leg: AGENT_LEG, phase: "dialling" }],
    ["ringing", { kind: "live", leg: AGENT_LEG, phase: "ringing" }],
    ["in-progress", { kind: "live", leg: AGENT_LEG, phase: "answered" }],
    ["busy", { kind: "over", leg: AGENT_LEG, raw: "busy" }],
    ["canceled", { kind: "over", leg: AGENT_LEG, raw: "canceled" }],
  ])("a call that is %s is found", async (status, answer) => {
    lists(listed(status));
    expect(await ask()).toEqual(answer);
    expect(asked[0]?.query.get("To")).toBe(PHONE);
  });

  test("earlier calls, other numbers and the caller's own are not this one", async () => {
    lists(
      listed("completed", { date_created: new Date(since - 10_000).toUTCString() }),
      listed("ringing", { from: "+15550100101" }),
      listed("in-progress", { direction: "inbound" }),
    );
    expect(await ask()).toEqual({ kind: "none" });
  });

  test("two that fit are no certainty", async () => {
    lists(listed("ringing"), listed("ringing", { sid: LegId(`CA${"b".repeat(32)}`) }));
    expect((await ask()).kind).toBe("unknown");
  });

  test("right after the create, not being listed says nothing", async () => {
    lists();
    expect((await ask(START - 500)).kind).toBe("unknown");
  });

  test.each(["hang", failure(500, 0), failure(401, 20_003)] as const)("no answer is unknown", async (reply) => {
    replies = () => reply;
    expect((await ask()).kind).toBe("unknown");
  });
});
