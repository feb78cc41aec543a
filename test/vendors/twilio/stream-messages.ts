import { CALLER_LEG } from "./gateway.ts";

export const STREAM = `MZ${"1".repeat(32)}`;
/** 20 ms of one sample. */
export const PAYLOAD = Buffer.alloc(160, 0x7f).toString("base64");

/** What Twilio says first; `node` is a parameter that is nobody's secret. */
export const startMessage = (secret: string, more: object = {}) =>
  JSON.stringify({
    event: "start",
    sequenceNumber: "1",
    streamSid: STREAM,
    start: {
      streamSid: STREAM,
      callSid: CALLER_LEG,
      tracks: ["inbound"],
      mediaFormat: { encoding: "audio/x-mulaw", sampleRate: 8_000, channels: 1 },
      customParameters: { secret, node: "n1" },
      ...more,
    },
  });

export const audio = (timestamp: number, payload = PAYLOAD) =>
  `{"event":"media","sequenceNumber":"4","media":{"track":"inbound","chunk":"2","timestamp":"${timestamp}","payload":"${payload}"},"streamSid":"${STREAM}"}`;
