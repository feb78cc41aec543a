// The caller's audio is written straight to the socket, frame and mask and all: a WebSocket server must read of it what a
// string handed to `ws` would have said, between messages of `ws` as well.
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { assert, array, asyncProperty, oneof, uint8Array } from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { flushAudioMessages, sendAudioMessage } from "../../../src/vendors/openai/audio-message.ts";

const message = (audio: Uint8Array): string =>
  `{"type":"input_audio_buffer.append","audio":"${Buffer.from(audio).toString("base64")}"}`;

/** Over TLS, as OpenAI is: without a certificate, by a key that both ends have. */
const PSK = { ciphers: "PSK", maxVersion: "TLSv1.2" } as const;
const psk = Buffer.alloc(16, 7);

describe.each(["ws", "wss"] as const)("over %s", (scheme) => {
  let http: Server;
  let server: WebSocketServer;
  let client: WebSocket;
  let raw: Duplex;
  let received: string[] = [];
  let reader: WebSocket;

  beforeAll(async () => {
    http = scheme === "ws" ? createServer() : createTlsServer({ ...PSK, pskCallback: () => psk });
    server = new WebSocketServer({ server: http, perMessageDeflate: false });
    http.listen(0, "127.0.0.1");
    await once(http, "listening");
    server.on("connection", (socket) => {
      reader = socket;
      socket.on("message", (data: Buffer, binary) => received.push(binary ? "binary" : data.toString()));
      socket.on("close", (code) => received.push(`closed ${code}`));
    });
    const key = { ...PSK, pskCallback: () => ({ psk, identity: "us" }), rejectUnauthorized: false };
    client = new WebSocket(`${scheme}://127.0.0.1:${(http.address() as AddressInfo).port}`, {
      perMessageDeflate: false,
      ...(scheme === "wss" && key),
    });
    client.on("upgrade", (response) => {
      raw = response.socket;
    });
    await once(client, "open");
  });
  afterAll(() => {
    client.terminate();
    server.close();
    http.close();
  });

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

  test("a page is used again when the connection has let go of it", async () => {
    received = [];
    const pages = new Set<unknown>();
    const write = raw.write.bind(raw) as (...all: unknown[]) => boolean;
    raw.write = (...all: unknown[]) => {
      pages.add(all[0]);
      return write(...all);
    };
    for (let i = 1; i <= 200; i += 1) {
      sendAudioMessage(raw, new Uint8Array(320).fill(i));
      flushAudioMessages();
      await expect.poll(() => received.length, { timeout: 15_000, interval: 1 }).toBe(i);
    }
    raw.write = write;
    expect(received).toEqual(Array.from({ length: 200 }, (_, i) => message(new Uint8Array(320).fill(i + 1))));
    expect(pages.size).toBeLessThan(20);
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
});
