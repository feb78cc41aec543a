import twilio from "twilio";
import { expect } from "vitest";

import { decodeMulaw } from "../../../lab/audio/mulaw.ts";
import { tone } from "../../../lab/audio/tones.ts";
import { startTwilioTwin, type TwilioTwin } from "../../../lab/twilio/twin.ts";
import type { TwinOptions } from "../../../lab/twilio/twin-options.ts";
import { ACCOUNT, startFakeGateway, TOKEN, type FakeGateway } from "./fake-gateway.ts";

export const CALLER = "+15550100001";
export const NUMBER = "+15550100100";
export const AGENT = "+15550100200";

export type Bench = {
  twin: TwilioTwin;
  gateway: FakeGateway;
  /** Twilio's own client, as a gateway uses it. */
  rest: ReturnType<typeof twilio>;
  close(): Promise<void>;
};

/** `<Say>` is heard as a 500 Hz tone, 60 ms a character. */
export const SAY_HZ = 500;

/** A twin and a gateway that know each other; the gateway answers by path. */
export async function startBench(
  documents: Parameters<typeof startFakeGateway>[0] = {},
  options: Partial<TwinOptions> = {},
): Promise<Bench> {
  const gateway = await startFakeGateway(documents);
  const twin = await startTwilioTwin({
    accountSid: ACCOUNT,
    authToken: TOKEN,
    voice: (text) => tone([SAY_HZ], 60 * text.length),
    ...options,
  });
  twin.number({ phoneNumber: NUMBER, voiceUrl: `${gateway.url}/voice`, statusCallback: `${gateway.url}/status` });
  const rest = twilio(ACCOUNT, TOKEN);
  rest.api.baseUrl = twin.url;
  return {
    twin,
    gateway,
    rest,
    close: async () => {
      await twin.close();
      await gateway.close();
    },
  };
}

/** Asks again until the expectation holds; generous, because other work may share the machine. */
export function eventually<Value>(ask: () => Value) {
  return expect.poll(ask, { timeout: 15_000, interval: 20 });
}

/** Strength of one frequency in μ-law audio, 0 to 1 of full scale (Goertzel). */
function strengthOf(ulaw: Uint8Array, hz: number): number {
  const pcm = decodeMulaw(ulaw);
  if (pcm.length === 0) return 0;
  const coefficient = 2 * Math.cos((2 * Math.PI * hz) / 8_000);
  let before = 0;
  let last = 0;
  for (const sample of pcm) {
    const now = sample / 32_768 + coefficient * last - before;
    before = last;
    last = now;
  }
  const power = last * last + before * before - coefficient * last * before;
  return (2 * Math.sqrt(Math.max(0, power))) / pcm.length;
}

/** Milliseconds in which a frequency is plainly heard, counted in windows of 40 ms. */
export function heardMs(ulaw: Uint8Array, hz: number): number {
  let windows = 0;
  for (let at = 0; at + 320 <= ulaw.length; at += 320) {
    if (strengthOf(ulaw.subarray(at, at + 320), hz) > 0.05) windows += 1;
  }
  return windows * 40;
}
