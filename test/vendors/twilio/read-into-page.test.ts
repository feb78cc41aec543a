// All callers' connections are read into one page. What a call hears must be what was sent to it, whoever else speaks at
// the same time; and Node must still keep what this goes by where it is looked for.
import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";
import type { AddressInfo } from "node:net";
import { PassThrough } from "node:stream";
import { expect, onTestFinished, test } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { openAudioLane } from "../../../src/vendors/twilio/audio-lane.ts";
import { parseStreamFrame } from "../../../src/vendors/twilio/parse-stream-frame.ts";
import { readIntoPage } from "../../../src/vendors/twilio/read-into-page.ts";
import { audio } from "./stream-messages.ts";

async function portOf(server: Server | WebSocketServer): Promise<number> {
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

/** Both ends of one connection. */
async function pair(): Promise<{ accepted: Socket; far: Socket }> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  const far = connect(await portOf(server), "127.0.0.1");
  const [accepted] = (await once(server, "connection")) as [Socket];
  onTestFinished(() => void far.destroy());
  onTestFinished(() => void accepted.destroy());
  return { accepted, far };
}

test("this Node keeps the buffer of a socket where it is looked for", async () => {
  const { accepted, far } = await pair();
  const data: Buffer[] = [];
  accepted.on("data", (chunk: Buffer) => void data.push(chunk));
  const came: string[] = [];
  expect(readIntoPage(accepted, (from, bytes) => void came.push(from.toString("utf8", 0, bytes)))).toBe(true);
  far.end("hello");
  await once(accepted, "end");
  expect(came.join("")).toBe("hello");
  expect(data).toEqual([]);
});

test("what is no socket, or has something waiting in it, is left alone", async () => {
  const stream = new PassThrough();
  expect(readIntoPage(stream, () => undefined)).toBe(false);
  const { accepted } = await pair();
  accepted.unshift(Buffer.from("came with the handshake"));
  expect(readIntoPage(accepted, () => undefined)).toBe(false);
  expect(String(accepted.read())).toBe("came with the handshake");
});

test("a socket that is paused brings nothing, and all of it afterwards", async () => {
  const { accepted, far } = await pair();
  const came: string[] = [];
  accepted.on("data", () => undefined);
  readIntoPage(accepted, (from, bytes) => {
    came.push(from.toString("utf8", 0, bytes));
    accepted.pause();
  });
  far.write("one");
  await expect.poll(() => came).toEqual(["one"]);
  far.write("two");
  await new Promise((resolve) => void far.write("three", resolve));
  expect(came).toEqual(["one"]);
  accepted.resume();
  await expect.poll(() => came.join("")).toBe("onetwothree");
});

/** What is not a caller's audio is kept as it is. */
function spoken(text: string): string {
  const frame = parseStreamFrame(text);
  return frame.kind === "audio" ? `${frame.timestampMs} ${frame.payload}` : text;
}

const length = (all: ReadonlyMap<string, readonly string[]>): number =>
  [...all.values()].reduce((sum, said) => sum + said.length, 0);

const CALLS = 20;
const FRAMES = 200;

test("twenty callers at once are each heard as they spoke, with marks and long messages between", async () => {
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1", perMessageDeflate: false });
  const port = await portOf(server);
  const heard = new Map<string, string[]>();
  let inTheLane = 0;
  server.on("connection", (socket, request) => {
    const said: string[] = [];
    heard.set(request.url ?? "", said);
    openAudioLane(request.socket, socket, (bytes, atMs) => {
      inTheLane += 1;
      said.push(`${atMs} ${Buffer.from(bytes).toString("base64")}`);
    });
    socket.on("message", (data: Buffer) => void said.push(spoken(data.toString())));
  });
  const sent = new Map<string, string[]>();
  const speak = async (call: number): Promise<void> => {
    const path = `/call-${call}`;
    const client = new WebSocket(`ws://127.0.0.1:${port}${path}`);
    onTestFinished(() => client.terminate());
    await once(client, "open");
    const said: string[] = [];
    sent.set(path, said);
    for (let frame = 0; frame < FRAMES; frame += 1) {
      const payload = Buffer.alloc(160, call * 7 + frame).toString("base64");
      client.send(audio(frame * 20, payload));
      said.push(`${frame * 20} ${payload}`);
      const other = frame === FRAMES / 2 ? "a mark" : frame === 150 ? `${call} `.repeat(40_000) : undefined;
      if (other === undefined) continue;
      client.send(other);
      said.push(other);
    }
  };
  await Promise.all(Array.from({ length: CALLS }, (_, call) => speak(call)));
  await expect.poll(() => length(heard), { timeout: 20_000 }).toBe(length(sent));
  const wrong = [...sent].filter(([path, said]) => heard.get(path)?.join() !== said.join()).map(([path]) => path);
  expect(wrong).toEqual([]);
  // Up to the first other message nothing is in a frame's way.
  expect(inTheLane).toBeGreaterThanOrEqual((CALLS * FRAMES) / 2);
});
