// Audio over a media stream's socket, both ways: nothing is lost between the frames that are put together, and what goes
// out beside `ws` is read by any WebSocket client.
import { test } from "vitest";

import { openStream } from "./caller-stream.ts";
import { CALLER_LEG } from "./gateway.ts";
import { audio, eventually, PAYLOAD, STREAM } from "./stream-messages.ts";

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
