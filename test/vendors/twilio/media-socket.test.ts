import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import twilio from "twilio";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { WebSocket } from "ws";

import { LegId } from "../../../src/domain/ids.ts";
import type { CallerLine, CallerLineEvent, CallerLineOpened } from "../../../src/ports/caller-line.ts";
import { randomIds } from "../../../src/runtime/random-ids.ts";
import { createMediaSocket, type MediaSocket } from "../../../src/vendors/twilio/media-socket.ts";
import { createStreamSecrets, type StreamSecrets } from "../../../src/vendors/twilio/stream-secrets.ts";
import { fakeClock, type FakeClock } from "../../stores/fake-clock.ts";
import { CALL, CALLER_LEG, closeServer, keptLog, type LogLine, TOKEN } from "./gateway.ts";
import { audio, codeOf, eventually, PAYLOAD, startMessage, STREAM } from "./stream-messages.ts";

const START = 1_000_000;

/** An event whose audio is borrowed, kept. */
const kept = (event: CallerLineEvent): CallerLineEvent =>
  event.kind === "audio" ? { ...event, audio: Uint8Array.from(event.audio) } : event;
const AUDIO = Uint8Array.from(Buffer.from(PAYLOAD, "base64"));

type Line = { line: CallerLine; values: Readonly<Record<string, string>>; events: CallerLineEvent[] };

let url: string;
let clock: FakeClock;
let secrets: StreamSecrets;
let media: MediaSocket;
let lines: Line[];
let logged: LogLine[];
let onOpened: CallerLineOpened;
let close: () => Promise<void>;
let clients: WebSocket[];

beforeEach(async () => {
  clock = fakeClock(START);
  lines = [];
  logged = [];
  clients = [];
  onOpened = (line, values) => {
    const opened: Line = { line, values, events: [] };
    line.listen((event) => opened.events.push(kept(event)));
    lines.push(opened);
  };
  secrets = createStreamSecrets({ key: "session secret", clock, ids: randomIds });
  const server = createServer((_, response) => response.writeHead(404).end());
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const publicUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  url = `${publicUrl.replace("http", "ws")}/twilio/media`;
  media = createMediaSocket({
    publicUrl,
    authToken: TOKEN,
    secrets,
    clock,
    opened: (line, values) => onOpened(line, values),
    log: keptLog(logged),
  });
  server.on("upgrade", (request, socket, head) => {
    if (!media.upgrade(request, socket, head)) socket.end("HTTP/1.1 418 Not Ours\r\n\r\n");
  });
  close = async () => {
    for (const client of clients) client.terminate();
    media.close();
    await closeServer(server);
  };
});
afterEach(() => close());

/** Twilio's end, before it has said anything. */
async function connect(signedUrl = url, to = url): Promise<WebSocket> {
  const signature = twilio.getExpectedTwilioSignature(TOKEN, signedUrl, {});
  const socket = new WebSocket(to, { headers: { "x-twilio-signature": signature } });
  clients.push(socket);
  await once(socket, "open");
  return socket;
}

/** A stream that has proved itself. */
async function open(): Promise<{ socket: WebSocket; opened: Line; received: unknown[] }> {
  const before = lines.length;
  const socket = await connect();
  const received: unknown[] = [];
  socket.on("message", (data: Buffer) => received.push(JSON.parse(data.toString("utf8"))));
  socket.send(JSON.stringify({ event: "connected", protocol: "Call", version: "1.0.0" }));
  socket.send(startMessage(secrets.mint(CALLER_LEG)));
  await eventually(() => lines.length).toBe(before + 1);
  return { socket, opened: lines[before] as Line, received };
}

/** The answer to a handshake that is not accepted. */
async function refused(to: string, headers: Record<string, string>): Promise<number> {
  const socket = new WebSocket(to, { headers });
  clients.push(socket);
  socket.on("error", () => undefined);
  const [, response] = (await once(socket, "unexpected-response")) as [unknown, { statusCode: number }];
  return response.statusCode;
}

describe("the handshake", () => {
  test.each([0, 1])("is taken with the address signed verbatim, or with a slash (%d)", async (slash) => {
    const socket = await connect(url + "/".repeat(slash));
    expect(socket.readyState).toBe(WebSocket.OPEN);
  });

  test("without a signature, or with another one, is refused with one line", async () => {
    expect(await refused(url, {})).toBe(403);
    expect(await refused(url, { "x-twilio-signature": "x" })).toBe(403);
    const overHttp = twilio.getExpectedTwilioSignature(TOKEN, url.replace("ws", "http"), {});
    expect(await refused(url, { "x-twilio-signature": overHttp })).toBe(403);
    expect(logged.map(({ status, message }) => [status, message])).toEqual(
      Array.from({ length: 3 }, () => [403, "a request was refused"]),
    );
    expect(lines).toEqual([]);
  });

  test("for another path is not ours", async () => {
    expect(await refused(url.replace("media", "mediation"), {})).toBe(418);
  });
});

describe("the start", () => {
  test("with its secret opens the caller's line", async () => {
    const { opened } = await open();
    expect(opened.line).toMatchObject({ call: CALL, stream: STREAM });
    expect(opened.values).toEqual({ node: "n1" });
  });

  test.each([
    ["no secret", () => startMessage("")],
    ["a made-up secret", () => startMessage("1.2.3")],
    ["another call's secret", () => startMessage(secrets.mint(LegId(`CA${"d".repeat(32)}`)))],
    ["another call", () => startMessage(secrets.mint(CALLER_LEG), { callSid: `CA${"d".repeat(32)}` })],
  ])("with %s is closed", async (_, message) => {
    const socket = await connect();
    socket.send(message());
    expect(await codeOf(socket)).toBe(1_008);
    expect(lines).toEqual([]);
    expect(logged).toMatchObject([{ status: 1_008 }]);
  });

  test("with a secret that was used before is closed", async () => {
    const secret = secrets.mint(CALLER_LEG);
    const [first, second] = [await connect(), await connect()];
    first.send(startMessage(secret));
    await eventually(() => lines.length).toBe(1);
    second.send(startMessage(secret));
    expect(await codeOf(second)).toBe(1_008);
    expect(lines).toHaveLength(1);
  });

  test("that never comes closes the socket", async () => {
    const socket = await connect();
    const closed = codeOf(socket);
    socket.send(audio(20));
    clock.passTo(START + 4_000);
    await new Promise((resolve) => socket.ping(resolve));
    await once(socket, "pong");
    clock.passTo(START + 10_000);
    expect([1_006, 1_008]).toContain(await closed);
    expect(lines).toEqual([]);
  });

  test("that nobody can take up closes this socket and no other", async () => {
    const { socket: other } = await open();
    onOpened = () => {
      throw new Error("a bug");
    };
    const socket = await connect();
    socket.send(startMessage(secrets.mint(CALLER_LEG)));
    expect(await codeOf(socket)).toBe(1_011);
    expect(other.readyState).toBe(WebSocket.OPEN);
  });
});

describe("audio and marks", () => {
  test("come in as they are, whatever their size, with gaps", async () => {
    const { socket, opened } = await open();
    socket.send(audio(20));
    socket.send(audio(900, "AA=="));
    socket.send(JSON.stringify({ event: "invented", streamSid: STREAM }));
    socket.send(JSON.stringify({ event: "dtmf", streamSid: STREAM, dtmf: { track: "inbound_track", digit: "2" } }));
    socket.send(JSON.stringify({ event: "mark", streamSid: STREAM, mark: { name: "m" } }));
    await eventually(() => opened.events).toEqual([
      { kind: "audio", audio: AUDIO, timestampMs: 20 },
      { kind: "audio", audio: new Uint8Array(1), timestampMs: 900 },
      { kind: "key", key: "2" },
      { kind: "mark", name: "m" },
    ]);
  });

  test("are dropped and counted when the network takes nothing", async () => {
    const { socket, opened } = await open();
    socket.pause();
    const large = Buffer.alloc(60_000, 1).toString("base64");
    for (let sent = 0; sent < 400; sent += 1) opened.line.play(large, "m");
    socket.terminate();
    await eventually(() => opened.events).toEqual([{ kind: "ended", how: "lost" }]);
    const [line] = logged.filter(({ message }) => message.startsWith("audio was dropped"));
    expect(Number(line?.count)).toBeGreaterThan(0);
    expect(Number(line?.count)).toBeLessThan(400);
  });
});

describe("the wrong type of message closes the socket with one line", () => {
  test.each([
    ["a binary frame", Buffer.from([1, 2, 3])],
    ["no JSON", "hello"],
    ["a known event without its fields", '{"event":"media"}'],
  ])("%s", async (_, message) => {
    const { socket, opened } = await open();
    socket.send(message);
    expect(await codeOf(socket)).toBe(1_003);
    expect(logged).toMatchObject([{ status: 1_003 }]);
    await eventually(() => opened.events).toEqual([{ kind: "ended", how: "lost" }]);
  });

  test("a frame over 256 KiB", async () => {
    const { socket, opened } = await open();
    socket.send(`{"event":"invented","text":"${"x".repeat(262_144)}"}`);
    expect(await codeOf(socket)).toBe(1_009);
    await eventually(() => opened.events).toEqual([{ kind: "ended", how: "lost" }]);
    expect(logged).toHaveLength(1);
  });
});

/** Moves time to a moment at which the gateway pings, and waits until it has the answer: frames keep their order. */
async function passAnswered(socket: WebSocket, at: number): Promise<void> {
  const pinged = once(socket, "ping");
  clock.passTo(at);
  await pinged;
  socket.ping();
  await once(socket, "pong");
}

describe("the line ends", () => {
  test("when we let it go: our close frame is the normal one, and nothing is heard after it", async () => {
    const { socket, opened } = await open();
    opened.line.letGo();
    opened.line.letGo();
    opened.line.play(PAYLOAD, "m");
    expect(await codeOf(socket)).toBe(1_000);
    await eventually(() => opened.events).toEqual([{ kind: "ended", how: "released" }]);
    opened.line.play(PAYLOAD, "m");
    opened.line.mark("m");
    expect(logged).toEqual([]);
  });

  test("two seconds after we let it go, even if the network ate our close frame", async () => {
    const { socket, opened } = await open();
    socket.pause();
    opened.line.letGo();
    clock.passTo(START + 1_999);
    expect(opened.events).toEqual([]);
    clock.passTo(START + 2_000);
    expect(opened.events).toEqual([{ kind: "ended", how: "released" }]);
  });

  test("when Twilio stops the stream", async () => {
    const { socket, opened } = await open();
    socket.send(JSON.stringify({ event: "stop", streamSid: STREAM, stop: { callSid: CALLER_LEG } }));
    expect(await codeOf(socket)).toBe(1_000);
    expect(opened.events).toEqual([{ kind: "ended", how: "released" }]);
  });

  test("as lost when the socket breaks", async () => {
    const { socket, opened } = await open();
    socket.terminate();
    await eventually(() => opened.events).toEqual([{ kind: "ended", how: "lost" }]);
  });

  test("as lost when nothing has come for two seconds and no ping is answered", async () => {
    const { socket, opened } = await open();
    clock.passTo(START + 1_500);
    for (const at of [20, 40]) socket.send(audio(at));
    await eventually(() => opened.events.length).toBe(1);
    // The network takes everything and brings nothing, as it does when the other end is gone without a word.
    socket.pause();
    clock.passTo(START + 3_999);
    expect(opened.events).toHaveLength(1);
    clock.passTo(START + 4_000);
    expect(opened.events.at(-1)).toEqual({ kind: "ended", how: "lost" });
    expect(logged).toMatchObject([{ call: CALL, stream: STREAM }]);
  });

  test("not when a gap of some seconds comes from a network that is alive", async () => {
    const { socket, opened } = await open();
    for (let at = START + 2_000; at < START + 9_000; at += 500) {
      await passAnswered(socket, at);
    }
    for (const at of [9_000, 9_020]) socket.send(audio(at));
    await eventually(() => opened.events.map(({ kind }) => kind)).toEqual(["audio"]);
  });

  test("as lost after ten seconds without audio, pings or not", async () => {
    const { socket, opened } = await open();
    for (let at = START + 2_000; at < START + 10_000; at += 500) {
      await passAnswered(socket, at);
    }
    expect(opened.events).toEqual([]);
    clock.passTo(START + 10_000);
    expect(opened.events).toEqual([{ kind: "ended", how: "lost" }]);
  });

  test("not when a process that was stopped finds its frames still waiting", async () => {
    const { socket, opened } = await open();
    clock.passTo(START + 2_100);
    for (const at of [20, 40]) socket.send(audio(at));
    await eventually(() => opened.events.length).toBe(1);
    clock.passTo(START + 4_000);
    expect(opened.events).toHaveLength(1);
  });

  test("when the gateway stops", async () => {
    const { socket, opened } = await open();
    media.close();
    expect(await codeOf(socket)).toBe(1_001);
    await eventually(() => opened.events).toEqual([{ kind: "ended", how: "lost" }]);
  });
});

test("nothing of a line is left when it is over", async () => {
  const { socket, opened } = await open();
  socket.close(1_000);
  await eventually(() => opened.events).toEqual([{ kind: "ended", how: "released" }]);
  clock.passTo(START + 600_000);
  expect(opened.events).toHaveLength(1);
  expect(logged).toEqual([]);
});
