// Audio over a media stream's socket, both ways: nothing is lost between the frames that are put together, and what goes
// out beside `ws` is read by any WebSocket client.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import twilio from "twilio";
import { onTestFinished, test } from "vitest";
import { WebSocket } from "ws";

import type { CallerLine } from "../../../src/ports/caller-line.ts";
import { randomIds } from "../../../src/runtime/random-ids.ts";
import { createMediaSocket } from "../../../src/vendors/twilio/media-socket.ts";
import { createStreamSecrets } from "../../../src/vendors/twilio/stream-secrets.ts";
import { fakeClock } from "../../stores/fake-clock.ts";
import { CALLER_LEG, closeServer, keptLog, TOKEN } from "./gateway.ts";
import { audio, eventually, PAYLOAD, startMessage, STREAM } from "./stream-messages.ts";

type Stream = {
  /** Twilio's end. */
  readonly socket: WebSocket;
  readonly line: CallerLine;
  /** What the line heard: audio by its length and place, everything else by its name. */
  readonly heard: (string | readonly [number, number])[];
  readonly received: unknown[];
};

async function openStream(): Promise<Stream> {
  const clock = fakeClock(1_000_000);
  const secrets = createStreamSecrets({ key: "session secret", clock, ids: randomIds });
  const heard: Stream["heard"] = [];
  const received: unknown[] = [];
  const lines: CallerLine[] = [];
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const publicUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const opened = (line: CallerLine): void => {
    lines.push(line);
    line.listen((event) => heard.push(event.kind === "audio" ? [event.audio.length, event.timestampMs] : event.kind));
  };
  const media = createMediaSocket({ publicUrl, authToken: TOKEN, secrets, clock, opened, log: keptLog([]) });
  server.on("upgrade", (request, socket, head) => media.upgrade(request, socket, head));
  const url = `${publicUrl.replace("http", "ws")}/twilio/media`;
  const signature = twilio.getExpectedTwilioSignature(TOKEN, url, {});
  const socket = new WebSocket(url, { headers: { "x-twilio-signature": signature } });
  onTestFinished(async () => {
    socket.terminate();
    media.close();
    await closeServer(server);
  });
  await once(socket, "open");
  socket.on("message", (data: Buffer) => received.push(JSON.parse(data.toString("utf8"))));
  socket.send(startMessage(secrets.mint(CALLER_LEG)));
  await eventually(() => lines.length).toBe(1);
  return { socket, line: lines[0] as CallerLine, heard, received };
}

test("two frames that follow each other are heard as one", async () => {
  const { socket, heard } = await openStream();
  for (const at of [20, 40, 60, 80]) socket.send(audio(at));
  await eventually(() => heard).toEqual([
    [320, 20],
    [320, 60],
  ]);
});

test.each([
  ["a key is pressed", { event: "dtmf", streamSid: STREAM, dtmf: { digit: "1" } }, ["key"]],
  ["the stream stops", { event: "stop", streamSid: STREAM, stop: { callSid: CALLER_LEG } }, ["ended"]],
])("the last frame before %s is heard before it", async (_what, message, then) => {
  const { socket, heard } = await openStream();
  socket.send(audio(20));
  socket.send(JSON.stringify(message));
  await eventually(() => heard).toEqual([[160, 20], ...then]);
});

test("frames of another spelling are put together with the usual ones", async () => {
  const { socket, heard } = await openStream();
  const spelt = JSON.stringify({ event: "media", media: { payload: PAYLOAD, timestamp: "40" } });
  socket.send(audio(20));
  socket.send(spelt);
  await eventually(() => heard).toEqual([[320, 20]]);
});

test.each([0, 1, 90, 70_000])("%d bytes go out as Twilio reads them, with their mark behind them", async (bytes) => {
  const { line, received } = await openStream();
  const payload = Buffer.alloc(bytes, 0x5a).toString("base64");
  line.play(payload, 'the "mark" ½');
  line.mark("m".repeat(200));
  line.clear();
  await eventually(() => received).toEqual([
    { event: "media", streamSid: STREAM, media: { payload } },
    { event: "mark", streamSid: STREAM, mark: { name: 'the "mark" ½' } },
    { event: "mark", streamSid: STREAM, mark: { name: "m".repeat(200) } },
    { event: "clear", streamSid: STREAM },
  ]);
});
