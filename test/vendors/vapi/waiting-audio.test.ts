// A transport socket that is not open yet, or takes nothing: what waits has a limit, what is dropped is counted, and the
// vendor's place in the caller's audio is that of what it was sent.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { type WebSocket, WebSocketServer } from "ws";
import type { AssistantEvent, AssistantSetup } from "../../../src/ports/assistant.ts";
import { createSystemClock } from "../../../src/runtime/system-clock.ts";
import { CallRegistry } from "../../../src/vendors/vapi/call-registry.ts";
import { createVapiAssistant } from "../../../src/vendors/vapi/websocket-assistant.ts";
import { soon } from "../../support/soon.ts";
import { keptLog, type LogLine } from "../twilio/gateway.ts";

/** 40 ms that say which they are. */
const frame = (name: number): Uint8Array => new Uint8Array(320).fill(name);
const upTo = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i);

/** A session with a service that makes the call when the test says so. */
async function opening(history: AssistantSetup["history"] = []) {
  const controls: string[] = [];
  const { promise: allowed, resolve: makeCall } = Promise.withResolvers<void>();
  const server = createServer((request, response) => {
    const body: Buffer[] = [];
    request.on("data", (chunk: Buffer) => body.push(chunk));
    request.on("end", () => {
      if (request.url === "/control") controls.push(Buffer.concat(body).toString());
    });
    const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const call = {
      id: "call-1",
      monitor: { controlUrl: `http://${address}/control` },
      transport: { websocketCallUrl: `ws://${address}/transport` },
    };
    const answer = (): void => {
      response.writeHead(201, { "content-type": "application/json" });
      response.end(JSON.stringify(request.url === "/control" ? {} : call));
    };
    if (request.url === "/control") answer();
    else void allowed.then(answer);
  });
  const sockets = new WebSocketServer({ server, perMessageDeflate: false });
  const heard: number[] = [];
  let transport: WebSocket | undefined;
  sockets.on("connection", (socket) => {
    transport = socket;
    socket.on("message", (data: Buffer) => heard.push(data[0] ?? -1));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const logged: LogLine[] = [];
  const told: AssistantEvent[] = [];
  let dropped = 0;
  const assistant = createVapiAssistant({
    options: { apiKey: "k", apiUrl, webhookSecret: "secret", publicUrl: "http://127.0.0.1:9" },
    assistantOf: () => ({ assistantId: "asst-1" }),
    registry: new CallRegistry(),
    report: () => undefined,
    clock: createSystemClock(),
    log: keptLog(logged),
    metrics: {
      count: (name, labels) => {
        if (name === "warmline_audio_dropped_total" && "towards" in labels && labels.towards === "assistant")
          dropped += 1;
      },
    },
  });
  const session = assistant.open({ instructions: "Help.", language: "en", tools: [], history }, (event) =>
    told.push(event),
  );
  onTestFinished(() => {
    session.end();
    sockets.close();
    server.closeAllConnections();
    server.close();
  });
  const says = async (message: object, kind: AssistantEvent["kind"]): Promise<AssistantEvent | undefined> => {
    transport?.send(JSON.stringify(message));
    await soon(() => told.some((event) => event.kind === kind)).toBe(true);
    return told.find((event) => event.kind === kind);
  };
  return {
    session,
    heard,
    logged,
    controls,
    says,
    dropped: () => dropped,
    socket: () => {
      if (!transport) throw new Error("there is no transport socket yet");
      return transport;
    },
    connects: async () => {
      makeCall();
      await soon(() => told.some(({ kind }) => kind === "ready")).toBe(true);
    },
  };
}

const SPEECH = { type: "speech-update", status: "started", role: "user" };

test("session not ready, audio at its limit of 10 s: the oldest goes, counted and logged", async () => {
  const service = await opening();
  for (const name of upTo(1, 253)) service.session.hear(frame(name));
  expect(service.dropped()).toBe(3);
  await service.connects();
  await soon(() => service.heard.length).toBe(250);
  expect(service.heard).toEqual(upTo(4, 253));
  expect(service.logged).toMatchObject([{ count: 3, message: expect.stringMatching(/dropped/) }]);
  expect(await service.says(SPEECH, "caller-speech-started")).toMatchObject({ audioMs: 10_000 });
});

test("to Vapi, at the limit of what may wait for the network: dropped, counted, logged at the end, and not counted as sent", async () => {
  const service = await opening();
  await service.connects();
  service.socket().pause();
  let sent = 0;
  for (let i = 0; i < 200_000 && service.dropped() === 0; i += 1) {
    service.session.hear(frame(7));
    if (service.dropped() === 0) sent += 1;
    if (i % 100 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  for (let i = 0; i < 100; i += 1) service.session.hear(frame(7));
  expect(service.dropped()).toBe(101);
  service.socket().resume();
  await soon(() => service.heard.length).toBe(sent);
  expect(await service.says(SPEECH, "caller-speech-started")).toMatchObject({ audioMs: sent * 40 });
  service.session.end();
  expect(service.logged).toMatchObject([{ count: 101, message: expect.stringMatching(/dropped/) }]);
});

test("of a long conversation that is taken up again the 60 newest turns are told, behind the instructions", async () => {
  const turns = upTo(1, 300).map((turn) => ({ role: "caller", text: `turn ${turn}.` }) as const);
  const service = await opening(turns);
  await service.connects();
  service.session.note("and this");
  await soon(() => service.controls.length).toBe(62);
  expect(service.controls.join(" ").match(/turn \d+/g)).toEqual(upTo(241, 300).map((turn) => `turn ${turn}`));
  expect(service.controls.at(-1)).toContain("and this");
});
