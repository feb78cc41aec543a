import { once } from "node:events";
import type { AddressInfo } from "node:net";

import type { Carrier, IncomingNumber, Message } from "./carrier.ts";
import { CarrierLog } from "./carrier-log.ts";
import type { Call } from "./call.ts";
import { hangUpCall } from "./call-life.ts";
import { callIn, type InboundCall } from "./call-in.ts";
import type { Conference } from "./conference.ts";
import { controlApi } from "./control-api.ts";
import { FaultSwitches } from "./fault-switches.ts";
import { Handset } from "./handset.ts";
import type { MediaStream } from "./media-stream.ts";
import { OutboundLine } from "./outbound-line.ts";
import { PhoneBook, type Phone, type PhoneBehaviour } from "./phone-book.ts";
import { createRestServer } from "./rest-server.ts";
import { newSid } from "./sid.ts";
import { Ticker } from "./ticker.ts";
import { Timers } from "./timers.ts";
import { LATENCIES, VARIANTS, type Latencies, type TwinOptions, type Variants } from "./twin-options.ts";
import { Webhooks } from "./webhooks.ts";

type NumberOptions = { phoneNumber: string; voiceUrl: string } & Partial<Omit<IncomingNumber, "sid">>;

/** A running twin of Twilio: its REST API, webhooks and media sockets, with people at the far ends. */
export type TwilioTwin = {
  /** The address for `TWILIO_API_URL`. */
  readonly url: string;
  readonly log: CarrierLog;
  readonly faults: FaultSwitches;
  /** Changeable while it runs. */
  readonly latencies: Latencies;
  readonly variants: Variants;
  readonly messages: readonly Message[];
  /** Configures one of the account's numbers; again with the same number changes what is given. */
  number(options: NumberOptions): IncomingNumber;
  /** A person calls one of the account's numbers. */
  callIn(call: InboundCall): Handset;
  /** Registers a device at `+E164`, `sip:…` or `client:…`; unregistered addresses fail with 404. A new one answers after 1 s unless told otherwise; a known one keeps its behaviour unless given another. */
  phone(address: string, behaviour?: PhoneBehaviour): Phone;
  unplugPhone(address: string): void;
  /** The far end of any call, by SID. */
  handset(callSid: string): Handset | undefined;
  call(callSid: string): Call | undefined;
  /** Calls that are not over. */
  legs(): Call[];
  /** Rooms that are not over. */
  conferences(): Conference[];
  /** Open bidirectional streams; `drop()` on one cuts its network. */
  streams(): MediaStream[];
  /** Calls a second from now on. */
  setCallsPerSecond(rate: number): void;
  /** Ends everything: calls, sockets, timers. */
  close(): Promise<void>;
};

/** Starts the twin. It is up when the promise resolves. */
export async function startTwilioTwin(options: TwinOptions): Promise<TwilioTwin> {
  const carrier = createCarrier(options);
  const twin = {
    ...handsOf(carrier),
    log: carrier.log,
    faults: carrier.faults,
    latencies: carrier.latencies,
    variants: carrier.variants,
    messages: carrier.messages,
  };
  const server = createRestServer(carrier, controlApi(carrier, twin));
  server.listen(options.port ?? 0, options.host ?? "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    ...twin,
    url: `http://${options.host ?? "127.0.0.1"}:${port}`,
    close: async () => {
      carrier.ticker.close();
      carrier.timers.close();
      carrier.webhooks.close();
      // Nobody is told, but whoever waits for a call's end is let go.
      for (const call of carrier.calls.values()) hangUpCall(carrier, call, "carrier");
      for (const socket of carrier.sockets) socket.drop();
      if (!server.listening) return;
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

function createCarrier(options: TwinOptions): Carrier {
  const clock = options.clock ?? (() => performance.timeOrigin + performance.now());
  const latencies = { ...LATENCIES, ...options.latencies };
  const log = new CarrierLog(clock);
  const faults = new FaultSwitches(log);
  const timers = new Timers();
  const { authToken } = options;
  return {
    accountSid: options.accountSid,
    authToken,
    clock,
    voice: options.voice,
    latencies,
    variants: { ...VARIANTS, ...options.variants },
    recordings: options.recordings ?? true,
    verifiedCallerIds: new Set(options.verifiedCallerIds),
    log,
    faults,
    timers,
    ticker: new Ticker(clock),
    webhooks: new Webhooks({ authToken, log, faults, timers, clock, latencies }),
    phones: new PhoneBook(),
    line: new OutboundLine(timers, clock, options.callsPerSecond ?? 1),
    calls: new Map(),
    rooms: new Map(),
    conferences: new Map(),
    streams: new Map(),
    sockets: new Set(),
    numbers: new Map(),
    applications: new Map(),
    messages: [],
  };
}

function handsOf(carrier: Carrier) {
  return {
    number: (number: NumberOptions) => configureNumber(carrier, number),
    callIn: (call: InboundCall) => callIn(carrier, call),
    phone: (address: string, behaviour?: PhoneBehaviour) => carrier.phones.register(address, behaviour),
    unplugPhone: (address: string) => carrier.phones.unregister(address),
    handset: (callSid: string) => {
      const call = carrier.calls.get(callSid);
      return call === undefined ? undefined : new Handset(carrier, call);
    },
    call: (callSid: string) => carrier.calls.get(callSid),
    legs: () => [...carrier.calls.values()].filter((call) => !call.over),
    conferences: () => [...carrier.conferences.values()].filter((room) => !room.over),
    streams: () => [...carrier.streams.values()],
    setCallsPerSecond: (rate: number) => {
      carrier.line.perSecond = rate;
    },
  };
}

function configureNumber(carrier: Carrier, options: NumberOptions): IncomingNumber {
  const number: IncomingNumber = {
    sid: newSid("PN"),
    friendlyName: options.phoneNumber,
    voiceMethod: "POST",
    voiceFallbackUrl: "",
    voiceFallbackMethod: "POST",
    statusCallback: "",
    statusCallbackMethod: "POST",
    voiceApplicationSid: "",
    smsUrl: "",
    smsMethod: "POST",
    ...carrier.numbers.get(options.phoneNumber),
    ...options,
  };
  carrier.numbers.set(number.phoneNumber, number);
  return number;
}
