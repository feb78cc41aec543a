import { once } from "node:events";

import { expect } from "vitest";
import type { WebSocket } from "ws";

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

/** Asks again until the expectation holds; generous, because other work shares the machine. */
export const eventually = <T>(ask: () => T) => expect.poll(ask, { timeout: 15_000, interval: 5 });
/** The code of the close frame that ends a socket. */
export const codeOf = async (socket: WebSocket): Promise<number> => (await once(socket, "close"))[0] as number;
