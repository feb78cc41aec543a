import twilio from "twilio";
import { expect } from "vitest";

import { toneStrength } from "../../../lab/audio/analyse.ts";
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

/** Milliseconds in which a frequency is plainly heard, counted in windows of 40 ms. */
export function heardMs(ulaw: Uint8Array, hz: number): number {
  let windows = 0;
  for (let at = 0; at + 320 <= ulaw.length; at += 320) {
    if (toneStrength(ulaw.subarray(at, at + 320), hz) > 0.05) windows += 1;
  }
  return windows * 40;
}
