// The carrier, with its callers and the agents' phones: places calls by a plan and tells when it was asked to ring whom.
import { setTimeout as sleep } from "node:timers/promises";
import { environment, pointNumbersAt, startTwins } from "../../../lab/rig/start-rig.ts";
import type { TwilioTwin } from "../../../lab/twilio/twin.ts";
import { onOrders } from "./start-part.ts";

export type CarrierOrder =
  | {
      readonly do: "open";
      /** Where the gateway will listen. */
      readonly gateway: string;
      readonly callsPerSecond: number;
      readonly numbers: readonly string[];
      readonly phones: readonly string[];
    }
  /** Calls in, each so long after the one before; answered when the last one has been placed. */
  | { readonly do: "call"; readonly gapsMs: readonly number[] }
  | { readonly do: "tell" };

/** A request that rings an agent: when it was complete on the carrier's socket, and whom it concerns. */
export type Rung = { readonly at: number; readonly offer: string };

export type CarrierAnswer = {
  /** What the gateway must be told to find the carrier. */
  readonly env?: Readonly<Record<string, string>>;
  /** The calls placed, in their order. */
  readonly calls?: readonly string[];
  readonly rung?: readonly Rung[];
  /** Legs that are up. */
  readonly legs?: number;
};

/** Much shorter than a carrier's: they lie outside of what is measured and would only stretch the run. */
const LATENCIES = { ringMs: 20, restMs: 10, webhookMs: 5, redirectMs: 20, conferenceJoinMs: 20, actionMs: 20 };

let twilio: TwilioTwin | undefined;
let numbers: readonly string[] = [];
let placed = 0;

onOrders(async (order: CarrierOrder): Promise<CarrierAnswer> => {
  if (order.do === "open") return open(order);
  if (!twilio) throw new Error("the carrier was not opened");
  if (order.do === "call") return { calls: await callIn(twilio, order.gapsMs), legs: twilio.legs().length };
  const posts = twilio.log.of("rest", ({ method, path }) => method === "POST" && path.endsWith("/Calls.json"));
  return { rung: posts.map(({ at, params }) => ({ at, offer: offerIn(params) })), legs: twilio.legs().length };
});

async function open(order: Extract<CarrierOrder, { do: "open" }>): Promise<CarrierAnswer> {
  const { gateway, callsPerSecond, phones } = order;
  const twins = await startTwins({ callsPerSecond, twin: { recordings: false, latencies: LATENCIES } });
  ({ twilio } = twins);
  ({ numbers } = order);
  // Agents see the lab's own number.
  pointNumbersAt(twilio, gateway);
  for (const phoneNumber of numbers) {
    twilio.number({ phoneNumber, voiceUrl: `${gateway}/twilio/voice`, statusCallback: `${gateway}/twilio/status` });
  }
  for (const address of phones) twilio.phone(address, { kind: "answers", afterMs: 20 });
  return { env: environment({ callsPerSecond }, twins) };
}

async function callIn(carrier: TwilioTwin, gapsMs: readonly number[]): Promise<string[]> {
  const calls: string[] = [];
  let due = performance.now();
  for (const gapMs of gapsMs) {
    due += gapMs;
    await sleep(Math.max(0, due - performance.now()));
    const to = numbers[placed % numbers.length] ?? "";
    calls.push(carrier.callIn({ from: `+1415${5_000_000 + placed}`, to }).callSid);
    placed += 1;
  }
  return calls;
}

/** The offer is in every URL that is handed to the carrier. */
function offerIn(params: Readonly<Record<string, readonly string[]>>): string {
  const [url = ""] = params["Url"] ?? [];
  return new URL(url).searchParams.get("offer") ?? "";
}
