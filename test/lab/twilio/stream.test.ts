import { afterEach, expect, test } from "vitest";

import { tone } from "../../../lab/audio/tones.ts";
import { twiml, type StreamMessage } from "./fake-gateway.ts";
import { type Bench, CALLER, eventually, heardMs, NUMBER, startBench } from "./lab-bench.ts";

let bench: Bench | undefined;
afterEach(async () => {
  await bench?.close();
  bench = undefined;
});

/** A gateway that connects every call to its media socket. */
async function streamingBench(after = "<Hangup/>"): Promise<Bench> {
  const started = await startBench();
  const { gateway } = started;
  const verbs = `<Connect action="/ended"><Stream url="${gateway.streamUrl}"><Parameter name="secret" value="s&amp;1"/></Stream></Connect>`;
  gateway.documents["/voice"] = () => twiml(verbs);
  gateway.documents["/ended"] = () => twiml(after);
  return started;
}

test("a stream is signed, says connected and start, and carries the caller's audio in 20 ms frames", async () => {
  bench = await streamingBench();
  const { gateway, twin } = bench;
  const caller = twin.callIn({ from: CALLER, to: NUMBER, stirVerstat: "TN-Validation-Passed-A" });
  await caller.answered;
  await twin.log.waitFor("stream", (entry) => entry.event === "opened");
  await caller.say(tone([700], 400));
  await twin.log.waitFor("stream", (entry) => entry.event === "opened");
  const [stream] = gateway.streams;
  expect(stream?.signed).toBe(true);
  const [voice] = gateway.askedFor("/voice");
  expect(voice?.signed).toBe(true);
  expect(voice?.params).toMatchObject({
    CallSid: caller.callSid,
    CallStatus: "ringing",
    Direction: "inbound",
    From: CALLER,
    To: NUMBER,
    StirVerstat: "TN-Validation-Passed-A",
  });
  const [connected, start] = stream?.messages ?? [];
  expect(connected).toEqual({ event: "connected", protocol: "Call", version: "1.0.0" });
  expect(start).toMatchObject({
    event: "start",
    sequenceNumber: "1",
    start: {
      callSid: caller.callSid,
      tracks: ["inbound"],
      mediaFormat: { encoding: "audio/x-mulaw", sampleRate: 8000, channels: 1 },
      customParameters: { secret: "s&1" },
    },
  });
  await eventually(() => heardMs(mediaOf(stream?.messages ?? []), 700)).toBeGreaterThanOrEqual(360);
  const media = (stream?.messages ?? []).filter((message) => message.event === "media") as unknown as Media[];
  media.forEach(({ sequenceNumber, media: { chunk, timestamp, payload } }, index) => {
    expect([sequenceNumber, chunk]).toEqual([String(index + 2), String(index + 1)]);
    expect(timestamp).toMatch(/^\d+$/);
    expect(Buffer.from(payload, "base64")).toHaveLength(160);
  });
});

type Media = { sequenceNumber: string; media: { chunk: string; timestamp: string; payload: string } };

function mediaOf(messages: readonly StreamMessage[]): Uint8Array {
  const media = messages.filter((message) => message.event === "media") as unknown as Media[];
  return Buffer.concat(media.map((message) => Buffer.from(message.media.payload, "base64")));
}

test("audio sent at once is played in real time, its mark comes back when it was heard, and clear returns the rest", async () => {
  bench = await streamingBench();
  const { gateway, twin } = bench;
  const marks: { name: string; at: number }[] = [];
  gateway.onMessage((stream, message) => {
    if (message.event === "mark") marks.push({ name: (message["mark"] as { name: string }).name, at: Date.now() });
    if (message.event !== "start") return;
    const streamSid = message["streamSid"];
    const play = (hz: number, ms: number, name: string) => {
      const payload = Buffer.from(tone([hz], ms)).toString("base64");
      stream.send({ event: "media", streamSid, media: { payload } });
      stream.send({ event: "mark", streamSid, mark: { name } });
    };
    play(600, 600, "first");
    play(900, 5_000, "second");
    stream.send({ event: "mark", streamSid, mark: { name: "third" } });
  });
  const caller = twin.callIn({ from: CALLER, to: NUMBER });
  const opened = await twin.log.waitFor("stream", (entry) => entry.event === "opened");
  await eventually(() => marks.length).toBe(1);
  expect(marks[0]?.name).toBe("first");
  // 600 ms of audio: the mark cannot be back before them.
  expect((marks[0]?.at ?? 0) - opened.at).toBeGreaterThanOrEqual(590);
  const [stream] = gateway.streams;
  stream?.send({ event: "clear", streamSid: opened.streamSid });
  await eventually(() => marks.map((mark) => mark.name)).toEqual(["first", "second", "third"]);
  const heardAtClear = caller.recording.heard.durationMs;
  await eventually(() => caller.recording.heard.durationMs).toBeGreaterThan(heardAtClear + 200);
  expect(heardMs(caller.recording.heard.heard(), 600)).toBeGreaterThanOrEqual(560);
  expect(heardMs(caller.recording.heard.heard(), 900)).toBeLessThan(4_000);
  stream?.send({ event: "mark", streamSid: opened.streamSid, mark: { name: "empty" } });
  await eventually(() => marks.at(-1)?.name).toBe("empty");
});

test("closing the socket asks the action; keys arrive as dtmf; the document then decides", async () => {
  bench = await streamingBench("<Say>bye</Say>");
  const { gateway, twin } = bench;
  gateway.onMessage((stream, message) => {
    if (message.event === "dtmf") stream.socket.close(1000);
  });
  const caller = twin.callIn({ from: CALLER, to: NUMBER });
  await twin.log.waitFor("stream", (entry) => entry.event === "opened");
  await caller.press("2");
  const end = await caller.ended;
  expect(end).toMatchObject({ status: "completed", by: "document" });
  const dtmf = gateway.streams[0]?.messages.find((message) => message.event === "dtmf");
  expect(dtmf).toMatchObject({ dtmf: { track: "inbound_track", digit: "2" } });
  expect(gateway.askedFor("/ended")[0]?.params["CallStatus"]).toBe("in-progress");
  const status = await twin.log.waitFor(
    "webhook",
    (entry) => entry.purpose === "call-status" && entry.response !== undefined,
  );
  expect(status.params).toMatchObject({ CallStatus: "completed", SequenceNumber: "0", CallSid: caller.callSid });
});

test("a caller who hangs up ends the stream with stop and close", async () => {
  bench = await streamingBench();
  const { gateway, twin } = bench;
  const caller = twin.callIn({ from: CALLER, to: NUMBER });
  await twin.log.waitFor("stream", (entry) => entry.event === "opened");
  caller.hangUp();
  expect(await gateway.streams[0]?.closed).toBe(1000);
  expect(gateway.streams[0]?.messages.at(-1)).toMatchObject({ event: "stop", stop: { callSid: caller.callSid } });
});

test("a REST redirect stops the stream, asks the action for nothing, and runs the new document", async () => {
  bench = await streamingBench();
  const { gateway, twin, rest } = bench;
  const caller = twin.callIn({ from: CALLER, to: NUMBER });
  await twin.log.waitFor("stream", (entry) => entry.event === "opened");
  const updated = await rest.calls(caller.callSid).update({ twiml: twiml("<Say>moved</Say>") });
  expect(updated.status).toBe("in-progress");
  expect(await gateway.streams[0]?.closed).toBe(1000);
  await caller.ended;
  expect(gateway.askedFor("/ended")).toHaveLength(1);
  const said = twin.log.of("verb", (entry) => entry.verb === "Say");
  expect(said.map((entry) => entry.text)).toEqual(["moved"]);
});

test("the unverified switches: a handshake signed with a slash, no action on redirect, none on hang-up", async () => {
  bench = await streamingBench();
  const { gateway, twin, rest } = bench;
  Object.assign(twin.variants, { handshakeSlash: true, connectActionOnRedirect: false, actionOnHangUp: false });
  const first = twin.callIn({ from: CALLER, to: NUMBER });
  await twin.log.waitFor("stream", (entry) => entry.event === "opened");
  expect(gateway.streams[0]?.signed).toBe(false);
  await rest.calls(first.callSid).update({ twiml: twiml("<Say>moved</Say>") });
  await first.ended;
  const second = twin.callIn({ from: CALLER, to: NUMBER });
  await twin.log.waitFor("stream", (entry) => entry.event === "opened" && entry.callSid === second.callSid);
  second.hangUp();
  await gateway.streams[1]?.closed;
  await twin.log.waitFor("webhook", (entry) => entry.callSid === second.callSid && entry.purpose === "call-status");
  expect(gateway.askedFor("/ended")).toEqual([]);
});

test("a stream that cannot be opened is a warning, and the document goes on", async () => {
  bench = await startBench();
  const { gateway, twin } = bench;
  const refused = [`${gateway.streamUrl}?secret=1`, "ws://gw.example.com/media", "http://127.0.0.1:1/media"];
  for (const url of refused) {
    gateway.documents["/voice"] = () => twiml(`<Connect><Stream url="${url}"/></Connect><Say>on</Say>`);
    const caller = twin.callIn({ from: CALLER, to: NUMBER });
    await caller.ended;
  }
  expect(twin.log.of("warning").map((entry) => entry.code)).toEqual([31_920, 31_922, 31_922]);
  expect(twin.log.of("verb", (entry) => entry.verb === "Say")).toHaveLength(3);
  expect(gateway.streams).toEqual([]);
});
