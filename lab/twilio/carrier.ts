import type { Call } from "./call.ts";
import type { CarrierLog } from "./carrier-log.ts";
import type { Conference } from "./conference.ts";
import type { FaultSwitches } from "./fault-switches.ts";
import type { MediaSocket } from "./media-socket.ts";
import type { MediaStream } from "./media-stream.ts";
import type { OutboundLine } from "./outbound-line.ts";
import type { PhoneBook } from "./phone-book.ts";
import type { Ticker } from "./ticker.ts";
import type { Timers } from "./timers.ts";
import type { Latencies, Variants } from "./twin-options.ts";
import type { Webhooks } from "./webhooks.ts";

/** A number of the account and what it does with a call. */
export type IncomingNumber = {
  sid: string;
  phoneNumber: string;
  friendlyName: string;
  voiceUrl: string;
  voiceMethod: "GET" | "POST";
  voiceFallbackUrl: string;
  voiceFallbackMethod: "GET" | "POST";
  statusCallback: string;
  statusCallbackMethod: "GET" | "POST";
  voiceApplicationSid: string;
  smsUrl: string;
  smsMethod: "GET" | "POST";
};

/** A TwiML App. */
export type Application = {
  sid: string;
  friendlyName: string;
  voiceUrl: string;
  voiceMethod: "GET" | "POST";
  voiceFallbackUrl: string;
  voiceFallbackMethod: "GET" | "POST";
  statusCallback: string;
  statusCallbackMethod: "GET" | "POST";
};

/** A text message as REST created it. */
export type Message = { sid: string; to: string; from: string; body: string; status: string; createdAt: number };

/** Everything the parts of one running twin share. */
export type Carrier = {
  readonly accountSid: string;
  readonly authToken: string;
  readonly clock: () => number;
  readonly voice: (text: string, language: string) => Uint8Array;
  readonly latencies: Latencies;
  readonly variants: Variants;
  readonly recordings: boolean;
  readonly verifiedCallerIds: ReadonlySet<string>;
  readonly log: CarrierLog;
  readonly faults: FaultSwitches;
  readonly timers: Timers;
  readonly ticker: Ticker;
  readonly webhooks: Webhooks;
  readonly phones: PhoneBook;
  readonly line: OutboundLine;
  readonly calls: Map<string, Call>;
  /** Rooms that are not over, by friendly name. */
  readonly rooms: Map<string, Conference>;
  /** All rooms there ever were, by SID. */
  readonly conferences: Map<string, Conference>;
  readonly streams: Map<string, MediaStream>;
  /** Every media socket that is not closed, one-way ones too. */
  readonly sockets: Set<MediaSocket>;
  readonly numbers: Map<string, IncomingNumber>;
  readonly applications: Map<string, Application>;
  readonly messages: Message[];
};
