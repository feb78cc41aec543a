// The media socket with a whole gateway behind it. Whoever got past the signature still needs the one-time secret of this
// very call; what is broken, too large or of the wrong type ends that socket alone, with one line in the log.
import { randomBytes } from "node:crypto";
import { once } from "node:events";

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WebSocket } from "ws";

import { PLAIN_NUMBER } from "../../lab/rig/start-rig.ts";
import { signHandshake, signRequest } from "../../lab/twilio/signature.ts";
import { CALLER, openScene, type Scene, TWILIO_TOKEN } from "../calls/scene.ts";
import { watchLog } from "./log-watch.ts";

const log = watchLog();
let scene: Scene;
beforeAll(async () => {
  scene = await openScene({ env: { LOG_LEVEL: "info" }, onLog: log.onLog });
});
afterAll(() => scene.close());

const sid = (prefix: string): string => `${prefix}${randomBytes(16).toString("hex")}`;

/** A call that has asked what to do, and the secret its answer carried. */
async function arrive(): Promise<{ call: string; secret: string }> {
  const call = sid("CA");
  const url = `${scene.rig.url}/twilio/voice`;
  const params = {
    CallSid: call,
    CallStatus: "ringing",
    From: CALLER,
    To: PLAIN_NUMBER,
    AccountSid: sid("AC"),
    Direction: "inbound",
  };
  const answer = await fetch(url, {
    method: "POST",
    headers: { "x-twilio-signature": signRequest(TWILIO_TOKEN, url, params) },
    body: new URLSearchParams(params),
  });
  const secret = /name="secret" value="([^"]*)"/u.exec(await answer.text())?.[1];
  if (secret === undefined) throw new Error("the document carried no secret");
  return { call, secret };
}

async function open(): Promise<WebSocket> {
  const url = `${scene.rig.url.replace(/^http/u, "ws")}/twilio/media`;
  const socket = new WebSocket(url, {
    headers: { "x-twilio-signature": signHandshake(TWILIO_TOKEN, url) },
    perMessageDeflate: false,
  });
  await once(socket, "open");
  socket.send(JSON.stringify({ event: "connected", protocol: "Call", version: "1.0.0" }));
  return socket;
}

const start = (call: string, secret: string | undefined, more: object = {}): string =>
  JSON.stringify({
    event: "start",
    start: {
      accountSid: sid("AC"),
      streamSid: sid("MZ"),
      callSid: call,
      tracks: ["inbound"],
      mediaFormat: { encoding: "audio/x-mulaw", sampleRate: 8_000, channels: 1 },
      customParameters: secret === undefined ? {} : { secret },
      ...more,
    },
  });

async function closed(socket: WebSocket): Promise<number> {
  const [code] = (await once(socket, "close")) as [number];
  return code;
}

/** The close code, one line, and nothing of the call or the caller in it. */
async function expectClosed(socket: WebSocket, code: number, secrets: readonly string[] = []): Promise<void> {
  expect(await closed(socket)).toBe(code);
  const { lines, text } = await log.since(scene.rig.url);
  expect(
    lines.filter(({ level }) => level >= 40),
    text,
  ).toHaveLength(1);
  for (const secret of [CALLER, ...secrets]) expect(text).not.toContain(secret);
  expect(scene.rig.openai.sessions.filter(({ closedAt }) => closedAt === undefined)).toHaveLength(0);
}

describe("a start that proves nothing", () => {
  test.each([
    ["without a secret", () => undefined],
    ["with a made-up secret", () => "9999999999999.made-up.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"],
    ["with a secret cut short", (secret: string) => secret.slice(0, -3)],
  ])("%s is closed", async (_, change) => {
    const { call, secret } = await arrive();
    await log.since(scene.rig.url);
    const socket = await open();
    socket.send(start(call, change(secret)));
    await expectClosed(socket, 1_008, [call, secret]);
  });

  test("with the secret of another call is closed", async () => {
    const [mine, other] = await Promise.all([arrive(), arrive()]);
    await log.since(scene.rig.url);
    const socket = await open();
    socket.send(start(mine.call, other.secret));
    await expectClosed(socket, 1_008, [mine.call, other.secret]);
  });

  test("with a secret that was used is closed, and the stream that used it goes on", async () => {
    const { call, secret } = await arrive();
    const rightful = await open();
    rightful.send(start(call, secret));
    await scene.rig.openai.waitFor(({ type }) => type === "session.updated");
    const open_ = scene.rig.openai.sessions.filter(({ closedAt }) => closedAt === undefined);
    expect(open_).toHaveLength(1);
    await log.since(scene.rig.url);

    const replayed = await open();
    replayed.send(start(call, secret));
    expect(await closed(replayed)).toBe(1_008);
    const { lines, text } = await log.since(scene.rig.url);
    expect(
      lines.filter(({ level }) => level >= 40),
      text,
    ).toHaveLength(1);
    expect(text).not.toContain(secret);
    expect(rightful.readyState).toBe(WebSocket.OPEN);
    expect(scene.rig.openai.sessions.filter(({ closedAt }) => closedAt === undefined)).toEqual(open_);
    rightful.close(1_000);
    await closed(rightful);
  });
});

const media = (payload: unknown): string =>
  JSON.stringify({ event: "media", media: { track: "inbound", chunk: "1", timestamp: "20", payload } });

describe("what is broken", () => {
  test.each([
    ["is cut off", '{"event":"media","media":{"payl', 1_003],
    ["is no object", "[1,2,3]", 1_003],
    ["is binary", Buffer.from('{"event":"connected"}'), 1_003],
    ["has a payload of the wrong type", media(42), 1_003],
    ["has a payload that is no base64", media("+14155550142 <script>"), 1_003],
    ["names a leg that is none", start("CA1'--", "x"), 1_003],
    [
      "speaks another encoding",
      start(sid("CA"), "x", { mediaFormat: { encoding: "audio/l16", sampleRate: 16_000, channels: 1 } }),
      1_003,
    ],
    ["is larger than 256 KiB", media("A".repeat(262_144)), 1_009],
  ])("%s: that socket is closed", async (_, frame, code) => {
    // Sessions of earlier streams are on their way out.
    await log.since(scene.rig.url);
    const socket = await open();
    socket.send(frame);
    await expectClosed(socket, code);
  });

  test("unknown events, and audio before a start, are ignored", async () => {
    const { call, secret } = await arrive();
    const known = scene.rig.openai.sessions.length;
    await log.since(scene.rig.url);
    const socket = await open();
    socket.send(JSON.stringify({ event: "weather", degrees: 21 }));
    socket.send(media("//8="));
    socket.send(JSON.stringify({ event: "dtmf", dtmf: { track: "inbound_track", digit: "1" } }));
    socket.send(start(call, secret));
    await scene.rig.openai.waitFor(
      ({ type, session }) => type === "session.updated" && session === scene.rig.openai.sessions[known]?.id,
    );
    const { lines, text } = await log.since(scene.rig.url);
    expect(
      lines.filter(({ level }) => level >= 40),
      text,
    ).toEqual([]);
    socket.close(1_000);
    await closed(socket);
  });
});
