// A number that Vapi hosts: its assistant's request for a person becomes Vapi's own transfer to our bridge number.

import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { ExpectedCaller } from "../../../src/ports/hosted-assistant.ts";
import { HostedNumberCalls } from "../../../src/vendors/vapi/hosted-number-calls.ts";
import type { ServerMessage } from "../../../src/vendors/vapi/server-message.ts";
import { fakeClock } from "../../stores/fake-clock.ts";
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
let clock: ReturnType<typeof fakeClock>;
let from: (message: object, customer?: object) => ServerMessage;

beforeEach(async () => {
  ordered = [];
  expected = [];
  clock = fakeClock(1_000);
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
      arrived: () => Promise.resolve({ kind: "go-on" }),
    }),
    clock,
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

const asks = (id: string) => calls.tools(from({ type: "tool-calls" }), [{ ...ESCALATE, id }]);
const said = async (asked: ReturnType<typeof asks>) => (await asked)?.[0]?.result;

test("an order that Vapi refuses is said to the model, and the next one goes out", async () => {
  answer = 500;
  expect(await said(asks("t1"))).toContain("could not be taken on");
  answer = 200;
  expect(await said(asks("t2"))).toContain("Nothing is arranged yet");
  expect(ordered.map(({ type }) => type)).toEqual(["transfer", "transfer"]);
});

test.each([undefined, "https://evil.example/control"])(
  "no control URL (%s): the model is told so in time",
  async (url) => {
    const monitor = url === undefined ? {} : { monitor: { controlUrl: url } };
    const message = arrived({ type: "tool-calls", call: { ...call, assistantId: "theirs", ...monitor } });
    const asked = calls.tools(message, [ESCALATE]);
    await new Promise((resolve) => setImmediate(resolve));
    clock.advance(2_000);
    expect(await said(asked)).toContain("could not be taken on");
    expect(ordered).toEqual([]);
    // The URL came with a later message.
    expect(await said(asks("t2"))).toContain("Nothing is arranged yet");
  },
);

test("taken, but the caller is still there: the assistant speaks again, and may order again", async () => {
  await asks("t1");
  const prompted = taken();
  clock.advance(10_000);
  await prompted;
  expect(ordered.at(-1)).toMatchObject({ type: "add-message", triggerResponseEnabled: true });
  expect(await said(asks("t2"))).toContain("Nothing is arranged yet");
  expect(ordered.at(-1)).toMatchObject({ type: "transfer" });
});

test("the call has ended: nobody is prompted, and late requests order and expect nothing", async () => {
  await asks("t1");
  calls.hear(from({ type: "status-update", status: "ended" }));
  clock.advance(60_000);
  expect(await said(asks("t2"))).toContain("over");
  expect([ordered.length, expected.length]).toEqual([1, 1]);
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
