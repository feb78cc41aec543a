// A session that cannot hear yet, and a network that takes nothing: what waits has a limit, and what is given up is known.
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { type WebSocket, WebSocketServer } from "ws";
import type { Metrics } from "../../../src/telemetry/metrics.ts";
import { createSystemClock } from "../../../src/runtime/system-clock.ts";
import { RealtimeConversation } from "../../../src/vendors/openai/realtime-conversation.ts";
import type { LinkClosed } from "../../../src/vendors/openai/realtime-link.ts";
import { soon } from "../../support/soon.ts";
import { keptLog, type LogLine } from "../twilio/gateway.ts";

type Sent = { readonly type: string; readonly [field: string]: unknown };
const FORMAT = { format: { type: "audio/pcmu" } };
/** 40 ms that say which they are. */
const frame = (name: number): Uint8Array => new Uint8Array(320).fill(name);
const upTo = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i);

/** A conversation with a server that says when the session is there. */
async function opening() {
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1", perMessageDeflate: false });
  await once(server, "listening");
  const sockets: WebSocket[] = [];
  const sent: Sent[] = [];
  server.on("connection", (socket) => {
    sockets.push(socket);
    socket.on("message", (data: Buffer) => {
      const event = JSON.parse(data.toString()) as Sent;
      sent.push(event);
      if (event["event_id"] === "configure")
        socket.send(JSON.stringify({ type: "session.updated", session: { audio: { input: FORMAT, output: FORMAT } } }));
    });
  });
  const logged: LogLine[] = [];
  const closed: LinkClosed[] = [];
  let dropped = 0;
  let ready = false;
  const metrics: Pick<Metrics, "count"> = {
    count: (name, labels) => {
      if (name === "warmline_audio_dropped_total" && "towards" in labels && labels.towards === "assistant")
        dropped += 1;
    },
  };
  const { port } = server.address() as AddressInfo;
  const conversation = new RealtimeConversation(
    {
      settings: { apiKey: "k", baseUrl: `http://127.0.0.1:${port}/v1`, model: "m", transcriptionModel: "t" },
      setup: { instructions: "Help.", language: "en", tools: [], history: [] },
      clock: createSystemClock(),
      log: keptLog(logged),
      metrics,
    },
    { ready: () => void (ready = true), event: () => undefined, closed: (how) => void closed.push(how) },
  );
  onTestFinished(() => {
    conversation.end();
    for (const socket of sockets) socket.terminate();
    server.close();
  });
  await soon(() => sockets.length).toBe(1);
  return {
    conversation,
    logged,
    closed,
    dropped: () => dropped,
    socket: sockets[0] as WebSocket,
    /** The session is there from now on. */
    becomesReady: async () => {
      sockets[0]?.send(JSON.stringify({ type: "session.created", session: {} }));
      await soon(() => ready).toBe(true);
    },
    /** What the server was sent of this type, in order. */
    sent: (type: string) => sent.filter((event) => event.type === type),
    /** The first byte of each piece of audio. */
    heard: () =>
      sent.flatMap((event) =>
        event.type === "input_audio_buffer.append" ? [Buffer.from(String(event["audio"]), "base64")[0]] : [],
      ),
  };
}

test("session not ready, commands up to their limit of 64: all are sent, in order", async () => {
  const session = await opening();
  for (const name of upTo(1, 64)) session.conversation.note(`note ${name}`);
  await session.becomesReady();
  await soon(() => session.sent("conversation.item.create").length).toBe(64);
  const notes = JSON.stringify(session.sent("conversation.item.create")).match(/note \d+/g);
  expect(notes).toEqual(upTo(1, 64).map((name) => `note ${name}`));
  expect(session.closed).toEqual([]);
});

test("session not ready, one command more: none is lost in silence, the session is given up", async () => {
  const session = await opening();
  for (const name of upTo(1, 64)) session.conversation.note(`note ${name}`);
  expect(session.closed).toEqual([]);
  session.conversation.answerTool("call_1", '{"booked":true}');
  session.conversation.reply({ tag: "promise#1", exactly: "I am connecting you." });
  expect(session.closed).toMatchObject([{ how: "lost" }]);
  expect(session.logged).toMatchObject([{ level: "error", count: 64 }]);
});

test("session not ready, audio at its limit of 10 s: the oldest goes, counted and logged", async () => {
  const session = await opening();
  for (const name of upTo(1, 253)) session.conversation.hear(frame(name));
  expect(session.dropped()).toBe(3);
  await session.becomesReady();
  await soon(() => session.heard().length).toBe(250);
  expect(session.heard()).toEqual(upTo(4, 253));
  expect(session.logged).toMatchObject([{ count: 3, message: expect.stringMatching(/dropped/) }]);
});

test("to OpenAI, at the limit of what may wait for the network: audio is dropped, counted, and logged at the end", async () => {
  const session = await opening();
  await session.becomesReady();
  session.socket.pause();
  for (let i = 0; i < 100_000 && session.dropped() === 0; i += 1) {
    session.conversation.hear(frame(7));
    if (i % 50 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  expect(session.dropped()).toBe(1);
  session.socket.resume();
  await soon(() => {
    session.conversation.hear(frame(9));
    return session.heard().at(-1);
  }).toBe(9);
  session.conversation.end();
  expect(session.logged).toMatchObject([{ message: expect.stringMatching(/dropped/) }]);
});

test("to OpenAI, commands at the limit of what may wait for the network: the session is given up", async () => {
  const session = await opening();
  await session.becomesReady();
  session.socket.pause();
  for (let i = 0; i < 50_000 && session.closed.length === 0; i += 1) {
    session.conversation.note("a note of some length ".repeat(100));
    if (i % 50 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  expect(session.closed).toMatchObject([{ how: "lost" }]);
});
