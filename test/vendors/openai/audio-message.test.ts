// The caller's audio is written straight to the socket, frame and mask and all: a WebSocket server must read of it what a
// string handed to `ws` would have said, between messages of `ws` as well.
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { assert, array, asyncProperty, oneof, uint8Array } from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { flushAudioMessages, sendAudioMessage } from "../../../src/vendors/openai/audio-message.ts";

let server: WebSocketServer;
let client: WebSocket;
let raw: Duplex;
let received: string[] = [];
let reader: WebSocket;

beforeAll(async () => {
  server = new WebSocketServer({ port: 0, host: "127.0.0.1", perMessageDeflate: false });
  await once(server, "listening");
  server.on("connection", (socket) => {
    reader = socket;
    socket.on("message", (data: Buffer, binary) => received.push(binary ? "binary" : data.toString()));
    socket.on("close", (code) => received.push(`closed ${code}`));
  });
  client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`, { perMessageDeflate: false });
  client.on("upgrade", (response) => {
    raw = response.socket;
  });
  await once(client, "open");
});
afterAll(() => {
  client.terminate();
  server.close();
});

const message = (audio: Uint8Array): string =>
  `{"type":"input_audio_buffer.append","audio":"${Buffer.from(audio).toString("base64")}"}`;

/** Sends, and answers what arrived up to a message of `ws` itself. */
async function arrives(audios: readonly Uint8Array[]): Promise<string[]> {
  received = [];
  for (const audio of audios) sendAudioMessage(raw, audio);
  flushAudioMessages();
  client.send("end");
  await expect.poll(() => received.at(-1), { timeout: 15_000, interval: 5 }).toBe("end");
  return received.slice(0, -1);
}

test("two frames of the carrier arrive as one message", async () => {
  const audio = Uint8Array.from({ length: 320 }, (_, i) => i);
  expect(await arrives([audio, audio])).toEqual([message(audio), message(audio)]);
});

test.each([0, 1, 2, 3, 50, 59, 60, 61, 16_000, 49_000, 60_000])("%d bytes arrive", async (bytes) => {
  const audio = Uint8Array.from({ length: bytes }, (_, i) => i * 31);
  expect(await arrives([audio])).toEqual([message(audio)]);
});

test("audio of any length arrives, in order", async () => {
  await assert(
    asyncProperty(
      array(oneof(uint8Array({ minLength: 320, maxLength: 320 }), uint8Array({ maxLength: 900 }))),
      async (all) => {
        expect(await arrives(all)).toEqual(all.map(message));
      },
    ),
    { numRuns: 25 },
  );
});

test("what the network does not take at once is not overwritten by what comes next", async () => {
  received = [];
  reader.pause();
  const audios = Array.from({ length: 40_000 }, (_, i) => new Uint8Array(320).fill(i));
  for (const audio of audios) {
    sendAudioMessage(raw, audio);
    flushAudioMessages();
  }
  expect(raw.writableLength).toBeGreaterThan(0);
  reader.resume();
  await expect.poll(() => received.length, { timeout: 30_000 }).toBe(audios.length);
  expect(received.every((text, i) => text === message(audios[i] ?? new Uint8Array()))).toBe(true);
});

test("audio leaves by itself at the end of the loop's turn", async () => {
  received = [];
  const audio = new Uint8Array(320).fill(7);
  sendAudioMessage(raw, audio);
  sendAudioMessage(raw, audio);
  await expect.poll(() => received, { timeout: 15_000, interval: 5 }).toEqual([message(audio), message(audio)]);
});

test("audio for a connection that has ended goes nowhere, and harms nobody", async () => {
  received = [];
  sendAudioMessage(raw, new Uint8Array(320));
  client.terminate();
  flushAudioMessages();
  await expect.poll(() => received.at(-1), { timeout: 15_000, interval: 5 }).toBe("closed 1006");
});
