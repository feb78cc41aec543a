import type { Ticker } from "../openai/ticker.ts";
import type { RetellCall } from "./call.ts";
import type { RetellFaults } from "./faults.ts";
import type { Pace } from "./line.ts";
import type { MonitorRoom } from "./monitor.ts";
import type { PhoneNetwork } from "./sip.ts";
import type { TwinLog } from "./twin-log.ts";
import type { Webhooks } from "./webhooks.ts";

/** What every call shares with its twin. */
export type World = {
  readonly ticker: Ticker;
  readonly apiKey: string;
  readonly pace: Pace;
  readonly webhooks: Webhooks;
  readonly log: TwinLog;
  /** A registered call is dialled within this, in milliseconds, or is over. */
  readonly registerMs: number;
  /** Where its own carrier dials; absent: it hosts no numbers. */
  readonly network?: PhoneNetwork;
  faults(): RetellFaults;
  monitorRoom(): MonitorRoom;
  /** The call's SIP address answers no more. */
  withdraw(call: RetellCall): void;
};
