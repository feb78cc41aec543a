// A number that Vapi hosts: its assistant's request for a person becomes Vapi's own transfer to our bridge number.

import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { EpochMs } from "../../../src/domain/time.ts";
import type { ExpectedCaller } from "../../../src/ports/hosted-assistant.ts";
import { HostedNumberCalls } from "../../../src/vendors/vapi/hosted-number-calls.ts";
import type { ServerMessage } from "../../../src/vendors/vapi/server-message.ts";
import { silentLog } from "../../support/silent-log.ts";
import { arrived, call, transcript } from "./fixtures.ts";

const BRIDGE = "+15005550100";
const ESCALATE = { id: "t1", name: "escalate_to_human", input: '{"reason":"a charge","team":"disputes"}' };

let server: Server;
let ordered: Record<string, unknown>[];
let answer: number;
let next: () => void;
let expected: ExpectedCaller[];
let calls: HostedNumberCalls;
let from: (message: object, customer?: object) => ServerMessage;

beforeEach(async () => {
  ordered = [];
  expected = [];
  answer = 200;
  next = () => undefined;
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      ordered.push(JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>);
      response.writeHead(answer).end("{}", next);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  from = (message, customer = { number: "+14155550142" }) =>
    arrived({ ...message, call: { ...call, assistantId: "theirs", customer, monitor: { controlUrl: `${origin}/c` } } });
  calls = new HostedNumberCalls({
    options: { apiKey: "key", apiUrl: origin, webhookSecret: "secret", publicUrl: "https://gateway.example" },
    assistantById: (id) => (id === "theirs" ? { assistantId: id, bridgeNumber: BRIDGE } : undefined),
    bridged: () => ({
      expect: (caller) => {
        expected.push(caller);
        return Promise.resolve(caller.ani === undefined ? "123456" : undefined);
      },
      arrived: () => Promise.resolve("go-on"),
    }),
    clock: { now: () => EpochMs(1_000), at: () => () => undefined },
    log: silentLog,
  });
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

const taken = () => new Promise<void>((resolve) => (next = resolve));

test("the caller is expected before the transfer is ordered, with what was said, once", async () => {
  calls.hear(from(transcript("user", "final", "There is a charge I don't know.", 10)));
  const done = taken();
  const first = await calls.tools(from({ type: "tool-calls" }), [ESCALATE]);
  expect(expected).toEqual([
    {
      visit: call.id,
      ani: "+14155550142",
      bridge: BRIDGE,
      team: "disputes",
      turns: [{ role: "caller", text: "There is a charge I don't know.", at: 10 }],
    },
  ]);
  expect(first?.[0]?.result).toContain("Nothing is arranged yet");
  await done;
  const again = await calls.tools(from({ type: "tool-calls" }), [{ ...ESCALATE, id: "t2" }]);
  expect(again?.[0]?.result).toContain("already under way");
  expect(ordered).toEqual([
    {
      type: "transfer",
      destination: { type: "number", number: BRIDGE, message: "" },
      content: expect.any(String) as string,
    },
  ]);
});

test("no number to know the caller by: digits go along", async () => {
  const done = taken();
  await calls.tools(from({ type: "tool-calls" }, { sipUri: "sip:x@y" }), [ESCALATE]);
  await done;
  expect(expected).toMatchObject([{ bridge: BRIDGE }]);
  expect(expected[0]).not.toHaveProperty("ani");
  expect(ordered).toMatchObject([{ destination: { type: "number", number: BRIDGE, extension: "123456" } }]);
});

test("what another node heard is in the message itself", async () => {
  const messages = [
    { role: "system", message: "You are helpful." },
    { role: "bot", message: "Good morning.", time: 5 },
    { role: "user", message: "A person please.", time: 9.4 },
    { role: "tool_calls", toolCalls: [] },
    "rubbish",
  ];
  const done = taken();
  await calls.tools(from({ type: "tool-calls", artifact: { messages } }), [ESCALATE]);
  await done;
  expect(expected[0]?.turns).toEqual([
    { role: "assistant", text: "Good morning.", at: 5 },
    { role: "caller", text: "A person please.", at: 9 },
  ]);
});

test("the destination is the configuration's, whatever the assistant writes", async () => {
  const done = taken();
  await calls.tools(from({ type: "tool-calls" }), [{ ...ESCALATE, input: '{"number":"+19005550000","team":7}' }]);
  await done;
  expect(JSON.stringify(ordered)).toContain(BRIDGE);
  expect(JSON.stringify(ordered)).not.toContain("+1900");
});

test("a call of ours, and an assistant nobody has configured, are not hosted calls", () => {
  const ours = { ...call, assistantId: "theirs", assistantOverrides: { variableValues: { gwsession: "a1" } } };
  expect(calls.tools(arrived({ type: "tool-calls", call: ours }), [ESCALATE])).toBeUndefined();
  expect(
    calls.tools(arrived({ type: "tool-calls", call: { ...call, assistantId: "other" } }), [ESCALATE]),
  ).toBeUndefined();
});
