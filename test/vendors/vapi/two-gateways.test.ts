// One call of Vapi's and two gateways that both hear of it: one of them looks after the caller, however slow it is, and a
// tool runs once.

import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import { expect, onTestFinished, test } from "vitest";
import { CallId, NodeId } from "../../../src/domain/ids.ts";
import { EpochMs } from "../../../src/domain/time.ts";
import type { Bus } from "../../../src/ports/bus.ts";
import type { Visit } from "../../../src/ports/hosted-assistant.ts";
import { createPassOn } from "../../../src/runtime/fleet/pass-on.ts";
import { createSystemClock } from "../../../src/runtime/system-clock.ts";
import { createMemoryBus } from "../../../src/stores/memory/bus.ts";
import { createMemoryLeases } from "../../../src/stores/memory/leases.ts";
import { createVapiEdge } from "../../../src/vendors/vapi/vapi-edge.ts";
import { silentLog } from "../../support/silent-log.ts";
import { call } from "./fixtures.ts";

const SECRET = "a-secret-of-the-test";
const TOKEN = "0123x4567x89";
const VISIT: Visit = { call: CallId("call-1"), visit: "visit-1" };
/** What a gateway with much to do takes before the other one hears of it. */
const SLOW_MS = 700;

const bound = { ...call, phoneCallProviderDetails: { sip: { headers: { "X-Gwsession": TOKEN } } } };
const toolCallList = [{ id: "call_1", type: "function", function: { name: "book", arguments: "{}" } }];
const clock = createSystemClock();
const far = EpochMs(clock.now() + 3_600_000);

/** What it publishes leaves late. */
const slow = (bus: Bus): Bus => ({
  ...bus,
  publish: (channel, message) =>
    new Promise((resolve) =>
      clock.at(EpochMs(clock.now() + SLOW_MS), () => void bus.publish(channel, message).then(resolve)),
    ),
});

async function gateway(shared: { bus: Bus; leases: ReturnType<typeof createMemoryLeases> }, name: string) {
  const node = NodeId(name);
  await shared.leases.renew(node, far);
  const opened: Visit[] = [];
  const ran: string[] = [];
  const app = express();
  const server: Server = app.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  onTestFinished(() => void server.close());
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const edge = createVapiEdge({
    options: { apiKey: "key", apiUrl: origin, webhookSecret: SECRET, publicUrl: "https://gateway.example" },
    assistantOf: () => ({ assistantId: "asst-1", sipUri: "sip:us@sip.vapi.ai" }),
    visits: () => ({
      read: (token) => (token === TOKEN ? VISIT : undefined),
      open: (visit, session) => {
        opened.push(visit);
        return Promise.resolve({
          assistant: "front",
          setup: { instructions: "Help.", language: "en", tools: [], history: [] },
          listener: {
            hear: (event) => {
              if (event.kind !== "tool-call") return "answer";
              ran.push(event.name);
              session.answerTool(event.toolCall, `Booked by ${name}.`);
              return "answer";
            },
            check: () => ({ kind: "say" }),
          },
        });
      },
    }),
    report: () => undefined,
    bridged: () => ({ expect: () => Promise.resolve(undefined), arrived: () => Promise.resolve({ kind: "go-on" }) }),
    assistantById: () => undefined,
    passOn: createPassOn({ ...shared, node, clock, log: silentLog }),
    clock,
    log: silentLog,
  });
  app.use(edge.router);
  const post = async (message: object) => {
    const answer = await fetch(`${origin}/vapi/webhook`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-vapi-secret": SECRET },
      body: JSON.stringify({ message }),
    });
    return (await answer.json()) as Record<string, unknown>;
  };
  return { opened, ran, post };
}

test("the other gateway is asked and waited for, also when it is slow: one dialogue, and the tool runs once", async () => {
  const bus = createMemoryBus(silentLog);
  const leases = createMemoryLeases();
  const one = await gateway({ bus: slow(bus), leases }, "one");
  const other = await gateway({ bus, leases }, "other");
  expect(await one.post({ type: "assistant-request", call: bound })).toMatchObject({ assistantId: "asst-1" });
  expect(await other.post({ type: "tool-calls", toolCallList, call: bound })).toEqual({
    results: [{ toolCallId: "call_1", name: "book", result: "Booked by one." }],
  });
  // The vendor asks again, elsewhere, who answers: the same visit, and no second one.
  expect(await other.post({ type: "assistant-request", call: bound })).toMatchObject({ assistantId: "asst-1" });
  expect([one.opened.length, one.ran, other.opened, other.ran]).toEqual([2, ["book"], [], []]);
});

test("both hear of a call first in the same moment: one of them has it", async () => {
  const shared = { bus: createMemoryBus(silentLog), leases: createMemoryLeases() };
  const [one, other] = [await gateway(shared, "one"), await gateway(shared, "other")];
  const answers = await Promise.all([one, other].map(({ post }) => post({ type: "assistant-request", call: bound })));
  expect(answers.map(({ assistantId }) => assistantId)).toEqual(["asst-1", "asst-1"]);
  expect([one, other].filter(({ opened }) => opened.length > 0)).toHaveLength(1);
});
