import { describe, expect, test } from "vitest";

import { parseStreamFrame } from "../../../src/vendors/twilio/parse-stream-frame.ts";

const STREAM = `MZ${"1".repeat(32)}`;
const LEG = `CA${"c".repeat(32)}`;
const PAYLOAD = Buffer.alloc(160, 0x7f).toString("base64");

const usual = (payload = PAYLOAD) =>
  `{"event":"media","sequenceNumber":"4","media":{"track":"inbound","chunk":"2","timestamp":"20","payload":"${payload}"},"streamSid":"${STREAM}"}`;
const audio = (payload = PAYLOAD, timestampMs = 20) => ({ kind: "audio", payload, timestampMs });

describe("a caller's audio", () => {
  test.each([
    ["as Twilio's documentation spells it", usual()],
    [
      "with the stream named first",
      `{"event":"media","sequenceNumber":"4","streamSid":"${STREAM}","media":{"track":"inbound","chunk":"2","timestamp":"20","payload":"${PAYLOAD}"}}`,
    ],
    ["with spaces", JSON.stringify(JSON.parse(usual()), undefined, 1)],
    ["in another order", `{"media":{"payload":"${PAYLOAD}","timestamp":"20"},"event":"media"}`],
    ["with a number where a string is usual", usual().replace('"20"', "20")],
    ["with fields nobody knows yet", usual().replace('"chunk"', '"quality":"good","chunk"')],
  ])("is read %s", (_, text) => {
    expect(parseStreamFrame(text)).toEqual(audio());
  });

  test("slashes may be escaped", () => {
    expect(parseStreamFrame(usual(String.raw`f\/8=`))).toEqual(audio("f/8="));
  });

  test.each([0, 1, 20, 80, 160, 1_600, 8_000])("%d bytes are as good as 160", (bytes) => {
    const payload = Buffer.alloc(bytes, 1).toString("base64");
    expect(parseStreamFrame(usual(payload))).toEqual(audio(payload));
  });

  test("another track is not the caller's", () => {
    expect(parseStreamFrame(usual().replace("inbound", "outbound"))).toEqual({ kind: "other" });
  });
});

const start = (more: object = {}) => ({
  event: "start",
  streamSid: STREAM,
  start: {
    accountSid: "AC",
    streamSid: STREAM,
    callSid: LEG,
    tracks: ["inbound"],
    mediaFormat: { encoding: "audio/x-mulaw", sampleRate: 8_000, channels: 1 },
    customParameters: { secret: "s" },
    ...more,
  },
});

describe("everything else", () => {
  test.each([
    [{ event: "connected", protocol: "Call", version: "1.0.0" }, { kind: "other" }],
    [{ event: "invented", anything: [1] }, { kind: "other" }],
    [start(), { kind: "start", leg: LEG, stream: STREAM, values: { secret: "s" } }],
    [start({ customParameters: undefined }), { kind: "start", leg: LEG, stream: STREAM, values: {} }],
    [
      { event: "mark", mark: { name: "m 1" } },
      { kind: "mark", name: "m 1" },
    ],
    [
      { event: "dtmf", dtmf: { track: "inbound_track", digit: "#" } },
      { kind: "key", key: "#" },
    ],
    [{ event: "stop", stop: { callSid: LEG } }, { kind: "stop" }],
  ])("%j", (message, frame) => {
    expect(parseStreamFrame(JSON.stringify(message))).toEqual(frame);
  });

  const spelt = (name: string): string =>
    `{"event":"mark","sequenceNumber":"7","streamSid":"${STREAM}","mark":{"name":"${name}"}}`;
  test.each(["item_1:250:g0:m1", "item-1:27500:g12:m110:end", "", "a b", "½", String.raw`\"\u0041`, "m".repeat(256)])(
    "a mark in Twilio's spelling is read as JSON is: %s",
    (name) => {
      const text = spelt(name);
      const { mark } = JSON.parse(text) as { mark: { name: string } };
      expect(parseStreamFrame(text)).toEqual({ kind: "mark", name: mark.name });
    },
  );

  test.each([
    spelt("m".repeat(257)),
    spelt("m").slice(0, -1),
    spelt("\n"),
    "",
    "hello",
    "null",
    "[]",
    "{}",
    '{"event":7}',
    '{"event":"media"}',
    '{"event":"media","media":{"timestamp":"20"}}',
    usual("not base64!"),
    usual().replace('"20"', '"soon"'),
    usual().slice(0, -1),
    JSON.stringify(start({ callSid: "CA1" })),
    JSON.stringify(start({ streamSid: "../../x" })),
    JSON.stringify(start({ mediaFormat: { encoding: "audio/opus", sampleRate: 48_000, channels: 2 } })),
    '{"event":"mark","mark":{}}',
    '{"event":"dtmf","dtmf":{"digit":"12"}}',
  ])("%j is malformed", (text) => {
    expect(parseStreamFrame(text)).toMatchObject({ kind: "malformed" });
  });
});
